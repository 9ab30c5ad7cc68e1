package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// mostNoted bounds the contacts that are counted.
const mostNoted = 200

// changes tells what became different since the last contact, or since a day that was
// named: value, segment, rating, services, and what happened. What stayed the same is
// one sentence, and that nothing happened another.
func (a *answering) changes(ctx context.Context, card view.Card) (string, error) {
	since := a.Slots.Period.From
	if !a.Slots.Period.Known() {
		if card.Last == nil {
			return a.p.T("ask.changes.never", analysis.Args{"name": view.RelationTitle(a.p, card)}), nil
		}
		since = card.Last.Day
	}
	c := changed{answering: a, card: card, since: since}
	for _, look := range []func(context.Context) error{c.revenue, c.segment, c.rating, c.services, c.happened} {
		if err := look(ctx); err != nil {
			return "", err
		}
	}
	if len(c.same) > 0 {
		c.lines = append(c.lines, a.p.T("ask.changes.same", analysis.Args{"what": a.p.List(c.same)}))
	}
	if c.quiet != "" {
		c.lines = append(c.lines, a.p.T(c.quiet, nil))
	}
	title := a.p.T("ask.changes", analysis.Args{"name": view.RelationTitle(a.p, card), "day": a.p.Near(since, card.AsOf)})
	return view.AnswerLines(a.p, title, c.lines, 0), nil
}

// changed gathers what became different of the client on card.
type changed struct {
	*answering
	card  view.Card
	since analysis.Day
	lines []string
	same  []string // what stayed as it was
	quiet string   // key of the sentence that says what did not happen; empty: it did
}

// add says what something was and is, where that differs.
func (c *changed) add(what, was, is string) {
	if was == is {
		c.same = append(c.same, c.p.T("ask.changes.what."+what, nil))
		return
	}
	c.lines = append(c.lines, c.p.T("ask.changes.line", analysis.Args{"what": c.p.T("ask.changes."+what, nil), "was": was, "is": is}))
}

// revenue is what a year brings in, then and now, and what was invoiced meanwhile; to who
// sees no amounts nothing is said of it, also not that it stayed the same.
func (c *changed) revenue(ctx context.Context) error {
	if !analysis.Allow(c.req.Actor, analysis.ViewAmounts, subject(c.card.Group)) {
		return nil
	}
	history, err := c.Client.Cards.Revenue.MonthRevenue(ctx, c.card.Group.ID)
	if err != nil {
		return fmt.Errorf("read the revenue of group %d: %w", c.card.Group.ID, err)
	}
	worth := func(y value.Yearly) string {
		if !y.Known {
			return c.p.T("client.revenue.none", nil)
		}
		return c.p.Money(y.Amount)
	}
	c.add("value", worth(value.YearlyRevenue(history, c.since)), worth(c.card.Yearly))
	var meanwhile analysis.Cents
	for _, m := range history {
		if m.Month >= c.since && m.Month <= c.card.AsOf {
			meanwhile += m.Amount
		}
	}
	if meanwhile != 0 {
		c.lines = append(c.lines, c.p.T("ask.changes.revenue", analysis.Args{"amount": meanwhile}))
	}
	return nil
}

// segment is where the final segmentation of then put the group, and that of now.
func (c *changed) segment(ctx context.Context) error {
	versions, err := c.Portfolio.Segments.Versions(ctx)
	if err != nil {
		return fmt.Errorf("read the segmentations: %w", err)
	}
	was, none := "", c.p.T("segment.without", nil)
	for _, v := range versions { // the newest first
		if v.State != analysis.Final || analysis.DayOf(v.FinalAt.In(c.p.Zone())) > c.since {
			continue
		}
		item, err := c.Portfolio.Segments.Item(ctx, v.ID, c.card.Group.ID)
		if err != nil && analysis.KindOf(err) != analysis.NotFound {
			return fmt.Errorf("read the segment of group %d: %w", c.card.Group.ID, err)
		}
		overrides, err := c.Portfolio.Segments.Overrides(ctx, v.ID)
		if err != nil {
			return fmt.Errorf("read the overrides: %w", err)
		}
		was = string(item.Segment)
		for _, o := range overrides {
			if o.Group == c.card.Group.ID && !o.Proposed && o.Segment != "" {
				was = string(o.Segment)
			}
		}
		break
	}
	is := none
	if c.card.Segment != nil {
		is = string(c.card.Segment.Segment)
	}
	if was == "" {
		was = none
	}
	c.add("segment", was, is)
	return nil
}

// rating is what its people rated the office then, and now.
func (c *changed) rating(ctx context.Context) error {
	ratings := c.Client.Cards.Ratings
	if ratings == nil {
		return nil
	}
	none := c.p.T("client.rating.none", nil)
	was, is := none, none
	before, ok, err := ratings.Rating(ctx, c.card.Group.ID, c.since)
	if err != nil {
		return fmt.Errorf("read the rating of group %d: %w", c.card.Group.ID, err)
	}
	if ok {
		was = c.p.Points(before.Mean)
	}
	if c.card.Rating != nil {
		is = c.p.Points(c.card.Rating.Mean)
	}
	c.add("rating", was, is)
	return nil
}

// services are those that came and went.
func (c *changed) services(ctx context.Context) error {
	history, err := c.Client.Cards.Revenue.MonthRevenue(ctx, c.card.Group.ID)
	if err != nil {
		return fmt.Errorf("read the revenue of group %d: %w", c.card.Group.ID, err)
	}
	all, err := c.Client.Cards.Revenue.Services(ctx)
	if err != nil {
		return fmt.Errorf("read the services: %w", err)
	}
	names := map[analysis.ServiceID]string{}
	for _, s := range all {
		names[s.ID] = c.thing(s.Name)
	}
	before, now := value.Bought(history, c.since), value.Bought(history, c.card.AsOf)
	differ := func(key string, of, from []analysis.ServiceID) (some bool) {
		var words []string
		for _, s := range of {
			if !slices.Contains(from, s) && names[s] != "" {
				words = append(words, names[s])
			}
		}
		if len(words) > 0 {
			c.lines = append(c.lines, c.p.T(key, analysis.Args{"services": c.p.List(words)}))
		}
		return len(words) > 0
	}
	came, went := differ("ask.changes.came", now, before), differ("ask.changes.went", before, now)
	if !came && !went {
		c.same = append(c.same, c.p.T("ask.changes.what.services", nil))
	}
	return nil
}

// happened is what was noted since: occasions, contact and what the client said.
func (c *changed) happened(ctx context.Context) error {
	if c.Report.Week.Groups != nil {
		noted, err := c.Report.Week.Groups.Occasions(ctx, c.card.Group.ID)
		if err != nil {
			return fmt.Errorf("read the occasions of group %d: %w", c.card.Group.ID, err)
		}
		for _, o := range noted {
			if o.Day > c.since && o.Day <= c.card.AsOf {
				c.lines = append(c.lines, c.p.T("ask.changes.occasion", analysis.Args{"day": c.p.Near(o.Day, c.card.AsOf), "what": view.OccasionWords(c.p, o.Kind)}))
			}
		}
	}
	touches, _, err := c.Client.Cards.Touches.Touches(ctx, c.card.Group.ID, 0, mostNoted)
	if err != nil {
		return fmt.Errorf("read the contacts of group %d: %w", c.card.Group.ID, err)
	}
	had, said := 0, 0
	for _, t := range touches {
		if t.Day > c.since {
			had++
		}
	}
	// Who may not read what clients say is not told that they said nothing.
	reads := analysis.Allow(c.req.Actor, analysis.ReadAnswers, subject(c.card.Group))
	if reads {
		quotes, err := c.quotesOf(ctx, c.card)
		if err != nil {
			return err
		}
		for _, q := range quotes {
			if q.Day > c.since {
				said++
				c.lines = append(c.lines, c.p.T("ask.changes.said", analysis.Args{"day": c.p.Near(q.Day, c.card.AsOf), "words": cutRunes(q.Words, 200)}))
			}
		}
	}
	if had > 0 {
		c.lines = append(c.lines, c.p.N("ask.changes.contacts", had, nil))
	}
	switch {
	case had == 0 && said == 0 && reads:
		c.quiet = "ask.changes.silent"
	case had == 0:
		c.quiet = "ask.changes.no_contact"
	case said == 0 && reads:
		c.quiet = "ask.changes.no_words"
	}
	return nil
}
