package value

import (
	"errors"
	"math"
	"testing"

	"klantbot/analysis"
)

// keyOf returns the catalogue key of an analysis.Error, and "" for nil.
func keyOf(err error) string {
	var e *analysis.Error
	if errors.As(err, &e) {
		return e.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestCheckCriteria(t *testing.T) {
	own := Criterion{Key: "sfeer", Name: "Sfeer", Weight: 10, Source: Judged, Scale: Marks,
		Meanings: []string{"slecht", "matig", "gewoon", "goed", "heel goed"}}
	edit := func(change func(set []Criterion)) []Criterion {
		set := append(DefaultCriteria(), own)
		change(set)
		return set
	}
	last := len(DefaultCriteria())
	for _, c := range []struct {
		name string
		set  []Criterion
		want string
	}{
		{"the defaults", DefaultCriteria(), ""},
		{"one of the office's own", edit(func([]Criterion) {}), ""},
		{"a weight of zero beside others", edit(func(s []Criterion) { s[0].Weight = 0 }), ""},
		{"none", nil, "value.criteria_count"},
		{"too many", make([]Criterion, 13), "value.criteria_count"},
		{"all weights zero", edit(func(s []Criterion) {
			for i := range s {
				s[i].Weight = 0
			}
		}), "value.weights_zero"},
		{"negative", edit(func(s []Criterion) { s[2].Weight = -1 }), "value.weight_negative"},
		{"not a number", edit(func(s []Criterion) { s[2].Weight = math.NaN() }), "value.weight_not_number"},
		{"infinite", edit(func(s []Criterion) { s[2].Weight = math.Inf(1) }), "value.weight_not_number"},
		{"so large that sums overflow", edit(func(s []Criterion) { s[2].Weight = math.MaxFloat64 }), "value.weight_large"},
		{"the same key twice", edit(func(s []Criterion) { s[1] = s[0] }), "value.criterion_twice"},
		{"without a name", edit(func(s []Criterion) { s[last].Name = " " }), "value.criterion_unnamed"},
		{"without a key", edit(func(s []Criterion) { s[0].Key = "" }), "value.criterion_unnamed"},
		{"an unknown source", edit(func(s []Criterion) { s[0].Source = "tarot" }), "value.criterion_scale"},
		{"revenue as marks", edit(func(s []Criterion) { s[0].Scale = Marks }), "value.criterion_scale"},
		{"marks that nobody described", edit(func(s []Criterion) { s[last].Meanings = nil }), "value.marks_undescribed"},
		{"a mark without words", edit(func(s []Criterion) { s[last].Meanings = []string{"a", "b", "", "d", "e"} }), "value.marks_undescribed"},
	} {
		if got := keyOf(CheckCriteria(c.set)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDefaultWeightsAreThoseOfTheDomain(t *testing.T) {
	want := map[string]float64{"revenue": 30, "margin": 20, "strategic": 20, "loyalty": 15, "stability": 10, "creation": 5}
	for _, c := range DefaultCriteria() {
		if c.Weight != want[c.Key] {
			t.Errorf("%s weighs %v, want %v", c.Key, c.Weight, want[c.Key])
		}
		delete(want, c.Key)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	DefaultCriteria()[0].Weight = 99
	if DefaultCriteria()[0].Weight != 30 {
		t.Error("who edits the defaults edits everybody's")
	}
}
