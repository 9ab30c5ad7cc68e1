package value

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func yearlyOf(amounts ...int64) []Yearly {
	yearly := make([]Yearly, len(amounts))
	for i, a := range amounts {
		yearly[i] = Yearly{Amount: analysis.Cents(a * 100), Known: true}
	}
	return yearly
}

// descending returns n different amounts, the largest first.
func descending(n int) []int64 {
	amounts := make([]int64, n)
	for i := range amounts {
		amounts[i] = int64(n - i)
	}
	return amounts
}

func TestLayerSizes(t *testing.T) {
	for _, c := range []struct {
		n    int
		want [4]int // Top, Groot, Midden, Klein
	}{
		{1, [4]int{1, 0, 0, 0}}, {2, [4]int{1, 0, 0, 1}}, {5, [4]int{1, 0, 0, 4}}, {6, [4]int{2, 0, 0, 4}}, {19, [4]int{4, 0, 0, 15}},
		{20, [4]int{1, 1, 2, 16}}, {40, [4]int{1, 1, 6, 32}}, {49, [4]int{1, 1, 8, 39}}, {50, [4]int{1, 2, 7, 40}}, {150, [4]int{2, 6, 22, 120}},
		{1850, [4]int{19, 74, 277, 1480}},
	} {
		p := NewPyramid(yearlyOf(descending(c.n)...), LayersOf(yearlyOf(descending(c.n)...), nil))
		got := [4]int{p.Layers[0].Groups, p.Layers[1].Groups, p.Layers[2].Groups, p.Layers[3].Groups}
		if got != c.want {
			t.Errorf("%d groups: %v, want %v", c.n, got, c.want)
		}
	}
}

func TestLayersOf(t *testing.T) {
	forty := LayersOf(yearlyOf(slices.Repeat([]int64{7}, 40)...), nil)
	if slices.ContainsFunc(forty, func(l analysis.Layer) bool { return l != analysis.LayerTop }) {
		t.Errorf("forty equals: %v", forty)
	}
	yearly := append(yearlyOf(5, 0, -3), Yearly{}, Yearly{}, Yearly{})
	status := []analysis.ClientStatus{analysis.Current, analysis.Former, analysis.Current, analysis.Prospect, analysis.Former, ""}
	want := []analysis.Layer{analysis.LayerTop, analysis.LayerInactive, analysis.LayerInactive, analysis.LayerProspect, analysis.LayerNone, analysis.LayerNone}
	if got := LayersOf(yearly, status); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestPyramid(t *testing.T) {
	yearly := append(yearlyOf(60, 20, 10, 5, 5, -40), Yearly{})
	p := NewPyramid(yearly, LayersOf(yearly, nil))
	if p.Groups != 5 || p.Revenue != 10000 || p.Pareto != 60 {
		t.Errorf("%+v", p)
	}
	if top := p.Layers[0]; top != (LayerShare{analysis.LayerTop, 1, 20, 20, 6000, 60}) {
		t.Errorf("%+v", top)
	}
	if inactive := p.Layers[4]; inactive != (LayerShare{Layer: analysis.LayerInactive, Groups: 1, Revenue: -4000}) {
		t.Errorf("%+v", inactive)
	}
	empty := NewPyramid(nil, nil)
	if empty.Groups != 0 || empty.Pareto != 0 || len(empty.Layers) != len(analysis.Layers()) {
		t.Errorf("%+v", empty)
	}
}

// Equal money, equal layer; more money, no lower layer; shares add up to 100;
// the order does not matter.
func TestPyramidHolds(t *testing.T) {
	rank := func(l analysis.Layer) int { return slices.Index(analysis.Layers(), l) }
	rapid.Check(t, func(t *rapid.T) {
		yearly := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Yearly {
			return Yearly{Amount: analysis.Cents(rapid.OneOf(rapid.IntRange(-2, 20), rapid.IntRange(1, 1<<50)).Draw(t, "amount")), Known: rapid.IntRange(0, 9).Draw(t, "known") > 0}
		}), 0, 80).Draw(t, "yearly")
		layers := LayersOf(yearly, nil)
		p := NewPyramid(yearly, layers)
		var groups, revenue, nominal float64
		count := 0
		for _, l := range p.Layers {
			groups += l.ShareGroups
			revenue += l.ShareRevenue
			nominal += l.Nominal
			count += l.Groups
		}
		want := 0.
		if p.Groups > 0 {
			want = 100
		}
		if math.Abs(groups-want) > 1e-9 || math.Abs(revenue-want) > 1e-9 || nominal != want || count != len(yearly) || !(p.Pareto >= 0 && p.Pareto <= 100) {
			t.Fatalf("shares %v %v %v, %d of %d groups, pareto %v", groups, revenue, nominal, count, len(yearly), p.Pareto)
		}
		for i, a := range yearly {
			for j, b := range yearly {
				if a.Known && b.Known && (a == b && layers[i] != layers[j] || a.Amount > b.Amount && rank(layers[i]) > rank(layers[j])) {
					t.Fatalf("%d is %s, %d is %s", a.Amount, layers[i], b.Amount, layers[j])
				}
			}
		}
		order := drawOrder(t, len(yearly))
		var mixed []Yearly
		for _, i := range order {
			mixed = append(mixed, yearly[i])
		}
		for place, l := range LayersOf(mixed, nil) {
			if l != layers[order[place]] {
				t.Fatal("the order decides")
			}
		}
	})
}

func item(group analysis.GroupID, euros int64) analysis.SegmentItem {
	return analysis.SegmentItem{Group: group, Yearly: analysis.Cents(euros * 100), Known: true}
}

func TestMigrate(t *testing.T) {
	before := []analysis.SegmentItem{item(1, 100), item(2, 50), item(3, 10), item(4, 5), item(5, 0), item(6, 3), {Group: 9}}
	after := []analysis.SegmentItem{item(1, 20), item(2, 100), item(3, 10), item(4, 0), item(5, 5), item(7, 8), {Group: 9}}
	m := Migrate(before, after)
	want := map[Movement]int{Same: 1, Up: 1, Down: 1, Lost: 2, Won: 2}
	for movement, n := range want {
		if m.Count[movement] != n {
			t.Errorf("%s: %d, want %d", movement, m.Count[movement], n)
		}
	}
	moved := []Moved{{1, analysis.LayerTop, analysis.LayerSmall, Down}, {2, analysis.LayerSmall, analysis.LayerTop, Up},
		{4, analysis.LayerSmall, analysis.LayerInactive, Lost}, {5, analysis.LayerInactive, analysis.LayerSmall, Won},
		{6, analysis.LayerSmall, analysis.LayerNone, Lost}, {7, analysis.LayerNone, analysis.LayerSmall, Won}}
	if !slices.Equal(m.Moved, moved) {
		t.Errorf("moved: %v", m.Moved)
	}
	total := 0
	for _, f := range m.Flows {
		total += f.Groups
	}
	if total != 7 || m.Flows[0] != (Flow[analysis.Layer]{analysis.LayerTop, analysis.LayerSmall, 1}) {
		t.Errorf("flows: %v", m.Flows)
	}
}
