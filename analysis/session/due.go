package session

import (
	"fmt"
	"time"

	"klantbot/analysis"
)

// ForgottenAfter is how long after its deadline, and after the last thing anybody
// did, a session ends by itself.
const ForgottenAfter = 30 * 24 * time.Hour

// TaskKind is what a session needs.
type TaskKind string

// The kinds.
const (
	RemindMissing TaskKind = "missing" // say to each of To that the session waits for them
	ClosePhase    TaskKind = "close"   // append Body: the deadline passed
	TimeUp        TaskKind = "time_up" // live: say in the channel that the time is over
	StandsStill   TaskKind = "still"   // say to To that the deadline passed and there is nothing to go on with
	Forget        TaskKind = "forget"  // append Body: it was forgotten
)

// Task is something that is due. Its Key is unique in all sessions: an event or a
// message with that key is made once, however often Due is asked. For messages to
// several people put the user after it.
type Task struct {
	Kind TaskKind
	Key  string
	To   []analysis.UserID
	Body Body // of ClosePhase and Forget; else nil
}

// Due returns what s needs at at, in the office's location. Nothing is said in the
// evening or in a weekend, of a session that rests, or twice in one phase.
//
// A phase closes by itself only when there is something to go on with; else the
// facilitator is told once, and after ForgottenAfter the session ends. When live
// only the silent phases close by themselves: talk is not cut off. A clock that
// stood still for months finds one task, not one a week.
func Due(s *State, at time.Time) []Task {
	if s.Kind == Training || s.Status == Stopped || s.Status == "" || s.Phase == Concluded {
		return nil
	}
	if quiet := latestOf(s.Last, s.Deadline); at.Sub(quiet) > ForgottenAfter {
		return []Task{{Kind: Forget, Key: s.key("forget"), Body: Ended{Why: Forgotten}}}
	}
	if s.Status != Running || s.Deadline.IsZero() {
		return nil
	}
	if at.Before(s.Deadline) {
		if missing := s.Progress().Missing; len(missing) > 0 && s.Phase.Individual() && s.Mode.In(s.Phase) == Async && working(at) && !at.Before(s.remindAt(at.Location())) {
			return []Task{{Kind: RemindMissing, Key: s.key("missing"), To: missing}}
		}
		return nil
	}
	switch {
	case s.closes():
		b := s.Forward(at)
		b.Why = ByDeadline
		return []Task{{Kind: ClosePhase, Key: s.key("close"), Body: b}}
	case s.Mode == Live && at.Sub(s.Deadline) < time.Hour:
		return []Task{{Kind: TimeUp, Key: TimeUpKey(s)}}
	case working(at):
		to := []analysis.UserID{s.Facilitator}
		if s.Facilitator == "" {
			to = s.Active()
		}
		return []Task{{Kind: StandsStill, Key: s.key("still"), To: to}}
	}
	return nil
}

// TimeUpKey is unique for the word that the time of the phase is over: it is said again
// where the phase got more time.
func TimeUpKey(s *State) string { return fmt.Sprintf("%s/%d", s.key("time_up"), s.Deadline.Unix()) }

// key is unique for what is due in this visit of the phase.
func (s *State) key(what string) string { return fmt.Sprintf("session/%d/%s/%d", s.ID, what, s.Visit) }

// remindAt is a working day before the deadline, and not before half of the time
// has passed.
func (s *State) remindAt(loc *time.Location) time.Time {
	day := s.Deadline.In(loc).AddDate(0, 0, -1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return latestOf(day, s.Since.Add(s.Deadline.Sub(s.Since)/2))
}

// closes reports whether the phase may close by itself: when live only a silent
// one, and only when there is something for the next.
func (s *State) closes() bool {
	if s.Mode == Live && s.Phase != Writing && s.Phase != Wishing && s.Phase != Voting {
		return false
	}
	switch s.Phase {
	case Facts:
		return s.Subject.Manager == 0 || len(s.Chosen) > 0
	case Writing, Wishing:
		for _, c := range s.cards {
			if c.until == s.Phase {
				return true
			}
		}
		return false
	case Clustering:
		return len(s.Clusters) > 0 || len(s.Topics()) > 0 && len(s.Topics()) <= MostProposed // few cards need no groups
	case Stepping:
		return len(s.cards)+len(s.felt) > 0
	case Voting:
		return s.Voters() > 0
	case Acting:
		return len(s.Actions) > 0
	}
	return true
}

// working reports whether at is in working hours: Monday to Friday, 8 to 18.
func working(at time.Time) bool {
	return at.Weekday() != time.Saturday && at.Weekday() != time.Sunday && at.Hour() >= 8 && at.Hour() < 18
}

func latestOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
