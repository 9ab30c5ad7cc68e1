package value

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

// drawSet draws criteria as an office might choose them: any weights that
// CheckCriteria takes, the smallest a number can be included.
func drawSet(t *rapid.T) []Criterion {
	set := DefaultCriteria()
	for i := range set {
		set[i].Weight = rapid.OneOf(rapid.SampledFrom([]float64{0, 0, math.SmallestNonzeroFloat64, 1e-9, MostWeight}), rapid.Float64Range(0, MostWeight)).Draw(t, "weight")
		set[i].Optional = rapid.Bool().Draw(t, "optional")
	}
	set = rapid.Permutation(set).Draw(t, "order of criteria")[:rapid.IntRange(1, len(set)).Draw(t, "criteria")]
	if CheckCriteria(set) != nil {
		set[0].Weight = 1
	}
	return set
}

// Whatever the office weighs, a score lies in 0..100 and coverage in 0..1, and
// neither depends on the order of the groups.
func TestScoreHoldsForAnyWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, set := drawTable(t), drawSet(t)
		order := drawOrder(t, len(table.Kind))
		a, b := valuate(t, table, set...), valuate(t, permuted(table, order), set...)
		for place, row := range order {
			if v := a.Value[row]; v < NoScore || v > 1000 || v.Known() && table.Revenue[row] <= 0 || !(a.Coverage[row] >= 0 && a.Coverage[row] <= 1+1e-6) {
				t.Fatalf("row %d of revenue %d: %d, coverage %v", row, table.Revenue[row], v, a.Coverage[row])
			}
			if a.Value[row] != b.Value[place] || a.Coverage[row] != b.Coverage[place] {
				t.Fatalf("row %d: %d and coverage %v, elsewhere %d and %v", row, a.Value[row], a.Coverage[row], b.Value[place], b.Coverage[place])
			}
		}
	})
}

// Equal groups have equal scores, and of two groups that differ in revenue alone
// the larger scores no less, whatever revenue weighs.
func TestEqualMoneyIsEqualValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "groups")
		var revenue []analysis.Cents
		for range n {
			revenue = append(revenue, analysis.Cents(rapid.IntRange(1, 12).Draw(t, "revenue")))
		}
		set := drawSet(t)
		if !slices.ContainsFunc(set, func(c Criterion) bool { return c.Source == FromRevenue && c.Weight > 0 }) {
			set = []Criterion{onRevenue}
		}
		s := valuate(t, single(revenue, nil), set...)
		for i, a := range revenue {
			for j, b := range revenue {
				if a == b && s.Value[i] != s.Value[j] || a > b && s.Value[i] < s.Value[j] {
					t.Fatalf("%d scores %d, %d scores %d", a, s.Value[i], b, s.Value[j])
				}
			}
		}
	})
}

// In whatever month of the year after it a year is invoiced, every year another
// one, the yearly revenue stays that of the year, the client leaves no layer and
// shows no sign of leaving.
func TestMonthOfInvoiceMovesNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		euros := int64(rapid.IntRange(1, 100_000).Draw(t, "euros"))
		dated := rapid.Bool().Draw(t, "lines carry a service year")
		var history []analysis.MonthRevenue
		for year := 2019; year <= 2026; year++ {
			m := time.Month(rapid.IntRange(int(time.May), int(time.July)).Draw(t, "month"))
			served := 0
			if dated {
				served = year - 1
			}
			history = append(history, line(year, m, 1, served, euros))
		}
		others := rapid.SliceOfN(rapid.IntRange(1, 100_000), 25, 60).Draw(t, "others")
		var before analysis.Layer
		for d := analysis.Date(2023, 1, 31); d < analysis.Date(2026, 12, 31); d += 17 {
			got := YearlyRevenue(history, d)
			if got != (Yearly{Amount: analysis.Cents(euros * 100), Known: true}) {
				t.Fatalf("at %s: %+v, want € %d", d, got, euros)
			}
			yearly := []Yearly{got}
			for _, other := range others {
				yearly = append(yearly, Yearly{Amount: analysis.Cents(other * 100), Known: true})
			}
			layer := LayersOf(yearly, nil)[0]
			if before != "" && layer != before {
				t.Fatalf("at %s: %s, and before %s", d, layer, before)
			}
			before = layer
			if gone := DepartureOf(history, nil, analysis.NoDay, d); gone.Any() {
				t.Fatalf("at %s: %+v", d, gone)
			}
		}
	})
}

// Weights that can not be are refused before anything is scored.
func TestValuateRefusesWeights(t *testing.T) {
	for want, weights := range map[string][]float64{
		"value.weights_zero":      {0, 0},
		"value.weight_negative":   {30, -30},
		"value.weight_not_number": {30, math.NaN()},
		"value.weight_large":      {30, 2 * MostWeight},
	} {
		set := []Criterion{onRevenue, onStrategic}
		set[0].Weight, set[1].Weight = weights[0], weights[1]
		s, err := Valuate(single(euros(1, 2, 3), nil), map[string][]Criterion{"mkb": set})
		if s != nil || keyOf(err) != want {
			t.Errorf("weights %v: %v, want %s", weights, err, want)
		}
	}
	set := []Criterion{onRevenue}
	set[0].Weight = math.Inf(1)
	if _, err := Valuate(single(euros(1), nil), map[string][]Criterion{"mkb": set}); keyOf(err) != "value.weight_not_number" {
		t.Errorf("infinite weight: %v", err)
	}
}

// Of forty clients no branche has eight others, so the similar ones are taken
// wider, and it says so; with all revenue equal nobody is Top by accident.
func TestFortyClients(t *testing.T) {
	var profiles []Profile
	for i, section := range []Section{"F", "G", "C", "M", "Q"} {
		profiles = append(profiles, similar(1+8*i, 8, section, SizeMicro)...)
	}
	m := NewMarket(profiles, buys(profiles, accounts, 10), nil)
	for _, p := range profiles {
		if got := m.Potential(p.Group); got.Level != LevelSize || got.Peers != 39 || !got.Known() {
			t.Errorf("group %d: level %d with %d peers, want %d with 39", p.Group, got.Level, got.Peers, LevelSize)
		}
	}
	alone := NewMarket(profiles[:1], buys(profiles[:1], accounts, 10), nil)
	if got := alone.Potential(1); got.Level != LevelNone || got.Known() {
		t.Errorf("a single client: %+v, want nog te bepalen", got)
	}
}
