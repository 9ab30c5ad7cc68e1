package session

import (
	"fmt"
	"testing"
)

// TestTopics: a loose card is voted on, talked of and decided about as a group of one,
// and what it got goes with it when it is put somewhere.
func TestTopics(t *testing.T) {
	p := now3Years(t, 4)
	for i := range MostEach {
		p.do("U2", wrote(Now, fmt.Sprint("kaart ", i)))
	}
	p.to(Clustering)
	cards := p.state().Cards("")
	grouped, loose, other := cards[0].ID, cards[1].ID, cards[2].ID
	p.do("U1", Clustered{Clusters: []Proposed{{"Groep", []CardID{grouped}}}})
	s := p.to(Voting)
	group, one, two := s.Clusters[0].ID, -ClusterID(loose), -ClusterID(other)
	want(t, "topics", len(s.Topics()), 3)
	c, _ := s.Cluster(one)
	want(t, "a group of one", fmt.Sprint(c.Name, c.Cards, c.Alone()), fmt.Sprint(cards[1].Text, []CardID{loose}, true))
	p.do("U2", Voted{Now, []Dot{{one, 2}, {group, 1}}})
	p.do("U3", Voted{Now, []Dot{{one, 1}, {two, 1}}})
	p.refused("U3", Voted{Now, []Dot{{-ClusterID(grouped), 1}}}, "session.cluster_gone")
	p.refused("U3", Voted{Now, []Dot{{-999, 1}}}, "session.cluster_gone")
	p.refused("U3", Voted{Now, []Dot{{one, 3}}}, "session.vote.one")
	s = p.to(Discussing)
	top := s.Top()
	want(t, "top", fmt.Sprint(len(top), top[0].Cluster.ID, top[0].Total, top[0].Voters), fmt.Sprint(3, one, 3, 2))
	p.do("U4", Wrote{Place: Place{Cluster: one, Field: Do}, Text: "doen"})
	p.do("U4", Decided{one, Later, Start})
	want(t, "said of it", len(p.state().CardsAt("", Place{Cluster: one, Field: Do})), 1)
	row := p.state().Outcome()[0]
	want(t, "outcome", fmt.Sprint(row.Cluster.ID, row.Choice, row.Dots), fmt.Sprint(one, Keep, 3))

	// Back to grouping: dots and talk go along, as far as one person may give them.
	p.do("U1", p.state().To(Clustering, p.at))
	p.refused("U1", Merged{Into: group, From: one}, "session.cluster_gone")
	p.refused("U1", Renamed{one, c.Name, "anders"}, "session.cluster_gone")
	p.do("U2", Put{loose, group})
	p.do("U2", Split{Title: "Nieuw", Cards: []CardID{other}})
	s = p.state()
	_, there := s.Cluster(one)
	want(t, "is gone", there, false)
	want(t, "merged dots", fmt.Sprint(s.Ballot("U2", Now)), fmt.Sprintf("[{%d 2}]", group))
	want(t, "its dots", fmt.Sprint(s.Ballot("U3", Now)), fmt.Sprintf("[{%d 1} {%d 1}]", group, s.Clusters[1].ID))
	want(t, "talk goes along", len(s.CardsAt("", Place{Cluster: group, Field: Do})), 1)
	p.do("U2", Put{Card: other})
	want(t, "without dots it is not in the outcome", len(p.to(Acting).Outcome()), 1)
}
