package sample

import (
	"context"
	"testing"
	"time"

	"klantbot/analysis"
)

func (t *taken) AddTouches(_ context.Context, rows []analysis.StagedTouch) error {
	t.touches = append(t.touches, rows...)
	return nil
}

// TestTouchesAreBelievable: moments lie in the last two years, on working days,
// within the relationship; large clients are spoken to more than small ones, and
// there are gaps.
func TestTouchesAreBelievable(t *testing.T) {
	s := Default(asOf)
	list, people := clientList(t, s), map[string]bool{}
	for _, m := range Managers(s) {
		people[m.Email] = true
	}
	all := taking(t, analysis.ImportTouches, WriteTouches, s).touches
	kinds, last, notes := map[analysis.TouchKind]int{}, map[string]analysis.Day{}, 0
	for _, m := range all {
		if m.Day > asOf || m.Day < asOf.AddMonths(-24)-3 {
			t.Errorf("a moment on %v", m.Day)
		}
		if w := m.Day.Time().Weekday(); w == time.Saturday || w == time.Sunday {
			t.Errorf("a moment on a %v", w)
		}
		if list[m.Number]["Status"] == "prospect" || !people[m.ByEmail] {
			t.Errorf("%s with %s", m.ByEmail, m.Number)
		}
		kinds[m.Kind]++
		last[m.Number] = max(last[m.Number], m.Day)
		if m.Note != "" {
			notes++
		}
	}
	silent := 0
	for _, day := range last {
		if asOf-day > 180 {
			silent++
		}
	}
	if len(all) < 400 || len(all) > 3000 || kinds[analysis.Visit] < 40 || kinds[analysis.Mail] < 20 || notes < len(all)/3 {
		t.Errorf("%d moments, %v, %d with a note", len(all), kinds, notes)
	}
	if len(last) < 200 || silent < 30 {
		t.Errorf("%d groups were spoken to, %d of them not for half a year", len(last), silent)
	}
}
