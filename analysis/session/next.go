package session

import "time"

// Add returns the event with which who does b at at, to be appended at its Seq, or
// an analysis.Error that says why not. key is that of the request: a use-case that
// finds it Seen answers as if it had done it again and appends nothing.
//
// When somebody else appended at the same Seq first, fold again and Add again.
// That is all there is to concurrency: contributions say nothing about the state
// they were made on and go in after each other; a Body that decides on what
// somebody saw carries it (Moved.Visit, Extended.From, Undone.Seq, Renamed.From,
// Stepped.Base, Switched.From, Handled.Base, TookOver.From), and the second of two gets a sentence.
func (s *State) Add(who Who, key string, at time.Time, b Body) (Event, error) {
	e := Event{Seq: s.Seq + 1, At: at.UTC().Truncate(time.Millisecond), By: who.User, Key: key, Body: b}
	return e, Check(s, who, e)
}

// Begin returns the first event of a session.
func Begin(who Who, key string, at time.Time, b Started) (Event, error) {
	return Fold(0, nil).Add(who, key, at, NewStarted(b, at))
}

// Forward is the move to the next phase, with its deadline counted from at, in at's
// location; at the outcome it stays where it is, which Add refuses.
func (s *State) Forward(at time.Time) Moved {
	next, _ := s.Next()
	return s.To(next, at)
}

// To is the move to phase p: a reopening when p is an earlier one.
func (s *State) To(p Phase, at time.Time) Moved {
	return Moved{From: s.Phase, Visit: s.Visit, To: p, Deadline: deadline(s.Mode, s.Terms, p, at)}
}

// Extend is another term for the phase, from its deadline or, once that has
// passed, from at: days working days, or so many minutes when live.
func (s *State) Extend(n int, at time.Time) Extended {
	from := at
	if s.Deadline.After(at) {
		from = s.Deadline.In(at.Location())
	}
	mode := s.Mode.In(s.Phase)
	if mode == Mixed {
		mode = Live
	}
	return Extended{Phase: s.Phase, From: s.Deadline, Deadline: deadline(mode, []Term{{s.Phase, n, n}}, s.Phase, from)}
}

// Switch is going on with the phase in another mode, with its whole term from at.
func (s *State) Switch(to Mode, at time.Time) Switched {
	return Switched{From: s.Mode, Visit: s.Visit, Mode: to, Deadline: deadline(to, s.Terms, s.Phase, at)}
}

// LastStep returns the seq of what Undone takes back next: of what moves the
// session, or else of what changed the clusters (then by is who did it). False:
// there is nothing.
func (s *State) LastStep(moving bool) (Undone, bool) {
	u := s.undos[clusters]
	if moving {
		u = s.undos[phases]
	}
	return Undone{u.seq}, u.seq != 0
}

// LastUndone returns what does the last step again that was undone, where nothing
// came after it.
func (s *State) LastUndone(moving bool) (Undone, bool) {
	u := s.undos[clusters]
	if moving {
		u = s.undos[phases]
	}
	return Undone{u.again}, u.again != 0
}

// CanTakeOver reports whether any participant may lead the session: nobody does,
// or a deadline passed more than two days ago and nothing happened since, or it waits
// for a talk that nobody began in a week.
func (s *State) CanTakeOver(at time.Time) bool {
	switch {
	case s.Facilitator == "":
		return true
	case s.Done():
		return false
	case s.Awaits():
		return at.Sub(s.Last) > 7*24*time.Hour
	}
	return !s.Deadline.IsZero() && at.Sub(s.Deadline) > 48*time.Hour && at.Sub(s.Last) > 48*time.Hour
}
