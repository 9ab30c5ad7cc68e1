package ask_test

import (
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
)

// TestSlotsSaid: who is a colleague, where a name ends, and what of a question is only
// how it is led up to.
func TestSlotsSaid(t *testing.T) {
	v := office()
	for _, c := range []struct {
		text   string
		intent ask.Intent
		slots  ask.Slots
	}{
		{"welke klanten hebben Piet als relatiemanager", ask.PortfolioList, ask.Slots{Manager: "Piet"}},
		{"klanten die bij Karin in beheer zijn", ask.PortfolioList, ask.Slots{Manager: "Karin"}},
		{"welke klanten zijn van relatiebeheerder Wouter van der Linden", ask.PortfolioList, ask.Slots{Manager: "Wouter van der Linden"}},
		{"which clients are managed by Anna", ask.PortfolioList, ask.Slots{Manager: "Anna"}},
		{"last visit to Acme Logistics, date and by whom", ask.ClientLastContact, ask.Slots{Client: "Acme Logistics"}},
		{"ik maak me zorgen: bij welke A-klanten daalt de omzet", ask.PortfolioDecline, ask.Slots{Segment: "A"}},
		{"ik val in voor Karin: welke acties staan open bij Dijkstra Zuivel", ask.ClientActions, ask.Slots{Client: "Dijkstra Zuivel"}},
		{"mijn klanten: bij wie daalt de omzet", ask.PortfolioDecline, ask.Slots{Manager: ask.Me}},
		{"omzet van Jansen Holding in q1 t/m q3 2025", ask.ClientRevenue, ask.Slots{Client: "Jansen Holding", Period: ask.Period{From: analysis.Date(2025, 1, 1), To: analysis.Date(2025, 9, 30)}}},
		{"omzet van Jansen Holding '24", ask.ClientRevenue, ask.Slots{Client: "Jansen Holding", Period: ask.Period{From: analysis.Date(2024, 1, 1), To: analysis.Date(2024, 12, 31)}}},
		{"omzet Jansen Holding afgelopen half jaar, ex btw", ask.ClientRevenue, ask.Slots{Client: "Jansen Holding", Period: ask.Period{From: analysis.Date(2026, 5, 22), To: today}}},
		{"klanten zonder contact 90 dgn", ask.PortfolioNoContact, ask.Slots{Days: 90}},
		{"vergelijk segment C met D voor mij", ask.SegmentCompare, ask.Slots{Segment: "C", Against: "D"}},
		{"de 5 ergste dalers", ask.PortfolioDecline, ask.Slots{Limit: 5}},
	} {
		q := ask.Read(c.text, today, v)
		if q.Intent != c.intent || !same(c.text, c.intent, q.Slots, c.slots) {
			t.Errorf("%q is read as %s %+v, not %s %+v", c.text, q.Intent, q.Slots, c.intent, c.slots)
		}
	}
}
