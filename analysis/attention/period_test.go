package attention

import (
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

// TestPeriodsPartition: for every number a year has exactly so many periods,
// each at least a week long for the plans that are allowed, and each day is in
// the one that PeriodOf says.
func TestPeriodsPartition(t *testing.T) {
	for _, year := range []int{2023, 2024, 2026, 2100} {
		for times := 1; times <= MostTimes; times++ {
			first, end := analysis.Date(year, 1, 1), analysis.Date(year+1, 1, 1)
			n := 0
			for p := PeriodOf(times, first); p.From < end; p = p.next(times) {
				n++
				for d := p.From; d <= p.To; d++ {
					if PeriodOf(times, d) != p {
						t.Fatalf("%d a year: %v is in %v, not in %v", times, d, PeriodOf(times, d), p)
					}
				}
				if p.Days() < 7 || p.To >= end || p.next(times).previous(times) != p {
					t.Fatalf("%d a year: period %v", times, p)
				}
			}
			if n != times {
				t.Errorf("%d has %d periods of %d a year", year, n, times)
			}
		}
	}
	q := PeriodOf(4, analysis.Date(2026, 11, 21))
	if q.From.String() != "2026-10-01" || q.To.String() != "2026-12-31" {
		t.Errorf("quarter = %v", q)
	}
}

func TestWeeks(t *testing.T) {
	for _, c := range []struct{ day, week, monday string }{
		{"2026-12-31", "2026-W53", "2026-12-28"},
		{"2027-01-03", "2026-W53", "2026-12-28"},
		{"2027-01-04", "2027-W01", "2027-01-04"},
		{"2026-11-21", "2026-W47", "2026-11-16"},
		{"2025-12-29", "2026-W01", "2025-12-29"},
		{"1969-12-29", "1970-W01", "1969-12-29"},
	} {
		d, err := analysis.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		w := WeekOf(d)
		if w.String() != c.week || w.Monday().String() != c.monday {
			t.Errorf("WeekOf(%s) = %v from %v, want %s from %s", c.day, w, w.Monday(), c.week, c.monday)
		}
		if back, err := ParseWeek(c.week); err != nil || back != w {
			t.Errorf("ParseWeek(%s) = %v, %v", c.week, back, err)
		}
	}
	for _, bad := range []string{"", "2026-W54", "2025-W53", "2026-48", "2026-W00", "2026-W4", "2026-W48 ", "x2026-W48"} {
		if w, err := ParseWeek(bad); analysis.KindOf(err) != analysis.Invalid || err == nil {
			t.Errorf("ParseWeek(%q) = %v, %v", bad, w, err)
		}
	}
	batches := 0
	for w := (Week{2026, 1}); w.Year == 2026; w = w.Next() {
		if w.Batch() {
			batches++
		}
	}
	if batches != 12 {
		t.Errorf("2026 has %d monthly batches", batches)
	}
}

// TestWeekRoundTrip: a week is what its days say.
func TestWeekRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := analysis.Day(rapid.Int32Range(-200_000, 200_000).Draw(t, "day"))
		w := WeekOf(d)
		if d < w.Monday() || d > w.Sunday() || WeekOf(w.Monday()) != w || WeekOf(w.Sunday()) != w {
			t.Fatalf("%v is not in %v (%v to %v)", d, w, w.Monday(), w.Sunday())
		}
	})
}
