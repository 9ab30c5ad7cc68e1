package session

import (
	"slices"
	"time"

	"klantbot/analysis"
)

// Started begins a session; it is the first event and there is one.
type Started struct {
	Kind         Kind               `json:"kind"`
	Mode         Mode               `json:"mode,omitempty"`
	Goal         string             `json:"goal,omitempty"` // at most LongestText characters
	Subject      Subject            `json:"subject"`
	Channel      analysis.ChannelID `json:"channel,omitempty"`
	Facilitator  analysis.UserID    `json:"facilitator,omitempty"`
	Participants []analysis.UserID  `json:"participants,omitempty"`
	Anonymous    []Phase            `json:"anonymous,omitempty"` // in which it is not shown who wrote what
	Terms        []Term             `json:"terms,omitempty"`
	Deadline     time.Time          `json:"deadline,omitzero"` // of the first phase; see NewStarted
}

// NewStarted fills in what an office begins with: the default terms, anonymous
// writing, and the deadline of the first phase counted from at in its location.
func NewStarted(s Started, at time.Time) Started {
	if s.Terms == nil {
		s.Terms = DefaultTerms(s.Kind)
	}
	if s.Anonymous == nil {
		s.Anonymous = []Phase{Facts, Writing, Wishing}
	}
	if phases := PhasesOf(s.Kind); len(phases) > 0 && s.Deadline.IsZero() {
		s.Deadline = deadline(s.Mode, s.Terms, phases[0], at)
	}
	return s
}

// Name fulfils Body.
func (Started) Name() string { return "started" }

func (b Started) check(s *State, _ Event) error {
	people := slices.Compact(slices.Sorted(slices.Values(b.Participants)))
	switch {
	case s.Seq != 0:
		return invalid("session.begun_already", nil)
	case !b.Subject.valid(b.Kind):
		return invalid("session.subject", nil)
	case b.Kind == Training:
		return nil
	case !slices.Contains(Modes(), b.Mode):
		return invalid("session.mode", nil)
	case len(people) != len(b.Participants) || slices.Contains(people, ""),
		len(people) < FewestParticipants || len(people) > MostParticipants:
		return invalid("session.participants", analysis.Args{"n": len(people), "fewest": FewestParticipants, "most": MostParticipants})
	case b.Facilitator == "":
		return invalid("session.facilitator_missing", nil)
	}
	return written(b.Goal, LongestText)
}

func (b Started) apply(s *State, e Event) {
	s.Kind, s.Mode, s.Goal, s.Subject, s.Channel = b.Kind, b.Mode, cleaned(b.Goal), b.Subject, b.Channel
	s.By, s.Begun, s.Facilitator, s.Status = e.By, e.At, b.Facilitator, Running
	s.Terms, s.anonymous = slices.Clone(b.Terms), slices.Clone(b.Anonymous)
	s.NamedFeelings = len(b.Participants) < Fewest
	for _, user := range b.Participants {
		s.Participants = append(s.Participants, Participant{User: user})
	}
	if phases := PhasesOf(b.Kind); len(phases) > 0 {
		s.enter(phases[0], e, b.Deadline)
	}
	if b.Kind == Journey {
		for i, name := range DefaultSteps() {
			s.Steps = append(s.Steps, Step{ID: StepID(i + 1), Name: name})
		}
	}
}

// Chose says which clients of a portfolio are talked about.
type Chose struct {
	Groups []analysis.GroupID `json:"groups"` // 1 to MostChosen
}

// Name fulfils Body.
func (Chose) Name() string { return "chose" }

func (b Chose) check(s *State, _ Event) error {
	if s.Subject.Manager == 0 {
		return invalid("session.chose_none", nil)
	}
	sorted := slices.Sorted(slices.Values(b.Groups))
	if n := len(slices.Compact(sorted)); n != len(b.Groups) || n < 1 || n > MostChosen || slices.Contains(b.Groups, 0) {
		return invalid("session.chose", analysis.Args{"most": MostChosen})
	}
	return nil
}

func (b Chose) apply(s *State, _ Event) { s.Chosen = slices.Clone(b.Groups) }

// Joined adds somebody, or brings back who was removed.
type Joined struct {
	User analysis.UserID `json:"user"`
}

// Name fulfils Body.
func (Joined) Name() string { return "joined" }

func (b Joined) check(s *State, _ Event) error {
	switch {
	case b.User == "" || s.TakesPart(b.User):
		return invalid("session.joined_already", nil)
	case len(s.Active()) >= MostParticipants:
		return invalid("session.full", analysis.Args{"most": MostParticipants})
	}
	return nil
}

func (b Joined) apply(s *State, _ Event) {
	for i := range s.Participants {
		if s.Participants[i].User == b.User {
			s.Participants[i].Removed = false
			return
		}
	}
	s.Participants = append(s.Participants, Participant{User: b.User})
}

// Removed takes somebody out: they can not contribute any more, what they
// contributed stays. Who leads the session leaves it without.
type Removed struct {
	User analysis.UserID `json:"user"`
}

// Name fulfils Body.
func (Removed) Name() string { return "removed" }

func (b Removed) check(s *State, _ Event) error {
	if !s.TakesPart(b.User) && (b.User == "" || b.User != s.Facilitator) {
		return invalid("session.removed_already", nil)
	}
	return nil
}

func (b Removed) apply(s *State, _ Event) {
	for i := range s.Participants {
		if s.Participants[i].User == b.User {
			s.Participants[i].Removed = true
		}
	}
	if s.Facilitator == b.User {
		s.Facilitator = ""
	}
	s.showFeelings()
}

// TookOver makes User the facilitator in the place of From.
type TookOver struct {
	From analysis.UserID `json:"from"` // who led it when the button was drawn; empty: nobody
	User analysis.UserID `json:"user"`
}

// Name fulfils Body.
func (TookOver) Name() string { return "took_over" }

func (b TookOver) check(s *State, e Event) error {
	switch {
	case b.User == "" || b.User == s.Facilitator || b.From != s.Facilitator:
		return invalid("session.took_over_already", nil)
	case b.User != e.By && !s.TakesPart(b.User):
		return invalid("session.take_over_who", nil)
	}
	return nil
}

func (b TookOver) apply(s *State, _ Event) { s.Facilitator = b.User }
