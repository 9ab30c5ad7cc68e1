package session

import (
	"slices"
	"time"
)

// ID identifies a session in the store.
type ID int64

// Kind is what sort of discussion a session is.
type Kind string

// The kinds.
const (
	Now3Years Kind = "nu-3jaar"  // how relevant are we now, and in three years
	Journey   Kind = "klantreis" // the steps of a client, and how they should feel
	// Training is the office's one stream of lessons that became actions. It has no
	// phases and no participants.
	Training Kind = "training"
)

// Kinds lists what people can start.
func Kinds() []Kind { return []Kind{Now3Years, Journey} }

// Mode is how a session is held.
type Mode string

// The modes.
const (
	Async Mode = "asynchroon" // everybody in their own time, a deadline a phase in working days
	Live  Mode = "live"       // together, a timer a phase in minutes
	// Mixed: everybody thinks and writes in their own time, and the rest waits until
	// whoever leads begins the talk (Switched, to Live).
	Mixed Mode = "eerst-schrijven"
)

// Modes lists them.
func Modes() []Mode { return []Mode{Async, Mixed, Live} }

// In returns how phase p is held: Async, Live, or Mixed where it waits for the talk.
func (m Mode) In(p Phase) Mode {
	if m == Mixed && (p == Facts || p == Writing || p == Wishing || p == Stepping) {
		return Async
	}
	return m
}

// Awaits reports whether s waits for whoever leads it to begin the talk.
func (s *State) Awaits() bool {
	return s.Status == Running && s.Phase != Concluded && s.Mode.In(s.Phase) == Mixed
}

// Phase is a part of a session.
type Phase string

// The phases. Which of them a session has, and in what order, PhasesOf says.
const (
	Facts      Phase = "feitenkaart"
	Writing    Phase = "schrijven"
	Clustering Phase = "groeperen"
	Voting     Phase = "stemmen"
	Discussing Phase = "bespreken"
	Acting     Phase = "acties"
	Concluded  Phase = "uitkomst" // the outcome is there; only its actions go on
	Wishing    Phase = "wens"     // klantreis: the experience wanted
	Stepping   Phase = "stappen"  // klantreis: what the client does, thinks and feels
)

// PhasesOf returns the phases of a kind in their order.
func PhasesOf(k Kind) []Phase {
	switch k {
	case Now3Years:
		return []Phase{Facts, Writing, Clustering, Voting, Discussing, Acting, Concluded}
	case Journey:
		return []Phase{Wishing, Stepping, Voting, Acting, Concluded}
	}
	return nil
}

// Limits of a session.
const (
	FewestParticipants = 3
	MostParticipants   = 12
	MostEach           = 3   // cards of one person on one place: a horizon, the wish, a field of a step
	LongestText        = 200 // characters (runes) of a card, a name or a part of an action
	LongestSource      = 200
	MostProposed       = 7 // clusters in a proposal
	MostClusters       = 12
	MostSteps          = 7
	Dots               = 3 // of one person on one horizon
	MostDots           = 2 // of one person on one cluster and horizon
	TopClusters        = 3 // that are discussed
	MostChosen         = 5 // clients that a manager chooses
	MostActions        = 30
	Fewest             = 5 // distinct persons below whom no median, spread or mean is shown
)

// Term is how long a phase lasts: in working days when everybody takes their own
// time, in minutes when live. 0: it has no deadline.
type Term struct {
	Phase   Phase `json:"phase"`
	Days    int   `json:"days,omitempty"`
	Minutes int   `json:"minutes,omitempty"`
}

// DefaultTerms returns two working days a phase, and for a live session the 45
// minutes of a meeting (an hour for a klantreis). The outcome has no deadline.
func DefaultTerms(k Kind) []Term {
	minutes := map[Phase]int{Facts: 5, Writing: 8, Clustering: 7, Voting: 3, Discussing: 15, Acting: 7}
	if k == Journey {
		minutes = map[Phase]int{Wishing: 8, Stepping: 30, Voting: 7, Acting: 15}
	}
	var terms []Term
	for _, p := range PhasesOf(k) {
		if p != Concluded {
			terms = append(terms, Term{Phase: p, Days: 2, Minutes: minutes[p]})
		}
	}
	return terms
}

// WorkingDays returns the same time of day n working days (Monday to Friday, in
// t's own location) after t; from a weekend it counts on from Friday, so that one
// working day after Saturday is Monday. Holidays are not known: extend the phase.
func WorkingDays(t time.Time, n int) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, -1)
	}
	t, n = t.AddDate(0, 0, n/5*7), n%5
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			n--
		}
	}
	return t
}

// DefaultSteps are the phases of a client's journey that an office begins with.
func DefaultSteps() []string {
	return []string{"kennismaking", "offerte", "onboarding (Wwft)", "lopend jaar", "jaarrekening en aangifte", "adviesgesprek", "verlengen of vertrek"}
}

// index is the place of p in the kind's phases, -1 when it is not one of them.
func index(k Kind, p Phase) int { return slices.Index(PhasesOf(k), p) }
