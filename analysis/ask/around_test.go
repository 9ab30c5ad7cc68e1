package ask_test

import (
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
)

// TestSaidAround: where people are, what they tell on the way and why they ask is no
// particular of what they ask.
func TestSaidAround(t *testing.T) {
	v := office()
	for _, c := range []struct {
		text   string
		intent ask.Intent
		slots  ask.Slots
	}{
		{"start de klantreis met team Hasselt in zaal 2", ask.SessionStart, ask.Slots{Session: ask.JourneyKind}},
		{"we zitten in de Rembrandtzaal, start de klantreis", ask.SessionStart, ask.Slots{Session: ask.JourneyKind}},
		{"welke oud-klanten kunnen we terugwinnen, ik heb in juli toch tijd over", ask.SurveyWinback, ask.Slots{Audience: analysis.AskedFormer}},
		{"gisteren vroeg de vennoot er nog naar, dus hoeveel hebben we in 2024 bij Dijkstra Zuivel gefactureerd?", ask.ClientRevenue, ask.Slots{Client: "Dijkstra Zuivel", Period: ask.Period{From: analysis.Date(2024, 1, 1), To: analysis.Date(2024, 12, 31)}}},
		{"zet het zwart op wit: wanneer hebben we Dijkstra Zuivel voor het laatst gesproken", ask.ClientLastContact, ask.Slots{Client: "Dijkstra Zuivel"}},
		{"may I have the results of the survey and may I share them", ask.SurveyReport, ask.Slots{}},
		{"de bovenste 15 klanten op omzet, gesorteerd van groot naar klein", ask.PortfolioTop, ask.Slots{Limit: 15}},
	} {
		q := ask.Read(c.text, today, v)
		if !q.Sure || q.Intent != c.intent || q.Slots != c.slots {
			t.Errorf("%q: %v %s %+v, not %s %+v", c.text, q.Sure, q.Intent, q.Slots, c.intent, c.slots)
		}
	}
}

// TestNarrowed: where clients are, and whose they are, says which are meant, and is not
// left out of the answer.
func TestNarrowed(t *testing.T) {
	for _, text := range []string{"welke klanten zitten in Groningen", "klanten in Emmen", "which clients are based in Utrecht", "welke klanten zitten in de bouw", "welke klanten zitten in de horeca",
		"top 10 klanten van Zebulon", "nps van Zebulon", "which of Zebulon's clients grew", "start een sessie over Zebulon"} {
		if q := ask.Read(text, today, office()); q.Sure && q.Intent != ask.Unknown {
			t.Errorf("%q: sure of %s %+v", text, q.Intent, q.Slots)
		}
	}
}
