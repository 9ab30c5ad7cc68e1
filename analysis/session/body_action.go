package session

import (
	"slices"
	"time"

	"klantbot/analysis"
)

// ActionID is the seq of the event that agreed on an action.
type ActionID int

// ActionState is how far an action is.
type ActionState string

// The states. A moved action is open with a later date.
const (
	Open    ActionState = "open"
	Done    ActionState = "gedaan"
	Delayed ActionState = "verzet"
	Dropped ActionState = "vervallen"
)

// Action is what somebody does before a date.
type Action struct {
	ID      ActionID
	Owner   analysis.UserID
	Due     analysis.Day
	When    string // "Als ..."
	Then    string // "dan ...": what is done; never empty
	Theme   string
	Cluster ClusterID        // what it came of; 0: nothing in particular
	Step    StepID           // of the journey; 0: none in particular
	Group   analysis.GroupID // the relatiegroep it is for; 0: none in particular
	By      analysis.UserID  // who wrote it down
	At      time.Time
	State   ActionState
	History []Change // newest last
}

// Pending reports whether it is still to be done: open or moved.
func (a Action) Pending() bool { return a.State == Open || a.State == Delayed }

// Change is one event in the life of an action.
type Change struct {
	At     time.Time
	By     analysis.UserID
	State  ActionState
	Due    analysis.Day
	Owner  analysis.UserID
	Reason string
}

// Agreed adds an action. There is none without an owner and a date.
type Agreed struct {
	Owner   analysis.UserID  `json:"owner"`
	Due     analysis.Day     `json:"due"`
	When    string           `json:"when,omitempty"`
	Then    string           `json:"then"`
	Theme   string           `json:"theme,omitempty"`
	Cluster ClusterID        `json:"cluster,omitempty"`
	Step    StepID           `json:"step,omitempty"`
	Group   analysis.GroupID `json:"group,omitempty"` // empty: the one the session is about
}

// Name fulfils Body.
func (Agreed) Name() string { return "agreed" }

func (b Agreed) check(s *State, e Event) error {
	switch {
	case b.Owner == "":
		return invalid("session.action.owner", nil)
	case !b.Due.Known() || b.Due < analysis.DayOf(e.At) || b.Due > analysis.DayOf(e.At).AddMonths(latest):
		return invalid("session.action.due", nil)
	case len(s.Actions) >= MostActions && s.Kind != Training:
		return invalid("session.action.most", analysis.Args{"most": MostActions})
	}
	for _, text := range []string{b.When, b.Theme} {
		if err := written(text, LongestText); err != nil {
			return err
		}
	}
	_, err := Clean(b.Then, LongestText)
	return err
}

// latest is how many months ahead an action may be due.
const latest = 36

func (b Agreed) apply(s *State, e Event) {
	if b.Group == 0 {
		b.Group = s.Subject.Group
	}
	a := Action{ID: ActionID(e.Seq), Owner: b.Owner, Due: b.Due, When: cleaned(b.When), Then: cleaned(b.Then), Theme: cleaned(b.Theme),
		Cluster: b.Cluster, Step: b.Step, Group: b.Group, By: e.By, At: e.At, State: Open}
	a.History = []Change{{At: e.At, By: e.By, State: Open, Due: b.Due, Owner: b.Owner}}
	s.Actions = append(s.Actions, a)
}

// Handled changes an action, also after the session ended: done, moved (with a
// new date and a reason), dropped (with a reason), open again, or another owner.
type Handled struct {
	Action ActionID        `json:"action"`
	Base   int             `json:"base"` // how many changes it had when the button was drawn
	State  ActionState     `json:"state"`
	Due    analysis.Day    `json:"due"`             // of Delayed; NoDay: as it was
	Owner  analysis.UserID `json:"owner,omitempty"` // empty: as it was
	Reason string          `json:"reason,omitempty"`
}

// Name fulfils Body.
func (Handled) Name() string { return "handled" }

func (b Handled) check(s *State, e Event) error {
	a := s.Action(b.Action)
	switch {
	case a == nil:
		return analysis.Fail(analysis.NotFound, "session.action.gone", nil)
	case b.Base != len(a.History):
		return invalid("session.action.changed", nil)
	case !slices.Contains([]ActionState{Open, Done, Delayed, Dropped}, b.State):
		return invalid("session.action.state", nil)
	case b.State == a.State && (b.Owner == "" || b.Owner == a.Owner) && b.State != Delayed:
		return invalid("session.action.already", nil)
	case b.State == Delayed && (!b.Due.Known() || b.Due < analysis.DayOf(e.At) || b.Due > analysis.DayOf(e.At).AddMonths(latest)):
		return invalid("session.action.due", nil)
	case (b.State == Delayed || b.State == Dropped) && b.State != a.State || b.State == Delayed && b.Due != a.Due:
		_, err := Clean(b.Reason, LongestText)
		if err != nil && cleaned(b.Reason) == "" {
			return invalid("session.action.reason", nil)
		}
		return err
	}
	return written(b.Reason, LongestText)
}

func (b Handled) apply(s *State, e Event) {
	a := s.Action(b.Action)
	a.State = b.State
	if b.State == Delayed {
		a.Due = b.Due
	}
	if b.Owner != "" {
		a.Owner = b.Owner
	}
	a.History = append(a.History, Change{e.At, e.By, a.State, a.Due, a.Owner, cleaned(b.Reason)})
}

// Action returns the action with id, nil where there is none. The State owns it.
func (s *State) Action(id ActionID) *Action {
	for i := range s.Actions {
		if s.Actions[i].ID == id {
			return &s.Actions[i]
		}
	}
	return nil
}
