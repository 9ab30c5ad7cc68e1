package session

import (
	"slices"

	"klantbot/analysis"
)

// StepID identifies a step of the journey within its session.
type StepID int

// Step is a phase of the client's journey.
type Step struct {
	ID   StepID `json:"id,omitempty"`
	Name string `json:"name"`
}

// Stepped edits the steps: 1 to MostSteps in their order. A step keeps its ID
// under another name; one without is new. What was said of a step that goes is
// kept, and comes back with an undo.
type Stepped struct {
	Base  int    `json:"base"` // State.StepsSeq when the form was opened
	Steps []Step `json:"steps"`
}

// Name fulfils Body.
func (Stepped) Name() string { return "stepped" }

func (b Stepped) check(s *State, _ Event) error {
	switch {
	case s.Kind != Journey:
		return invalid("session.phase", nil)
	case b.Base != s.stepsSeq:
		return invalid("session.step.changed", nil)
	case len(b.Steps) < 1 || len(b.Steps) > MostSteps:
		return invalid("session.step.count", analysis.Args{"most": MostSteps})
	}
	seen := map[StepID]bool{}
	for _, x := range b.Steps {
		if x.ID != 0 && (seen[x.ID] || !slices.ContainsFunc(s.Steps, func(y Step) bool { return y.ID == x.ID })) {
			return invalid("session.step_gone", nil)
		}
		seen[x.ID] = true
		if _, err := Clean(x.Name, LongestText); err != nil {
			return err
		}
	}
	return nil
}

func (b Stepped) apply(s *State, e Event) {
	steps := make([]Step, len(b.Steps))
	for i, x := range b.Steps {
		if x.ID == 0 {
			x.ID = StepID(e.Seq*(MostSteps+1) + i)
		}
		steps[i] = Step{x.ID, cleaned(x.Name)}
	}
	s.Steps, s.stepsSeq = steps, e.Seq
	s.showFeelings()
}

// StepsSeq is what a form that edits the steps carries as Stepped.Base.
func (s *State) StepsSeq() int { return s.stepsSeq }

// Felt says how the client feels in a step, 1 (bad) to 5 (good), in the place of
// what the same person said before.
type Felt struct {
	Step    StepID `json:"step"`
	Feeling int    `json:"feeling"`
}

// Name fulfils Body.
func (Felt) Name() string { return "felt" }

func (b Felt) check(s *State, _ Event) error {
	switch {
	case !slices.ContainsFunc(s.Steps, func(x Step) bool { return x.ID == b.Step }):
		return invalid("session.step_gone", nil)
	case b.Feeling < 1 || b.Feeling > 5:
		return invalid("session.feeling", nil)
	case s.shown[b.Step]:
		return invalid("session.feeling_shown", nil)
	}
	return nil
}

func (b Felt) apply(s *State, e Event) {
	if s.felt[b.Step] == nil {
		s.felt[b.Step] = map[analysis.UserID]int{}
	}
	s.felt[b.Step][e.By] = b.Feeling
	s.showFeelings()
}

// showFeelings opens the feelings of each step that everybody is in for, and of
// all once the phase is over. What was shown takes no more answers: with one more
// person the difference would tell what they said.
func (s *State) showFeelings() {
	if s.Kind != Journey {
		return
	}
	active := s.Active()
	for _, x := range s.Steps {
		given := s.felt[x.ID]
		everybody := len(given) > 0 && !slices.ContainsFunc(active, func(u analysis.UserID) bool { return given[u] == 0 })
		if everybody || s.Passed(Stepping) {
			s.shown[x.ID] = true
		}
	}
}

// mostAmbition bounds the words of the ambition.
const mostAmbition = 6

// AmbitionChosen are the words for the experience wanted, chosen from the wishes.
type AmbitionChosen struct {
	Words []string `json:"words"` // 1 to 6
}

// Name fulfils Body.
func (AmbitionChosen) Name() string { return "ambition" }

func (b AmbitionChosen) check(s *State, _ Event) error {
	if s.Kind != Journey || len(b.Words) < 1 || len(b.Words) > mostAmbition {
		return invalid("session.ambition", analysis.Args{"most": mostAmbition})
	}
	for _, w := range b.Words {
		if _, err := Clean(w, LongestText); err != nil {
			return err
		}
	}
	return nil
}

func (b AmbitionChosen) apply(s *State, _ Event) {
	s.Ambition = nil
	for _, w := range b.Words {
		s.Ambition = append(s.Ambition, cleaned(w))
	}
}
