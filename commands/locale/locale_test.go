package locale

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
)

func TestCataloguesSayTheSame(t *testing.T) {
	holes := regexp.MustCompile(`\{[a-z_]+\}`)
	set := func(s string) []string {
		found := holes.FindAllString(s, -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for key, dutch := range catalogue(Dutch) {
		english, ok := catalogue(English)[key]
		if !ok {
			t.Errorf("%s has no English sentence", key)
			continue
		}
		if dutch == "" || english == "" {
			t.Errorf("%s is empty", key)
		}
		if d, e := set(dutch), set(english); !slices.Equal(d, e) {
			t.Errorf("%s names %v in Dutch and %v in English", key, d, e)
		}
	}
	for key := range catalogue(English) {
		if _, ok := catalogue(Dutch)[key]; !ok {
			t.Errorf("%s has no Dutch sentence", key)
		}
	}
}

func TestNumbersAndMoney(t *testing.T) {
	nl, en := New(Dutch, nil), New(English, nil)
	for _, c := range []struct {
		cents          analysis.Cents
		dutch, english string
		exact          string
	}{
		{1234567, "€ 12.346", "€12,346", "€ 12.345,67"},
		{-1234549, "\u2212\u2060€\u00a012.345", "\u2212\u2060€12,345", "\u2212\u2060€\u00a012.345,49"},
		{0, "€ 0", "€0", "€ 0,00"},
		{-49, "€ 0", "€0", "\u2212\u2060€\u00a00,49"},
		{50, "€ 1", "€1", "€ 0,50"},
	} {
		if got := nl.Money(c.cents); got != c.dutch {
			t.Errorf("Dutch Money(%d) = %q, want %q", c.cents, got, c.dutch)
		}
		if got := en.Money(c.cents); got != c.english {
			t.Errorf("English Money(%d) = %q, want %q", c.cents, got, c.english)
		}
		if got := nl.MoneyExact(c.cents); got != c.exact {
			t.Errorf("MoneyExact(%d) = %q, want %q", c.cents, got, c.exact)
		}
	}
	for fraction, want := range map[float64]string{.7643: "76,4%", 1: "100%", .0004: "0%", 0: "0%"} {
		if got := nl.Percent(fraction); got != want {
			t.Errorf("Percent(%v) = %q, want %q", fraction, got, want)
		}
	}
	for fraction, want := range map[float64]string{.123: "+12%", -.03: "-3%", 0: "0%", .001: "0%", -.001: "0%", 12.5: "+1.250%"} {
		if got := nl.Change(fraction); got != want {
			t.Errorf("Change(%v) = %q, want %q", fraction, got, want)
		}
	}
}

func TestDatesAsPeopleSayThem(t *testing.T) {
	nl, en := New(Dutch, nil), New(English, nil)
	d := analysis.Date(2026, time.November, 26)
	if got := nl.Near(d, analysis.Date(2026, 1, 1)); got != "do 26 nov" {
		t.Errorf("Near in the same year = %q", got)
	}
	if got := en.Near(d, analysis.Date(2027, 1, 1)); got != "26 Nov 2026" {
		t.Errorf("Near from another year = %q", got)
	}
	if got := nl.Month(d); got != "november 2026" {
		t.Errorf("Month = %q", got)
	}
	if got := nl.Date(analysis.NoDay); got != "onbekend" {
		t.Errorf("Date of no day = %q", got)
	}
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	winter := time.Date(2026, 11, 26, 7, 30, 0, 0, time.UTC)
	if got := New(Dutch, amsterdam).Moment(winter, d); got != "do 26 nov 08:30" {
		t.Errorf("Moment = %q", got)
	}
}

func TestSentences(t *testing.T) {
	catalogue(Dutch)["test.hole"] = "{a} en {b}"
	defer delete(catalogue(Dutch), "test.hole")
	p := New(Dutch, nil)
	if got := p.T("test.hole", analysis.Args{"a": analysis.Cents(100), "b": "{a}"}); got != "€ 1 en {a}" {
		t.Errorf("T = %q: a value must not be filled in again", got)
	}
	if got := p.T("no.such.key", nil); got != "no.such.key" {
		t.Errorf("T of an unknown key = %q", got)
	}
	if got := p.List([]string{"a", "b", "c"}); got != "a, b en c" {
		t.Errorf("List = %q", got)
	}
}

func TestOf(t *testing.T) {
	for locale, want := range map[string]Lang{"nl-NL": Dutch, "nl": Dutch, "": Dutch, "en-GB": English, "de-DE": English} {
		if got := Of(locale); got != want {
			t.Errorf("Of(%q) = %q, want %q", locale, got, want)
		}
	}
}

// The files are read line by line; they are JSON for whoever else reads them.
func TestCatalogueIsJSON(t *testing.T) {
	for lang, file := range map[Lang]string{Dutch: inDutch, English: inEnglish} {
		var want sentences
		if err := json.Unmarshal([]byte(file), &want); err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if got := catalogue(lang); len(want) == 0 || !maps.Equal(got, want) {
			t.Errorf("%s: %d sentences were read otherwise than as JSON, which has %d", lang, len(got), len(want))
		}
	}
}
