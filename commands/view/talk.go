package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// FieldLesson is the block of what somebody learned of a talk.
const FieldLesson = "talk.lesson"

// FieldTalk is the block of a question.
func FieldTalk(q session.Question) string { return "talk." + string(q) }

// TalkWindow is what somebody sees of their own talks.
type TalkWindow struct {
	Outcome  Outcome
	AsOf     analysis.Day
	Own      int // talks they looked back on, of the last session.KeptDays
	Trends   []session.Trend
	Lessons  []TalkLesson // the newest first
	From, To analysis.Day // the month of Team
	Team     []session.TeamMean
}

// TalkLesson is something they learned.
type TalkLesson struct {
	Text   string
	Day    analysis.Day // of the talk
	Value  string       // of the button that shares it
	Shared bool
}

// TalkModal is the window with their own trend.
func TalkModal(p *locale.Printer, w TalkWindow) Modal {
	m := Modal{Title: cut(p.T("talk.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "talk.undo.v1")...)
	m.Blocks = append(m.Blocks, section(p.T("talk.intro", analysis.Args{"days": session.KeptDays})),
		slack.NewActionBlock("", primary(button(p.T("talk.again", nil), "talk.form.v1", w.AsOf.String()))))
	m.Blocks = append(m.Blocks, slack.NewDividerBlock(), header(p.T("talk.own", nil)))
	if w.Own == 0 {
		m.Blocks = append(m.Blocks, section(p.T("talk.own.none", nil)))
	} else {
		m.Blocks = append(m.Blocks, section(p.N("talk.own.count", w.Own, nil)), trendSheet(p, w.Trends))
	}
	for _, l := range w.Lessons {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), sheet(row(p.T("talk.lesson_of", analysis.Args{"day": p.Near(l.Day, w.AsOf)}), text(l.Text))))
		if l.Shared {
			m.Blocks = append(m.Blocks, context(p.T("talk.lesson_shared", nil)))
			continue
		}
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("talk.share", nil), "talk.share.v1", l.Value)))
	}
	if len(w.Lessons) > 0 {
		m.Blocks = append(m.Blocks, context(p.T("talk.share_rule", nil)))
	}
	return m.with(teamBlocks(p, w)...)
}

// with is m with blocks after its own.
func (m Modal) with(blocks ...slack.Block) Modal {
	m.Blocks = append(m.Blocks, blocks...)
	return m
}

// trendSheet is a line for each question: lately, and before.
func trendSheet(p *locale.Printer, trends []session.Trend) slack.Block {
	var rows []*slack.RichTextSection
	for _, t := range trends {
		said := p.T("talk.trend.none", nil)
		switch {
		case t.N > 0 && t.Then > 0:
			said = stars(t.Lately) + " " + p.T("talk.trend", analysis.Args{"now": p.Points(t.Lately), "then": p.Points(t.Then), "sign": trendSign(t)})
		case t.N > 0:
			said = stars(t.Lately) + " " + p.Points(t.Lately)
		}
		rows = append(rows, row(p.T("talk.short."+string(t.Question), nil), text(said)))
	}
	return sheet(rows...)
}

// stars are a mean for the eye.
func stars(mean float64) string {
	n := min(session.HighestAnswer, max(0, int(mean+.5)))
	return strings.Repeat("●", n) + strings.Repeat("○", session.HighestAnswer-n)
}

// steady is how little a mean may change and still be called the same.
const steady = .25

func trendSign(t session.Trend) string {
	switch {
	case t.Lately >= t.Then+steady:
		return "↑"
	case t.Lately <= t.Then-steady:
		return "↓"
	}
	return "→"
}

// teamBlocks are the means of the team, where enough persons looked back.
func teamBlocks(p *locale.Printer, w TalkWindow) []slack.Block {
	args := analysis.Args{"month": p.Month(w.From), "fewest": session.Fewest}
	blocks := []slack.Block{slack.NewDividerBlock(), header(p.T("talk.team", args))}
	if len(w.Team) == 0 {
		return append(blocks, section(p.T("talk.team.few", args)))
	}
	var rows []*slack.RichTextSection
	for _, t := range w.Team {
		rows = append(rows, row(p.T("talk.short."+string(t.Question), nil),
			text(stars(t.Mean)+" "+p.Points(t.Mean)+" "+p.T("talk.team.persons", analysis.Args{"n": t.Persons}))))
	}
	return append(blocks, sheet(rows...), context(p.T("talk.team.rule", args)))
}

// TalkForm asks the five questions about a talk on day.
func TalkForm(p *locale.Printer, day analysis.Day) Modal {
	m := Modal{Title: cut(p.T("talk.title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: "talk.save.v1", Private: "t"}
	m.Blocks = append(m.Blocks, context(p.T("talk.private", analysis.Args{"days": session.KeptDays})), dayInput(p.T("talk.day", nil), "", day))
	for _, q := range session.Questions() {
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("talk.choose", nil), maxPlaceholder), "answer")
		for n := session.HighestAnswer; n >= session.LowestAnswer; n-- {
			label := strconv.Itoa(n)
			if n == session.LowestAnswer || n == session.HighestAnswer {
				label += " · " + p.T("talk."+string(q)+"."+label, nil)
			}
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(strconv.Itoa(n), plain(label, maxOption), nil))
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldTalk(q), plain(p.T("talk.ask."+string(q), nil), maxHeader), nil, pick).WithOptional(true))
	}
	lesson := slack.NewPlainTextInputBlockElement(plain(p.T("talk.lesson_example", nil), maxPlaceholder), "lesson")
	lesson.MaxLength = session.LongestText
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldLesson, plain(p.T("talk.lesson", nil), maxHeader), plain(p.T("talk.lesson_hint", nil), maxHeader), lesson).WithOptional(true),
		back(p, "talk.open.v1", "t"))
	return m
}
