package schedule

import (
	"testing"
	"time"

	"klantbot/storage"
)

func in(t *testing.T, zone, at string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", at, loc)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestSlot(t *testing.T) {
	const home, west = "Europe/Amsterdam", "America/New_York"
	for _, c := range []struct {
		name, zone, now string
		weekday, minute int
		want, week      string
	}{
		{"on the minute", home, "2026-11-23 08:30", 1, 510, "2026-11-23 08:30", "2026-W48"},
		{"a minute before", home, "2026-11-23 08:29", 1, 510, "2026-11-16 08:30", "2026-W47"},
		{"on Sunday", home, "2026-11-29 23:59", 1, 510, "2026-11-23 08:30", "2026-W48"},
		{"their own day and hour", home, "2026-11-24 12:00", 5, 16*60 + 5, "2026-11-20 16:05", "2026-W47"},
		{"their own zone", west, "2026-11-23 08:30", 1, 510, "2026-11-23 08:30", "2026-W48"},
		{"Sunday belongs to the week before Monday", home, "2026-11-29 10:00", 7, 600, "2026-11-29 10:00", "2026-W48"},
		{"ISO week 53", home, "2026-12-28 09:00", 1, 510, "2026-12-28 08:30", "2026-W53"},
		{"week 53 has days of the next year", home, "2027-01-01 09:00", 5, 510, "2027-01-01 08:30", "2026-W53"},
		{"the first week after it", home, "2027-01-04 08:30", 1, 510, "2027-01-04 08:30", "2027-W01"},
		{"an hour that the clocks skip", home, "2027-03-28 12:00", 7, 150, "2027-03-28 03:30", "2027-W12"},
		{"an hour that comes twice", home, "2026-10-25 12:00", 7, 150, "2026-10-25 02:30", "2026-W43"},
	} {
		now := in(t, c.zone, c.now)
		due, week := Slot(storage.DigestChoice{Weekday: c.weekday, Minute: c.minute}, now.Location(), now)
		if got := due.Format("2006-01-02 15:04"); got != c.want || week.String() != c.week {
			t.Errorf("%s: %s of %s; want %s of %s", c.name, got, week, c.want, c.week)
		}
	}
}

// TestSlotOnceAWeek: whatever the zone and the hour, walking through two years by
// the half hour gives each ISO week one slot, in order, also where clocks change.
func TestSlotOnceAWeek(t *testing.T) {
	for _, zone := range []string{"Europe/Amsterdam", "America/New_York", "Pacific/Auckland", "UTC"} {
		for _, minute := range []int{0, 150, 510, 1439} {
			seen, last := map[string]time.Time{}, time.Time{}
			from := in(t, zone, "2026-01-05 00:00")
			for now := from; now.Before(from.AddDate(2, 0, 0)); now = now.Add(30 * time.Minute) {
				due, week := Slot(storage.DigestChoice{Weekday: 7, Minute: minute}, now.Location(), now)
				if due.After(now) || due.Before(last) {
					t.Fatalf("%s %d: %s for %s, after %s", zone, minute, due, now, last)
				}
				if before, ok := seen[week.String()]; ok && !before.Equal(due) {
					t.Fatalf("%s %d: %s has %s and %s", zone, minute, week, before, due)
				}
				seen[week.String()], last = due, due
			}
			if len(seen) < 104 || len(seen) > 106 {
				t.Errorf("%s %d: %d weeks", zone, minute, len(seen))
			}
		}
	}
}
