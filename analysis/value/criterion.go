package value

import (
	"math"
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
)

// Source says where the raw values of a Criterion come from.
type Source string

// The sources. Revenue, margin and loyalty are derived from what the office
// did; a judgement is given by a person; anything may be imported.
const (
	FromRevenue Source = "revenue" // yearly revenue in cents
	FromMargin  Source = "margin"  // yearly revenue less hours times cost, in cents
	FromLoyalty Source = "loyalty" // LoyaltyRule.Score, 0..100
	Judged      Source = "judged"  // 0..4, each with a described meaning
	Imported    Source = "imported"
)

// Scale says how a raw value becomes s in 0..100.
type Scale string

// The scales. What lies outside a scale counts as its nearest end.
const (
	Ranked  Scale = "rank"    // money: 100 times the percentile rank within its kind
	Marks   Scale = "marks"   // 0..4: 25 a mark
	Percent Scale = "percent" // 0..100: itself
)

// Levels is how many marks a judgement has: 0 up to and including 4.
const Levels = 5

// Criterion is one weighted element of value.
type Criterion struct {
	// Key identifies the criterion in judgements and columns; it never changes.
	Key string `json:"key"`
	// Name is the office's own word; empty: the catalogue's for Key.
	Name string `json:"name,omitempty"`
	// Weight is relative to the others of the set, 0..1000.
	Weight float64 `json:"weight"`
	Source Source  `json:"source"`
	Scale  Scale   `json:"scale"`
	// Optional criteria count only where anybody of the kind has a value: an
	// office that records no hours has no margin, and nobody's coverage suffers.
	Optional bool `json:"optional,omitempty"`
	// Meanings describes the marks 0..4 in the office's words; empty: the
	// catalogue's for Key.
	Meanings []string `json:"meanings,omitempty"`
}

// The keys of the criteria an office begins with.
const (
	KeyRevenue   = "revenue"
	KeyMargin    = "margin"
	KeyStrategic = "strategic"
	KeyLoyalty   = "loyalty"
	KeyStability = "stability"
	KeyCreation  = "creation"
)

// DefaultCriteria returns the set every kind of client begins with; the caller
// owns it. Source: DOMAIN.md, "Value score".
func DefaultCriteria() []Criterion {
	return []Criterion{
		{Key: KeyRevenue, Weight: 30, Source: FromRevenue, Scale: Ranked},
		{Key: KeyMargin, Weight: 20, Source: FromMargin, Scale: Ranked, Optional: true},
		{Key: KeyStrategic, Weight: 20, Source: Judged, Scale: Marks},
		{Key: KeyLoyalty, Weight: 15, Source: FromLoyalty, Scale: Percent},
		{Key: KeyStability, Weight: 10, Source: Judged, Scale: Marks},
		{Key: KeyCreation, Weight: 5, Source: Judged, Scale: Marks},
	}
}

// isDefault reports whether the catalogue names and describes key.
func isDefault(key string) bool {
	for _, c := range DefaultCriteria() {
		if c.Key == key {
			return true
		}
	}
	return false
}

// NameKey is the catalogue's name of a criterion without a Name.
func (c Criterion) NameKey() string { return "criterion." + c.Key }

// MeaningKey is the catalogue's description of a mark, 0..4, of a criterion
// without Meanings.
func (c Criterion) MeaningKey(mark int) string {
	return "criterion." + c.Key + ".mark" + string(rune('0'+max(0, min(Levels-1, mark))))
}

// Limits of an edited set.
const (
	MostCriteria = 12 // of a set
	MostWeight   = 1000
	LongestName  = 60 // of a criterion, in characters
	LongestKey   = 40 // of a criterion, in bytes
)

// CheckCriteria says what is wrong with an edited set, as an analysis.Invalid
// error keyed value.*, or nil. A set needs one criterion that weighs more than
// nothing; every weight is a number from 0 to 1000; keys are unique; a judged
// criterion that the catalogue does not know describes each of its marks.
func CheckCriteria(set []Criterion) error {
	if len(set) == 0 || len(set) > MostCriteria {
		return analysis.Fail(analysis.Invalid, "value.criteria_count", analysis.Args{"most": MostCriteria})
	}
	seen, total := map[string]bool{}, 0.
	for i, c := range set {
		if err := c.check(i + 1); err != nil {
			return err
		}
		if seen[c.Key] {
			return analysis.Fail(analysis.Invalid, "value.criterion_twice", analysis.Args{"criterion": c.called()})
		}
		seen[c.Key] = true
		total += c.Weight
	}
	if total == 0 {
		return analysis.Fail(analysis.Invalid, "value.weights_zero", nil)
	}
	return nil
}

// check judges the criterion that stands at place n, counted from 1.
func (c Criterion) check(n int) error {
	wrong := func(key string) error {
		return analysis.Fail(analysis.Invalid, key, analysis.Args{"criterion": c.called(), "n": n, "most": MostWeight})
	}
	named := strings.TrimSpace(c.Name) != "" || isDefault(c.Key)
	switch {
	case c.Key == "" || len(c.Key) > LongestKey || !named || utf8.RuneCountInString(c.Name) > LongestName:
		return analysis.Fail(analysis.Invalid, "value.criterion_unnamed", analysis.Args{"n": n, "most": LongestName})
	case math.IsNaN(c.Weight) || math.IsInf(c.Weight, 0):
		return wrong("value.weight_not_number")
	case c.Weight < 0:
		return wrong("value.weight_negative")
	case c.Weight > MostWeight:
		return wrong("value.weight_large")
	case !c.fits():
		return wrong("value.criterion_scale")
	case c.Source == Judged && !c.described():
		return wrong("value.marks_undescribed")
	}
	return nil
}

// called is how a message names the criterion.
func (c Criterion) called() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Key
}

// fits reports whether the source gives what the scale reads.
func (c Criterion) fits() bool {
	switch c.Source {
	case FromRevenue, FromMargin:
		return c.Scale == Ranked
	case FromLoyalty:
		return c.Scale == Percent
	case Judged:
		return c.Scale == Marks
	case Imported:
		return c.Scale == Ranked || c.Scale == Marks || c.Scale == Percent
	}
	return false
}

func (c Criterion) described() bool {
	if len(c.Meanings) == 0 {
		return isDefault(c.Key)
	}
	for _, m := range c.Meanings {
		if strings.TrimSpace(m) == "" {
			return false
		}
	}
	return len(c.Meanings) == Levels
}

// scaled returns s in 0..100 of a raw value on a scale that needs no ranking.
func (c Criterion) scaled(raw float64) float64 {
	if c.Scale == Marks {
		raw *= 100 / (Levels - 1)
	}
	return max(0, min(100, raw))
}
