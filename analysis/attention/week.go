package attention

import (
	"fmt"

	"klantbot/analysis"
)

// Week is a week of ISO 8601: it begins on Monday and belongs to the year that
// has its Thursday. Years have 52 weeks or 53.
type Week struct {
	Year   int
	Number int // 1..53
}

// WeekOf returns the week of d.
func WeekOf(d analysis.Day) Week {
	y, n := d.Time().ISOWeek()
	return Week{y, n}
}

// ParseWeek reads 2026-W48. A week that the year does not have is an
// analysis.Invalid error.
func ParseWeek(s string) (Week, error) {
	var w Week
	n, err := fmt.Sscanf(s, "%4d-W%2d", &w.Year, &w.Number)
	if err != nil || n != 2 || w.Year < 1 || w.String() != s || WeekOf(w.Monday()) != w {
		return Week{}, analysis.Fail(analysis.Invalid, "attention.week.form", analysis.Args{"given": s})
	}
	return w, nil
}

// Monday returns the first day of w. 4 January is always in week 1.
func (w Week) Monday() analysis.Day {
	fourth := analysis.Date(w.Year, 1, 4)
	return monday(fourth) + analysis.Day(7*(w.Number-1))
}

// Sunday returns the last day of w.
func (w Week) Sunday() analysis.Day { return w.Monday() + 6 }

// Next returns the week after w.
func (w Week) Next() Week { return WeekOf(w.Monday() + 7) }

// String writes w as 2026-W48.
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// MarshalText writes w as 2026-W48, as CLI.md promises.
func (w Week) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Batch reports whether w is the week of the month in which C groups are asked
// for: that with its first Monday.
func (w Week) Batch() bool { return w.Monday().Time().Day() <= 7 }

// lastBatch is the newest week with Batch, w itself or before it.
func (w Week) lastBatch() Week {
	for !w.Batch() {
		w = WeekOf(w.Monday() - 7)
	}
	return w
}

// monday returns the Monday of d's week. Day 0 was a Thursday.
func monday(d analysis.Day) analysis.Day {
	n := (int(d) + 3) % 7
	if n < 0 {
		n += 7
	}
	return d - analysis.Day(n)
}
