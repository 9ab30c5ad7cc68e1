package commands

import (
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// approach adds to a card what the office could do for its group. The steps
// follow from what is recorded: nothing is asked about contacts and ratings
// while nobody records them. Somebody who is no client gets none.
func (s *surveyed) approach(card *view.Card, history []analysis.MonthRevenue) {
	if s == nil {
		return
	}
	a := &view.CardApproach{}
	segment := analysis.Segment("")
	if card.Segment != nil {
		segment = card.Segment.Segment
	}
	if s.market != nil {
		a.Potential = s.market.Potential(card.Group.ID)
		a.Type = value.TypeOf(segment, s.high(card.Group.ID))
	}
	if a.Type != "" {
		a.Strategy = s.settings.Strategy(a.Type)
	}
	if a.Potential.Basis == value.BasisElsewhere && card.Yearly.Known {
		a.Wallet, a.WalletKnown = value.ShareOfWallet(card.Yearly.Amount, a.Potential.Amount)
	}
	if remains(card) {
		departure := value.DepartureOf(history, nil, analysis.NoDay, card.AsOf)
		// Why somebody stopped is asked before it is offered again.
		unused := slices.DeleteFunc(slices.Clone(a.Potential.Whitespace), func(w value.Whitespace) bool {
			return slices.Contains(departure.Stopped, w.Service)
		})
		a.Steps = value.NextSteps(value.Situation{Segment: segment, Type: a.Type, Contacts: len(card.Contacts),
			Whitespace: unused, Departure: departure})
	}
	card.Approach = a
}

// remains reports whether the client is one of the office.
func remains(card *view.Card) bool {
	left := card.Client.Until.Known() && card.Client.Until <= card.AsOf
	return !left && (card.Client.Status == "" || card.Client.Status == analysis.Current)
}
