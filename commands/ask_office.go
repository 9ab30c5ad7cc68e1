package commands

import (
	"context"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// office answers about the pyramid and the attention plan.
func (a *answering) office(ctx context.Context) (string, error) {
	today := a.req.today()
	switch a.Intent {
	case ask.PyramidShow, ask.PyramidMigration:
		f, err := a.Pyramid.figures(ctx, a.req.Actor, scope{manager: a.manager.ID, title: a.colleague(a.manager)}, today)
		if err != nil {
			return "", err
		}
		return view.PyramidText(a.p, f), nil
	case ask.AttentionReport:
		year := ""
		if a.Slots.Period.Known() && a.Slots.Period.From.Year() < today.Year() {
			year = strconv.Itoa(a.Slots.Period.From.Year())
		}
		f, err := a.Report.Figures(ctx, a.req.Actor, today, year)
		if err != nil {
			return "", err
		}
		f.People = slices.Clone(f.People)
		for i := range f.People {
			f.People[i].Name = a.hidden(prompts.VeiledPerson, "name/"+f.People[i].Name, f.People[i].Name)
		}
		return view.ReportText(a.p, f), nil
	}
	return a.week(ctx)
}

// week tells whom to give attention in the week that was named; of what is overdue
// only that.
func (a *answering) week(ctx context.Context) (string, error) {
	wanted := AttentionAsk{Day: a.req.today(), Manager: a.manager.ID}
	if p := a.Slots.Period; p.Known() && p.From > wanted.Day {
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
			if len(lines) < answerRows {
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
	args := analysis.Args{"scope": a.scope(), "week": view.WeekWords(a.p, week.Week)}
	return view.AnswerLines(a.p, a.p.N(key, total, args), lines, total-len(lines)), nil
}
