package match

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
)

// drawName draws a name with all that Dutch names bring along.
func drawName(t *rapid.T) string {
	word := rapid.OneOf(
		rapid.SampledFrom(surnames), rapid.SampledFrom(firstNames), rapid.SampledFrom(tradeWords),
		rapid.SampledFrom([]string{"van", "de", "v.d.", "'t", "B.V.", "J.P.", "&", "Zn.", "mevrouw", "heer,", "Holding", "Bos,", "2000"}),
		rapid.StringMatching(`[A-Za-zéëïöüĳÿ]{1,9}`),
	)
	return strings.Join(rapid.SliceOfN(word, 1, 5).Draw(t, "words"), " ")
}

// drawEntries draws names and codes of a few clients.
func drawEntries(t *rapid.T) []entry {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) entry {
		e := entry{key: Key(rapid.IntRange(1, 12).Draw(t, "key")), kind: Kind(rapid.IntRange(0, 3).Draw(t, "kind"))}
		if e.kind == Code {
			e.text = rapid.StringMatching(`0{0,2}[1-3]{1,3}`).Draw(t, "code")
		} else {
			e.text = drawName(t)
		}
		return e
	}), 1, 25).Draw(t, "entries")
}

// TestAnyOrder: the order of adding changes nothing.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		shuffled := rapid.Permutation(entries).Draw(t, "shuffled")
		query := rapid.OneOf(rapid.SampledFrom(entries), rapid.Custom(func(t *rapid.T) entry { return entry{text: drawName(t)} })).Draw(t, "query").text
		a, b := build(entries), build(shuffled)
		if got, want := fmt.Sprint(b.Find(query, 9)), fmt.Sprint(a.Find(query, 9)); got != want {
			t.Fatalf("Find(%q) = %s, in another order %s", query, got, want)
		}
		if got, want := fmt.Sprint(b.Nearest(query, 4)), fmt.Sprint(a.Nearest(query, 4)); got != want {
			t.Fatalf("Nearest(%q) = %s, in another order %s", query, got, want)
		}
	})
}

// TestAnySpelling: case and diacritics of the query change nothing but the
// last step of the score, and with it the order of what is otherwise equal.
func TestAnySpelling(t *testing.T) {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s))
	}
	rapid.Check(t, func(t *rapid.T) {
		ix := build(drawEntries(t))
		query := drawName(t)
		seen := func(q string) []string {
			var out []string
			for _, h := range ix.Find(q, 20) {
				if h.Kind == Code {
					continue // codes keep their diacritics
				}
				out = append(out, fmt.Sprint(h.Key, h.Grade, min(h.Score, 1-1./scoreSteps)))
			}
			slices.Sort(out)
			return out
		}
		want := seen(query)
		for _, q := range []string{strings.ToUpper(query), strings.ToLower(query), plain(query), norm.NFD.String(query), "  " + query + "\t"} {
			if got := seen(q); !slices.Equal(got, want) {
				t.Fatalf("Find(%q) = %q, Find(%q) = %q", q, got, query, want)
			}
		}
	})
}

// TestPromises: what every answer keeps to, whatever is asked.
func TestPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		ix := build(entries)
		query := rapid.OneOf(rapid.Custom(drawName), rapid.String()).Draw(t, "query")
		limit := rapid.IntRange(-1, 6).Draw(t, "limit")
		checkPromises(t, ix, query, limit)

		// Every entry finds its client with the greatest score.
		e := rapid.SampledFrom(entries).Draw(t, "entry")
		hits := ix.Find(e.text, 100)
		words := len(readQuery(e.text))
		if at := rank(hits, e.key); words > 0 && words <= maxTerms && (at < 0 || hits[at].Grade != Whole) {
			t.Fatalf("Find(%q) = %+v, want client %d whole", e.text, hits, e.key)
		}
	})
}

func checkPromises(t interface{ Fatalf(string, ...any) }, ix *Index, query string, limit int) {
	hits := ix.Find(query, limit)
	nearest := ix.Nearest(query, limit)
	if limit > 0 && len(nearest) == 0 && len(readQuery(shorten(query))) > 0 && len(ix.keys) > 0 {
		t.Fatalf("Nearest(%q) is silent", query)
	}
	for i, h := range hits {
		if h.Score < HitScore || h.Score > 1 {
			t.Fatalf("Find(%q) gives score %v", query, h.Score)
		}
		if i > 0 && (hits[i-1].Score < h.Score || hits[i-1].Score == h.Score && hits[i-1].Key >= h.Key) {
			t.Fatalf("Find(%q) out of order: %+v", query, hits)
		}
	}
	for _, list := range [][]Hit{hits, nearest} {
		if len(list) > max(limit, 0) {
			t.Fatalf("%q: %d hits, limit %d", query, len(list), limit)
		}
		for i, h := range list {
			if rank(list[:i], h.Key) >= 0 {
				t.Fatalf("%q: client %d twice", query, h.Key)
			}
		}
	}
}

// slowDistance is the textbook optimal string alignment distance.
func slowDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range b {
		d[0][j+1] = j + 1
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// TestDistance: the bit-parallel distance is the textbook one.
func TestDistance(t *testing.T) {
	var p pattern
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[abc]{1,12}|[a-d]{30,40}`).Draw(t, "a")
		b := rapid.StringMatching(`[abc]{0,12}|[a-d]{30,64}`).Draw(t, "b")
		p.set([]byte(a))
		if got, want := p.distance([]byte(b)), slowDistance(a, b); got != want {
			t.Fatalf("distance(%q, %q) = %d, want %d", a, b, got, want)
		}
	})
}

// TestOneTypoIsRecalled: no single typo in a word of three letters or more
// escapes the trigrams.
func TestOneTypoIsRecalled(t *testing.T) {
	entries := newGenerator(3000).entries(3000)
	for i, s := range surnames {
		entries = append(entries, entry{Key(100_000 + i), Name, s})
	}
	ix := build(entries)
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		name := rapid.SampledFrom(surnames).Draw(t, "name")
		if len(name) < 4 {
			return
		}
		query := typo(r, name)
		if classOf(string(appendFolded(nil, query))).light() || strings.ContainsAny(query, " ") {
			return
		}
		want := string(appendFolded(nil, name))
		hits := ix.Nearest(query, 200)
		if !slices.ContainsFunc(hits, func(h Hit) bool { return strings.Contains(string(appendFolded(nil, h.Text)), want) }) {
			t.Fatalf("Nearest(%q) does not know %q: %q", query, name, found(hits))
		}
	})
}

// FuzzFind: nothing that is typed or added breaks the promises.
func FuzzFind(f *testing.F) {
	for _, query := range []string{"Jansen", "v.d. Berg", "00123", "j p", "IJ", "\x00\xff", "&&&", ",", "vd", "ß ﬁ Ⅷ", strings.Repeat("lang ", 300)} {
		f.Add(query, "Bakkerij van den Berg B.V.")
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		b := NewBuilder(0)
		b.Add(1, Name, name)
		b.Add(2, Contact, "mevrouw A. Smit")
		b.Add(3, Code, name)
		b.Add(4, Name, "Jansen")
		ix := b.Build()
		for _, q := range []string{query, name, query + name} {
			checkPromises(t, ix, q, 5)
		}
	})
}
