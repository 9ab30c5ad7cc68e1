package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/attention"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// office answers about the pyramid and the attention plan.
func (a *answering) office(ctx context.Context) (string, error) {
	switch a.Intent {
	case ask.PyramidShow, ask.PyramidMigration:
		return a.pyramid(ctx)
	case ask.AttentionReport:
		return a.report(ctx)
	}
	return a.week(ctx)
}

// pyramid shows the pyramid, or whom of a layer; of a migration who moved.
func (a *answering) pyramid(ctx context.Context) (string, error) {
	s := scope{manager: a.manager.ID}
	moved := a.Intent == ask.PyramidMigration
	if moved {
		s = scope{} // portfolios change hands: the whole office is compared
	}
	f, err := fromBooks(ctx, a.Ask, a.req.today(), fmt.Sprint("pyramid/", s.manager, a.req.Actor.Manager, a.req.Actor.Roles), func() (view.PyramidFigures, error) {
		return a.Pyramid.figures(ctx, a.req.Actor, s, a.req.today())
	})
	if err != nil {
		return "", err
	}
	if s.manager != 0 {
		f.Scope = a.colleague(a.manager)
	}
	layer := a.Slots.Layer
	if !moved && layer == "" || moved && f.Migration == nil {
		return view.PyramidText(a.p, f), nil
	}
	if !moved {
		all, err := a.held(ctx)
		if err != nil {
			return "", err
		}
		return a.listed("ask.list", analysis.Args{"scope": a.scoped()}, all, func(c counted) string { return a.p.Money(c.yearly.Amount) }), nil
	}
	went := map[analysis.GroupID]value.Moved{}
	for _, m := range f.Migration.Moved {
		if layer == "" || m.From == layer || m.To == layer {
			went[m.Group] = m
		}
	}
	books, err := a.books(ctx, a.req.today())
	if err != nil {
		return "", err
	}
	var all []counted
	for _, row := range books.rows {
		if _, ok := went[row.group]; ok && (a.manager.ID == 0 || row.manager == a.manager.ID || row.partner == a.manager.ID) {
			all = append(all, counted{held: row.held})
		}
	}
	analysis.Sort(all, func(x, y counted) int { return cmp.Compare(y.yearly.Amount, x.yearly.Amount) })
	words := func(l analysis.Layer) string { return a.p.T("layer."+string(l), nil) }
	args := analysis.Args{"scope": a.scope(), "version": int64(f.Since.ID), "day": f.Since.AsOf}
	return a.listed("ask.migrated", args, all, func(c counted) string {
		return words(went[c.group].From) + " → " + words(went[c.group].To)
	}), nil
}

// report tells what became of the attention plan: in the period, the segment and the
// portfolio that were named.
func (a *answering) report(ctx context.Context) (string, error) {
	today := a.req.today()
	from, to, err := stretch("", today)
	if err != nil {
		return "", err
	}
	cut := reportCut{from: from, to: to, manager: a.manager.ID, segment: a.Slots.Segment}
	if p := a.Slots.Period; p.Known() && p.From <= today {
		cut.from, cut.to = p.From, min(p.To, today)
	}
	type counted struct {
		f    view.ReportFigures
		said bool
	}
	c, err := fromBooks(ctx, a.Ask, today, fmt.Sprint("report/", cut, a.req.Actor.Manager, a.req.Actor.Roles), func() (counted, error) {
		f, said, err := a.Report.About(ctx, a.req.Actor, today, cut)
		return counted{f, said}, err
	})
	if err != nil {
		return "", err
	}
	if !c.said {
		return a.p.T("ask.report.per_person", nil), nil
	}
	c.f.People = slices.Clone(c.f.People)
	for i, one := range c.f.People {
		c.f.People[i].Name = a.hidden(prompts.VeiledPerson, "name/"+one.Name, one.Name)
	}
	text := view.ReportText(a.p, c.f)
	if cut.whole() {
		return text, nil
	}
	words := a.scope()
	if cut.segment != "" {
		words = a.p.T("ask.scope.segment", analysis.Args{"scope": words, "segment": string(cut.segment)})
	}
	return words + ". " + text, nil
}

// week tells whom to give attention in the week that was named; of what is overdue
// only that.
func (a *answering) week(ctx context.Context) (string, error) {
	wanted := AttentionAsk{Day: a.req.today(), Manager: a.manager.ID}
	if p := a.Slots.Period; p.Known() && attention.WeekOf(p.From) != attention.WeekOf(wanted.Day) {
		wanted.Week = attention.WeekOf(p.From)
	}
	week, err := a.Report.Week.Show(ctx, a.req, wanted)
	if err != nil {
		return "", err
	}
	if !week.Final {
		return a.p.T("ask.week.unsegmented", nil), nil
	}
	var lines []string
	total := 0
	for _, person := range week.People {
		for _, r := range person.Rows {
			if a.Intent == ask.AttentionOverdue && r.DaysLate <= 0 || a.Slots.Segment != "" && r.Segment != a.Slots.Segment {
				continue
			}
			total++
			if len(lines) < cmp.Or(min(a.Slots.Limit, 50), answerRows) {
				note := a.thing(view.ReasonWords(a.p, r.Item))
				if a.manager.ID == 0 {
					note = a.colleague(person.Person) + " · " + note
				}
				lines = append(lines, a.row(r.Group.ID, view.AnswerRow{Name: r.Group.Name, Number: r.Group.Number, Segment: r.Segment, Note: note}).Words())
			}
		}
	}
	key := "ask.week"
	if a.Intent == ask.AttentionOverdue {
		key = "ask.overdue"
	}
	scope := a.scope()
	if a.Slots.Segment != "" {
		scope = a.p.T("ask.scope.segment", analysis.Args{"scope": scope, "segment": string(a.Slots.Segment)})
	}
	args := analysis.Args{"scope": scope, "week": view.WeekWords(a.p, week.Week)}
	return view.AnswerLines(a.p, a.p.N(key, total, args), lines, total-len(lines)), nil
}
