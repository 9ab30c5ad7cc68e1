package session

import (
	"fmt"
	"testing"
)

// felt is what may be said of the first step.
func felt(s *State) string {
	f := s.Feelings("U1")[0]
	return fmt.Sprintf("%d/%d shown %v few %v median %v %v-%v named %d", f.N, f.Of, f.Shown, f.Few, f.Median, f.Low, f.High, len(f.Named))
}

// TestFeelings: nothing is told before everybody is in, nor of fewer than five,
// and what was told takes no more answers.
func TestFeelings(t *testing.T) {
	p := journey(t, 6)
	p.to(Stepping)
	for i, u := range people(5) {
		p.do(u, Felt{1, i%4 + 1}) // 1 2 3 4 1
	}
	want(t, "one missing", felt(p.state()), "5/6 shown false few false median 0 0-0 named 0")
	p.do("U5", Felt{1, 5})
	p.do("U1", Removed{"U6"})
	want(t, "everybody who is left", felt(p.state()), "5/5 shown true few false median 3 2-4 named 0")
	p.do("U1", Joined{"U7"})
	p.refused("U7", Felt{1, 5}, "session.feeling_shown")
	p.do("U7", Felt{2, 5})
	p.to(Voting)
	f := p.state().Feelings("")[1]
	want(t, "a step with one answer", fmt.Sprint(f.N, f.Shown, f.Few, f.Median), "1 true true 0")

	small := journey(t, 4)
	want(t, "said beforehand", small.state().NamedFeelings, true)
	small.to(Stepping)
	for i, u := range people(4) {
		small.do(u, Felt{1, i + 1})
	}
	want(t, "of four", felt(small.state()), "4/4 shown true few false median 2.5 1.75-3.25 named 4")
}

// TestJourney is a klantreis from the wish to its opportunities.
func TestJourney(t *testing.T) {
	p := journey(t, 5)
	p.do("U2", Wrote{Place: Place{Horizon: Wished}, Text: "verrassend"})
	want(t, "hidden wish", len(p.state().Cards("U3")), 0)
	s := p.to(Stepping)
	p.do("U1", AmbitionChosen{[]string{"verrassend", "nabij"}})
	steps := append(s.Steps[:2:2], Step{Name: "nazorg"})
	p.do("U1", Stepped{Base: 0, Steps: steps})
	p.refused("U1", Stepped{Base: 0, Steps: steps}, "session.step.changed")
	s = p.state()
	want(t, "steps", fmt.Sprint(len(s.Steps), s.Steps[0].ID, s.Steps[2].Name), "3 1nazorg")
	p.refused("U2", Wrote{Place: Place{Step: 7, Field: Does}, Text: "belt"}, "session.step_gone")
	chance := Place{Step: s.Steps[2].ID, Field: Opportunity}
	if err := p.try(Clock, Wrote{Place: Place{Step: 1, Field: Thinks}, Text: "Ik wacht lang", Source: "onderzoek", Ground: Fact}); err != nil {
		t.Fatal(err)
	}
	p.do("U2", Wrote{Place: chance, Text: "na een week bellen"})
	p.do("U3", Wrote{Place: chance, Text: "een filmpje"})
	open := p.state().CardsAt("U4", chance)
	want(t, "open", fmt.Sprint(len(open), open[0].Author, open[0].Ground), "2U2aanname")
	p.do("U2", Rewrote{Card: open[0].ID, Text: "na twee dagen bellen", Ground: Fact})
	p.refused("U3", Withdrew{open[0].ID}, "session.card.not_own")
	p.to(Voting)
	p.do("U4", Weighed{open[1].ID, Weight{2, 4}})
	p.do("U5", Weighed{open[1].ID, Weight{4, 5}})
	p.do("U5", Weighed{open[0].ID, Weight{5, 1}})
	if _, ok := p.state().Weighed(); ok {
		t.Error("weights are open before the end")
	}
	s = p.to(Acting)
	all, _ := s.Weighed()
	want(t, "best", fmt.Sprint(all[0].Card.Text, " ", all[0].Impact, all[0].Effort, all[1].N, all[1].Impact, all[1].Effort), "na twee dagen bellen 5 1 2 3 4.5")
	undo, _ := s.LastStep(true)
	want(t, "undo", p.do("U1", undo).Phase, Voting)
}
