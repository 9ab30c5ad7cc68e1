package session

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
)

func said(tasks []Task) string {
	s := ""
	for _, t := range tasks {
		s += fmt.Sprint(string(t.Kind), " ", t.Key, " ", t.To)
	}
	return s
}

// TestDue: a session in everybody's own time, from a reminder to an end.
func TestDue(t *testing.T) {
	p := now3Years(t, 4)
	p.to(Writing)                     // Monday 09:00, until Wednesday 09:00
	for i := range MostProposed + 1 { // more than can be voted on one by one
		p.do("U2", wrote(Horizons()[i/MostEach], fmt.Sprint("Snel antwoord ", i)))
	}
	tuesday, wednesday := monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 2)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{tuesday.Add(-time.Minute), ""},
		{tuesday.Add(5 * time.Second), "missing session/7/missing/2 [U1 U3 U4]"},
		{tuesday.Add(12 * time.Hour), ""}, // in the evening
		{wednesday.Add(-time.Hour), "missing session/7/missing/2 [U1 U3 U4]"},
		{wednesday.Add(time.Hour), "close session/7/close/2 []"},
		{wednesday.AddDate(0, 0, 29), "close session/7/close/2 []"},
		{wednesday.AddDate(0, 3, 0), "forget session/7/forget/2 []"},
	} {
		want(t, c.at.Format("Mon 02 Jan 15:04"), said(Due(p.state(), c.at)), c.want)
	}
	p.at = wednesday.Add(time.Hour)
	task := Due(p.state(), p.at)[0]
	for i := range 2 { // two processes
		err := p.try(Clock, task.Body)
		if i == 0 && err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			wantKey(t, err, "session.moved_already")
		}
	}
	s := p.state()
	want(t, "closed", fmt.Sprint(s.Phase, s.Deadline.Format(" Mon 15:04")), "groeperen Fri 10:00")
	// Nobody made clusters: it stands still, which is said once, by its key.
	friday := s.Deadline.Add(time.Hour)
	want(t, "still", said(Due(s, friday)), fmt.Sprintf("still session/7/still/%d [U1]", s.Visit))
	want(t, "in the weekend", said(Due(s, friday.AddDate(0, 0, 1))), "")
	few := now3Years(t, 4)
	few.to(Writing)
	few.do("U2", wrote(Now, "Snel antwoord"))
	few.to(Clustering)
	want(t, "a few loose cards", said(Due(few.state(), few.state().Deadline.Add(time.Hour)))[:5], "close")
	want(t, "can be taken over", fmt.Sprint(s.CanTakeOver(friday), s.CanTakeOver(friday.AddDate(0, 0, 3))), "false true")
	p.at = friday.AddDate(0, 0, 3)
	p.do("U3", TookOver{From: "U1", User: "U3"})
	p.refused("U4", TookOver{From: "U1", User: "U4"}, "session.took_over_already")
	p.do("U3", p.state().Extend(1, p.at))
	want(t, "extended", said(Due(p.state(), p.at)), "")
	// A pause keeps the deadline away, and ends by itself when it is forgotten.
	before := p.state().Deadline
	if err := p.try(Clock, Paused{Why: Outsiders}); err != nil {
		t.Fatal(err)
	}
	p.refused("U2", Merged{1, 2}, "session.paused.outsiders")
	want(t, "paused", said(Due(p.state(), before.AddDate(0, 0, 20))), "")
	want(t, "forgotten", said(Due(p.state(), before.AddDate(0, 0, 31))), fmt.Sprintf("forget session/7/forget/%d []", p.state().Visit))
	p.at = p.at.AddDate(0, 0, 7)
	p.do("U3", Resumed{})
	want(t, "a week later", p.state().Deadline.Sub(before), 7*24*time.Hour+2*time.Second)
}

// TestDueLive: talk is not cut off; silence is.
func TestDueLive(t *testing.T) {
	p := begin(t, Started{Kind: Now3Years, Mode: Live, Subject: Subject{Group: 12}, Facilitator: "U1", Participants: people(3)})
	want(t, "timer", p.state().Deadline.Sub(monday), 5*time.Minute)
	want(t, "time is up", said(Due(p.state(), monday.Add(6*time.Minute))), "time_up session/7/time_up/1/1795424700 []")
	p.to(Writing)
	want(t, "nothing written", said(Due(p.state(), monday.Add(9*time.Minute))), "time_up session/7/time_up/2/1795424880 []")
	p.do("U2", wrote(Now, "x"))
	want(t, "written", said(Due(p.state(), monday.Add(9*time.Minute))), "close session/7/close/2 []")
}

// TestMixed: everybody writes in their own time, the talk waits for who leads, and what
// the meeting has no time for is done each in their own time.
func TestMixed(t *testing.T) {
	p := begin(t, Started{Kind: Now3Years, Mode: Mixed, Subject: Subject{Group: 12}, Facilitator: "U1", Participants: people(3)})
	want(t, "facts", p.state().Deadline.Sub(monday), 48*time.Hour)
	p.to(Writing)
	p.do("U2", wrote(Now, "x"))
	closed := p.state().Deadline.Add(time.Hour)
	want(t, "waits for others", said(Due(p.state(), closed.AddDate(0, 0, -1))), "missing session/7/missing/2 [U1 U3]")
	p.at = closed
	if err := p.try(Clock, Due(p.state(), closed)[0].Body); err != nil {
		t.Fatal(err)
	}
	s := p.state()
	want(t, "waits for the talk", fmt.Sprint(s.Phase, s.Awaits(), s.Deadline.IsZero(), said(Due(s, closed.AddDate(0, 0, 20)))), "groeperentrue true")
	want(t, "forgotten", said(Due(s, closed.AddDate(0, 0, 31))), fmt.Sprintf("forget session/7/forget/%d []", s.Visit))
	want(t, "taken over", fmt.Sprint(s.CanTakeOver(closed.AddDate(0, 0, 6)), s.CanTakeOver(closed.AddDate(0, 0, 8))), "false true")
	p.refused("U2", s.Switch(Live, p.at), "session.facilitator_only")
	p.refused("U1", s.Switch(Mixed, p.at), "session.mode")
	start := s.Switch(Live, p.at)
	s = p.do("U1", start)
	want(t, "the talk", fmt.Sprint(s.Mode, s.Awaits(), s.Deadline.Sub(p.at) > 6*time.Minute), "livefalse true")
	p.refused("U1", start, "session.moved_already")
	undo, _ := s.LastStep(true)
	s = p.do("U1", undo)
	want(t, "undone", fmt.Sprint(s.Mode, s.Awaits()), "eerst-schrijventrue")
	p.do("U1", s.Switch(Live, p.at))
	p.to(Voting)
	s = p.do("U1", p.state().Switch(Async, p.at))
	want(t, "the rest later", fmt.Sprint(s.Phase, s.Mode, s.Deadline.Sub(p.at) > 24*time.Hour), "stemmenasynchroontrue")
}

// TestUndoAfterDeadline: what is undone when its time has passed gets its time anew.
func TestUndoAfterDeadline(t *testing.T) {
	p := now3Years(t, 4)
	p.do("U2", wrote(Now, "x"))
	p.to(Clustering)
	want(t, "revealed", len(p.state().Cards("U3")), 1)
	p.at = monday.AddDate(0, 0, 7)
	undo, _ := p.state().LastStep(true)
	p.refused("U2", undo, "session.facilitator_only")
	s := p.do("U1", undo)
	want(t, "undone", fmt.Sprint(s.Phase, len(s.Cards("U3")), s.Deadline.After(p.at)), "schrijven0 true")
	p.refused("U1", undo, "session.undone_already")
	p.do("U3", wrote(Later, "later"))
	redo, ok := p.state().LastUndone(true)
	s = p.do("U1", redo)
	want(t, "redone", fmt.Sprint(ok, s.Phase, len(s.Cards("U4"))), "truegroeperen1")
	// What was written meanwhile shows when writing is left again.
	p.do("U1", s.To(Writing, p.at))
	want(t, "after a reopening", len(p.to(Clustering).Cards("U4")), 2)
}

func TestRemind(t *testing.T) {
	day := func(s string) analysis.Day {
		d, err := analysis.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	made := time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)
	action := func(due string) Action {
		return Action{ID: 9, Due: day(due), State: Open, At: made, History: []Change{{At: made, Due: day(due), State: Open}}}
	}
	moved := action("2026-12-03")
	moved.State, moved.History = Delayed, append(moved.History, Change{At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), Due: moved.Due})
	moved.History[0].Due = day("2026-11-20")
	done := action("2026-12-03")
	done.State = Done
	for _, c := range []struct {
		name string
		a    Action
		asOf string
		want string
	}{
		{"too early", action("2026-12-03"), "2026-11-27", ""},
		{"three days before", action("2026-12-03"), "2026-11-30", "3"},
		{"caught up", action("2026-12-03"), "2026-12-02", "3"},
		{"on the day", action("2026-12-03"), "2026-12-03", "0"},
		{"the day after", action("2026-12-03"), "2026-12-04", "0"},
		{"no reminders in a weekend", action("2026-12-03"), "2026-12-05", ""},
		{"a week later", action("2026-12-03"), "2026-12-10", "w1"},
		{"forgotten for three months", action("2026-12-03"), "2027-03-04", "w13"},
		{"due on a Sunday, three days before", action("2026-12-06"), "2026-12-03", "3"},
		{"due on a Sunday, on the Friday", action("2026-12-06"), "2026-12-04", "0"},
		{"due on a Tuesday, three days before is a Saturday", action("2026-12-08"), "2026-12-04", "3"},
		{"moved two days before its date", moved, "2026-12-02", ""},
		{"moved, on the day", moved, "2026-12-03", "0"},
		{"done", done, "2026-12-03", ""},
		{"without a date", Action{State: Open, Due: analysis.NoDay}, "2026-12-03", ""},
	} {
		stage, due := Remind(c.a, day(c.asOf))
		if !due {
			stage = ""
		}
		want(t, c.name, string(stage), c.want)
	}
	want(t, "key", ReminderKey(7, action("2026-12-03"), "w1"), "action/7/9/2026-12-03/w1")
	want(t, "late", fmt.Sprint(Stage("w2").Late(), OnTheDay.Late()), "true false")
}

func TestWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2026-11-23", 2, "2026-11-25"}, {"2026-11-26", 2, "2026-11-30"}, {"2026-11-27", 1, "2026-11-30"}, {"2026-11-28", 1, "2026-11-30"}, {"2026-11-29", 2, "2026-12-01"},
		{"2026-11-26", 5, "2026-12-03"}, {"2026-11-28", 5, "2026-12-04"}, {"2026-11-27", 11, "2026-12-14"}, {"2026-11-23", 2609, "2036-11-21"}} {
		from, _ := time.Parse(time.DateOnly, c.from)
		want(t, c.from, WorkingDays(from.Add(15*time.Hour), c.n).Format("2006-01-02 15:04"), c.want+" 15:00")
	}
}
