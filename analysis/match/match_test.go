package match

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// office builds an index of client names with keys 1, 2, ...
func office(names ...string) *Index {
	b := NewBuilder(len(names))
	for i, name := range names {
		b.Add(Key(i+1), Name, name)
	}
	return b.Build()
}

// found returns the texts of hits.
func found(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Text)
	}
	return out
}

// TestEqualNames: each line holds ways to write one name; every one finds the
// first as a whole, and clearly.
func TestEqualNames(t *testing.T) {
	for _, line := range []string{
		"van den Berg | Berg, van den | Berg van den | v.d. Berg | v/d Berg | vd Berg | v d Berg | v. d. Berg | VAN DEN BERG | vdBerg | v.d.Berg | Berg, v.d. | vandenBerg",
		"van der Meer | v.d. Meer | Meer, van der | vander Meer | Meer, v.d.",
		"van de Pol | v.d. Pol | vd Pol",
		"van 't Hof | van het Hof | van ’t Hof | van`t Hof | Hof, van 't | van t Hof",
		"' t Hart | 't Hart | Hart, 't | het Hart",
		"Kuijpers | Kuypers | KUIJPERS | Kuÿpers | Kuĳpers",
		"IJzerman | Yzerman | Ĳzerman | ijzerman",
		"Öztürk | Ozturk | ÖZTÜRK | O\u0308ztu\u0308rk",
		"Şahin | sahin",
		"Núñez & Brontë | nunez en bronte",
		"Straßer | Strasser",
		"Sørensen | sorensen",
		"Bakkerij Jansen B.V. | bakkerij jansen bv | Bakkerij Jansen B V | Jansen Bakkerij | bakkerij jansen",
		"Jansen & Zn. | Jansen en Zoon | Jansen & Zonen | Jansen en zn",
		"Smit V.O.F. | Smit VOF | vof Smit | smit v.o.f | Smit",
		"De Vries Beheer B.V. | Vries, de Beheer | vries beheer de",
		"mevrouw A. Smit | mw. A. Smit | A. Smit | Smit, A. | mevr. A Smit",
		"de heer J.P. Bos | dhr. J.P. Bos | J.P. Bos | j p bos | Bos, J.P. | drs. J. P. Bos",
		"de Heer | Heer, de | DE HEER",
		"Jansen-de Vries | Jansen de Vries | Vries-Jansen, de",
		"D'Angelo | d' Angelo | D’ANGELO",
		"Café 't Hoekje | cafe t hoekje",
		"Bouw 2000 B.V. | bouw 2000",
	} {
		names := strings.Split(line, " | ")
		ix := office(names[0], "Prulletaria", "Holding Xylofoon B.V.", "van den Ouweland", "A. Terpstra")
		for _, query := range names {
			hits := ix.Find(query, 5)
			if len(hits) == 0 || hits[0].Key != 1 || hits[0].Grade != Whole {
				t.Errorf("Find(%q) = %+v, want %q whole", query, hits, names[0])
			} else if _, clear := Clear(hits); !clear {
				t.Errorf("Find(%q) = %+v is not clear", query, hits)
			}
		}
	}
}

// TestOrder: the first entry is the query, the others the clients in the order
// in which they must be found; those after "---" must not be.
func TestOrder(t *testing.T) {
	for _, tt := range []struct{ query, names string }{
		{"Jansen", "Jansen | Jansen Beheer B.V. | Bakkerij Jansen | Janssen | Jansens | Janszen --- Smit | Hansma"},
		{"Jansen Beheer", "Jansen Beheer B.V. | Janssen Beheer B.V. | Jansen"},
		{"van den Berg", "van den Berg | van der Berg | Berg"},
		{"v.d. Berg", "van den Berg | J. van den Berg --- van den Bosch"},
		{"de Jong", "de Jong | Jong | de Jonge --- de Vries"},
		{"Piet Smit", "Piet Smit | P. Smit | Smit --- Piet Bakker"},
		{"P. Smit", "P. Smit | Piet Smit | J. Smit"},
		{"Smit", "Smit | J. Smit | Smit Holding B.V. | Smits --- Holding B.V. | Klaas"},
		{"Bos", "Bos | Bosch | Vos --- Bakker"},
		{"Bakkerij Visser", "Bakkerij Visser | Visser --- Bakkerij Mulder"},
		{"Stichting Thuiszorg Zuid", "Stichting Thuiszorg Zuid --- Stichting De Hoop"},
		{"mevrow Smit", "mevrouw A. Smit --- mevrouw A. Bakker"},
		{"Holdng Fikkers", "Fikkers Holding B.V. | Fikkers --- Prins Holding B.V."},
		{"Fitt", "Fittsport International B.V."},
		{"Meyer", "Meyer | Meijer | Meijers"},
		{"Meijer", "Meijer | Meyer | Meijers"},
		{"Müller", "Müller | Muller | Mulder"},
		{"ver", "Ver | van Veer --- Bakker"},
		{"Jansen, Piet", "Piet Jansen | Jansen --- Piet Bakker"},
	} {
		t.Run(tt.query, func(t *testing.T) {
			yes, no, _ := strings.Cut(tt.names, " --- ")
			want := strings.Split(yes, " | ")
			// Added in reverse, so that ties by key would show.
			all := append(slices.Clone(want), strings.Split(no, " | ")...)
			slices.Reverse(all)
			got := found(office(all...).Find(tt.query, 20))
			if !slices.Equal(got, want) {
				t.Errorf("Find(%q) =\n%q, want\n%q", tt.query, got, want)
			}
		})
	}
}

// TestClear: a card without asking only for what is equal and alone.
func TestClear(t *testing.T) {
	b := NewBuilder(0)
	for i, name := range []string{
		"Jansen", "Janssen", "Jansen Beheer B.V.", "Bakkerij Jansen", "Bos", "Vos", "Fittsport International B.V.",
		"van Dijk", "van Dijk", "Terpstra Advies",
	} {
		b.Add(Key(i+1), Name, name)
	}
	b.Add(10, Contact, "mevrouw W. Veenstra")
	b.Add(5, Code, "1005")
	b.Add(6, Code, "01005")
	b.Add(8, Code, "33")
	b.Add(9, Code, "33")
	ix := b.Build()
	for query, want := range map[string]Key{
		"Jansen": 0, "Bos": 5, "Jansen Beheer": 3, "Jansen Beheer B.V.": 3, "fittsport": 7, "Fitsport": 0,
		"van Dijk": 0, "dijk": 0, "1005": 5, "01005": 6, "0001005": 0, "33": 0, "mevrouw Veenstra": 10,
		"Veenstr": 0, "": 0, "kvk 1005": 5, "Hottentot": 0, "van": 0, "b.v.": 0, "mevrouw w.": 0, "ter": 0, "terpstra": 10,
	} {
		got, ok := Clear(ix.Find(query, 10))
		if got.Key != want || ok != (want != 0) {
			t.Errorf("Clear(Find(%q)) = %+v, %v; want key %d", query, got, ok, want)
		}
	}
}

// TestContact: the hit says through which entry the client was found.
func TestContact(t *testing.T) {
	b := NewBuilder(0)
	b.Add(1, Name, "Prins Beheer B.V.")
	b.Add(1, Contact, "mevrouw A. Smit")
	b.Add(1, Contact, "de heer K. Prins")
	b.Add(1, Group, "Prins Groep")
	b.Add(2, Name, "Bakker")
	ix := b.Build()
	for _, query := range []string{"mevrouw Smit", "smit", "mw. A Smit", "Smti"} {
		hits := ix.Find(query, 10)
		if len(hits) != 1 || hits[0].Key != 1 || hits[0].Kind != Contact || hits[0].Text != "mevrouw A. Smit" {
			t.Errorf("Find(%q) = %+v", query, hits)
		}
	}
	if hits := ix.Find("prins", 10); len(hits) != 1 || hits[0].Kind != Contact || hits[0].Text != "de heer K. Prins" {
		t.Errorf("Find(prins) = %+v, want one hit with its best entry", hits)
	}
	if hits := ix.Find("prins groep", 10); len(hits) != 1 || hits[0].Kind != Group {
		t.Errorf("Find(prins groep) = %+v", hits)
	}
}

// TestCodes: codes match whole or not at all.
func TestCodes(t *testing.T) {
	b := NewBuilder(0)
	for key, code := range map[Key]string{
		1: "00123", 2: "123", 3: "12345678", 4: "NL0044.95.445.B01", 5: "Jan.Smit@Voorbeeld.nl",
		6: "D-17", 7: "0", 8: "000", 10: "RE\u0301.F\u00a01",
	} {
		b.Add(key, Code, code)
	}
	b.Add(9, Name, "Bouw 123")
	for i := range 100 {
		b.Add(Key(1000+i), Code, fmt.Sprintf("9%03d", i))
	}
	ix := b.Build()
	for _, tt := range []struct {
		query string
		keys  []Key
		score float64
	}{
		{"00123", []Key{1, 2}, 1}, {"123", []Key{2, 1, 9}, 1}, {"0123", []Key{1, 2, 9}, ZerosScore},
		{"12345678", []Key{3}, 1}, {"12.34 56.78", []Key{3}, 1}, {"KvK: 12345678", []Key{3}, 1}, {"1234567", nil, 0},
		{"nl004495445b01", []Key{4}, 1}, {"NL 0044 95 445 B01", []Key{4}, 1},
		{"jan.smit@voorbeeld.nl", []Key{5}, 1}, {"JAN.SMIT@VOORBEELD.NL ", []Key{5}, 1}, {"jansmit@voorbeeld.nl", nil, 0},
		{"d-17", []Key{6}, 1}, {"0", []Key{7, 8}, 1}, {"000", []Key{8, 7}, 1}, {"9042", []Key{1042}, 1}, {"9100", nil, 0},
		{"r\u00e9f1", []Key{10}, 1}, {"re\u0301 F.1", []Key{10}, 1},
	} {
		hits := ix.Find(tt.query, 10)
		var keys []Key
		for _, h := range hits {
			keys = append(keys, h.Key)
		}
		if !slices.Equal(keys, tt.keys) || len(hits) > 0 && hits[0].Score != tt.score {
			t.Errorf("Find(%q) = %+v, want keys %v", tt.query, hits, tt.keys)
		}
	}
	if h := ix.Find("12.345.678", 1); len(h) != 1 || h[0].Text != "12345678" {
		t.Errorf("text of a code = %+v", h)
	}
	if h := ix.Find("nl004495445b01", 1); len(h) != 1 || h[0].Text != "NL0044.95.445.B01" {
		t.Errorf("text of a code = %+v, want it as added", h)
	}
}

// TestNearest: never silence.
func TestNearest(t *testing.T) {
	ix := office("Jansen", "Bakkerij Visser B.V.", "van Dijk", "Öztürk", "Mulder")
	for query, want := range map[string]string{
		"Jnsaen Bouw": "Jansen", "Fisscher": "Bakkerij Visser B.V.", "mild": "Mulder", "ozzzturrk": "Öztürk",
	} {
		if hits := ix.Nearest(query, 2); len(hits) == 0 || hits[0].Text != want {
			t.Errorf("Nearest(%q) = %+v, want %q first", query, hits, want)
		}
	}
	for _, query := range []string{"xqxq", "1", "山田", "q", "van", "B.V.", "00000"} {
		if hits := ix.Nearest(query, 3); len(hits) == 0 || len(hits) > 3 {
			t.Errorf("Nearest(%q) = %+v, want one to three", query, hits)
		}
	}
	for _, query := range []string{"", " ", "!?", "&"} {
		if hits := ix.Find(query, 3); hits != nil {
			t.Errorf("Find(%q) = %+v, want none", query, hits)
		}
	}
	if hits := NewBuilder(0).Build().Nearest("Jansen", 3); hits != nil {
		t.Errorf("empty index: %+v", hits)
	}
	if hits := ix.Find("Jansen", 0); hits != nil {
		t.Errorf("limit 0: %+v", hits)
	}
}

// TestManyHits: with more clients called the same than are scored, the one
// that is called just that comes first, and the limit is kept.
func TestManyHits(t *testing.T) {
	b := NewBuilder(0)
	for i := range 20_000 {
		b.Add(Key(i), Name, fmt.Sprintf("%s Jansen %s B.V.", firstNames[i%len(firstNames)], companyWords[i%len(companyWords)]))
	}
	b.Add(30_000, Name, "Jansen")
	b.Add(30_001, Name, "Wiebe Jansen Transport")
	ix := b.Build()
	if hits := ix.Find("Jansen", 25); len(hits) != 25 || hits[0].Key != 30_000 {
		t.Errorf("Find(Jansen): %d hits, first %+v", len(hits), hits[0])
	}
	if hits := ix.Find("Wiebe Jansen transport", 3); hits[0].Key != 30_001 {
		t.Errorf("two frequent words: %+v", hits)
	}
	if hits := ix.Find("Jansen", 1_000_000); len(hits) != MaxHits {
		t.Errorf("%d hits, want MaxHits", len(hits))
	}
}

// TestConcurrent: queries at the same time give what they give alone.
func TestConcurrent(t *testing.T) {
	entries := newGenerator(2000).entries(3000)
	ix := build(entries)
	want := make([]string, 50)
	for i := range want {
		want[i] = fmt.Sprint(ix.Find(entries[i*37].text, 5))
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i := range want {
				if got := fmt.Sprint(ix.Find(entries[i*37].text, 5)); got != want[i] {
					t.Errorf("Find(%q) = %s, alone %s", entries[i*37].text, got, want[i])
				}
			}
		})
	}
	wait.Wait()
}
