package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// relational are the questions about a relation as a whole, which are answered of a
// relatiegroep where its name was said: each of its clients would get the same.
var relational = map[ask.Intent]bool{ask.ClientSurvey: true, ask.ClientValue: true, ask.ClientSegment: true, ask.ClientTypeOf: true, ask.ClientPotential: true,
	ask.ClientManager: true, ask.ClientLastContact: true, ask.ClientNextDue: true, ask.ClientChanges: true, ask.ClientPrepare: true}

// client answers a question about one client: of the one that is clearly meant,
// else it asks back which.
func (a *answering) client(ctx context.Context) (back bool, text string, err error) {
	id := a.meant.client
	if id == 0 {
		if a.Slots.Client == "" {
			return true, a.p.T("ask.client.which", nil), nil
		}
		found, clear := a.Client.Directory.Find(ctx, a.Slots.Client, mostChoices+1)
		if clear {
			id = found[0].Client
		} else if relational[a.Intent] {
			id, clear = a.Client.Directory.Relation(ctx, a.Slots.Client)
		}
		if !clear {
			text, err = a.choices(ctx, a.Slots.Client, found)
			return true, text, err
		}
		if !a.Sure {
			return true, a.meanings(), nil
		}
	}
	card, err := a.Client.Cards.Card(ctx, id, a.req.today())
	if err != nil {
		return false, "", err
	}
	if !analysis.Allow(a.req.Actor, analysis.ViewClient, subject(card.Group)) {
		return false, "", refuse()
	}
	if !analysis.Allow(a.req.Actor, analysis.ReadAnswers, subject(card.Group)) {
		card.Sharpest, card.Feedback = survey.Shortfall{}, nil
	}
	line := storage.AuditLine{Action: "client.show", Client: card.Client.ID, Group: card.Group.ID}
	if err := audit(ctx, a.Client.Store, a.req, line); err != nil {
		return false, "", err
	}
	a.out.Client, a.out.Card = card.Client.ID, &card
	a.req = a.req.about(card.Group)
	a.p = locale.New(a.req.Lang, a.req.Zone)
	text, err = a.about(ctx, card)
	return false, text, err
}

// choices names the clients that may be meant.
func (a *answering) choices(ctx context.Context, query string, found []Found) (string, error) {
	more := len(found) > mostChoices
	near := len(found) == 0
	if near {
		found = a.Client.Directory.Nearest(ctx, query, mostNearest)
	}
	candidates, err := a.Client.candidates(ctx, query, found[:min(len(found), mostChoices)])
	if err != nil {
		return "", err
	}
	a.out.Candidates, a.out.Nearest, a.out.More = candidates, near, more
	if near {
		return view.MatchesText(a.p, query, nil, candidates, false, nil), nil
	}
	return view.MatchesText(a.p, query, candidates, nil, more, nil), nil
}

// about answers what was asked of the client on card.
func (a *answering) about(ctx context.Context, card view.Card) (string, error) {
	switch a.Intent {
	case ask.TouchLog:
		if p := a.Slots.Period; p.Known() {
			return a.p.T("ask.touch.log.day", analysis.Args{"name": card.Client.Name, "day": a.p.Near(p.To, a.req.today())}), nil
		}
		return a.p.T("ask.touch.log", analysis.Args{"name": card.Client.Name}), nil
	case ask.ClientRevenue:
		if a.Slots.Period.Known() || a.service.ID != 0 {
			return a.revenueIn(ctx, card)
		}
	case ask.ClientWhitespace:
		if a.service.ID != 0 {
			return a.bought(ctx, card)
		}
	case ask.ClientLastContact:
		if a.Slots.Period.Known() {
			return a.contactsIn(ctx, card)
		}
	case ask.ClientSurvey:
		if p := a.Slots.Period; p.Known() {
			card.Feedback = slices.DeleteFunc(slices.Clone(card.Feedback), func(f view.FeedbackRow) bool { return f.Day < p.From || f.Day > p.To })
		}
	case ask.ClientLifetime:
		var err error
		if card.Lifetime, err = a.Client.Cards.Lifetime(ctx, card); err != nil {
			return "", err
		}
	case ask.ClientActions:
		text, err := a.actions(ctx, storage.ActionFilter{Group: card.Group.ID, Pending: true})
		return view.RelationTitle(a.p, card) + "\n" + text, err
	case ask.ClientPeers:
		office, err := a.Portfolio.Market.now(ctx, card.AsOf)
		if err != nil {
			return "", fmt.Errorf("ask what similar clients buy: %w", err)
		}
		return view.CompareText(a.p, office.compare(card)), nil
	case ask.ClientChanges:
		return a.changes(ctx, card)
	case ask.ClientPrepare:
		return a.prepare(ctx, card)
	}
	return view.AnswerCard(a.p, string(a.Intent), card), nil
}

// revenueIn tells what was invoiced in the months of the period that was named.
func (a *answering) revenueIn(ctx context.Context, card view.Card) (string, error) {
	history, err := a.Client.Cards.Revenue.MonthRevenue(ctx, card.Group.ID)
	if err != nil {
		return "", fmt.Errorf("read the revenue of group %d: %w", card.Group.ID, err)
	}
	period, name := a.Slots.Period, view.RelationTitle(a.p, card)
	if a.service.ID != 0 {
		history = ofService(history, a.service.ID)
		name = a.p.T("ask.scope.service", analysis.Args{"scope": name, "service": a.service.Name})
	}
	if !period.Known() { // of a service alone: the last twelve months, and those before
		now, before := value.Trailing(history, card.AsOf)
		return a.p.T("ask.revenue.service", analysis.Args{"name": name, "now": now, "before": before}), nil
	}
	return a.p.T("ask.revenue.period", analysis.Args{"name": name, "amount": revenueIn(history, period),
		"from": a.p.Month(period.From), "to": a.p.Month(period.To)}), nil
}

// bought tells whether the client buys the service that was named, with what of it was
// invoiced in the last twelve months.
func (a *answering) bought(ctx context.Context, card view.Card) (string, error) {
	history, err := a.Client.Cards.Revenue.MonthRevenue(ctx, card.Group.ID)
	if err != nil {
		return "", fmt.Errorf("read the revenue of group %d: %w", card.Group.ID, err)
	}
	args := analysis.Args{"name": view.RelationTitle(a.p, card), "service": a.service.Name}
	if !slices.Contains(value.Bought(history, card.AsOf), a.service.ID) {
		return a.p.T("ask.bought.no", args), nil
	}
	args["now"], _ = value.Trailing(ofService(history, a.service.ID), card.AsOf)
	return a.p.T("ask.bought.yes", args), nil
}

// contactsIn tells what contact there was in the period that was named, the last first.
func (a *answering) contactsIn(ctx context.Context, card view.Card) (string, error) {
	touches, _, err := a.Client.Cards.Touches.Touches(ctx, card.Group.ID, 0, mostNoted)
	if err != nil {
		return "", fmt.Errorf("read the contacts of group %d: %w", card.Group.ID, err)
	}
	p, had := a.Slots.Period, 0
	var lines []string
	for _, t := range touches {
		if t.Day < p.From || t.Day > p.To {
			continue
		}
		if had++; len(lines) < answerRows {
			lines = append(lines, a.p.Near(t.Day, card.AsOf)+" · "+view.TouchWords(a.p, t.Kind))
		}
	}
	args := analysis.Args{"name": view.RelationTitle(a.p, card), "from": a.p.Near(p.From, card.AsOf), "to": a.p.Near(p.To, card.AsOf)}
	return view.AnswerLines(a.p, a.p.N("ask.contacts", had, args), lines, had-len(lines)), nil
}

// revenueIn is what was invoiced in the months that period touches.
func revenueIn(history []analysis.MonthRevenue, period ask.Period) (sum analysis.Cents) {
	first := analysis.Date(period.From.Year(), period.From.Time().Month(), 1)
	for _, m := range history {
		if m.Month >= first && m.Month <= period.To {
			sum += m.Amount
		}
	}
	return sum
}
