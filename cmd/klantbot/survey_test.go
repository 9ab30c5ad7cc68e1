package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// surveyed reads the one object that a verb prints.
func surveyed(t *testing.T, into any, args ...string) {
	t.Helper()
	var out, errs strings.Builder
	if status := run(t.Context(), args, &out, &errs); status != done {
		t.Fatalf("klantbot %s: %s%s", strings.Join(args, " "), out.String(), errs.String())
	}
	if err := json.Unmarshal([]byte(out.String()), into); err != nil {
		t.Fatalf("klantbot %s printed %q: %v", strings.Join(args, " "), out.String(), err)
	}
}

// TestSurveyVerbs: a file of answers becomes a report; one answer more does not
// change what is shown, and a dry run nothing at all.
func TestSurveyVerbs(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "office.db"), filepath.Join(dir, "antwoorden.csv")
	const first = "respondent;nps;groei b;groei p;opmerking;e-mail\n" +
		"1;10;5;2;Ik wacht al drie weken op antwoord.;jan@een.example\n2;9;5;2;Snel antwoord, heel fijn.;\n3;9;4;3;Bel Pieter de Vries op 06-12345678.;\n" +
		"4;7;4;2;Niet bereikbaar.;\n5;3;5;1;Slecht bereikbaar en duur.;\n6;99;5;1;te hoog;\n"
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func(more ...string) (j importReportJSON) {
		args := []string{"import", file, "--kind", "survey", "--wave", "Najaar 2026", "--map", "theme:groei:importance=groei b",
			"--map", "theme:groei:performance=groei p", "--db", db, "--json", "--as-of", "2026-11-21"}
		surveyed(t, &j, append(args, more...)...)
		return j
	}
	report := func() (j surveyJSON) {
		surveyed(t, &j, "survey", "report", "najaar 2026", "--db", db, "--json", "--as-of", "2026-11-21")
		return j
	}
	write(first)
	load("--dry-run")
	if j := load(); j.Read != 6 || j.Added != 5 || len(j.Refused) != 1 || j.Refused[0].Line != 7 {
		t.Fatalf("import = %+v", j)
	}
	j := report()
	if j.NPS == nil || j.NPS.Score != 40 || j.NPS.Promoters != 3 || j.Responses != 5 || j.Refused != 1 || j.Disclosure != "anoniem" {
		t.Errorf("report = %+v, NPS %+v", j, j.NPS)
	}
	if len(j.Themes) != 1 || j.Themes[0].N != 5 || *j.Themes[0].Importance != 4.6 || *j.Themes[0].Performance != 2 {
		t.Errorf("themes = %+v", j.Themes)
	}
	accounted := map[string]bool{}
	for _, q := range j.Summary.Quotes {
		accounted[q.ID] = true
		if strings.Contains(q.Text, "06-") || strings.Contains(q.Text, "Pieter") {
			t.Errorf("an anonymous quote says %q", q.Text)
		}
	}
	for _, l := range j.Summary.LeftOut {
		accounted[l.ID] = true
	}
	if len(j.Summary.Quotes) == 0 || len(accounted) != 5 || j.Summary.Answers != 5 {
		t.Errorf("summary = %+v; every answer has to be accounted for", j.Summary)
	}
	raw, err := os.ReadFile(db)
	if err != nil || strings.Contains(string(raw), "jan@een.example") {
		t.Errorf("the database knows an address of an anonymous answer (%v)", err)
	}
	write(first + "7;0;1;1;Weg hier.;\n")
	if j := load(); j.Added != 1 || j.Unchanged != 5 {
		t.Errorf("import of one more = %+v", j)
	}
	again := report()
	if again.NPS.Score != 40 || again.Responses != 6 || len(again.Suppressed) == 0 || again.Suppressed[0].Reason != "earlier" {
		t.Errorf("with one more answer NPS %+v, suppressed %v", again.NPS, again.Suppressed)
	}
	for _, q := range again.Summary.Quotes {
		if q.Text == "Weg hier." {
			t.Error("the words of who came last are shown")
		}
	}
}

// TestSurveyTemplates: every questionnaire can be made, and its closed questions
// are recognised when the answers come back.
func TestSurveyTemplates(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		for _, audience := range []string{"klanten", "prospects", "oud-klanten", "medewerkers"} {
			for _, segment := range []string{"A", "B", "D"} {
				args := []string{"survey", "template", "--audience", audience, "--segment", segment, "--lang", lang, "--json"}
				if audience != "medewerkers" {
					args = append(args, "--by-name")
				}
				var q struct {
					Statement string
					Questions []struct{ Text, Kind string }
				}
				surveyed(t, &q, args...)
				if q.Statement == "" || len(q.Questions) == 0 {
					t.Errorf("%v: %+v", args, q)
				}
				if segment == "B" {
					recognised(t, q.Questions)
				}
			}
		}
	}
}

func recognised(t *testing.T, questions []struct{ Text, Kind string }) {
	t.Helper()
	var header, cells []string
	for _, q := range questions {
		header = append(header, `"`+q.Text+`"`)
		cells = append(cells, map[string]string{"score": "4", "choice": "ja", "choices": "deskundig", "open": "tekst"}[q.Kind])
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "x.csv")
	if err := os.WriteFile(file, []byte(strings.Join(header, ";")+"\n"+strings.Join(cells, ";")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var j importReportJSON
	surveyed(t, &j, "import", file, "--kind", "survey", "--db", filepath.Join(dir, "o.db"), "--json")
	of := map[string]string{}
	for field, column := range j.Columns {
		of[column] = field
	}
	for _, q := range questions {
		open := strings.HasPrefix(of[q.Text], "comment")
		if of[q.Text] == "" || open != (q.Kind == "open") {
			t.Errorf("%q of kind %s is read as %q", q.Text, q.Kind, of[q.Text])
		}
	}
	if j.Added != 1 {
		t.Errorf("import = %+v", j)
	}
}
