package analysis

import (
	"fmt"
	"time"
)

// Day is a date without a time or a zone: the number of days since
// 1970-01-01. An invoice is dated in the office's own calendar, so it has no
// instant. Days compare and subtract as numbers.
type Day int32

// NoDay marks an unknown date. It is far outside any bookkeeping.
const NoDay Day = -1 << 31

// DayOf returns the day of t in t's own location.
func DayOf(t time.Time) Day { return Date(t.Date()) }

// Date returns the day of a calendar date. As with time.Date, values outside
// their range are carried over: 2026-02-30 is 2026-03-02.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads a date written as 2026-11-21. It refuses dates that do not
// exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDay, fmt.Errorf("read date %q: %w", s, err)
	}
	return DayOf(t), nil
}

// Known reports whether d is a date at all.
func (d Day) Known() bool { return d != NoDay }

// Time returns midnight UTC at the start of d.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// In returns midnight at the start of d in loc.
func (d Day) In(loc *time.Location) time.Time {
	y, m, n := d.Time().Date()
	return time.Date(y, m, n, 0, 0, 0, 0, loc)
}

// Year returns the calendar year of d.
func (d Day) Year() int { return d.Time().Year() }

// AddMonths returns the same day of the month n months later (earlier when n
// is negative), or the last day of that month where it is shorter: one month
// after 31 January is the last of February.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Time().Date()
	last := Date(y, m+time.Month(n)+1, 0)
	if same := Date(y, m+time.Month(n), day); same < last {
		return same
	}
	return last
}

// String writes d as 2026-11-21; an unknown day is the empty string.
func (d Day) String() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes d as 2026-11-21, as CLI.md promises.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; the empty text is NoDay.
func (d *Day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = NoDay
		return nil
	}
	read, err := ParseDay(string(text))
	*d = read
	return err
}
