package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// answerRows is how many lines an answer lists where no number was asked for.
const answerRows = 10

// silentDays is how long no contact is too long where no period was named.
const silentDays = 90

// counted is a relatiegroep with what a question about many is answered from.
type counted struct {
	held
	now, before analysis.Cents // of the period asked for, and of as long before it
	fresh       bool           // nothing is known of before
	last        analysis.Day   // of the last contact in the period
}

// groups answers a question about many clients at once.
func (a *answering) groups(ctx context.Context) (string, error) {
	if !analysis.Allow(a.req.Actor, analysis.ViewOffice, analysis.Subject{Manager: a.manager.ID}) {
		return "", refuse()
	}
	switch a.Intent {
	case ask.SegmentBorder:
		return a.border(ctx)
	case ask.SegmentCompare:
		return a.beside(ctx)
	}
	all, err := a.held(ctx)
	if err != nil {
		return "", err
	}
	args := analysis.Args{"scope": a.scope(), "segment": string(a.Slots.Segment)}
	switch a.Intent {
	case ask.PortfolioNoContact:
		return a.silent(ctx, all, args)
	case ask.PortfolioGrowth, ask.PortfolioDecline:
		return a.moved(all, args), nil
	case ask.PortfolioTop:
		analysis.Sort(all, func(x, y counted) int { return cmp.Compare(y.now, x.now) })
		return a.listed("ask.top", args, all, func(c counted) string { return a.p.Money(c.now) }), nil
	case ask.PortfolioSummary:
		return a.summary(all, args), nil
	case ask.SegmentList:
		if a.Slots.Segment == "" && a.Slots.ClientType == "" {
			return a.summary(all, args), nil
		}
	}
	key := "ask.list"
	if a.Slots.Segment != "" {
		key = "ask.list.segment"
	}
	return a.listed(key, args, all, func(c counted) string { return a.p.Money(c.yearly.Amount) }), nil
}

// held reads the groups that the question is about, those with most revenue first.
func (a *answering) held(ctx context.Context) ([]counted, error) {
	today := a.req.today()
	_, standing, err := standingNow(ctx, a.Portfolio.Segments)
	if err != nil {
		return nil, err
	}
	office, err := a.Portfolio.Market.now(ctx, today)
	if err != nil {
		return nil, fmt.Errorf("ask what similar clients buy: %w", err)
	}
	s := shelf{manager: a.manager.ID, segment: a.Slots.Segment, kind: string(a.Slots.ClientType)}
	var all []counted
	for h, err := range a.Portfolio.Portfolio.Histories(ctx, today) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		yearly := value.YearlyRevenue(h.Months, today)
		if !yearly.Known {
			yearly.Amount = 0
		}
		one := counted{held: held{group: h.ID, number: h.Number, name: h.Name, yearly: yearly, segment: standing[h.ID], score: -1}, last: analysis.NoDay}
		if !yearly.Known || s.manager != 0 && h.Manager != s.manager && h.Partner != s.manager || !s.shows(one.held, office) {
			continue // who is not invoiced is no client now
		}
		one.now, one.before = value.Trailing(h.Months, today)
		if p := a.Slots.Period; p.Known() {
			one.now = revenueIn(h.Months, p)
			one.before = revenueIn(h.Months, ask.Period{From: p.From.AddMonths(-12), To: p.To.AddMonths(-12)})
		} else if a.Intent == ask.PortfolioTop {
			one.now = yearly.Amount
		}
		one.fresh = one.before <= 0
		all = append(all, one)
	}
	analysis.Sort(all, func(x, y counted) int {
		return cmp.Or(cmp.Compare(y.yearly.Amount, x.yearly.Amount), cmp.Compare(x.number, y.number))
	})
	return all, nil
}

// listed is a sentence with the first of all, each with a note.
func (a *answering) listed(key string, args analysis.Args, all []counted, note func(counted) string) string {
	most := cmp.Or(min(a.Slots.Limit, 50), answerRows)
	shown := all[:min(most, len(all))]
	lines := make([]string, len(shown))
	for i, c := range shown {
		lines[i] = a.row(c.group, view.AnswerRow{Name: c.name, Number: c.number, Segment: c.segment, Note: note(c)}).Words()
	}
	more := len(all) - len(shown)
	if a.Slots.Limit > 0 {
		more = 0
	}
	return view.AnswerLines(a.p, a.p.N(key, len(all), args), lines, more)
}

// moved lists who grew or declined most, in euros; who is new did neither.
func (a *answering) moved(all []counted, args analysis.Args) string {
	sign, key := analysis.Cents(1), "ask.growth"
	if a.Intent == ask.PortfolioDecline {
		sign, key = -1, "ask.decline"
	}
	change := func(c counted) analysis.Cents { return sign * (c.now - c.before) }
	all = slices.DeleteFunc(all, func(c counted) bool { return c.fresh || change(c) <= 0 })
	analysis.Sort(all, func(x, y counted) int { return cmp.Compare(change(y), change(x)) })
	return a.listed(key, args, all, func(c counted) string {
		return a.p.T("ask.moved", analysis.Args{"before": c.before, "now": c.now, "change": a.p.Change(float64(c.now-c.before) / float64(c.before))})
	})
}

// summary counts a portfolio by segment.
func (a *answering) summary(all []counted, args analysis.Args) string {
	var revenue analysis.Cents
	groups, sums := map[analysis.Segment]int{}, map[analysis.Segment]analysis.Cents{}
	for _, c := range all {
		revenue += c.yearly.Amount
		groups[c.segment]++
		sums[c.segment] += c.yearly.Amount
	}
	args["revenue"] = revenue
	var lines []string
	for _, s := range append(analysis.Segments(), "") {
		if groups[s] > 0 {
			lines = append(lines, a.p.N("ask.segment.line", groups[s], analysis.Args{"segment": cmp.Or(string(s), a.p.T("segment.without", nil)), "revenue": sums[s]}))
		}
	}
	return view.AnswerLines(a.p, a.p.N("ask.summary", len(all), args), lines, 0)
}

// silent lists with whom no contact was had in the period asked for.
func (a *answering) silent(ctx context.Context, all []counted, args analysis.Args) (string, error) {
	today := a.req.today()
	from, to := today-silentDays+1, today
	switch {
	case a.Slots.Days > 0:
		from = today - analysis.Day(a.Slots.Days) + 1
	case a.Slots.Period.Known():
		from, to = a.Slots.Period.From, min(a.Slots.Period.To, today)
	}
	had := map[analysis.GroupID]bool{}
	for t, err := range a.Portfolio.Touches.Moments(ctx, from, to) {
		if err != nil {
			return "", fmt.Errorf("read the contacts: %w", err)
		}
		had[t.Group] = true
	}
	all = slices.DeleteFunc(all, func(c counted) bool { return had[c.group] })
	for i := range all[:min(len(all), cmp.Or(min(a.Slots.Limit, 50), answerRows))] {
		last, err := lastDay(ctx, a.Portfolio.Touches, all[i].group)
		if err != nil {
			return "", err
		}
		all[i].last = last
	}
	args["from"], args["to"] = a.p.Near(from, today), a.p.Near(to, today)
	return a.listed("ask.silent", args, all, func(c counted) string {
		if !c.last.Known() {
			return a.p.T("client.last_contact.none", nil)
		}
		return a.p.T("ask.last", analysis.Args{"day": a.p.Near(c.last, today)})
	}), nil
}

// border lists the groups that a little more or less would put in another segment.
func (a *answering) border(ctx context.Context) (string, error) {
	v, err := a.Segmentation.Show(ctx, a.req.Actor, 0)
	if err != nil {
		return "", err
	}
	names, err := a.held(ctx)
	if err != nil {
		return "", err
	}
	near := map[analysis.GroupID]bool{}
	for _, look := range v.Look {
		near[look.Group] = slices.Contains(look.Why, value.WhyBorder)
	}
	names = slices.DeleteFunc(names, func(c counted) bool { return !near[c.group] })
	return a.listed("ask.border", analysis.Args{"scope": a.scope()}, names, func(c counted) string { return a.p.Money(c.yearly.Amount) }), nil
}

// beside lays segments beside each other.
func (a *answering) beside(ctx context.Context) (string, error) {
	first, second := a.Slots.Segment, a.Slots.Against
	a.Slots.Segment = ""
	all, err := a.held(ctx)
	a.Slots.Segment = first
	if err != nil {
		return "", err
	}
	var lines []string
	for _, s := range analysis.Segments() {
		if first != "" && second != "" && s != first && s != second {
			continue
		}
		n, sum := 0, analysis.Cents(0)
		for _, c := range all {
			if c.segment == s {
				n, sum = n+1, sum+c.yearly.Amount
			}
		}
		line := a.p.N("ask.segment.line", n, analysis.Args{"segment": string(s), "revenue": sum})
		if n > 0 {
			line += " · " + a.p.T("ask.segment.mean", analysis.Args{"amount": sum / analysis.Cents(n)})
		}
		lines = append(lines, line)
	}
	return view.AnswerLines(a.p, a.p.T("ask.beside", analysis.Args{"scope": a.scope()}), lines, 0), nil
}
