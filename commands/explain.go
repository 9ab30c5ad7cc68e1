package commands

import (
	"context"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Explain answers *Toelichting*: how the value and the potential of a client
// came about, in place of its card.
func (c Client) Explain(ctx context.Context, req Request) (Reply, error) {
	card, err := c.allowed(ctx, req, "client.explain")
	if err != nil {
		return Reply{}, err
	}
	office, err := c.Cards.Market.now(ctx, card.AsOf)
	if err != nil {
		return Reply{}, err
	}
	if card.Lifetime, err = c.Cards.Lifetime(ctx, card); err != nil {
		return Reply{}, err
	}
	req = req.about(card.Group)
	p := locale.New(req.Lang, req.Zone)
	e := office.explain(card)
	if c.Cards.Judgements != nil {
		if e.Remark, err = remarkOf(ctx, c.Cards.Judgements, card.Group.ID); err != nil {
			return Reply{}, err
		}
	}
	return inPlace(p, req, view.ExplainMessage(p, e)), nil
}

// Compare answers *Vergelijk*: a client beside similar ones, in place of its
// card.
func (c Client) Compare(ctx context.Context, req Request) (Reply, error) {
	card, err := c.allowed(ctx, req, "client.compare")
	if err != nil {
		return Reply{}, err
	}
	office, err := c.Cards.Market.now(ctx, card.AsOf)
	if err != nil {
		return Reply{}, err
	}
	req = req.about(card.Group)
	p := locale.New(req.Lang, req.Zone)
	return inPlace(p, req, view.CompareMessage(p, office.compare(card))), nil
}

// allowed returns the card of the client that a button names, after checking
// the person and writing the audit line.
func (c Client) allowed(ctx context.Context, req Request, action string) (view.Card, error) {
	id, err := clientOf(req.Value)
	if err != nil {
		return view.Card{}, err
	}
	card, err := c.Cards.Card(ctx, id, req.today())
	if err != nil {
		return view.Card{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(card.Group)) {
		return view.Card{}, refuse()
	}
	return card, audit(ctx, c.Store, req, storage.AuditLine{Action: action, Client: id, Group: card.Group.ID})
}

// inPlace answers in the window or the message that the button stands in.
func inPlace(p *locale.Printer, req Request, m view.Message) Reply {
	if req.InModal {
		return Show(view.CardWindow(p, m))
	}
	return Say(m)
}

// explain says what is known of how the figures on card came about.
func (s *surveyed) explain(card view.Card) view.Explanation {
	e := view.Explanation{Card: card, AsOf: analysis.NoDay}
	row, ok := s.row(card.Group.ID)
	if !ok {
		return e
	}
	e.AsOf = s.asOf
	e.Score, e.Scored = s.scores.Explain(row)
	e.Border, e.Bordered = s.market.Border(s.kind(row))
	if high := s.settings.Potential.High; high > 0 {
		e.Border, e.Bordered, e.Chose = high, true, true
	}
	if card.Approach != nil && card.Approach.Potential.Basis == value.BasisJudged {
		e.Bordered = false // an amount says nothing beside a judgement
	}
	return e
}

// compare lays a group beside its peers.
func (s *surveyed) compare(card view.Card) view.PeerComparison {
	c := view.PeerComparison{Client: card.Client, AsOf: analysis.NoDay}
	row, ok := s.row(card.Group.ID)
	if !ok {
		return c
	}
	c.AsOf, c.Own = s.asOf, s.standings[row].shown()
	peers, ok := s.market.Compare(card.Group.ID)
	if !ok {
		return c
	}
	c.Level, c.Peers, c.Above = peers.Level, len(peers.Groups), peers.Above
	all := make([]view.Standing, 0, len(peers.Groups))
	for _, id := range peers.Groups {
		if row, ok := s.row(id); ok {
			all = append(all, s.standings[row].shown())
		}
	}
	c.Median = view.Standing{
		Yearly:   middle(all, func(s view.Standing) float64 { return s.Yearly }),
		Services: middle(all, func(s view.Standing) float64 { return s.Services }),
		Growth:   middle(all, func(s view.Standing) float64 { return s.Growth }),
		FTE:      middle(all, func(s view.Standing) float64 { return s.FTE }),
	}
	return c
}

// middle is the median of the peers, NaN where too little is known.
func middle(peers []view.Standing, of func(view.Standing) float64) float64 {
	values := make([]float64, len(peers))
	for i, p := range peers {
		values[i] = of(p)
	}
	if median, ok := value.Middle(values); ok {
		return median
	}
	return math.NaN()
}
