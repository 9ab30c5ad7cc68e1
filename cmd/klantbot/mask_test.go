package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// masked runs the verb on a text; not parallel: standard input is one.
func masked(t *testing.T, text string, args ...string) map[string]any {
	t.Helper()
	maskInput = strings.NewReader(text)
	got, _ := verb(t, append([]string{"mask"}, args...)...)
	return got
}

func TestMaskVerb(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir()) // no database
	text := "Mevrouw Blokzijl (BSN 123456782) mailde blok@voorbeeld.nl."
	holds(t, masked(t, text), `{"text":"Mevrouw [PERSOON_1] (BSN [BSN_1]) mailde [EMAIL_1].","found":[
		{"kind":"person","start":8,"end":16,"placeholder":"[PERSOON_1]"},
		{"kind":"bsn","start":22,"end":31,"placeholder":"[BSN_1]"},
		{"kind":"email","start":40,"end":57,"placeholder":"[EMAIL_1]"}]}`)
	holds(t, masked(t, ""), `{"text":"","found":[]}`)
	if e := masked(t, "\xff\xfe\x00")["error"]; e == nil {
		t.Error("bytes that are no text were masked")
	}
	if e := masked(t, "tekst", "--db="+filepath.Join(t.TempDir(), "absent.db"))["error"]; e == nil {
		t.Error("a database that is not there was passed over")
	}
	maskInput = strings.NewReader("Bel 06-12345678\n")
	var out, errs bytes.Buffer
	if run(context.Background(), []string{"mask"}, &out, &errs) != done || out.String() != "Bel [TELEFOON_1]\n" {
		t.Errorf("plain: %q %s", &out, &errs)
	}
}

func TestMaskKnowsTheDatabase(t *testing.T) {
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	verb(t, "import", write(t, "clients.csv", clientsCSV), db)
	for text, want := range map[string]string{
		"jansen bouw wil meer":           "[BEDRIJF_1] wil meer",
		"Smit belt niet terug":           "[PERSOON_1] belt niet terug",
		"Ons cafe 't Hoekje draait goed": "Ons [BEDRIJF_1] draait goed",
		"de bakker bakt":                 "de bakker bakt",
	} {
		if got := masked(t, text, db); got["text"] != want {
			t.Errorf("%q became %v, want %q", text, got["text"], want)
		}
	}
}
