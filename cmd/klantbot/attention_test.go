package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// attentive is a small office with segments, as its files are imported.
func attentive(t *testing.T) (db string) {
	t.Helper()
	db = "--db=" + filepath.Join(t.TempDir(), "office.db")
	var clients, invoices strings.Builder
	clients.WriteString("Klantnummer;Naam;Relatiemanager;Vennoot\n")
	invoices.WriteString("Klantnummer;Factuurdatum;Bedrag excl.;Dienst;Factuurnummer\n")
	for i, amount := range []string{"90000", "8000", "7000", "6000", "5000", "900", "800", "700", "600", "500",
		"90", "80", "70", "60", "50", "40", "30", "20", "10", "9"} {
		number := "10" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		clients.WriteString(number + ";Klant " + number + ";Anna Bos <anna@kantoor.example>;ben@kantoor.example\n")
		for _, year := range []string{"2023", "2024", "2025", "2026"} {
			invoices.WriteString(number + ";05-05-" + year + ";" + amount + ",00;Jaarrekening;F" + year + number + "\n")
		}
	}
	for _, c := range [][]string{
		{"import", write(t, "clients.csv", clients.String()), db},
		{"import", write(t, "invoices.csv", invoices.String()), db},
		{"segment", "draft", db}, {"segment", "finalize", db},
	} {
		if got, status := verb(t, c...); status != done {
			t.Fatalf("%v: %v", c, got)
		}
	}
	return db
}

// person returns what the week asks of email.
func person(t *testing.T, week map[string]any, email string) map[string]any {
	t.Helper()
	for _, m := range week["managers"].([]any) {
		if m := m.(map[string]any); m["email"] == email {
			return m
		}
	}
	t.Fatalf("%s is not in %v", email, week)
	return nil
}

// TestAttentionVerb: the week follows what was imported, and a moment ticks off
// what was asked.
func TestAttentionVerb(t *testing.T) {
	t.Parallel()
	db := attentive(t)
	const touches = "Klantnummer;Datum;Soort;Door;Notitie\n" +
		"1000;10-05-2026;telefoon;anna@kantoor.example;\n" +
		"1000;02-03-2026;bezoek;ben@kantoor.example;\n" +
		"1001;15-04-2024;Bezoek;anna@kantoor.example;\"=wil over\nopvolging praten\"\n" +
		"1002;21-10-2026;jaargesprek;anna@kantoor.example;\n"
	got, _ := verb(t, "import", write(t, "touches.csv", touches), "--kind", "touches", db)
	holds(t, got, `{"kind":"touches","read":4,"added":4,"refused":[]}`)

	week, _ := verb(t, "attention", "--week", "2026-W48", db)
	holds(t, week, `{"week":"2026-W48","segmented":true}`)
	anna := person(t, week, "anna@kantoor.example")
	holds(t, anna, `{"capacity":8,"fits":true,"name":"Anna Bos"}`)
	items := map[string]map[string]any{}
	for _, i := range anna["items"].([]any) {
		item := i.(map[string]any)
		items[item["number"].(string)] = item
	}
	if len(items) == 0 || len(items) > 8 {
		t.Fatalf("%d items of 8: %v", len(items), anna)
	}
	holds(t, items["1000"], `{"segment":"A","activity":"telefoongesprek","period":"2026-Q4","days_late":54,"lateness":0.587,"silence_days":197,"minutes":15,
		"reason":"Een telefoongesprek is 54 dagen over tijd.","role":"relatiemanager"}`)
	holds(t, items["1001"], `{"segment":"B","activity":"jaargesprek","period":"2026","days_late":327,"lateness":0.896,"settles":["telefoongesprek"]}`)
	if items["1002"] != nil {
		t.Errorf("who was spoken to last month is asked for: %v", items["1002"])
	}
	if ben := person(t, week, "ben@kantoor.example"); len(ben["items"].([]any)) != 0 {
		t.Errorf("the visit of this year was made, and is asked for: %v", ben)
	}

	const more = "Klantnummer;Datum;Soort;Door;Notitie\n1000;20-11-2026;telefoon;anna@kantoor.example;\n"
	verb(t, "import", write(t, "more.csv", more), "--kind", "touches", db)
	week, _ = verb(t, "attention", "--week", "2026-W48", "--manager", "ANNA@kantoor.example", db)
	if len(week["managers"].([]any)) != 1 {
		t.Errorf("managers = %v", week["managers"])
	}
	for _, i := range person(t, week, "anna@kantoor.example")["items"].([]any) {
		if i.(map[string]any)["number"] == "1000" {
			t.Errorf("called yesterday, and asked for again: %v", i)
		}
	}

	for _, c := range [][]string{{"--week", "2026-W54"}, {"--manager", "nobody@kantoor.example"}} {
		got, status := verb(t, append([]string{"attention", db}, c...)...)
		if status != failed || got["error"] == nil {
			t.Errorf("%v: %v", c, got)
		}
	}
}

// TestExportTouches: what is exported comes back as the same moments, and no
// note becomes a formula.
func TestExportTouches(t *testing.T) {
	t.Parallel()
	db := attentive(t)
	notes := []string{"=1+1", "-5 op de schaal", "+31", "@Anna", "gewoon; met \"\"aanhaling\"\"\nen regel", "'s avonds"}
	rows := "Klantnummer;Datum;Soort;Door;Notitie\n"
	for _, n := range notes {
		rows += "1003;01-10-2026;telefoon;anna@kantoor.example;\"" + n + "\"\n"
	}
	got, _ := verb(t, "import", write(t, "touches.csv", rows), "--kind", "touches", db)
	holds(t, got, `{"added":6}`)
	for _, lang := range []string{"nl", "en"} {
		out := filepath.Join(t.TempDir(), "moments.csv")
		got, _ = verb(t, "export", "touches", out, "--lang", lang, db)
		holds(t, got, `{"touches":6}`)
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		for _, formula := range []string{";=", ",=", "\"=", ";-5", ";+31", ";@"} {
			if strings.Contains(string(b), formula) {
				t.Errorf("%s: the export holds %q:\n%s", lang, formula, b)
			}
		}
		got, _ = verb(t, "import", out, "--kind", "touches", db)
		holds(t, got, `{"read":6,"added":0,"unchanged":6,"refused":[]}`)
		if again, status := verb(t, "export", "touches", out, db); status != failed {
			t.Errorf("an export was overwritten: %v", again)
		}
	}
	got, _ = verb(t, "export", "touches", "--from", "2026-10-02", db)
	holds(t, got, `{"touches":[]}`)
	if got, status := verb(t, "export", "touches", "--from", "gisteren", db); status != failed {
		t.Errorf("a date that is none: %v", got)
	}
	var out, errs strings.Builder
	if status := run(context.Background(), []string{"export", "touches", db}, &out, &errs); status != done || !strings.HasPrefix(out.String(), "\ufeffKlantnummer;") {
		t.Errorf("export = %d, %.60q, %s", status, out.String(), errs.String())
	}
}

// TestAttentionReport: what was planned and had comes as one object, and a year
// that is none is refused in a sentence.
func TestAttentionReport(t *testing.T) {
	t.Parallel()
	db := attentive(t)
	verb(t, "import", write(t, "touches.csv", "Klantnummer;Datum;Soort;Door;Notitie\n1000;10-02-2026;telefoon;anna@kantoor.example;\n"), "--kind", "touches", db)
	for _, args := range [][]string{{"attention", "report", db, "--as-of", "2026-11-21"}, {"attention", "report", "2026", db, "--as-of", "2026-11-21"}} {
		got, status := verb(t, args...)
		if status != done || got["segmented"] != true || got["moments"] != 1.0 || got["groups_a"] != 1.0 || got["reached_a"] != 1.0 || got["people"] != nil || got["to"] != "2026-11-21" {
			t.Errorf("%v: %v", args, got)
		}
	}
	for _, year := range []string{"1000", "3000", "NaN"} {
		if got, status := verb(t, "attention", "report", year, db, "--as-of", "2026-11-21"); status != failed || got["error"] == nil {
			t.Errorf("%s: %v", year, got)
		}
	}
}
