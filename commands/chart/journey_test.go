package chart

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
	"klantbot/commands/locale"
)

// What four people feel can not be read from the picture or its twin, whatever
// median comes along.
func TestFewFeelingsAreNotDrawn(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	with := func(median float64) (JourneyMap, []byte) {
		j := JourneyMap{Phases: []JourneyPhase{{Name: "Offerte", Feeling: Feeling{Persons: 4, Median: median, Low: median, High: median}}}}
		return j, drawJourney(p, j, asOf).img.Pix
	}
	best, bestPicture := with(5)
	worst, worstPicture := with(1)
	if !bytes.Equal(bestPicture, worstPicture) || JourneyText(p, best, asOf) != JourneyText(p, worst, asOf) {
		t.Error("the median of four people shows")
	}
	best.Phases[0].Feeling.Persons, worst.Phases[0].Feeling.Persons = 5, 5
	if bytes.Equal(drawJourney(p, best, asOf).img.Pix, drawJourney(p, worst, asOf).img.Pix) {
		t.Error("the median of five people does not show")
	}
	// Five answers are never shown one by one.
	many := Feeling{Persons: 5, Median: 3, Visible: []int{1, 2, 3, 4, 5}}
	if len(many.shown()) != 0 {
		t.Errorf("answers of five people are shown: %v", many.shown())
	}
}

// Fact and assumption differ in shape, in the picture and in the twin.
func TestFactAndAssumptionDiffer(t *testing.T) {
	p := locale.New(locale.English, nil)
	for basis, want := range map[Basis][2]string{Fact: {"●", "(fact)"}, Assumption: {"○", "(assumption)"}} {
		j := JourneyMap{Phases: []JourneyPhase{{Name: "Offerte", Does: []JourneyEntry{{"belt", basis}}}}}
		has := slices.ContainsFunc(drawJourney(p, j, asOf).labels, func(l label) bool { return l.text == want[0] })
		if text := JourneyText(p, j, asOf); !has || !strings.Contains(text, "belt "+want[1]) {
			t.Errorf("%v: mark %v, twin %q", basis, has, text)
		}
	}
}

// The lines of the curve never run through its words, and nothing of a column
// stands in another, for any feelings.
func TestJourneyKeepsApart(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	rapid.Check(t, func(t *rapid.T) {
		var j JourneyMap
		for range rapid.IntRange(1, MostPhases).Draw(t, "phases") {
			f := Feeling{Persons: rapid.IntRange(0, 9).Draw(t, "persons"), Median: float64(rapid.IntRange(2, 10).Draw(t, "median")) / 2}
			f.Low, f.High = f.Median-rapid.Float64Range(0, 2).Draw(t, "low"), f.Median+1
			if rapid.Bool().Draw(t, "visible") {
				f.Visible = rapid.SliceOfN(rapid.IntRange(1, 5), 0, 4).Draw(t, "answers")
			}
			j.Phases = append(j.Phases, JourneyPhase{Name: "Fase", Feeling: f})
		}
		labels := drawJourney(p, j, asOf).labels
		for i, l := range labels {
			if l.contrast < 4.5 {
				t.Fatalf("%q can not be read: %.2f", l.text, l.contrast)
			}
			for _, o := range labels[i+1:] {
				if l.box.overlaps(o.box) {
					t.Fatalf("%q over %q", l.text, o.text)
				}
			}
		}
	})
}

// Seven phases with all rows fit in the words Slack takes for a picture.
func TestJourneyTextIsWhole(t *testing.T) {
	for lang, p := range printers() {
		if text := JourneyText(p, newClient(), asOf); strings.Count(text, "\n") != MostPhases || !strings.Contains(text, "Verlengen of vertrek") {
			t.Errorf("%s: %q", lang, text)
		}
	}
}

// Most votes stand first, equals as they came.
func TestOutcomeOrder(t *testing.T) {
	var got []string
	for _, i := range relevance().cell(InThreeYears, Stop) {
		got = append(got, i.Text[:3])
	}
	if first := relevance().cell(Now, Start)[0].Votes; first != 7 || !slices.Equal(got, []string{"Boe", "Uur"}) {
		t.Errorf("first %d votes; equals %v", first, got)
	}
}

func TestVisual(t *testing.T) {
	for in, want := range map[string]string{
		"Jansen BV (2027)":   "Jansen BV (2027)",
		"שלום":               "םולש",
		"שלום 2027 עולם":     "םלוע 2027 םולש",
		"klant שלום עולם ok": "klant םלוע םולש ok",
		"אל Jansen BV":       "Jansen BV לא",
		"(אב)":               "(בא)",
	} {
		if got := visual(in); got != want {
			t.Errorf("visual(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom([]rune("ab שת12().-"))).Draw(t, "s")
		a, b := []rune(visual(s)), []rune(s)
		if len(a) != len(b) {
			t.Fatalf("%q has %d letters of %d", string(a), len(a), len(b))
		}
	})
}
