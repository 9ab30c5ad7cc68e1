package schedule

import (
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// Slot is the newest moment at or before now at which a digest was due by c, for
// somebody who lives in zone, and the ISO week that it is the digest of.
//
// What a calendar makes difficult is decided here. An hour that the clocks skip
// is the one after it, one that comes twice counts once. A week belongs to the
// year of its Thursday, so that there is a week 53. The key is the week's, not
// the moment's: who moves to another zone, or chooses another day, after they had
// the digest of a week gets no second one.
func Slot(c storage.DigestChoice, zone *time.Location, now time.Time) (due time.Time, week attention.Week) {
	for week = attention.WeekOf(analysis.DayOf(now.In(zone)) + 7); ; week = attention.WeekOf(week.Monday() - 7) {
		y, m, d := (week.Monday() + analysis.Day(c.Weekday-1)).Time().Date()
		due = time.Date(y, m, d, c.Minute/60, c.Minute%60, 0, 0, zone)
		if !due.After(now) {
			return due, week
		}
	}
}
