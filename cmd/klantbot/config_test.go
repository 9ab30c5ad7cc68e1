package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
	"klantbot/analysis/value"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// said runs one command line within the test and returns what it printed.
func said(args ...string) (out, errs string, status int) {
	var o, e bytes.Buffer
	status = run(context.Background(), append(args, "--as-of=2026-11-21"), &o, &e)
	return o.String(), e.String(), status
}

func TestConfigGoesRound(t *testing.T) {
	t.Parallel()
	db := "--db=" + sampleDB(t)
	first, _, status := said("config", "export", db)
	if status != done || !strings.HasPrefix(first, "# Instellingen van klantwaarde") || !strings.Contains(first, "Strategische waarde") {
		t.Fatalf("status %d:\n%s", status, first)
	}
	file := write(t, "first.yaml", first)
	got, _ := verb(t, "config", "import", file, db)
	holds(t, got, `{"dry_run":false,"changes":[]}`)

	// Revenue counts for more, an A needs fewer, high potential is an amount.
	edited := strings.Replace(first, "weight: 30", "weight: 75", 1)
	edited = strings.NewReplacer("A: 5\n", "A: 3\n", "B: 15\n", "B: 17\n", "high_cents: 0", "high_cents: 250000",
		"'Beschermen: deze klant mag niet verrast vertrekken.'", "Koesteren en elk kwartaal bellen.").Replace(edited)
	file = write(t, "edited.yaml", edited)
	dry, _ := verb(t, "config", "import", file, "--dry-run", db)
	holds(t, dry, `{"dry_run":true,"changes":[{"key":"segments","version":1,"default":false},{"key":"potential","version":1,"default":false},
		{"key":"strategy/groot","version":1,"default":false},{"key":"criteria/mkb","version":1,"default":false}]}`)
	effect := dry["effect"].(map[string]any)
	if len(effect["flows"].([]any)) == 0 || effect["rescored"].(float64) == 0 || effect["high_potential"] == nil {
		t.Errorf("effect %v", effect)
	}
	if again, _, _ := said("config", "export", db); again != first {
		t.Error("a dry run changed something")
	}

	before, _ := verb(t, "segment", "draft", db)
	real, _ := verb(t, "config", "import", file, db)
	holds(t, real, `{"dry_run":false}`)
	if fmt.Sprint(real["effect"]) != fmt.Sprint(effect) {
		t.Errorf("the dry run said %v, then %v", effect, real["effect"])
	}
	after, _ := verb(t, "segment", "draft", db)
	if got := flowsOf(before, after); !maps.Equal(got, flowsIn(effect)) {
		t.Errorf("the effect said %v, it became %v", flowsIn(effect), got)
	}
	back, _, _ := said("config", "export", db)
	if trimmed(back) != trimmed(edited) {
		t.Errorf("exported after importing:\n%s\nwant\n%s", back, edited)
	}
	same, _ := verb(t, "config", "import", write(t, "back.yaml", back), db)
	holds(t, same, `{"changes":[]}`)

	// An English file says the same, and the office's own words are in it.
	english, _, _ := said("config", "export", "--lang=en", db)
	if !strings.Contains(english, "Strategic value") || !strings.Contains(english, "Koesteren en elk kwartaal bellen.") {
		t.Errorf("English:\n%s", english)
	}
	same, _ = verb(t, "config", "import", write(t, "english.yaml", english), db)
	holds(t, same, `{"changes":[]}`)

	out, _, _ := said("config", "import", write(t, "first.yaml", first), "--dry-run", db)
	for _, want := range []string{"4 instellingen veranderen:", "criteria/mkb: terug naar de standaard", "Gevolg op het kantoor van 21 nov 2026", "Proef: er is niets opgeslagen."} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	path := filepath.Join(t.TempDir(), "kantoor.yaml")
	if out, _, status := said("config", "export", path, db); status != done || !strings.Contains(out, path) {
		t.Errorf("%d: %s", status, out)
	}
	if written, err := os.ReadFile(path); err != nil || string(written) != back {
		t.Errorf("the file differs: %v", err)
	}
	whole, _ := verb(t, "config", "export", db)
	holds(t, whole, `{"potential":{"high_cents":250000},"loyalty":{"known_marks":3}}`)
}

// trimmed leaves the explanation out.
func trimmed(s string) string {
	lines := slices.DeleteFunc(strings.Split(s, "\n"), func(l string) bool { return strings.HasPrefix(l, "#") })
	return strings.Join(lines, "\n")
}

// flowsOf compares two segmentations as the verb printed them.
func flowsOf(before, after map[string]any) map[string]int {
	was := map[string]string{}
	for _, i := range before["items"].([]any) {
		item := i.(map[string]any)
		was[item["number"].(string)] = fmt.Sprint(item["segment"])
	}
	flows := map[string]int{}
	for _, i := range after["items"].([]any) {
		item := i.(map[string]any)
		if from, to := was[item["number"].(string)], fmt.Sprint(item["segment"]); from != to {
			flows[from+to]++
		}
	}
	return flows
}

func flowsIn(effect map[string]any) map[string]int {
	flows := map[string]int{}
	for _, f := range effect["flows"].([]any) {
		flow := f.(map[string]any)
		flows[fmt.Sprint(flow["from"])+fmt.Sprint(flow["to"])] = int(flow["groups"].(float64))
	}
	return flows
}

// What is written by hand is read strictly: the line and what to do stand in one
// sentence, and nothing is half taken over.
func TestConfigRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	db := "--db=" + sampleDB(t)
	criterion := "criteria:\n  mkb:\n    - {key: revenue, weight: 30, source: revenue, scale: rank}\n"
	hundred := "criteria:\n  mkb:\n"
	for i := range 100 {
		hundred += fmt.Sprintf("    - {key: c%d, name: C%d, weight: 1, source: imported, scale: percent}\n", i, i)
	}
	for _, c := range []struct{ yaml, want string }{
		{"", "Het bestand is leeg"},
		{"# alleen uitleg\n", "Het bestand is leeg"},
		{"a: [", "geen geldige YAML"},
		{"loyalty:\n\tknown_marks: 3\n", "Regel 2: dit is geen geldige YAML"},
		{"loyalty: {known_marks: 3}\n---\nloyalty: {known_marks: 4}\n", "meer dan één YAML-document"},
		{"- 1\n", "Regel 1: onder “YAML”"},
		{"criterea: {}\n", "Regel 1: “criterea” is hier onbekend. Bedoelt u “criteria”?"},
		{"kleur: rood\n", "Hier kan staan: criteria, segments, potential, loyalty, strategies"},
		{"loyalty: {known_marks: 3}\nloyalty: {known_marks: 4}\n", "Regel 2"},
		{criterion + "    - {key: x, name: X, wieght: 3, source: judged, scale: marks}\n", "Regel 4: “wieght” is hier onbekend. Bedoelt u “weight”?"},
		{criterion + "    - {key: x, name: X, weight: zwaar, source: judged, scale: marks}\n", "Regel 4: “weight” is een getal"},
		{criterion + "    - {key: x, name: X, weight: 3, source: tarot, scale: marks}\n", "Regel 4: “source” is een van: revenue"},
		{criterion + "    - {key: x, name: X, source: judged, scale: marks}\n", "Regel 4: bij dit criterium ontbreekt “weight”"},
		{criterion + "    - {key: x, name: X, weight: .nan, source: imported, scale: rank}\n", "Regel 4: Het gewicht van “X” is geen getal"},
		{criterion + "    - {key: x, name: X, weight: -1, source: imported, scale: rank}\n", "Regel 4: Het gewicht van “X” is negatief"},
		{criterion + "    - {key: x, name: ' ', weight: 1, source: imported, scale: rank}\n", "Regel 4: Criterium 2 heeft geen bruikbare naam"},
		{criterion + "    - {key: x, name: X, weight: 1, source: judged, scale: marks}\n", "Regel 4: Beschrijf bij “X”"},
		{criterion + "    - {key: partnership, name: X, weight: 1, source: imported, scale: rank}\n", "Regel 4: “X” heeft bij Klantbot al een andere betekenis"},
		{criterion + "    - {key: y, name: X, weight: 1, source: revenue, scale: rank}\n", "Regel 4: “X” heeft bij Klantbot al een andere betekenis"},
		{criterion + "    - {key: revenue, weight: 1, source: revenue, scale: rank}\n", "staat er twee keer in"},
		{"criteria:\n  mkb:\n    - {key: revenue, weight: 0, source: revenue, scale: rank}\n", "Alle gewichten zijn nul"},
		{"criteria:\n  mkb: []\n", "hooguit 12 criteria"},
		{hundred, "hooguit 12 criteria"},
		{"criteria:\n", "onder “criteria” horen regels"},
		{"segments: {quota: {A: 5, B: 15, C: 30, D: 49}}\n", "samen 99; dat moet 100 zijn"},
		{"segments: {quota: {A: 5, E: 15}}\n", "“E” is hier onbekend. Bedoelt u “A”?"},
		{"segments: {by: score, borders: {A: 50, B: 60, C: 40}}\n", "Regel 1: De grenzen voor A, B en C"},
		{"segments: {by: gevoel}\n", "“by” is een van: quota, score"},
		{"potential: {high_cents: -5}\n", "boven nul"},
		{"potential: {high_cents: 12.5}\n", "geheel getal"},
		{"loyalty: {known_marks: 9}\n", "1 tot en met 6"},
		{"strategies: {groot: {goal: " + strings.Repeat("x", 301) + "}}\n", "Regel 1: Houd elke regel van een strategie"},
		{"strategies: {grote: {goal: x}}\n", "Bedoelt u “groot”?"},
		{"strategies: {groot: [a]}\n", "onder “groot” horen regels"},
		{"a: &a [*a]\n", "onbekend"},
		{"loyalty: &a {known_marks: 3}\nstrategies: *a\n", "onbekend"},
	} {
		_, errs, status := said("config", "import", write(t, "x.yaml", c.yaml), db)
		if status != failed || !strings.Contains(errs, c.want) || strings.Contains(errs, "{") || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("%.80q: status %d, %q; want %q", c.yaml, status, errs, c.want)
		}
	}
	for _, args := range [][]string{{filepath.Join(t.TempDir(), "weg.yaml")}, {t.TempDir()}, {write(t, "groot.yaml", strings.Repeat("# uitleg\n", 200_000))}} {
		if _, errs, status := said("config", "import", args[0], db); status != failed || errs == "" {
			t.Errorf("%s: %d %s", args[0], status, errs)
		}
	}
	if got, status := verb(t, "config", "import", write(t, "x.yaml", "kleur: rood\n"), db); status != failed || got["error"].(map[string]any)["kind"] != "invalid" {
		t.Errorf("as JSON: %v", got)
	}
	typo := write(t, "typo.yaml", strings.Replace(criterion, "mkb", "mbk", 1))
	if out, _, _ := said("config", "import", typo, "--dry-run", db); !strings.Contains(out, "Geen enkele klant is van de soort “mbk”") {
		t.Errorf("a kind that nobody is of: %s", out)
	}
	if got, _ := verb(t, "config", "import", typo, "--dry-run", db); fmt.Sprint(got["unused_kinds"]) != "[mbk]" {
		t.Errorf("a kind that nobody is of: %v", got)
	}
	if got, _ := verb(t, "config", "import", write(t, "deel.yaml", "loyalty: {known_marks: 2}\n"), db); len(got["changes"].([]any)) != 1 {
		t.Errorf("a file with one section: %v", got)
	}
}

// Whatever an office chose, its file says: read back it is the same, on top of
// whatever another office had.
func TestExportThenImportIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, other := drawOffice(t), drawOffice(t)
		kinds := slices.Collect(maps.Keys(s.Criteria))
		p := locale.New(rapid.SampledFrom(locale.Langs()).Draw(t, "language"), nil)
		var first, again bytes.Buffer
		if err := toConfigFile(p, s, kinds).write(&first, p); err != nil {
			t.Fatal(err)
		}
		back, err := parseConfig(first.Bytes(), other)
		if err != nil {
			t.Fatalf("%v\n%s", err, &first)
		}
		if err := commands.CheckSettings(back); err != nil {
			t.Fatal(err)
		}
		if err := toConfigFile(p, back, slices.Collect(maps.Keys(back.Criteria))).write(&again, p); err != nil {
			t.Fatal(err)
		}
		if first.String() != again.String() {
			t.Fatalf("written\n%s\nread and written\n%s", &first, &again)
		}
	})
}

// drawOffice draws settings that pass their checks.
func drawOffice(t *rapid.T) value.Settings {
	s := value.DefaultSettings()
	words := rapid.Custom(func(t *rapid.T) string {
		return "w" + strings.Join(strings.Fields(rapid.StringOfN(rapid.RuneFrom([]rune("aé\"'#:-{}[]&*!|>%@`\\~0yn ,\u00a0€😀")), 0, 30, -1).Draw(t, "text")), " ")
	})
	for range rapid.IntRange(0, 3).Draw(t, "kinds") {
		set := value.DefaultCriteria()[:rapid.IntRange(1, 6).Draw(t, "criteria")]
		for i := range set {
			set[i].Weight = float64(rapid.IntRange(0, 1000).Draw(t, "weight")) / 8
		}
		set[0].Weight++
		own := value.Criterion{Key: "eigen", Name: "Eigen " + words.Draw(t, "name"), Weight: 2, Source: value.Judged, Scale: value.Marks}
		for range value.Levels {
			own.Meanings = append(own.Meanings, words.Draw(t, "meaning"))
		}
		s.Criteria[rapid.SampledFrom([]string{"mkb", "", "no", "12", "~", "vereniging/stichting", "a: b", words.Draw(t, "kind")}).Draw(t, "which")] = append(set, own)
	}
	a := float64(rapid.IntRange(0, 50).Draw(t, "A"))
	s.Rules = value.Rules{Quota: [4]float64{a, 15.5, 30, 54.5 - a}, Borders: [3]float64{50 + a, 33.3, 0}, ByScore: rapid.Bool().Draw(t, "by score")}
	s.Potential.High = analysis.Cents(rapid.IntRange(0, 1_000_000).Draw(t, "high"))
	s.Loyalty.Least = rapid.IntRange(1, 6).Draw(t, "least")
	for _, kind := range analysis.ClientTypes() {
		if rapid.Bool().Draw(t, "worded") {
			s.Strategies[kind] = value.Strategy{Type: kind, Goal: words.Draw(t, "goal"), Who: words.Draw(t, "who")}
		}
	}
	return s
}

// Nothing that stands in a file makes reading it end otherwise than in settings
// or a sentence.
func FuzzConfig(f *testing.F) {
	for _, s := range []string{"", "criteria: {mkb: [{key: revenue}]}", "&a [*a]", "segments: {quota: {A: 1e400}}", "? [a]\n: b", "!!binary x", "<<: {a: b}", "strategies: {groot: {goal: !!null x}}", "\xff\xfe", "loyalty: {known_marks: 0x7fffffffffffffff}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := parseConfig(text, value.DefaultSettings())
		if err != nil && analysis.KindOf(err) != analysis.Invalid {
			t.Fatalf("%v", err)
		}
		if err == nil {
			if err := commands.CheckSettings(s); err != nil {
				t.Fatalf("taken, yet %v", err)
			}
		}
	})
}
