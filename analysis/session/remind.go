package session

import (
	"fmt"
	"time"

	"klantbot/analysis"
)

// Stage is which reminder of an action it is.
type Stage string

// The stages; from a week after the date on it is w1, w2, ... for each week.
const (
	ThreeDays Stage = "3"
	OnTheDay  Stage = "0"
)

// Late reports whether s is a weekly reminder of what was not done in time.
func (s Stage) Late() bool { return len(s) > 0 && s[0] == 'w' }

// Remind returns which reminder of a is due on asOf: three days before, on the
// day, then weekly until it is done or dropped. One that would come in a weekend
// comes on the Friday before, none comes on the day the date was set or before,
// and after a time in which nobody looked only the newest counts. False: say
// nothing. With ReminderKey each is said once.
func Remind(a Action, asOf analysis.Day) (Stage, bool) {
	if !a.Pending() || !a.Due.Known() || shifted(asOf) != asOf {
		return "", false
	}
	stage, day := ThreeDays, shifted(a.Due-3)
	if due := shifted(a.Due); asOf >= due {
		stage, day = OnTheDay, due
		if weeks := (asOf - due) / 7; weeks > 0 {
			stage, day = Stage(fmt.Sprint("w", int(weeks))), due+7*weeks
		}
	}
	return stage, asOf >= day && day > a.Dated()
}

// ReminderKey is unique for a stage of an action and its date: a moved action is
// reminded of anew.
func ReminderKey(id ID, a Action, stage Stage) string {
	return fmt.Sprintf("action/%d/%d/%s/%s", id, a.ID, a.Due, stage)
}

// Dated is the day on which the present date was set.
func (a Action) Dated() analysis.Day {
	day := analysis.DayOf(a.At)
	for i := len(a.History) - 1; i >= 0 && a.History[i].Due == a.Due; i-- {
		day = analysis.DayOf(a.History[i].At)
	}
	return day
}

// shifted is d, or the Friday before where it is in a weekend.
func shifted(d analysis.Day) analysis.Day {
	switch d.Time().Weekday() {
	case time.Saturday:
		return d - 1
	case time.Sunday:
		return d - 2
	}
	return d
}
