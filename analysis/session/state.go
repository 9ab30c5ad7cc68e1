package session

import (
	"slices"
	"time"

	"klantbot/analysis"
)

// Status says whether a session goes on.
type Status string

// The statuses. A session that reached its outcome is Running in phase Concluded:
// it can be reopened, and its actions go on.
const (
	Running Status = "loopt"
	Resting Status = "gepauzeerd"
	Stopped Status = "gestopt" // called off, or forgotten; actions go on
)

// State is a session as its events left it. What people may not see yet, or of
// whom, is not among the fields: Cards, Tally, Feelings and the like say what a
// viewer may.
type State struct {
	ID          ID
	Seq         int // of the last event
	Kind        Kind
	Mode        Mode
	Goal        string // in the words of who began it; may be empty
	Subject     Subject
	Channel     analysis.ChannelID
	By          analysis.UserID // who began it
	Begun       time.Time
	Facilitator analysis.UserID // empty: they left; see CanTakeOver
	Status      Status
	Why         Why // of a pause or an end
	Phase       Phase
	Since       time.Time // when the phase began
	Deadline    time.Time // of the phase; zero: none. It stands still in a pause
	// Visit is the seq of the event that began the phase: it tells a phase from
	// the same phase after a reopening, for keys of reminders.
	Visit        int
	Last         time.Time          // when something happened last
	Chosen       []analysis.GroupID // the clients of a portfolio
	Participants []Participant
	Terms        []Term
	// NamedFeelings: fewer than Fewest took part when it began, so that feelings
	// are shown by name. It is said beforehand and does not change.
	NamedFeelings bool
	Ambition      []string // klantreis: the words for the experience wanted
	Steps         []Step   // klantreis: phases of the client's journey, in order
	Clusters      []Cluster
	ByModel       bool // a language model made the proposal that the clusters began as
	Actions       []Action

	anonymous []Phase
	cards     []Card
	ballots   map[analysis.UserID]map[Horizon][]Dot
	weights   map[analysis.UserID]map[CardID]Weight
	felt      map[StepID]map[analysis.UserID]int
	shown     map[StepID]bool // feelings that were shown: no more are taken
	ready     map[Phase]map[analysis.UserID]bool
	decided   map[ClusterID]map[Horizon]Choice
	opposed   [][2]CardID
	keys      map[string]bool
	pausedAt  time.Time
	stepsSeq  int     // of the last Stepped
	undos     [3]undo // by chain
	furthest  int     // index of the furthest phase reached
}

// Participant is somebody who takes part, or did.
type Participant struct {
	User    analysis.UserID
	Removed bool
}

// Active returns who takes part now, in the order in which they came.
func (s *State) Active() []analysis.UserID {
	var users []analysis.UserID
	for _, p := range s.Participants {
		if !p.Removed {
			users = append(users, p.User)
		}
	}
	return users
}

// TakesPart reports whether user takes part now.
func (s *State) TakesPart(user analysis.UserID) bool {
	return user != "" && slices.Contains(s.Participants, Participant{User: user})
}

// Anonymous reports whether it is never shown who wrote what in phase p.
func (s *State) Anonymous(p Phase) bool { return slices.Contains(s.anonymous, p) }

// Seen reports whether the request with key was handled: nothing is done again.
func (s *State) Seen(key string) bool { return key != "" && s.keys[key] }

// Passed reports whether the session is beyond phase p of its kind.
func (s *State) Passed(p Phase) bool {
	at := index(s.Kind, p)
	return at >= 0 && index(s.Kind, s.Phase) > at
}

// Next returns the phase after the present one; false at the outcome.
func (s *State) Next() (Phase, bool) {
	phases := PhasesOf(s.Kind)
	if i := slices.Index(phases, s.Phase); i >= 0 && i+1 < len(phases) {
		return phases[i+1], true
	}
	return "", false
}

// Done reports whether the session has its outcome or was stopped.
func (s *State) Done() bool { return s.Status == Stopped || s.Phase == Concluded }
