package commands

import (
	"cmp"
	"context"

	"klantbot/analysis"
)

// begin says how a session is begun about what was named: the one client that is
// meant, a segment, a client type or a portfolio.
func (a *answering) begin(ctx context.Context, kind string) (string, error) {
	about := cmp.Or(string(a.Slots.Segment), string(a.Slots.ClientType))
	if a.Slots.Client != "" {
		found, clear := a.Client.Directory.Find(ctx, a.Slots.Client, mostChoices+1)
		if !clear {
			return a.choices(ctx, a.Slots.Client, found)
		}
		card, err := a.Client.Cards.Card(ctx, found[0].Client, a.req.today())
		if err != nil {
			return "", err
		}
		if !analysis.Allow(a.req.Actor, analysis.ViewClient, subject(card.Group)) {
			return "", refuse()
		}
		about = card.Client.Name
	}
	if a.manager.ID != 0 && about == "" {
		about = "@" + a.colleague(a.manager)
	}
	if about == "" {
		return a.p.T("ask.session.start", analysis.Args{"kind": kind}), nil
	}
	return a.p.T("ask.session.start.about", analysis.Args{"kind": kind, "about": about}), nil
}
