package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// JourneyWishes tells the channel what everybody wished, once the wishing is over.
func JourneyWishes(p *locale.Printer, j Journey) Message {
	wishes := j.CardsAt("", session.Place{Horizon: session.Wished})
	title := p.N("journey.wishes", len(wishes), nil)
	m := Message{Text: twin(title), Blocks: []slack.Block{section(title)}}
	var rows []*slack.RichTextSection
	for _, c := range wishes {
		rows = append(rows, slack.NewRichTextSection(text("• "+session.Isolate(c.Text))))
	}
	if len(rows) > 0 {
		m.Blocks = append(m.Blocks, sheet(rows...))
	}
	m.Blocks = append(m.Blocks, context(p.T("journey.wishes.next", nil)))
	return m
}

// JourneyChances tells the channel what the weighing came to.
func JourneyChances(p *locale.Printer, j Journey) Message {
	title := p.N("journey.chances", len(j.best()), nil)
	if len(j.best()) == 0 {
		title = p.T("journey.chances.none", nil)
	}
	m := Message{Text: twin(title), Blocks: []slack.Block{section(title)}}
	if rows := chanceRows(p, j); len(rows) > 0 {
		m.Blocks = append(m.Blocks, sheet(rows...), context(p.T("journey.chances.how", nil)))
	}
	return m
}

// JourneyOutcome is the end of a klantreis: what it came to, with the actions; its
// file is as of at.
func JourneyOutcome(p *locale.Printer, j Journey, at time.Time) Message {
	title := p.T("journey.outcome.title", analysis.Args{"scope": j.Scope})
	m := Message{Text: twin(title + ". " + p.N("journey.outcome.text", len(j.Actions), nil)), Blocks: []slack.Block{header(title)}}
	if j.Goal != "" {
		m.Blocks = append(m.Blocks, sheet(row(p.T("journey.goal", nil), text(session.Isolate(j.Goal))), ambition(p, j)))
	} else {
		m.Blocks = append(m.Blocks, sheet(ambition(p, j)))
	}
	if rows := chanceRows(p, j); len(rows) > 0 {
		m.Blocks = append(m.Blocks, section(p.T("journey.outcome.chances", nil)), sheet(rows...))
	}
	if rows := actionRows(p, j); len(rows) > 0 {
		m.Blocks = append(m.Blocks, section(p.T("journey.outcome.actions", nil)), sheet(rows...), context(p.T("journey.outcome.reminded", nil)))
	} else {
		m.Blocks = append(m.Blocks, section(p.T("journey.outcome.no_actions", nil)))
	}
	m.Blocks = append(m.Blocks, context(p.N("journey.outcome.by", len(j.Active()), nil)))
	m.Blocks = append(m.Blocks, outcomeFile(p, j.State, at)...)
	return m
}

// JourneyReport is the outcome as a Markdown file, as of at. named words a person.
func JourneyReport(p *locale.Printer, j Journey, at time.Time, named func(analysis.UserID) string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", inert(p.T("journey.outcome.title", analysis.Args{"scope": j.Scope})))
	fmt.Fprintf(&b, "%s\n\n", inert(p.T("journey.report.held", analysis.Args{"day": p.Date(analysis.DayOf(j.Begun.In(p.Zone()))), "n": len(j.Active())})+" "+fileStamp(p, at)))
	if j.Goal != "" {
		fmt.Fprintf(&b, "**%s:** %s\n\n", p.T("journey.goal", nil), inert(j.Goal))
	}
	if len(j.Ambition) > 0 {
		fmt.Fprintf(&b, "**%s:** %s\n\n", p.T("journey.ambition", nil), inert(strings.Join(j.Ambition, ", ")))
	}
	for i, x := range j.Steps {
		fmt.Fprintf(&b, "## %d. %s\n\n**%s:** %s\n\n", i+1, inert(x.Name), p.T("journey.field.feels", nil), inert(reportFeeling(p, j, i, named)))
		for _, f := range session.StepFields() {
			cards := j.Said(x.ID, f)
			if len(cards) == 0 {
				continue
			}
			fmt.Fprintf(&b, "**%s**\n\n", p.T(fieldKey(f), nil))
			for _, c := range cards {
				fmt.Fprintf(&b, "- %s\n", reportCard(p, c))
			}
			b.WriteString("\n")
		}
	}
	reportChances(&b, p, j)
	fmt.Fprintf(&b, "## %s\n\n", p.T("journey.outcome.actions", nil))
	if len(j.Actions) == 0 {
		fmt.Fprintf(&b, "%s\n\n", p.T("journey.outcome.no_actions", nil))
	} else {
		fmt.Fprintf(&b, "| # | %s | %s | %s | %s |\n|---|---|---|---|---|\n", p.T("journey.act.owner", nil), p.T("journey.act.due", nil), p.T("journey.report.action", nil), p.T("journey.act.chance", nil))
		for i, a := range j.Actions {
			fmt.Fprintf(&b, "| %d | %s | %s | %s | %s |\n", i+1, inert(named(a.Owner)), p.Date(a.Due), inert(actionWords(p, a)), inert(a.Theme))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s\n", inert(p.T("journey.report.legend", nil)))
	return []byte(b.String())
}

// reportCard is a card as an item of a list, word for word, with what it rests on.
func reportCard(p *locale.Printer, c session.Card) string {
	said := inert(c.Text)
	if c.Field == session.Thinks {
		said = "“" + said + "”"
	}
	var notes []string
	if Grounded(c.Field) {
		notes = append(notes, groundWord(p, c.Ground))
	}
	if c.Source != "" {
		notes = append(notes, inert(c.Source))
	}
	if len(notes) > 0 {
		said += " *(" + strings.Join(notes, "; ") + ")*"
	}
	return said
}

func groundWord(p *locale.Printer, g session.Ground) string {
	if g == session.Fact {
		return p.T("chart.journey.fact", nil)
	}
	return p.T("chart.journey.assumption", nil)
}

func reportFeeling(p *locale.Printer, j Journey, i int, named func(analysis.UserID) string) string {
	f := j.Feelings("")[i]
	said := feeling(p, f)
	var by []string
	for _, n := range f.Named {
		by = append(by, named(n.User)+" "+strconv.Itoa(n.Feeling))
	}
	if len(by) > 0 {
		said += ": " + strings.Join(by, ", ")
	}
	return said
}

// reportChances is a table of every opportunity that was weighed.
func reportChances(b *strings.Builder, p *locale.Printer, j Journey) {
	all, ok := j.Weighed()
	if !ok || len(all) == 0 {
		return
	}
	fmt.Fprintf(b, "## %s\n\n| # | %s | %s | %s | %s | n |\n|---|---|---|---|---|---|\n", p.T("journey.report.chances", nil), p.T("chart.journey.opportunity", nil), p.T("journey.report.step", nil),
		p.T("journey.report.impact", nil), p.T("journey.report.effort", nil))
	for i, w := range all {
		x, _ := j.step(w.Card.Step)
		impact, effort := "–", "–"
		if w.N > 0 {
			impact, effort = p.Points(w.Impact), p.Points(w.Effort)
		}
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %d |\n", i+1, inert(w.Card.Text), inert(x.Name), impact, effort, w.N)
	}
	b.WriteString("\n")
}

// inert is text in Markdown of which nothing is markup.
func inert(s string) string {
	var b strings.Builder
	for _, r := range session.Isolate(s) {
		if strings.ContainsRune("\\`*_[]<>#|~!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
