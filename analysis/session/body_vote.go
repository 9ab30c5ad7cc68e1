package session

import (
	"slices"

	"klantbot/analysis"
)

// Dot is how many dots one person gives one topic, 1..MostDots.
type Dot struct {
	Cluster ClusterID `json:"cluster"`
	Dots    int       `json:"dots"`
}

// Voted is somebody's whole ballot for one horizon, in the place of the one
// before: at most Dots dots, at most MostDots on one cluster.
type Voted struct {
	Horizon Horizon `json:"horizon"`
	Dots    []Dot   `json:"dots,omitempty"`
}

// Name fulfils Body.
func (Voted) Name() string { return "voted" }

func (b Voted) check(s *State, _ Event) error {
	if s.Kind != Now3Years || !slices.Contains(Columns(), b.Horizon) {
		return invalid("session.vote.horizon", nil)
	}
	sum, on := 0, map[ClusterID]bool{}
	for _, d := range b.Dots {
		_, there := s.topic(d.Cluster)
		switch {
		case !there:
			return invalid("session.cluster_gone", nil)
		case d.Dots < 1 || d.Dots > MostDots || on[d.Cluster]:
			return invalid("session.vote.one", analysis.Args{"most": MostDots})
		}
		sum, on[d.Cluster] = sum+d.Dots, true
	}
	if sum > Dots {
		return invalid("session.vote.most", analysis.Args{"n": sum, "most": Dots})
	}
	return nil
}

func (b Voted) apply(s *State, e Event) {
	if s.ballots[e.By] == nil {
		s.ballots[e.By] = map[Horizon][]Dot{}
	}
	s.ballots[e.By][b.Horizon] = slices.Clone(b.Dots)
}

// mergedDots is a ballot after from became part of into.
func mergedDots(dots []Dot, into, from ClusterID) []Dot {
	i := slices.IndexFunc(dots, func(d Dot) bool { return d.Cluster == from })
	if i < 0 {
		return dots
	}
	dots = slices.Clone(dots)
	if j := slices.IndexFunc(dots, func(d Dot) bool { return d.Cluster == into }); j >= 0 {
		dots[j].Dots = min(dots[j].Dots+dots[i].Dots, MostDots)
		return slices.Delete(dots, i, i+1)
	}
	dots[i].Cluster = into
	return dots
}

// Weight is what one person thinks of an opportunity of the journey.
type Weight struct {
	Impact int `json:"impact"` // for the client, 1 (little) to 5
	Effort int `json:"effort"` // ours, 1 (little) to 5
}

// Weighed gives an opportunity a weight, in the place of the one before.
type Weighed struct {
	Card CardID `json:"card"`
	Weight
}

// Name fulfils Body.
func (Weighed) Name() string { return "weighed" }

func (b Weighed) check(s *State, _ Event) error {
	c := s.card(b.Card)
	switch {
	case c == nil || c.Field != Opportunity:
		return invalid("session.card.gone", nil)
	case b.Impact < 1 || b.Impact > 5 || b.Effort < 1 || b.Effort > 5:
		return invalid("session.vote.weight", nil)
	}
	return nil
}

func (b Weighed) apply(s *State, e Event) {
	if s.weights[e.By] == nil {
		s.weights[e.By] = map[CardID]Weight{}
	}
	s.weights[e.By][b.Card] = b.Weight
}

// Choice is what the outcome says to do.
type Choice string

// The choices; NoChoice leaves the cluster out of that column of the outcome.
const (
	Keep     Choice = "houden"
	Start    Choice = "beginnen"
	Stop     Choice = "stoppen"
	NoChoice Choice = "niets"
)

// Choices lists them as the outcome shows them.
func Choices() []Choice { return []Choice{Keep, Start, Stop} }

// Decided says what to do about a cluster now or in three years, in the place of
// what its cards propose.
type Decided struct {
	Cluster ClusterID `json:"cluster"`
	Horizon Horizon   `json:"horizon"`
	Choice  Choice    `json:"choice"`
}

// Name fulfils Body.
func (Decided) Name() string { return "decided" }

func (b Decided) check(s *State, _ Event) error {
	_, there := s.topic(b.Cluster)
	switch {
	case !there:
		return invalid("session.cluster_gone", nil)
	case !slices.Contains(Columns(), b.Horizon) || b.Choice != NoChoice && !slices.Contains(Choices(), b.Choice):
		return invalid("session.choice", nil)
	}
	return nil
}

func (b Decided) apply(s *State, _ Event) {
	if s.decided[b.Cluster] == nil {
		s.decided[b.Cluster] = map[Horizon]Choice{}
	}
	s.decided[b.Cluster][b.Horizon] = b.Choice
}
