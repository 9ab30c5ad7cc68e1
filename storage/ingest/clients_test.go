package ingest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
)

func TestClientList(t *testing.T) {
	text := "Relatieoverzicht;;\r\nAangemaakt op 21-11-2026;;\r\n\r\n" +
		"Klantnr.;Bedrijfsnaam;Debiteurnummer;Relatiegroep;Relatiebeheerder;Vennoot;KvK-nummer;BTW-nummer;E-mail;Soort;SBI;Aantal medewerkers;Balanstotaal;Klant sinds;Contactpersoon;Functie;Status;Kleur\r\n" +
		"0017;\"Bakkerij Jansen; \"\"De Korst\"\" B.V.\";4001;Jansen Groep;J.Smit@kantoor.nl;P. de Wit;12345678;NL004495445B01;info@jansen.nl;mkb;10.71;12,5;€ 1.234.567,89;1-4-2009;Piet Jansen;DGA;klant;rood\r\n" +
		"18;Café \"Het Hoekje\";;;;;1234567;NL 0024.55.799.B11;geen;zzp;;;;;\"Anna\r\nSmit\";;Oud-klant;blauw\r\n" +
		"19;Particulier Pietersen;;;;;;NL004495445B01;;particulier;;;;;;;prospect;\r\n" +
		"20;Vreemd;;;;;99;NL123456789B90;;;;;;31-02-2020;;;;\r\n" +
		"21;Raar;;;;;;;;;;;;;;;weg;\r\n" +
		"22;Te;veel;;;;;;;;;;;;;;;;nog een\r\n" +
		";Zonder nummer;;;;;;;;;;;;;;;;\r\n" +
		";;;;;;;;;;;;;;;;;\r\n" +
		"Totaal;;;;;;;;;;;12,5;1.234.567,89;;;;;\r\n"
	windows := []byte(strings.NewReplacer("é", "\xe9", "€", "\x80").Replace(text))
	s, got, d, err := take(t, "klanten.csv", windows, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != analysis.ImportClients || d.Encoding != encodingWestern || d.Delimiter != ';' || d.HeaderLine != 4 || d.Columns["fte"] != "Aantal medewerkers" {
		t.Errorf("detected %+v", d)
	}
	unknown := analysis.StagedClient{}
	unknown.FTE, unknown.Balance, unknown.Elsewhere, unknown.Since, unknown.Until = -1, -1, -1, analysis.NoDay, analysis.NoDay
	first := unknown
	first.Line, first.Number, first.Name, first.Debtor = 5, "0017", `Bakkerij Jansen; "De Korst" B.V.`, "4001"
	first.GroupName, first.ManagerEmail, first.PartnerName = "Jansen Groep", "j.smit@kantoor.nl", "P. de Wit"
	first.KVK, first.VAT, first.Client.Email, first.Kind, first.SBI = "12345678", "NL004495445B01", "info@jansen.nl", "mkb", "10.71"
	first.FTE, first.Balance, first.Since, first.Status = 12.5, 123456789, analysis.Date(2009, 4, 1), analysis.Current
	first.ContactName, first.ContactRole = "Piet Jansen", "DGA"
	second := unknown
	second.Line, second.Number, second.Name, second.KVK, second.VAT = 6, "18", `Café "Het Hoekje"`, "01234567", "NL002455799B11"
	second.Kind, second.ContactName, second.Status = "zzp", "Anna Smit", analysis.Former
	third := unknown
	third.Line, third.Number, third.Name, third.VAT, third.Kind, third.Status = 8, "19", "Particulier Pietersen", maskedVAT, "particulier", analysis.Prospect
	for i, want := range []analysis.StagedClient{first, second, third} {
		if i >= len(got.clients) || got.clients[i] != want {
			t.Errorf("client %d: %+v, want %+v", i, got.clients[min(i, len(got.clients)-1)], want)
		}
	}
	refused := map[int]string{}
	for _, r := range s.Refused {
		refused[r.Line] = r.Reason.Key
		worded(t, r.Reason)
	}
	for line, want := range map[int]string{9: "import.date_invalid", 10: "import.status_unknown", 11: "import.row_cells", 12: "import.number_missing"} {
		if refused[line] != want {
			t.Errorf("line %d: %q, want %s", line, refused[line], want)
		}
	}
	if s.Read != 7 || s.Skipped != 2 || s.RefusedCount != 4 || len(got.clients) != 3 {
		t.Errorf("read %d, skipped %d, refused %d, took %d", s.Read, s.Skipped, s.RefusedCount, len(got.clients))
	}
	warned := warnedKeys(t, s)
	for _, want := range []string{"import.columns_ignored", "import.email_ignored", "import.kvk_invalid"} {
		if !warned[want] {
			t.Errorf("no warning %s in %v", want, warned)
		}
	}
}

func warnedKeys(t testing.TB, s Summary) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, w := range s.Warnings {
		worded(t, w)
		keys[w.Key] = true
	}
	return keys
}

// TestEncodings reads the same client in every encoding.
func TestEncodings(t *testing.T) {
	utf16 := func(text string, big bool) []byte {
		out := []byte("\xff\xfe")
		if big {
			out = []byte("\xfe\xff")
		}
		for _, r := range text {
			if big {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return out
	}
	text := "Klantnummer\tNaam\r\n1\tCafé Noord\r\n"
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	for name, b := range map[string][]byte{
		"utf-8": []byte(text), "bom": []byte("\ufeff" + text), "windows-1252": []byte(strings.ReplaceAll(text, "é", "\xe9")),
		"utf-16le": utf16(text, false), "utf-16be": utf16(text, true), "gz": packed.Bytes(),
	} {
		_, got, d, err := take(t, "k.csv", b, Options{})
		if err != nil || len(got.clients) != 1 || got.clients[0].Name != "Café Noord" || got.clients[0].Number != "1" {
			t.Errorf("%s: %+v %v", name, got, err)
		}
		if d.Delimiter != '\t' || strings.HasPrefix(name, "utf-16") && d.Encoding != name || d.Compressed != (name == "gz") {
			t.Errorf("%s: detected %+v", name, d)
		}
	}
}

// TestDamagedGzip proves that half a file is not taken for a whole one.
func TestDamagedGzip(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte("klantnr;datum;bedrag\n"))
	for i := range 50_000 {
		_, _ = fmt.Fprintf(w, "%d;2026-01-02;%d\n", i, i*7919%100_003)
	}
	_ = w.Close()
	b := packed.Bytes()
	for _, damaged := range [][]byte{b[:len(b)/2], b[:len(b)-3], b[:15], b[:2]} {
		if _, _, _, err := take(t, "x.csv.gz", damaged, Options{}); key(err) != "import.gzip_broken" {
			t.Errorf("%d of %d bytes: %v", len(damaged), len(b), err)
		}
	}
	flipped := bytes.Clone(b)
	flipped[len(b)/2] ^= 0x10
	if _, _, _, err := take(t, "x.csv.gz", flipped, Options{}); err == nil {
		t.Error("a flipped bit passed")
	}
}

func TestMixedEncoding(t *testing.T) {
	text := "klantnummer;naam\n1;Café Één\n2;Caf\xe9 Twee\n3;Café Drie\n"
	s, got, d, err := take(t, "k.csv", []byte(text), Options{})
	if err != nil || len(got.clients) != 3 {
		t.Fatalf("%+v %v", got, err)
	}
	for i, want := range []string{"Café Één", "Café Twee", "Café Drie"} {
		if got.clients[i].Name != want {
			t.Errorf("%q, want %q", got.clients[i].Name, want)
		}
	}
	if d.Encoding != encodingUTF8 || !warnedKeys(t, s)["import.mixed_encoding"] {
		t.Errorf("detected %s, warned %v", d.Encoding, s.Warnings)
	}
}
