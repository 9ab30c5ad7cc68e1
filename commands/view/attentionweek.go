package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// PersonalWeek is what one person is asked this week, as /aandacht and the Home
// tab show it.
type PersonalWeek struct {
	Week     attention.Week
	AsOf     analysis.Day
	Name     string // whose week it is; empty: the reader's own
	Final    bool   // there is a definitief segmentation; without one nothing is planned
	Personal attention.Personal
	Unfit    []string // that the plan does not fit, and the ways out
	Rows     []AttentionItem
	// Rows stand on a page of Size from Offset on, of Total.
	Offset, Size, Total int
	Value               func(offset int) string
	Overdue             []AttentionItem
	Settled             []AttentionItem // what was handled this week
	Back                string          // value of the button to the team; empty: none
}

// WeekMessage is the answer of /aandacht.
func WeekMessage(p *locale.Printer, w PersonalWeek) Message {
	m := Message{Text: twin(weekSentence(p, w)), Blocks: []slack.Block{header(WeekWords(p, w.Week))}}
	m.Blocks = append(m.Blocks, weekBlocks(p, w)...)
	buttons := windowPager(p, "attention.week.v1", w.Value, w.Offset, w.Size, len(w.Rows), w.Total)
	if w.Back != "" {
		buttons = append(buttons, button(p.T("attention.team", nil), "attention.team.v1", w.Back))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// weekSentence is the week for who reads only the text. It names nobody.
func weekSentence(p *locale.Printer, w PersonalWeek) string {
	args := analysis.Args{"week": w.Week.Number, "name": brief(w.Name)}
	if w.Name != "" {
		return p.N("attention.week.of", w.Total, args)
	}
	return p.N("attention.week.mine", w.Total, args)
}

// weekBlocks are the load of the week and the rows.
func weekBlocks(p *locale.Printer, w PersonalWeek) []slack.Block {
	if !w.Final {
		return []slack.Block{section(p.T("attention.nobody", nil))}
	}
	blocks := []slack.Block{section(weekSentence(p, w)), context(loadWords(p, w.Personal, w.Total))}
	if len(w.Unfit) > 0 {
		blocks = append(blocks, section("⚠️ "+strings.Join(w.Unfit, "\n• ")))
	}
	for _, row := range w.Rows {
		blocks = append(blocks, AttentionItemBlocks(p, row)...)
	}
	if w.Personal.Waiting > 0 {
		blocks = append(blocks, context(p.N("attention.waiting", w.Personal.Waiting, nil)))
	}
	if len(w.Overdue) > 0 {
		blocks = append(blocks, section(overdueWords(p, Digest{Overdue: w.Overdue, OverdueCount: w.Personal.OverdueCount})))
	}
	if len(w.Settled) > 0 {
		blocks = append(blocks, slack.NewDividerBlock(), context(p.T("attention.week.settled", nil)))
	}
	for _, row := range w.Settled {
		blocks = append(blocks, AttentionItemBlocks(p, row)...)
	}
	return blocks
}

// loadWords says how much is asked, is possible and is needed.
func loadWords(p *locale.Printer, l attention.Personal, shown int) string {
	return p.T("attention.load", analysis.Args{"shown": shown, "capacity": l.Capacity, "needed": p.Points(l.Needed)})
}

// TeamRow is the week of one manager in a line.
type TeamRow struct {
	Name     string
	Value    string // of the button to it
	Personal attention.Personal
	Late     int // of what is asked
	Coverage float64
	GroupsA  int // 0: no coverage to speak of
}

// TeamWeek is the week of everybody.
type TeamWeek struct {
	Week                attention.Week
	Final               bool
	Since               analysis.Day // from when coverage is counted
	Rows                []TeamRow
	Offset, Size, Total int
	Value               func(offset int) string
}

// TeamMessage is the overview of all managers: a press opens one of them.
func TeamMessage(p *locale.Printer, t TeamWeek) Message {
	said := p.N("attention.team.title", t.Total, analysis.Args{"week": t.Week.Number})
	m := Message{Text: twin(said), Blocks: []slack.Block{header(WeekWords(p, t.Week))}}
	if !t.Final || t.Total == 0 {
		m.Blocks = append(m.Blocks, section(p.T("attention.nobody", nil)))
		return m
	}
	m.Blocks = append(m.Blocks, section(said), context(p.T("attention.team.note", analysis.Args{"since": t.Since})))
	for _, r := range t.Rows {
		m.Blocks = append(m.Blocks, choice(brief(r.Name)+"\n"+teamWords(p, r), button(p.T("attention.team.open", nil), "attention.week.v1", r.Value)))
	}
	if buttons := windowPager(p, "attention.team.v1", t.Value, t.Offset, t.Size, len(t.Rows), t.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// teamWords are the figures of one manager.
func teamWords(p *locale.Printer, r TeamRow) string {
	parts := []string{loadWords(p, r.Personal, len(r.Personal.Items))}
	if !r.Personal.Fits {
		parts[0] = "⚠️ " + parts[0]
	}
	if r.Late > 0 {
		parts = append(parts, p.N("attention.team.late", r.Late, nil))
	}
	if r.Personal.Waiting > 0 {
		parts = append(parts, p.N("attention.team.waiting", r.Personal.Waiting, nil))
	}
	if r.GroupsA > 0 {
		parts = append(parts, p.T("attention.team.coverage", analysis.Args{"share": p.Percent(r.Coverage), "groups": r.GroupsA}))
	}
	return strings.Join(parts, " · ")
}
