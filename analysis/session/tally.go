package session

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Tally is what a topic got.
type Tally struct {
	Cluster Cluster
	Dots    map[Horizon]int // by column
	Total   int
	Voters  int // distinct persons who gave it a dot
}

// Tally returns every topic with its dots, most first (then most voters, most
// cards, in the order of Topics), and false while voting is not closed: then nobody may see.
func (s *State) Tally() ([]Tally, bool) {
	if !s.Passed(Voting) {
		return nil, false
	}
	topics := s.Topics()
	all := make([]Tally, len(topics))
	for i, c := range topics {
		t := Tally{Cluster: c, Dots: map[Horizon]int{}}
		for _, horizons := range s.ballots {
			gave := 0
			for _, h := range Columns() {
				n := dotsOn(horizons[h], c.ID)
				t.Dots[h] += n
				gave += n
			}
			if t.Total += gave; gave > 0 {
				t.Voters++
			}
		}
		all[i] = t
	}
	// Equals stay as Topics has them: when a card was written is not told.
	analysis.Sort(all, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(b.Voters, a.Voters), cmp.Compare(len(b.Cluster.Cards), len(a.Cluster.Cards)))
	})
	return all, true
}

// Top returns the topics that are discussed: at most TopClusters, those with the
// most dots; none without any.
func (s *State) Top() []Tally {
	all, _ := s.Tally()
	all = slices.DeleteFunc(all, func(t Tally) bool { return t.Total == 0 })
	return all[:min(len(all), TopClusters)]
}

// Ballot returns the dots that user gave on h: their own, whenever.
func (s *State) Ballot(user analysis.UserID, h Horizon) []Dot {
	return slices.DeleteFunc(slices.Clone(s.ballots[user][h]), func(d Dot) bool { _, there := s.topic(d.Cluster); return !there })
}

// Voters counts who voted or weighed.
func (s *State) Voters() int { return len(s.ballots) + len(s.weights) }

func dotsOn(dots []Dot, id ClusterID) int {
	for _, d := range dots {
		if d.Cluster == id {
			return d.Dots
		}
	}
	return 0
}

// Weighing is what an opportunity of the journey got.
type Weighing struct {
	Card   Card
	N      int     // persons; 0: nobody weighed it, and it has no means
	Impact float64 // mean, 1..5
	Effort float64 // mean, 1..5
}

// Weighed returns every opportunity that was weighed, the most impact for the
// least effort (impact - effort) first, and false while voting is not closed.
func (s *State) Weighed() ([]Weighing, bool) {
	if !s.Passed(Voting) {
		return nil, false
	}
	var all []Weighing
	for _, c := range s.cards {
		if c.Field != Opportunity {
			continue
		}
		w := Weighing{Card: c.seenBy(false)}
		for _, of := range s.weights {
			if x, ok := of[c.ID]; ok {
				w.N, w.Impact, w.Effort = w.N+1, w.Impact+float64(x.Impact), w.Effort+float64(x.Effort)
			}
		}
		if w.N > 0 {
			w.Impact, w.Effort = w.Impact/float64(w.N), w.Effort/float64(w.N)
		}
		all = append(all, w)
	}
	analysis.Sort(all, func(a, b Weighing) int {
		return cmp.Or(cmp.Compare(min(b.N, 1), min(a.N, 1)), cmp.Compare(b.Impact-b.Effort, a.Impact-a.Effort), cmp.Compare(b.Impact, a.Impact),
			cmp.Compare(a.Card.ID, b.Card.ID))
	})
	return all, true
}

// Weight returns what user gave opportunity id; false: nothing yet.
func (s *State) Weight(user analysis.UserID, id CardID) (Weight, bool) {
	w, ok := s.weights[user][id]
	return w, ok
}

// BestOpportunities bounds how many opportunities of a journey get an action: 3
// to 5. Source: FEEDBACK.md.
const BestOpportunities = 5
