package attention

import (
	"runtime"
	"testing"

	"klantbot/analysis"
)

// many yields n groups of managers by 1 to 4 in A, B, C and D as a real office
// has them, half of them with moments of the last year. It holds none.
func many(n, managers int) func(func(Group, error) bool) {
	return func(yield func(Group, error) bool) {
		for i := range n {
			g := Group{ID: analysis.GroupID(i + 1), Manager: analysis.ManagerID(i%managers + 1),
				Partner: analysis.ManagerID(i%(managers/5+1) + 1), Since: analysis.NoDay}
			switch x := dice(uint64(i), 9); {
			case x < .05:
				g.Segment = analysis.SegmentA
			case x < .2:
				g.Segment = analysis.SegmentB
			case x < .5:
				g.Segment = analysis.SegmentC
			default:
				g.Segment = analysis.SegmentD
			}
			if i%2 == 0 {
				g.Last.See(analysis.Call, analysis.Date(2026, 1, 1)+analysis.Day(300*dice(uint64(i), 10)))
			}
			if !yield(g, nil) {
				return
			}
		}
	}
}

func benchmarkWeek(b *testing.B, groups, managers int) {
	p := Default(analysis.Date(2025, 1, 1))
	items := 0
	b.ReportAllocs()
	for b.Loop() {
		weeks, err := p.PlanWeek(Request{Week: Week{2026, 48}, Day: analysis.NoDay}, many(groups, managers))
		if err != nil {
			b.Fatal(err)
		}
		items = 0
		for _, w := range weeks {
			items += len(w.Items)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB-sys")
	b.ReportMetric(float64(items), "items")
}

func BenchmarkWeek2000(b *testing.B)    { benchmarkWeek(b, 2000, 12) }
func BenchmarkWeekMillion(b *testing.B) { benchmarkWeek(b, 1_000_000, 2000) }
