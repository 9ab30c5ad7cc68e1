package value

import (
	"strings"
	"testing"

	"klantbot/analysis"
)

// CheckEdited asks more than CheckCriteria; what an older version saved still
// counts.
func TestCheckEdited(t *testing.T) {
	own := func(change func(*Criterion)) []Criterion {
		c := Criterion{Key: "sfeer", Name: "Sfeer", Weight: 1, Source: Judged, Scale: Marks, Meanings: []string{"a", "b", "c", "d", "e"}}
		change(&c)
		return append(DefaultCriteria(), c)
	}
	for _, c := range []struct {
		name string
		set  []Criterion
		want string
	}{
		{"the defaults", DefaultCriteria(), ""},
		{"one of the office's own", own(func(*Criterion) {}), ""},
		{"what potential is judged under", own(func(c *Criterion) { c.Key = KeyPotential }), "value.criterion_reserved"},
		{"what partnership is judged under", own(func(c *Criterion) { c.Key = KeyPartnership }), "value.criterion_reserved"},
		{"what it was judged under before", own(func(c *Criterion) { c.Key = "loyalty.partnership" }), "value.criterion_reserved"},
		{"revenue under another key", own(func(c *Criterion) { c.Source, c.Scale = FromRevenue, Ranked }), "value.criterion_reserved"},
		{"a name that is taken", append(own(func(*Criterion) {}), Criterion{Key: "x", Name: " SFEER ", Weight: 1, Source: Imported, Scale: Percent}), "value.criterion_twice"},
		{"a description as long as a page", own(func(c *Criterion) { c.Meanings[4] = strings.Repeat("ë", LongestMeaning+1) }), "value.meaning_long"},
		{"imported marks that nobody described", own(func(c *Criterion) { c.Source, c.Meanings = Imported, nil }), "value.marks_undescribed"},
		{"revenue judged by hand, not described", []Criterion{{Key: KeyRevenue, Weight: 1, Source: Judged, Scale: Marks}}, "value.marks_undescribed"},
	} {
		if got := keyOf(CheckEdited(c.set)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if err := CheckCriteria(own(func(c *Criterion) { c.Key = KeyPotential })); err != nil {
		t.Errorf("an older set is refused where it is only counted: %v", err)
	}
}

// What people give under the name of a figure is not that figure.
func TestJudgedLoyaltyIsNotTheMarks(t *testing.T) {
	revenue := euros(10, 10, 10)
	table := single(revenue, map[string][]float64{KeyLoyalty: {0, 50, 100}, GivenColumn(KeyLoyalty): {4, 2, 0}})
	scores := func(c Criterion) []Score {
		s, err := Valuate(table, map[string][]Criterion{"mkb": {c}})
		if err != nil {
			t.Fatal(err)
		}
		return s.Value
	}
	judged := Criterion{Key: KeyLoyalty, Weight: 1, Source: Judged, Scale: Marks, Meanings: []string{"a", "b", "c", "d", "e"}}
	if got := scores(judged); got[0] != 1000 || got[2] != 0 {
		t.Errorf("judged %v", got)
	}
	if got := scores(DefaultCriteria()[3]); got[0] != 0 || got[2] != 1000 {
		t.Errorf("derived %v", got)
	}
}

func TestLoyaltyRule(t *testing.T) {
	two := Loyalty{Repeat: Yes, Services: No}
	for least, want := range map[int]bool{1: true, 2: true, 3: false, 6: false} {
		if score, ok := (LoyaltyRule{least}).Score(two); ok != want || ok && score != 50 {
			t.Errorf("at least %d: %v, %v", least, score, ok)
		}
	}
	for least, want := range map[int]string{0: "value.loyalty_range", -1: "value.loyalty_range", 7: "value.loyalty_range", 1: "", 6: ""} {
		if got := keyOf((LoyaltyRule{least}).Check()); got != want {
			t.Errorf("%d: %q", least, got)
		}
	}
	for high, want := range map[analysis.Cents]string{-1: "value.potential_range", MostHigh + 1: "value.potential_range", 0: "", MostHigh: ""} {
		if got := keyOf((PotentialRule{high}).Check()); got != want {
			t.Errorf("%d: %q", high, got)
		}
	}
}

// Who changes a copy changes nothing else.
func TestCloneSharesNothing(t *testing.T) {
	s := DefaultSettings()
	s.Criteria["mkb"] = append(DefaultCriteria(), Criterion{Key: "x", Meanings: []string{"a"}})
	c := s.Clone()
	c.Criteria["zzp"], c.Criteria["mkb"][0].Weight, c.Criteria["mkb"][6].Meanings[0] = nil, 99, "b"
	c.Strategies[analysis.Large] = Strategy{Goal: "x"}
	set := s.Set("mkb")
	set[1].Weight = 77
	if len(s.Criteria) != 1 || s.Criteria["mkb"][0].Weight != 30 || s.Criteria["mkb"][1].Weight != 20 || s.Criteria["mkb"][6].Meanings[0] != "a" || len(s.Strategies) != 0 {
		t.Errorf("changed to %+v", s)
	}
	if s.Strategy(analysis.Large).Type != analysis.Large || len(s.Set("niemand")) != len(DefaultCriteria()) {
		t.Error("what nobody chose is not the default")
	}
	for i, share := range Share([]Criterion{{Weight: 3}, {Weight: 1}}) {
		if share != []float64{.75, .25}[i] {
			t.Errorf("share %v", share)
		}
	}
	if Share([]Criterion{{}})[0] != 0 {
		t.Error("a set without weight has shares")
	}
}
