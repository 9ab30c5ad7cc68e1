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
	args := analysis.Args{"scope": a.scoped(), "segment": string(a.Slots.Segment)}
	switch a.Intent {
	case ask.PortfolioNoContact:
		return a.silent(ctx, all, args)
	case ask.PortfolioGrowth, ask.PortfolioDecline:
		return a.moved(all, args), nil
	case ask.PortfolioTop:
		analysis.Sort(all, func(x, y counted) int { return cmp.Compare(y.now, x.now) })
		all = slices.DeleteFunc(all, func(c counted) bool { return c.now <= 0 })
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

// held are the groups that the question is about, those with most revenue first.
func (a *answering) held(ctx context.Context) ([]counted, error) {
	books, err := a.books(ctx, a.req.today())
	if err != nil {
		return nil, err
	}
	var office *surveyed
	if a.Slots.ClientType != "" {
		if office, err = a.Portfolio.Market.now(ctx, a.req.today()); err != nil {
			return nil, fmt.Errorf("ask what similar clients buy: %w", err)
		}
	}
	s := shelf{manager: a.manager.ID, segment: a.Slots.Segment, kind: string(a.Slots.ClientType)}
	var all []counted
	for _, row := range books.rows {
		if s.manager != 0 && row.manager != s.manager && row.partner != s.manager || a.Slots.Layer != "" && row.layer != a.Slots.Layer || !s.shows(row.held, office) {
			continue
		}
		if !row.yearly.Known && a.Slots.Layer == "" {
			continue // who is not invoiced is no client now
		}
		if one, ok := a.counted(row); ok {
			all = append(all, one)
		}
	}
	analysis.Sort(all, func(x, y counted) int {
		return cmp.Or(cmp.Compare(y.yearly.Amount, x.yearly.Amount), cmp.Compare(x.number, y.number))
	})
	return all, nil
}

// counted adds the revenue that the question is about: of the period, and of the
// service that was named. It is not ok where who buys the service is asked for and the
// group does not, or the other way round.
func (a *answering) counted(row bookRow) (counted, bool) {
	today, months := a.req.today(), row.months
	one := counted{held: row.held, last: analysis.NoDay}
	if a.service.ID != 0 {
		if a.buys(row.months) == a.Slots.Without {
			return one, false
		}
		if !a.Slots.Without {
			months = ofService(months, a.service.ID)
			one.yearly = value.YearlyRevenue(months, today)
		}
	}
	one.now, one.before = value.Trailing(months, today)
	if p := a.Slots.Period; p.Known() {
		one.now = revenueIn(months, p)
		one.before = revenueIn(months, ask.Period{From: p.From.AddMonths(-12), To: p.To.AddMonths(-12)})
	} else if a.Intent == ask.PortfolioTop {
		one.now = one.yearly.Amount
	}
	one.fresh = one.before <= 0
	return one, true
}

// buys says whether the service asked for was invoiced in the last 24 months, as
// value.Bought has it, or in the period that was named.
func (a *answering) buys(months []analysis.MonthRevenue) bool {
	if p := a.Slots.Period; p.Known() && a.Intent == ask.PortfolioList {
		return revenueIn(ofService(months, a.service.ID), p) != 0
	}
	return slices.Contains(value.Bought(months, a.req.today()), a.service.ID)
}

func ofService(months []analysis.MonthRevenue, id analysis.ServiceID) []analysis.MonthRevenue {
	var of []analysis.MonthRevenue
	for _, m := range months {
		if m.Service == id {
			of = append(of, m)
		}
	}
	return of
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

// summary counts a portfolio by segment: revenue of a year, or of the period that was
// named.
func (a *answering) summary(all []counted, args analysis.Args) string {
	key, line, amount := "ask.summary", "ask.segment.line", func(c counted) analysis.Cents { return c.yearly.Amount }
	if p := a.Slots.Period; p.Known() {
		key, line, amount = "ask.summary.period", "ask.segment.period", func(c counted) analysis.Cents { return c.now }
		args["from"], args["to"] = a.p.Month(p.From), a.p.Month(p.To)
	}
	var revenue analysis.Cents
	groups, sums := map[analysis.Segment]int{}, map[analysis.Segment]analysis.Cents{}
	for _, c := range all {
		revenue += amount(c)
		groups[c.segment]++
		sums[c.segment] += amount(c)
	}
	args["revenue"] = revenue
	var lines []string
	for _, s := range append(analysis.Segments(), "") {
		if groups[s] > 0 {
			lines = append(lines, a.p.N(line, groups[s], analysis.Args{"segment": cmp.Or(string(s), a.p.T("segment.without", nil)), "revenue": sums[s]}))
		}
	}
	return view.AnswerLines(a.p, sentenceCase(a.p.N(key, len(all), args)), lines, 0)
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
	if !analysis.Allow(a.req.Actor, analysis.ViewOffice, analysis.Subject{}) {
		return "", refuse()
	}
	near, err := fromBooks(ctx, a.Ask, a.req.today(), "borders", func() (map[analysis.GroupID]analysis.Segment, error) {
		v, err := a.Segmentation.Show(ctx, a.req.Actor, 0)
		return value.Borders(v.Items), err
	})
	if err != nil {
		return "", err
	}
	asked := a.Slots.Segment
	a.Slots.Segment = "" // who stands in it is not the question
	names, err := a.held(ctx)
	a.Slots.Segment = asked
	if err != nil {
		return "", err
	}
	borders := a.borders()
	names = slices.DeleteFunc(names, func(c counted) bool { return near[c.group] == "" || !slices.Contains(borders, near[c.group]) })
	return a.listed("ask.border", analysis.Args{"scope": a.scoped()}, names, func(c counted) string {
		return a.p.T("ask.border.which", analysis.Args{"better": string(near[c.group]), "worse": string(below(near[c.group])), "amount": c.yearly.Amount})
	}), nil
}

// borders are the borders asked about, each by the better of its segments: between the
// two that were named, round the one that was, else all.
func (a *answering) borders() []analysis.Segment {
	first, second := a.Slots.Segment, a.Slots.Against
	var asked []analysis.Segment
	for _, s := range analysis.Segments() {
		between := first != "" && second != "" && (s == first && below(s) == second || s == second && below(s) == first)
		if first == "" || between || second == "" && (s == first || below(s) == first) {
			asked = append(asked, s)
		}
	}
	return asked
}

// below is the segment below s; empty below the last.
func below(s analysis.Segment) analysis.Segment {
	all := analysis.Segments()
	if i := slices.Index(all, s); i >= 0 && i+1 < len(all) {
		return all[i+1]
	}
	return ""
}
