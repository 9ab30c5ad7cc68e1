package session

import (
	"fmt"
	"testing"
	"time"
)

// TestPrompts: a question is asked where everybody agrees and nobody spoke, and
// not where it would be in the way.
func TestPrompts(t *testing.T) {
	concerns := []Concern{{Theme: "opvolging", N: 9}, {Theme: "digitalisering", Words: []string{"portaal"}, N: 9}, {Theme: "groei", N: 4}, {Theme: "personeel", N: 5}}
	p := now3Years(t, 6)
	for i, text := range []string{"Wie volgt de DGA op: opvolging", "Het portaal werkt", "Snel terugbellen"} {
		p.do(people(3)[i], wrote(Now, text))
	}
	asked := func() string {
		s := ""
		for _, x := range Prompts(p.state(), concerns, p.at) {
			s += fmt.Sprint(string(x.Kind), " ", x.Theme, "; ")
		}
		return s
	}
	p.to(Writing)
	want(t, "while people write", asked(), "")
	s := p.to(Clustering)
	want(t, "the first that nobody spoke of", asked(), "silence personeel; ")
	cards := s.Cards("")
	p.do("U1", Clustered{Clusters: []Proposed{{"Mensen en personeel", []CardID{cards[0].ID, cards[1].ID}}, {"Rest", []CardID{cards[2].ID}}}})
	want(t, "a cluster speaks of it", asked(), "")
	s = p.to(Voting)
	for _, u := range people(5) {
		p.do(u, Voted{Now, []Dot{{s.Clusters[0].ID, 1}}})
	}
	s = p.to(Discussing)
	want(t, "everybody agrees", asked(), "other_view ; ")
	p.at = p.at.Add(12 * time.Hour)
	want(t, "in the evening", asked(), "")
	p.at = monday.AddDate(0, 0, 1)
	talk := Place{Cluster: s.Clusters[0].ID, Field: See}
	p.do("U2", Wrote{Place: talk, Text: "ja"})
	want(t, "one spoke", asked(), "other_view ; ")
	p.do("U3", Wrote{Place: talk, Text: "nee"})
	want(t, "two spoke", asked(), "")
	p.do("U1", p.state().To(Voting, p.at))
	p.do("U1", Voted{Now, nil})
	p.do("U2", Voted{Now, nil})
	p.do("U6", Voted{Now, nil})
	p.to(Discussing)
	want(t, "only half of them", asked(), "")
}

// TestPromptsOpposed: the other view is there already.
func TestPromptsOpposed(t *testing.T) {
	p := now3Years(t, 4)
	p.do("U2", wrote(Now, "Vaker bellen"))
	p.do("U3", wrote(Now, "Minder bellen"))
	s := p.to(Clustering)
	cards := s.Cards("")
	p.do("U1", Clustered{Clusters: []Proposed{{"Bellen", []CardID{cards[0].ID}}, {"Niet", []CardID{cards[1].ID}}}, Opposed: [][2]CardID{{cards[0].ID, cards[1].ID}}})
	s = p.to(Voting)
	for _, u := range people(4) {
		p.do(u, Voted{Now, []Dot{{s.Clusters[0].ID, 1}}})
	}
	p.to(Discussing)
	want(t, "asked", len(Prompts(p.state(), nil, p.at)), 0)
}

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		text, subject string
		want          bool
	}{
		{"wij zijn bereikbaar", "bereikbaarheid", true}, {"over bereikbaarheid", "bereikbaar", true}, {"een co2 plan", "CO2", true},
		{"fiscaal iets", "fiscale planning", false}, {"fiscale planningen", "fiscale planning", true}, {"groen licht", "groei", false},
		{"", "groei", false}, {"iets", "", false},
	} {
		want(t, c.text+"/"+c.subject, mentions(c.text, []string{c.subject}), c.want)
	}
}
