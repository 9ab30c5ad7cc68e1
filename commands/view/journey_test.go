package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// played is a klantreis of n people, up to phase to. Everybody wishes, writes on every
// step, feels and weighs; texts of people are hostile, and one runs from the right.
func played(t *testing.T, n int, to session.Phase) Journey {
	t.Helper()
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var people []analysis.UserID
	for i := range n {
		people = append(people, analysis.UserID(fmt.Sprintf("U%02d", i+1)))
	}
	var events []session.Event
	do := func(who session.Who, b session.Body) *session.State {
		t.Helper()
		s := session.Fold(7, events)
		if _, first := b.(session.Started); first {
			e, err := session.Begin(who, "b", at, b.(session.Started))
			if err != nil {
				t.Fatal(err)
			}
			events = append(events, e)
			return session.Fold(7, events)
		}
		e, err := s.Add(who, fmt.Sprint(len(events)), at, b)
		if err != nil {
			t.Fatalf("%T: %v", b, err)
		}
		events = append(events, e)
		return session.Fold(7, events)
	}
	who := func(u analysis.UserID) session.Who { return session.Who{User: u} }
	lead := who(people[0])
	do(lead, session.Started{Kind: session.Journey, Mode: session.Live, Goal: "Nieuwe klanten warm ontvangen", Subject: session.Subject{Type: analysis.Large}, Facilitator: people[0], Participants: people})
	do(session.Clock, session.Wrote{Place: session.Place{Step: 1, Field: session.Thinks}, Text: "Korte lijnen", Source: "Onderzoek 2026, klanten, n = 42", Ground: session.Fact})
	for i, u := range people {
		do(who(u), session.Wrote{Place: session.Place{Horizon: session.Wished}, Text: []string{"echt gehoord", hostile, "בית חם", "in goede handen"}[i%4]})
	}
	s := session.Fold(7, events)
	for ; s.Phase != to; s = session.Fold(7, events) {
		s = do(lead, s.Forward(at))
		switch s.Phase {
		case session.Stepping:
			do(lead, session.AmbitionChosen{Words: []string{"echt gehoord", "verrassend"}})
			for i, u := range people {
				for _, x := range s.Steps[:len(s.Steps)-1] {
					do(who(u), session.Felt{Step: x.ID, Feeling: 1 + (i+int(x.ID))%5})
				}
				do(who(u), session.Wrote{Place: session.Place{Step: s.Steps[0].ID, Field: session.Does}, Text: fmt.Sprint("belt na een tip ", i), Ground: session.Assumption})
				do(who(u), session.Wrote{Place: session.Place{Step: s.Steps[i%7].ID, Field: session.Opportunity}, Text: []string{"offerte samen doorlopen ", hostile, "לשלום "}[i%3] + fmt.Sprint(i)})
			}
		case session.Voting:
			for i, u := range people {
				for k, c := range (Journey{State: s}).chances() {
					do(who(u), session.Weighed{Card: c.ID, Weight: session.Weight{Impact: 1 + (i+k)%5, Effort: 1 + k%3}})
				}
			}
		case session.Acting:
			best, _ := s.Weighed()
			do(lead, session.Agreed{Owner: people[1], Due: analysis.Date(2026, 12, 18), When: "een offerte de deur uit gaat", Then: "bel ik dezelfde dag", Theme: best[0].Card.Text, Step: best[0].Card.Step})
		}
	}
	return Journey{State: s, Scope: "grote klant", AsOf: analysis.Date(2026, 11, 23)}
}

func TestJourney(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		g := func(name string, v any) { golden(t, "journey_"+name+"."+string(lang)+".json", v) }
		steps := played(t, 8, session.Stepping)
		spot := steps.spot(1)
		g("wish", WishForm(p, steps.spot(0), nil, []string{"zeer betrokken", "verrassend"}))
		g("frame", FrameForm(p, steps, []AmbitionWord{{Value: "card/2", Word: "echt gehoord", N: 2}, {Value: "office/0", Word: "verrassend"}}))
		g("step", JourneyStep(p, steps, 1))
		g("form", StepForm(p, steps, spot, "U02", Outcome{}))
		g("done", StepsDone(p, steps, "U02", Outcome{Said: "✓"}))
		g("read", JourneyRead(p, steps, spot))
		g("wishes", JourneyWishes(p, steps))
		voting := played(t, 8, session.Voting)
		g("weigh", WeighForm(p, voting, voting.spot(0), "U02", Outcome{}))
		acting := played(t, 8, session.Acting)
		g("chances", JourneyChances(p, acting))
		g("act", ActionForm(p, acting, acting.spot(0), "U02", Outcome{}))
		done := played(t, 8, session.Concluded)
		g("outcome", JourneyOutcome(p, done, sessionBegan))
		goldenText(t, "journey_report."+string(lang)+".md", string(JourneyReport(p, done, sessionBegan, func(u analysis.UserID) string { return "Collega " + string(u) })))
		few := played(t, 4, session.Stepping)
		g("few", JourneyStep(p, few, 1))
		g("few_form", StepForm(p, few, few.spot(7), "U02", Outcome{}))
	}
}

// TestJourneyAnonymous: nothing that a channel reads says who wrote a wish or a card,
// or gave which feeling or weight, where five took part.
func TestJourneyAnonymous(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	for _, phase := range []session.Phase{session.Wishing, session.Stepping, session.Voting} {
		j := played(t, 8, phase)
		m := Message{Blocks: journeyBody(p, SessionBoard{State: j.State})}
		m.Blocks = append(append(m.Blocks, JourneyStep(p, j, 1).Blocks...), JourneyRead(p, j, j.spot(1)).Blocks...)
		if phase != session.Wishing {
			m.Blocks = append(m.Blocks, JourneyWishes(p, j).Blocks...)
		}
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		if said := string(raw); strings.Contains(said, `"U0`) {
			t.Errorf("%s names somebody: %s", phase, said)
		}
	}
}
