package session

import (
	"slices"

	"klantbot/analysis"
)

// Row is one line of the outcome: what to do about a cluster, now or in three years.
type Row struct {
	Horizon Horizon // a column
	Choice  Choice
	Cluster Cluster
	Dots    int // on this horizon
	Voters  int // on either
	Cards   []Card
	Sources []string // of its cards, each once
	// Decided: people chose it; else it is what the cards propose.
	Decided bool
}

// Outcome is what a session nu-3jaar comes to: for each column and choice the
// topics, most dots first, but for loose cards without dots. It is empty while voting is
// not closed.
func (s *State) Outcome() []Row {
	tally, _ := s.Tally()
	var rows []Row
	for _, h := range Columns() {
		var column []Row
		for _, t := range tally {
			if t.Cluster.Alone() && t.Total == 0 { // nobody found it matters
				continue
			}
			choice, decided := s.Choice(t.Cluster.ID, h)
			if choice == NoChoice {
				continue
			}
			cards := s.CardsOf("", t.Cluster)
			column = append(column, Row{Horizon: h, Choice: choice, Cluster: t.Cluster, Dots: t.Dots[h], Voters: t.Voters,
				Cards: cards, Sources: sources(cards), Decided: decided})
		}
		analysis.Sort(column, func(a, b Row) int {
			if a.Choice != b.Choice {
				return slices.Index(Choices(), a.Choice) - slices.Index(Choices(), b.Choice)
			}
			return b.Dots - a.Dots
		})
		rows = append(rows, column...)
	}
	return rows
}

func sources(cards []Card) []string {
	var all []string
	for _, c := range cards {
		if c.Source != "" && !slices.Contains(all, c.Source) {
			all = append(all, c.Source)
		}
	}
	return all
}

// Choice returns what is to be done about a cluster on a horizon, and whether
// people decided so. Until they do the cards propose (our choice): now, keep what
// is relevant now and begin with what clients are not aware of yet; in three
// years, stop with what more cards see disappear than see relevant then, keep what
// is relevant both times, and begin with the rest of what will be.
func (s *State) Choice(id ClusterID, h Horizon) (choice Choice, decided bool) {
	if c, ok := s.decided[id][h]; ok {
		return c, true
	}
	c, ok := s.Cluster(id)
	if !ok {
		return NoChoice, false
	}
	n := map[Horizon]int{}
	for _, card := range s.CardsOf("", c) {
		n[card.Horizon]++
	}
	switch {
	case h == Now && n[Now] > 0:
		return Keep, false
	case h == Now && n[Unaware] > 0:
		return Start, false
	case h == Later && n[Disappears] > n[Later]:
		return Stop, false
	case h == Later && n[Later] > 0 && n[Now] > 0:
		return Keep, false
	case h == Later && n[Later]+n[Unaware] > 0:
		return Start, false
	}
	return NoChoice, false
}
