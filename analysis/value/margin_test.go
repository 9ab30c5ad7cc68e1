package value

import (
	"testing"
	"time"

	"klantbot/analysis"
)

func TestMargin(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	old := []analysis.MonthRevenue{line(2023, time.June, 1, 0, 1), line(2025, time.June, 1, 0, 1000), line(2026, time.June, 1, 0, 1000)}
	fresh := []analysis.MonthRevenue{line(2026, time.November, 1, 0, 100), line(2026, time.June, 1, 0, 500)} // six months
	for _, c := range []struct {
		name  string
		h     analysis.GroupHistory
		want  analysis.Cents
		known bool
	}{
		{"half of the cost of two years", analysis.GroupHistory{Months: old, Cost: 60000, CostKnown: true}, 70000, true},
		{"a loss", analysis.GroupHistory{Months: old, Cost: 300000, CostKnown: true}, -50000, true},
		{"new: cost of half a year twice", analysis.GroupHistory{Months: fresh, Cost: 10000, CostKnown: true}, 100000, true},
		{"no hours", analysis.GroupHistory{Months: old, Cost: 60000}, 0, false},
		{"never invoiced", analysis.GroupHistory{Cost: 60000, CostKnown: true}, 0, false},
	} {
		if got, ok := Margin(c.h, YearlyRevenue(c.h.Months, asOf), asOf); got != c.want || ok != c.known {
			t.Errorf("%s: %d %v, want %d %v", c.name, got, ok, c.want, c.known)
		}
	}
}
