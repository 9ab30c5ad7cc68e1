package value

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
)

// Settings are everything of value that an office chooses for itself. The zero
// Settings are not usable; DefaultSettings are.
type Settings struct {
	// Criteria are the sets by kind of client; a kind without one has
	// DefaultCriteria.
	Criteria  map[string][]Criterion
	Rules     Rules
	Potential PotentialRule
	Loyalty   LoyaltyRule
	// Strategies hold the rows that the office worded; a type without one has
	// the catalogue's words.
	Strategies map[analysis.ClientType]Strategy
}

// PotentialRule says what counts as high potential.
type PotentialRule struct {
	// High is the yearly amount from which potential is high, 0..MostHigh; 0: the
	// median of the known potentials of its kind.
	High analysis.Cents `json:"high_cents"`
}

// LoyaltyRule says when marks of loyalty make a score.
type LoyaltyRule struct {
	Least int `json:"least"` // marks that must be known, 1..LoyaltyMarks
}

// LoyaltyMarks is how many marks a Loyalty has.
const LoyaltyMarks = 6

// MostHigh bounds the amount of a PotentialRule: a hundred million euros.
const MostHigh analysis.Cents = 100_000_000_00

// DefaultSettings returns what an office begins with; the caller owns it.
func DefaultSettings() Settings {
	return Settings{Criteria: map[string][]Criterion{}, Rules: DefaultRules(), Loyalty: LoyaltyRule{Least: fewestMarks},
		Strategies: map[analysis.ClientType]Strategy{}}
}

// Clone returns a copy that shares nothing with s.
func (s Settings) Clone() Settings {
	kinds := make(map[string][]Criterion, len(s.Criteria))
	for kind, set := range s.Criteria {
		kinds[kind] = CloneSet(set)
	}
	s.Criteria, s.Strategies = kinds, maps.Clone(s.Strategies)
	return s
}

// CloneSet returns a copy that shares nothing with set.
func CloneSet(set []Criterion) []Criterion {
	set = slices.Clone(set)
	for i := range set {
		set[i].Meanings = slices.Clone(set[i].Meanings)
	}
	return set
}

// Set returns the criteria of a kind of client; the caller owns them.
func (s Settings) Set(kind string) []Criterion {
	if set, ok := s.Criteria[kind]; ok {
		return CloneSet(set)
	}
	return DefaultCriteria()
}

// Strategy returns the row of a client type, which has the catalogue's words
// where the office has none.
func (s Settings) Strategy(t analysis.ClientType) Strategy {
	row := s.Strategies[t]
	row.Type = t
	return row
}

// Check says what is wrong with the rule, as an analysis.Invalid error keyed
// value.*, or nil.
func (r PotentialRule) Check() error {
	if r.High < 0 || r.High > MostHigh {
		return analysis.Fail(analysis.Invalid, "value.potential_range", analysis.Args{"most": MostHigh})
	}
	return nil
}

// Check says what is wrong with the rule, as an analysis.Invalid error keyed
// value.*, or nil.
func (r LoyaltyRule) Check() error {
	if r.Least < 1 || r.Least > LoyaltyMarks {
		return analysis.Fail(analysis.Invalid, "value.loyalty_range", analysis.Args{"most": LoyaltyMarks})
	}
	return nil
}

// LongestMeaning bounds what a mark means, in characters.
const LongestMeaning = 150

// CheckEdited says what is wrong with a set that somebody edited. It asks what
// CheckCriteria asks, and what only people must mind: names that differ, keys
// that mean something else, descriptions that fit on a screen. Valuate does not
// ask these, so that what an older version saved still counts.
func CheckEdited(set []Criterion) error {
	if err := CheckCriteria(set); err != nil {
		return err
	}
	names := map[string]bool{}
	for i, c := range set {
		wrong := func(key string, most int) error {
			return analysis.Fail(analysis.Invalid, key, analysis.Args{"criterion": c.called(), "n": i + 1, "most": most})
		}
		if Reserved(c.Key) || c.derived() && c.Key != string(c.Source) {
			return wrong("value.criterion_reserved", 0)
		}
		if c.Scale == Marks && len(c.Meanings) == 0 && !catalogued(c.Key) {
			return wrong("value.marks_undescribed", 0)
		}
		for _, m := range c.Meanings {
			if utf8.RuneCountInString(m) > LongestMeaning {
				return wrong("value.meaning_long", LongestMeaning)
			}
		}
		name := strings.ToLower(strings.TrimSpace(c.Name))
		if name != "" && names[name] {
			return wrong("value.criterion_twice", 0)
		}
		names[name] = true
	}
	return nil
}

// catalogued reports whether the catalogue describes the marks of key.
func catalogued(key string) bool {
	return slices.ContainsFunc(DefaultCriteria(), func(c Criterion) bool { return c.Key == key && c.Scale == Marks })
}

// Reserved reports whether people judge something else under key than a
// criterion of value.
func Reserved(key string) bool {
	return key == KeyPotential || key == KeyPartnership || strings.HasPrefix(key, "loyalty.")
}

// derived reports whether the office's own figures give the value. Such a
// criterion stands in a set once, under the name of its source.
func (c Criterion) derived() bool {
	return c.Source == FromRevenue || c.Source == FromMargin || c.Source == FromLoyalty
}

// GivenColumn names the column of a Table for what people judged or imported
// under key: not the one of the figures that go by the same name, for an office
// may judge loyalty by hand.
func GivenColumn(key string) string {
	switch key {
	case KeyRevenue, KeyMargin, KeyLoyalty:
		return "given." + key
	}
	return key
}

// column names the column of a Table that holds the values of c.
func (c Criterion) column() string {
	if c.derived() {
		return string(c.Source)
	}
	return GivenColumn(c.Key)
}

// Share returns the share of each criterion in the weight of the set, 0..1; the
// weights of a set that was checked do not sum to zero.
func Share(set []Criterion) []float64 {
	total := 0.
	for _, c := range set {
		total += c.Weight
	}
	shares := make([]float64, len(set))
	for i, c := range set {
		if shares[i] = c.Weight / total; math.IsNaN(shares[i]) {
			shares[i] = 0
		}
	}
	return shares
}
