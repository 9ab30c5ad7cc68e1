package value

import (
	"fmt"
	"math"
	"testing"

	"klantbot/analysis"
)

// The smallest offices, with all revenue equal, all different or none at all:
// every figure is there or says that it is not, and none is NaN.
func TestSmallOffices(t *testing.T) {
	spreads := map[string]func(i int) int64{
		"equal":     func(int) int64 { return 100 },
		"different": func(i int) int64 { return int64(100 + i) },
		"none":      func(int) int64 { return 0 },
		"losses":    func(i int) int64 { return int64(-i) },
	}
	for spread, amount := range spreads {
		for _, n := range []int{0, 1, 2, 7, 19, 20, 40} {
			t.Run(fmt.Sprintf("%s/%d", spread, n), func(t *testing.T) { checkOffice(t, n, amount) })
		}
	}
}

func checkOffice(t *testing.T, n int, amount func(i int) int64) {
	var yearly []Yearly
	var revenue []analysis.Cents
	var groups []analysis.GroupID
	var purchases []Purchase
	for i := range n {
		group := analysis.GroupID(i + 1)
		groups = append(groups, group)
		revenue = append(revenue, analysis.Cents(100*amount(i)))
		yearly = append(yearly, Yearly{Amount: revenue[i], Known: true})
		purchases = append(purchases, Purchase{group, 1, revenue[i]})
	}
	scores := valuate(t, single(revenue, nil))
	segments, err := DefaultRules().Segments(scores.Value)
	if err != nil {
		t.Fatal(err)
	}
	layers := LayersOf(yearly, nil)
	p := NewPyramid(yearly, layers)
	items := scores.Items(groups, yearly, segments)
	LookFirst(items, nil)
	Migrate(nil, items)
	m := NewMarket(similar(1, n, "F", SizeMicro), purchases, nil)
	for i, group := range groups {
		earns := revenue[i] > 0
		if scores.Value[i].Known() != earns || (segments[i] != "") != earns || layers[i].Earns() != earns {
			t.Errorf("group %d of revenue %d: %d %q %s", group, revenue[i], scores.Value[i], segments[i], layers[i])
		}
		// With eight others that buy there are peers; below that it says so.
		if got := m.Potential(group); (got.Level != LevelNone) != (earns && n > FewestPeers) {
			t.Errorf("%d groups: %+v", n, got)
		}
	}
	for _, share := range append(p.Layers, LayerShare{ShareGroups: p.Pareto}) {
		if math.IsNaN(share.ShareGroups) || math.IsNaN(share.ShareRevenue) || math.IsNaN(share.Nominal) {
			t.Errorf("%+v", share)
		}
	}
	if rows := Ask(revenue, scores.Value, segments); n > 0 && revenue[0] > 0 && len(rows) == 0 {
		t.Error("nobody matters")
	}
}
