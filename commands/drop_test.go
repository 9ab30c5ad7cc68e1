package commands

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestDropChoice: what a button carries comes back, and nothing else does.
func TestDropChoice(t *testing.T) {
	for _, c := range []dropChoice{{File: "F1"}, {File: "F1", Hash: "a-_b", Kind: analysis.ImportSurvey, Audience: analysis.AskedFormer, Wave: "Zomer; 2026 é", ByName: true,
		Columns: map[string][]int{"nps": {3}, "comment": {4, 17}, "judgement:sfeer": {0}}}} {
		got, err := parseDropChoice(c.String())
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("%q is read as %+v, %v; want %+v", c, got, err, c)
		}
	}
	for _, s := range []string{"", "F1", ";;;;;;", "F1;h;evil;;;;", "F1;h;survey;z;;;", "F1;h;survey;k;!;;", "F1;h;survey;k;" + strings.Repeat("YWFh", 21) + ";;", "F1;h;survey;k;;;nps",
		"F1;h;survey;k;;;nps=-1", "F1;h;survey;k;;;nps=99999999999999999999", "F1;h;survey;k;;;nps=1;", "7"} {
		if c, err := parseDropChoice(s); err == nil {
			t.Errorf("%q is read as %+v", s, c)
		}
	}
}

// TestDropMapping: columns are named by their place; two about one subject, and
// one that the file does not have, are refused.
func TestDropMapping(t *testing.T) {
	header := []string{"3", "Hoe belangrijk? [Groei]", "Hoe goed? [Groei]", "Groei: hoe belangrijk?", "Waarom?"}
	c := dropChoice{Columns: map[string][]int{"nps": {0}, dropImportance: {1}, dropPerformance: {2}, dropComment: {4}}}
	got, err := c.mapping(header)
	want := map[string]string{"nps": "#1", "theme:groei:importance": "#2", "theme:groei:performance": "#3", "comment:Waarom?": "#5"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("mapping = %v, %v; want %v", got, err, want)
	}
	for field := range want {
		if group := groupOf(field); group == field && field != "nps" {
			t.Errorf("%s is of no group", field)
		}
	}
	for _, columns := range []map[string][]int{{dropImportance: {1, 3}}, {"nps": {5}}} {
		if _, err := (dropChoice{Columns: columns}).mapping(header); analysis.KindOf(err) != analysis.Invalid {
			t.Errorf("%v is taken: %v", columns, err)
		}
	}
}

// TestDroppedWords: who drops a file in Slack is not told of flags, of which there
// are none there; what only the command line can do is said to be done there.
func TestDroppedWords(t *testing.T) {
	for from, to := range droppedWords {
		for _, lang := range locale.Langs() {
			p := locale.New(lang, nil)
			if !locale.Has(lang, from) || !locale.Has(lang, to) {
				t.Errorf("no %s sentence for %s or %s", lang, from, to)
			}
			if said := p.Error(dropped(analysis.Fail(analysis.Invalid, from, nil))); strings.Contains(said, "--") && !strings.Contains(said, "klantbot import") {
				t.Errorf("%s: %s", to, said)
			}
		}
	}
	if err := droppedError(fmt.Errorf("read it: %w", analysis.Fail(analysis.Invalid, "import.not_xaf", nil))); analysis.KindOf(err) != analysis.Invalid || err.(*analysis.Error).Key != "drop.said.table" {
		t.Errorf("an error is worded as %v", err)
	}
	if err := errors.New("else"); droppedError(err) != err || dropped(nil) != nil {
		t.Error("another error is changed")
	}
}
