package session

import (
	"slices"

	"klantbot/analysis"
)

// ClusterID identifies a cluster of cards within its session. (Groep is what
// people see; a Group is a relatiegroep.)
type ClusterID int

// Cluster is a group of cards that say much the same.
type Cluster struct {
	ID    ClusterID
	Name  string
	Cards []CardID
}

// firstOf leaves room for the clusters that one event makes.
func firstOf(e Event) ClusterID { return ClusterID(e.Seq * (MostClusters + 1)) }

// Clustered puts a proposal in the place of all clusters: at most MostProposed.
// Cards in none of them stay loose. Opposed are pairs that contradict each other.
// Model: a language model sorted them.
type Clustered struct {
	Clusters []Proposed  `json:"clusters"`
	Opposed  [][2]CardID `json:"opposed,omitempty"`
	Model    bool        `json:"model,omitempty"`
}

// Proposed is one cluster of a proposal.
type Proposed struct {
	Name  string   `json:"name"`
	Cards []CardID `json:"cards"`
}

// Name fulfils Body.
func (Clustered) Name() string { return "clustered" }

func (b Clustered) check(s *State, _ Event) error {
	if len(b.Clusters) > MostProposed {
		return invalid("session.cluster.proposed", analysis.Args{"most": MostProposed})
	}
	in := map[CardID]int{}
	for i, p := range b.Clusters {
		if _, err := Clean(p.Name, LongestText); err != nil {
			return err
		}
		for _, id := range p.Cards {
			if c := s.card(id); c == nil || !c.shown || !c.groupable() || in[id] != 0 {
				return invalid("session.card.gone", nil)
			}
			in[id] = i + 1
		}
	}
	for _, pair := range slices.Concat(b.Opposed, s.opposed) {
		if pair[0] == pair[1] || in[pair[0]] != 0 && in[pair[0]] == in[pair[1]] {
			return invalid("session.cluster.opposed", nil)
		}
	}
	return nil
}

func (b Clustered) apply(s *State, e Event) {
	s.Clusters = nil
	for i, p := range b.Clusters {
		s.Clusters = append(s.Clusters, Cluster{ID: firstOf(e) + ClusterID(i), Name: cleaned(p.Name), Cards: slices.Clone(p.Cards)})
	}
	s.opposed = append(slices.Clone(s.opposed), b.Opposed...)
	s.ByModel = b.Model
}

// Merged puts the cards of From into Into. Dots that were given go with them, as
// far as one person may give them.
type Merged struct {
	Into ClusterID `json:"into"`
	From ClusterID `json:"from"`
}

// Name fulfils Body.
func (Merged) Name() string { return "merged" }

func (b Merged) check(s *State, _ Event) error {
	into, from := s.cluster(b.Into), s.cluster(b.From)
	switch {
	case into == nil || from == nil:
		return invalid("session.cluster_gone", nil)
	case b.Into == b.From:
		return invalid("session.cluster.itself", nil)
	case s.contradict(into.Cards, from.Cards):
		return invalid("session.cluster.opposed", nil)
	}
	return nil
}

func (b Merged) apply(s *State, _ Event) {
	into, from := s.cluster(b.Into), *s.cluster(b.From)
	into.Cards = append(into.Cards, from.Cards...)
	s.absorb(b.Into, b.From)
	s.Clusters = slices.DeleteFunc(s.Clusters, func(c Cluster) bool { return c.ID == b.From })
}

// Split takes cards out of a cluster into a new one; with Cluster 0 it makes one of
// loose cards, which bring the dots they got. Else dots stay with the old one.
type Split struct {
	Cluster ClusterID `json:"cluster,omitempty"`
	Title   string    `json:"name"`
	Cards   []CardID  `json:"cards"`
}

// Name fulfils Body.
func (Split) Name() string { return "split" }

func (b Split) check(s *State, _ Event) error {
	var from []CardID
	if b.Cluster == 0 {
		for _, c := range s.Loose("") {
			from = append(from, c.ID)
		}
	} else if c := s.cluster(b.Cluster); c != nil {
		from = c.Cards
	} else {
		return invalid("session.cluster_gone", nil)
	}
	cards := slices.Compact(slices.Sorted(slices.Values(b.Cards)))
	switch {
	case len(s.Clusters) >= MostClusters:
		return invalid("session.cluster.most", analysis.Args{"most": MostClusters})
	case len(cards) != len(b.Cards) || len(cards) == 0 || b.Cluster != 0 && len(cards) >= len(from):
		return invalid("session.cluster.split", nil)
	case slices.ContainsFunc(cards, func(id CardID) bool { return !slices.Contains(from, id) }):
		return invalid("session.cluster.changed", nil)
	case s.contradict(cards, cards):
		return invalid("session.cluster.opposed", nil)
	}
	_, err := Clean(b.Title, LongestText)
	return err
}

func (b Split) apply(s *State, e Event) {
	if from := s.cluster(b.Cluster); from != nil {
		from.Cards = slices.DeleteFunc(from.Cards, func(id CardID) bool { return slices.Contains(b.Cards, id) })
	}
	s.Clusters = append(s.Clusters, Cluster{ID: firstOf(e), Name: cleaned(b.Title), Cards: slices.Clone(b.Cards)})
	for _, id := range b.Cards {
		s.absorb(firstOf(e), -ClusterID(id))
	}
}

// Renamed gives a cluster another name. From is the one it had.
type Renamed struct {
	Cluster ClusterID `json:"cluster"`
	From    string    `json:"from"`
	To      string    `json:"to"`
}

// Name fulfils Body.
func (Renamed) Name() string { return "renamed" }

func (b Renamed) check(s *State, _ Event) error {
	c := s.cluster(b.Cluster)
	if c == nil {
		return invalid("session.cluster_gone", nil)
	}
	if c.Name != b.From {
		return invalid("session.cluster.changed", nil)
	}
	_, err := Clean(b.To, LongestText)
	return err
}

func (b Renamed) apply(s *State, _ Event) { s.cluster(b.Cluster).Name = cleaned(b.To) }

// Put moves one card to another cluster, or out of all with Cluster 0. What a loose card
// got goes with it.
type Put struct {
	Card    CardID    `json:"card"`
	Cluster ClusterID `json:"cluster,omitempty"`
}

// Name fulfils Body.
func (Put) Name() string { return "put" }

func (b Put) check(s *State, _ Event) error {
	if c := s.card(b.Card); c == nil || !c.shown || !c.groupable() {
		return invalid("session.card.gone", nil)
	}
	if b.Cluster == 0 {
		return nil
	}
	to := s.cluster(b.Cluster)
	if to == nil {
		return invalid("session.cluster_gone", nil)
	}
	if s.contradict([]CardID{b.Card}, to.Cards) {
		return invalid("session.cluster.opposed", nil)
	}
	return nil
}

func (b Put) apply(s *State, _ Event) {
	for i := range s.Clusters {
		c := &s.Clusters[i]
		c.Cards = slices.DeleteFunc(c.Cards, func(id CardID) bool { return id == b.Card })
	}
	if to := s.cluster(b.Cluster); to != nil {
		to.Cards = append(to.Cards, b.Card)
		s.absorb(b.Cluster, -ClusterID(b.Card))
	}
}

// Opposed says that two cards contradict each other: they never share a cluster.
type Opposed struct {
	Card  CardID `json:"card"`
	Other CardID `json:"other"`
}

// Name fulfils Body.
func (Opposed) Name() string { return "opposed" }

func (b Opposed) check(s *State, _ Event) error {
	a, other := s.card(b.Card), s.card(b.Other)
	switch {
	case a == nil || other == nil || !a.shown || !other.shown:
		return invalid("session.card.gone", nil)
	case a == other:
		return invalid("session.card.itself", nil)
	}
	for _, c := range s.Clusters {
		if slices.Contains(c.Cards, b.Card) && slices.Contains(c.Cards, b.Other) {
			return invalid("session.cluster.together", nil)
		}
	}
	return nil
}

func (b Opposed) apply(s *State, _ Event) {
	s.opposed = append(slices.Clone(s.opposed), [2]CardID{b.Card, b.Other})
}

// contradict reports whether a card of a and one of b are opposed.
func (s *State) contradict(a, b []CardID) bool {
	for _, pair := range s.opposed {
		if slices.Contains(a, pair[0]) && slices.Contains(b, pair[1]) || slices.Contains(a, pair[1]) && slices.Contains(b, pair[0]) {
			return true
		}
	}
	return false
}

func (s *State) cluster(id ClusterID) *Cluster {
	for i := range s.Clusters {
		if s.Clusters[i].ID == id {
			return &s.Clusters[i]
		}
	}
	return nil
}
