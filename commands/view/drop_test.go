package view

import (
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// sampleDrop is an anonymous survey with everything a file can bring.
func sampleDrop() DropPreview {
	var refused []analysis.Refusal
	for line := 4; line < 16; line++ {
		refused = append(refused, analysis.Refusal{Line: line, Reason: analysis.Fail(analysis.Invalid, "import.survey_score",
			analysis.Args{"column": hostile, "value": "11", "low": 0, "high": 10})})
	}
	return DropPreview{File: hostile + ".csv", Kind: analysis.ImportSurvey, Tool: "Microsoft Forms", Encoding: "utf-8", Delimiter: ';', Table: true,
		Wave: hostile, Audience: analysis.AskedClients, Disclosure: analysis.Anonymous, Counts: DropCounts{Read: 1234, Added: 1200, Unchanged: 22, Refused: 12},
		Columns: []DropColumn{{Field: "respondent", Header: "ID", Masked: true}, {Field: "date", Header: "Ingevuld op", Example: "01-11-2026"},
			{Field: "importance", Subject: "groei", Header: "Groei: hoe belangrijk?"}, {Field: "performance", Subject: "groei", Header: "Groei: hoe goed?"},
			{Field: "benefit", Subject: "rust", Header: "Rust: wat levert het op?"}, {Field: "comment", Header: hostile}},
		Ignored: []string{"Naam", hostile}, Refused: refused, Warnings: []*analysis.Error{analysis.Fail(analysis.Invalid, "import.survey_date", analysis.Args{"count": 2, "line": 3})},
		Value: "F1;h;survey;k;0;;", Kinds: []DropKind{{analysis.ImportClients, "F1;h;clients;;0;;"}, {analysis.ImportXAF, "F1;h;xaf;;0;;"}}}
}

func TestDropGoldens(t *testing.T) {
	named := sampleDrop()
	named.Disclosure, named.Named, named.Matched, named.Refused, named.Counts = analysis.ByName, 40, 31, nil, DropCounts{Read: 40, Added: 40}
	known := sampleDrop()
	known.Counts, known.Refused, known.Warnings = DropCounts{Read: 3, Unchanged: 3}, nil, nil
	missing := DropPreview{File: "x.csv", Kind: analysis.ImportClients, Encoding: "windows-1252", Delimiter: '\t', Table: true, Value: "F1;h;clients;;0;;", Changed: true,
		Problem: analysis.Fail(analysis.Invalid, "import.column_missing", analysis.Args{"missing": "number, name"}), Ignored: []string{"Wie", "Wat"}}
	unknown := missing
	unknown.Unknown, unknown.Kinds = true, sampleDrop().Kinds
	money := DropPreview{File: "2025.xaf", Kind: analysis.ImportXAF, Encoding: "utf-8", Value: "F1;h;xaf;;0;;", Counts: DropCounts{Read: 2, Added: 2, Removed: 1}, Total: 1234567, Attributed: 1000000}
	form := DropForm{Kind: analysis.ImportSurvey, File: hostile, Value: "F1;h;survey;k;0;;", Header: []string{"ID", hostile, ""}, Fields: []string{"respondent", "contact"},
		Groups: []string{"importance", "comment"}, Chosen: map[string][]int{"respondent": {0}, "comment": {1}}, Wave: hostile, Audience: analysis.AskedFormer, Disclosure: analysis.ByName}
	done := DropDone{ID: 7, Kind: analysis.ImportSurvey, File: hostile, Wave: "Voorjaar", Report: "w=3", Counts: sampleDrop().Counts, Refused: sampleDrop().Refused, Proposals: 2}
	for _, lang := range locale.Langs() {
		p, suffix := locale.New(lang, nil), "."+string(lang)+".json"
		golden(t, "drop"+suffix, DropPreviewed(p, sampleDrop()))
		golden(t, "drop_named"+suffix, DropPreviewed(p, named))
		golden(t, "drop_known"+suffix, DropPreviewed(p, known))
		golden(t, "drop_missing"+suffix, DropPreviewed(p, missing))
		golden(t, "drop_unknown"+suffix, DropPreviewed(p, unknown))
		golden(t, "drop_money"+suffix, DropPreviewed(p, money))
		golden(t, "drop_form"+suffix, DropColumns(p, form))
		golden(t, "drop_done"+suffix, DropImported(p, done))
	}
}

// TestDropOfAnything: a file with 16,000 columns of endless names still is a
// message and a form that Slack takes, and its text counts no euros.
func TestDropOfAnything(t *testing.T) {
	v, f := sampleDrop(), DropForm{Kind: analysis.ImportSurvey, Groups: []string{"comment"}, Fields: []string{"nps"}, Chosen: map[string][]int{}}
	for i := range 16_000 {
		v.Columns = append(v.Columns, DropColumn{Field: []string{"comment", "nps", "importance"}[i%3], Header: strings.Repeat("lang ", 200), Subject: strings.Repeat("x", 20)})
		v.Ignored = append(v.Ignored, strings.Repeat("nog langer ", 100))
		v.Warnings = append(v.Warnings, analysis.Fail(analysis.Invalid, "import.survey_date", analysis.Args{"count": 2, "line": 3}))
		f.Header = append(f.Header, strings.Repeat("lang ", 200))
		f.Chosen["comment"] = append(f.Chosen["comment"], i)
	}
	m := DropPreviewed(locale.New(locale.Dutch, nil), v)
	if len(m.Blocks) > 50 || len([]rune(m.Text)) > maxTwin || strings.Contains(m.Text, "€") {
		t.Errorf("%d blocks, %d characters", len(m.Blocks), len([]rune(m.Text)))
	}
	modal := DropColumns(locale.New(locale.Dutch, nil), f)
	if len(modal.Blocks) > 100 {
		t.Errorf("%d blocks in the form", len(modal.Blocks))
	}
}
