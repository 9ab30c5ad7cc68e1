package session

import (
	"fmt"
	"testing"
)

// TestClusters: sixty cards in one cluster, opposites apart, dots that go along.
func TestClusters(t *testing.T) {
	p := now3Years(t, 12)
	for _, u := range people(12) {
		for _, h := range Horizons()[:2] {
			for i := range MostEach {
				p.do(u, wrote(h, fmt.Sprint(u, h, i)))
			}
		}
	}
	s := p.to(Clustering)
	var ids []CardID
	for _, c := range s.Cards("") {
		ids = append(ids, c.ID)
	}
	p.do("U1", Clustered{Clusters: []Proposed{{"alles", ids[:60]}, {"rest", ids[60:]}}, Opposed: [][2]CardID{{ids[0], ids[70]}}})
	s = p.state()
	big, rest := s.Clusters[0].ID, s.Clusters[1].ID
	want(t, "loose", len(s.Loose("")), 0)
	p.refused("U2", Merged{big, rest}, "session.cluster.opposed")
	p.refused("U2", Put{ids[70], big}, "session.cluster.opposed")
	p.refused("U2", Split{Title: "los", Cards: ids[:1]}, "session.cluster.changed")
	p.do("U2", Put{Card: ids[71]})
	p.do("U2", Split{Title: "los", Cards: ids[71:72]})
	want(t, "a cluster of what was loose", len(p.state().Clusters), 3)
	undo, _ := p.state().LastStep(false)
	p.do("U2", undo)
	p.refused("U2", Split{Cluster: big, Title: "alles", Cards: ids[:60]}, "session.cluster.split")
	p.do("U2", Split{Cluster: big, Title: "apart", Cards: ids[:1]})
	p.do("U3", Merged{big, rest})
	undo, _ = p.state().LastStep(false)
	p.refused("U2", undo, "session.facilitator_only")
	p.do("U3", undo)
	want(t, "undone", len(p.state().Clusters), 3)
	p.to(Voting)
	p.do("U4", Voted{Now, []Dot{{big, 2}, {rest, 1}}})
	p.do("U1", p.state().To(Clustering, p.at))
	p.do("U1", Merged{rest, big})
	s = p.to(Voting)
	want(t, "dots go along", fmt.Sprint(s.Ballot("U4", Now)), fmt.Sprintf("[{%d 2}]", rest))
	p.refused("U5", Voted{Now, []Dot{{big, 1}}}, "session.cluster_gone")
}
