package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// approach adds to a card what the office could do for its group, whose days of
// contact are recorded since a day (NoDay: they are not). The steps follow from
// what is recorded: nothing is asked about contacts and ratings while nobody
// records them. Somebody who is no client gets none.
func (s *surveyed) approach(card *view.Card, history []analysis.MonthRevenue, contacts []analysis.Day, recorded analysis.Day) {
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
		departure := value.DepartureOf(history, contacts, recorded, card.AsOf)
		// Why somebody stopped is asked before it is offered again.
		unused := slices.DeleteFunc(slices.Clone(a.Potential.Whitespace), func(w value.Whitespace) bool {
			return slices.Contains(departure.Stopped, w.Service)
		})
		a.Steps = value.NextSteps(value.Situation{Segment: segment, Type: a.Type, Cell: card.Cell(), Contacts: len(card.Contacts), LateDays: lateDays(card),
			Whitespace: unused, Departure: departure})
	}
	card.Approach = a
}

// lateDays is how long what is asked next should have been, 0 where it is in time.
func lateDays(card *view.Card) int {
	if card.Next == nil || !card.Next.Asked || card.Next.Until >= card.AsOf {
		return 0
	}
	return int(card.AsOf - card.Next.Until)
}

// mostContacts bounds the moments that say whether there are fewer than before.
const mostContacts = 500

// contactDays returns the days of contact with a group and the day from which
// the office records them, NoDay where it does not.
func (c Cards) contactDays(ctx context.Context, group analysis.GroupID) ([]analysis.Day, analysis.Day, error) {
	if c.Touches == nil {
		return nil, analysis.NoDay, nil
	}
	all, _, err := c.Touches.Touches(ctx, group, 0, mostContacts)
	if err != nil || len(all) == 0 { // whom nobody ever spoke has not less contact than before
		if err != nil {
			err = fmt.Errorf("read the contacts with group %d: %w", group, err)
		}
		return nil, analysis.NoDay, err
	}
	first := all[len(all)-1].Day
	days := make([]analysis.Day, len(all))
	for i, t := range all {
		days[i] = t.Day
	}
	return days, first, nil
}

// remains reports whether the client is one of the office.
func remains(card *view.Card) bool {
	left := card.Client.Until.Known() && card.Client.Until <= card.AsOf
	return !left && (card.Client.Status == "" || card.Client.Status == analysis.Current)
}
