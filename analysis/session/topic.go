package session

// What people vote on and talk of is a topic: a cluster, or a card that is in none,
// which is a cluster of one. Such a one is not kept anywhere: its id is minus that of
// the card, its name is what the card says, and it ends when the card is put somewhere.

// alone is the topic that a loose card is.
func alone(c Card) Cluster { return Cluster{ID: -ClusterID(c.ID), Name: c.Text, Cards: []CardID{c.ID}} }

// Alone reports whether c is a loose card and no group that people made.
func (c Cluster) Alone() bool { return c.ID < 0 }

// Topics returns the clusters, and after them each loose card by itself.
func (s *State) Topics() []Cluster {
	all := append([]Cluster(nil), s.Clusters...)
	for _, c := range s.Loose("") {
		all = append(all, alone(c))
	}
	return all
}

// topic returns a cluster, or the loose card that id stands for.
func (s *State) topic(id ClusterID) (Cluster, bool) {
	if id >= 0 {
		if c := s.cluster(id); c != nil {
			return *c, true
		}
		return Cluster{}, false
	}
	c := s.card(CardID(-id))
	if c == nil || !c.shown || !c.groupable() {
		return Cluster{}, false
	}
	for _, of := range s.Clusters {
		for _, in := range of.Cards {
			if in == c.ID {
				return Cluster{}, false
			}
		}
	}
	return alone(*c), true
}

// groupable reports whether c is one of the cards that are grouped: of the silent
// writing, not of the talk about it or of a journey.
func (c Card) groupable() bool { return c.Horizon != "" && c.Horizon != Wished }

// absorb has into take over what was given to from and said about it: dots as far as
// one person may give them.
func (s *State) absorb(into, from ClusterID) {
	for _, horizons := range s.ballots {
		for h, dots := range horizons {
			horizons[h] = mergedDots(dots, into, from)
		}
	}
	for i := range s.cards {
		if s.cards[i].Cluster == from {
			s.cards[i].Cluster = into
		}
	}
}
