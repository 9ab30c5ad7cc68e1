package session

import (
	"slices"
	"time"

	"klantbot/analysis"
)

// Why is the reason of a move, a pause or an end.
type Why string

// The reasons; "" is that whoever leads the session wanted it.
const (
	ByDeadline Why = "termijn"      // the phase closed by itself
	Archived   Why = "gearchiveerd" // the channel was archived
	Outsiders  Why = "extern"       // the channel is shared with people from outside
	Forgotten  Why = "vergeten"     // nothing happened for ForgottenAfter
	Unreadable Why = "onbereikbaar" // the bot is not in the channel any more
)

// Moved goes to another phase: the next one, or any that was reached before
// (a reopening). From and Visit are what the button was drawn on: when two people
// press at once, the second finds the session elsewhere and is told so.
type Moved struct {
	From     Phase     `json:"from"`
	Visit    int       `json:"visit"`
	To       Phase     `json:"to"`
	Deadline time.Time `json:"deadline,omitzero"` // of To
	Why      Why       `json:"why,omitempty"`
}

// Name fulfils Body.
func (Moved) Name() string { return "moved" }

func (b Moved) check(s *State, _ Event) error {
	from, to := index(s.Kind, b.From), index(s.Kind, b.To)
	switch {
	case to < 0 || from < 0 || to == from || to > from+1 && to > s.furthest:
		return invalid("session.phase", nil)
	case b.From != s.Phase || b.Visit != s.Visit:
		return invalid("session.moved_already", nil)
	}
	return nil
}

func (b Moved) apply(s *State, e Event) { s.enter(b.To, e, b.Deadline) }

// enter begins phase p: what was hidden in the phases before it is shown.
func (s *State) enter(p Phase, e Event, deadline time.Time) {
	s.Phase, s.Since, s.Deadline, s.Visit = p, e.At, deadline, e.Seq
	s.furthest = max(s.furthest, index(s.Kind, p))
	for i := range s.cards {
		s.cards[i].shown = s.cards[i].shown || s.Passed(s.cards[i].until)
	}
	s.showFeelings()
}

// Extended gives the phase another deadline. From is the one it had.
type Extended struct {
	Phase    Phase     `json:"phase"`
	From     time.Time `json:"from,omitzero"`
	Deadline time.Time `json:"deadline"`
}

// Name fulfils Body.
func (Extended) Name() string { return "extended" }

func (b Extended) check(s *State, e Event) error {
	switch {
	case b.Phase != s.Phase || !b.From.Equal(s.Deadline):
		return invalid("session.moved_already", nil)
	case !b.Deadline.After(e.At):
		return invalid("session.deadline_past", nil)
	}
	return nil
}

func (b Extended) apply(s *State, _ Event) { s.Deadline = b.Deadline }

// Switched goes on in another mode from now on: together after everybody wrote, or each
// in their own time when the meeting ran out. From is the mode the button was drawn in.
type Switched struct {
	From     Mode      `json:"from"`
	Visit    int       `json:"visit"`
	Mode     Mode      `json:"mode"`
	Deadline time.Time `json:"deadline,omitzero"` // of the phase that goes on
}

// Name fulfils Body.
func (Switched) Name() string { return "switched" }

func (b Switched) check(s *State, _ Event) error {
	switch {
	case b.Mode != Async && b.Mode != Live:
		return invalid("session.mode", nil)
	case b.From != s.Mode || b.Visit != s.Visit || b.Mode == s.Mode:
		return invalid("session.moved_already", nil)
	}
	return nil
}

func (b Switched) apply(s *State, _ Event) { s.Mode, s.Deadline = b.Mode, b.Deadline }

// Paused stops the session for the time being.
type Paused struct {
	Why Why `json:"why,omitempty"`
}

// Name fulfils Body.
func (Paused) Name() string { return "paused" }

func (b Paused) check(s *State, _ Event) error {
	if s.Status != Running {
		return invalid("session.paused_already", nil)
	}
	return nil
}

func (b Paused) apply(s *State, e Event) { s.Status, s.Why, s.pausedAt = Resting, b.Why, e.At }

// Resumed goes on after a pause; the deadline moves by as long as it was.
type Resumed struct{}

// Name fulfils Body.
func (Resumed) Name() string { return "resumed" }

func (Resumed) check(s *State, _ Event) error {
	if s.Status != Resting {
		return invalid("session.resumed_already", nil)
	}
	return nil
}

func (Resumed) apply(s *State, e Event) {
	s.Status, s.Why = Running, ""
	if !s.Deadline.IsZero() && e.At.After(s.pausedAt) {
		s.Deadline = s.Deadline.Add(e.At.Sub(s.pausedAt))
	}
}

// Ended stops a session before its outcome; it can be undone. Its actions go on.
type Ended struct {
	Why Why `json:"why,omitempty"`
}

// Name fulfils Body.
func (Ended) Name() string { return "ended" }

func (b Ended) check(s *State, _ Event) error {
	if s.Done() {
		return invalid("session.ended_already", nil)
	}
	return nil
}

func (b Ended) apply(s *State, _ Event) { s.Status, s.Why = Stopped, b.Why }

// Undone takes back the last step: the event Seq counts as if it had not been.
// Undoing an Undone does the step again. What people contributed meanwhile stays,
// and a phase whose deadline has passed by now gets its whole term again.
type Undone struct {
	Seq int `json:"seq"`
}

// Name fulfils Body.
func (Undone) Name() string { return "undone" }

func (b Undone) check(s *State, _ Event) error {
	if b.Seq == 0 || !slices.ContainsFunc(s.undos[:], func(u undo) bool { return b.Seq == u.seq || b.Seq == u.again }) {
		return invalid("session.undone_already", nil)
	}
	return nil
}

func (b Undone) apply(s *State, e Event) {
	if !s.Deadline.IsZero() && s.Deadline.Before(e.At) {
		s.Deadline = deadline(s.Mode, s.Terms, s.Phase, e.At)
	}
}

// Readied says that somebody is done with the phase, also without a word.
type Readied struct {
	Phase Phase `json:"phase"`
}

// Name fulfils Body.
func (Readied) Name() string { return "readied" }

func (b Readied) check(s *State, e Event) error {
	switch {
	case index(s.Kind, b.Phase) < 0:
		return invalid("session.phase", nil)
	case s.ready[b.Phase][e.By]:
		return invalid("session.readied_already", nil)
	}
	return nil
}

func (b Readied) apply(s *State, e Event) {
	if s.ready[b.Phase] == nil {
		s.ready[b.Phase] = map[analysis.UserID]bool{}
	}
	s.ready[b.Phase][e.By] = true
}

// deadline is when phase p ends that begins at at; zero: it does not.
func deadline(mode Mode, terms []Term, p Phase, at time.Time) time.Time {
	mode = mode.In(p)
	for _, t := range terms {
		switch {
		case t.Phase != p:
		case mode == Live && t.Minutes > 0:
			return at.Add(time.Duration(t.Minutes) * time.Minute)
		case mode == Async && t.Days > 0:
			return WorkingDays(at, t.Days)
		}
	}
	return time.Time{}
}
