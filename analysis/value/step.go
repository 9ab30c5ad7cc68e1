package value

import (
	"slices"

	"klantbot/analysis"
)

// Situation is what the next steps of a group follow from.
type Situation struct {
	Segment analysis.Segment
	Type    analysis.ClientType
	Cell    analysis.MatrixCell
	// LateDays is how long the most overdue attention moment is overdue; 0 where
	// nothing is.
	LateDays   int
	Contacts   int // contact persons known
	Whitespace []Whitespace
	Departure  Departure
}

// Step is something to do next, worded by the catalogue.
type Step struct {
	Key      string
	Args     analysis.Args // a service is an analysis.ServiceID, money is Cents
	Priority int           // 1 is the most urgent
}

// mostSteps is how many steps a card carries: more is a list nobody does.
const mostSteps = 3

// NextSteps returns the at most three steps that fit a group, most urgent first:
// keep it before growing it, and grow only what can grow.
//
// The order: a departure signal (one step, for the strongest), a high value
// that rates us low, overdue attention, no contact person; then for a group of
// high value a second contact person and, unmeasured, a request for its rating;
// last an unused service, which comes second for an ontwikkelklant and not at
// all for a transactionele klant. A D group gets no attention of its own, so
// nothing of it is overdue. Source: issue 3, "Strategy"; the order is our choice.
func NextSteps(s Situation) []Step {
	candidates := []Step{s.departing(), s.recovering(), s.late(), s.contact(), s.rating()}
	place := len(candidates)
	if s.Type == analysis.Developing {
		place = 1
	}
	candidates = slices.Insert(candidates, place, s.unused())
	var steps []Step
	for _, step := range candidates {
		if step.Key != "" && len(steps) < mostSteps {
			step.Priority = len(steps) + 1
			steps = append(steps, step)
		}
	}
	return steps
}

func (s Situation) departing() Step {
	d := s.Departure
	switch {
	case len(d.Stopped) > 0:
		return Step{Key: "step.stopped", Args: analysis.Args{"service": d.Stopped[0]}}
	case d.Drop > 0:
		return Step{Key: "step.drop", Args: analysis.Args{"percent": d.Drop}}
	case d.Fewer:
		return Step{Key: "step.fewer", Args: analysis.Args{"n": int(d.Contacts), "before": d.Before}}
	}
	return Step{}
}

func (s Situation) recovering() Step {
	if s.Cell != analysis.Recover {
		return Step{}
	}
	return Step{Key: "step.recover"}
}

func (s Situation) late() Step {
	if s.LateDays <= 0 || s.Segment == analysis.SegmentD {
		return Step{}
	}
	return Step{Key: "step.late", Args: analysis.Args{"n": s.LateDays}}
}

func (s Situation) contact() Step {
	switch {
	case s.Contacts == 0:
		return Step{Key: "step.no_contact"}
	case s.Contacts == 1 && s.Segment.High():
		return Step{Key: "step.second_contact"}
	}
	return Step{}
}

func (s Situation) rating() Step {
	if s.Cell != analysis.NotMeasured || !s.Segment.High() {
		return Step{}
	}
	return Step{Key: "step.measure"}
}

func (s Situation) unused() Step {
	if len(s.Whitespace) == 0 || s.Type == analysis.Transactional {
		return Step{}
	}
	best := s.Whitespace[0]
	return Step{Key: "step.unused", Args: analysis.Args{"service": best.Service, "amount": best.Amount}}
}
