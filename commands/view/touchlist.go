package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TouchRow is one moment of a timeline.
type TouchRow struct {
	analysis.Touch
	Value   string           // of its buttons
	Contact string           // name of whom it was with; empty: not said
	By      analysis.Manager // who had it, where Slack does not know them
	Hidden  bool             // the reader may not see what was noted
	Change  bool             // the reader may correct it
}

// Timeline is a page of the moments with one relatiegroep.
type Timeline struct {
	Outcome             Outcome
	Group               analysis.Group
	With                analysis.Client // on whose card the window stands; zero: the group
	AsOf                analysis.Day
	Rows                []TouchRow // newest first
	Offset, Size, Total int
	Value               func(offset int) string
	MayLog              bool
	Card                string // client whose card is behind this; empty: none
	Next                *CardNext
	Feedback            []FeedbackRow // what was said outside surveys, for who may read it
	Talked              string        // day of a talk that was just logged, to look back on; empty: none
}

// TouchTimeline is the window with what was discussed when, and by whom.
func TouchTimeline(p *locale.Printer, t Timeline) Modal {
	m := Modal{Title: cut(p.T("touch.list", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, t.Outcome, "touch.undo.v1")...)
	if t.Talked != "" {
		m.Blocks = append(m.Blocks, choice(p.T("talk.after", nil), button(p.T("talk.after_button", nil), "talk.form.v1", t.Talked)))
	}
	lines := p.N("touch.list.count", t.Total, nil)
	if t.Total == 0 {
		lines = p.T("touch.list.none", nil)
	}
	if t.Next != nil {
		lines += "\n" + p.T("client.next", nil) + ": " + NextWords(p, *t.Next, t.AsOf)
	}
	m.Blocks = append(m.Blocks, withWhom(p, t.Group, t.With), section(lines))
	var top []slack.BlockElement
	if t.MayLog {
		top = append(top, primary(button(p.T("touch.log", nil), "touch.open.v1", t.Value(0))), button(p.T("occasion.button", nil), "occasion.open.v1", id(t.Group.ID)),
			button(p.T("objection.button", nil), "objection.open.v1", t.Value(0)))
	}
	if t.Card != "" {
		top = append(top, button(p.T("judge.card", nil), "client.open.v1", t.Card))
	}
	if len(top) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", top...))
	}
	if t.Offset == 0 {
		m.Blocks = append(m.Blocks, feedbackTimeline(p, t.Feedback, t.AsOf)...)
	}
	for _, r := range t.Rows {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock())
		m.Blocks = append(m.Blocks, touchRow(p, r, t.AsOf)...)
	}
	if buttons := windowPager(p, "touch.list.v1", t.Value, t.Offset, t.Size, len(t.Rows), t.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", buttons...))
	}
	if t.Total > 0 {
		m.Blocks = append(m.Blocks, context(p.T("touch.note.rule", nil)))
	}
	return m
}

// touchRow is one moment: when, how, by whom and with whom, and what was noted.
func touchRow(p *locale.Printer, r TouchRow, asOf analysis.Day) []slack.Block {
	parts := []slack.RichTextSectionElement{text(TouchWords(p, r.Kind) + " · "), touchPerson(p, r.Touch.By, r.By)}
	if r.Contact != "" {
		parts = append(parts, text(" · "+p.T("touch.with", analysis.Args{"name": brief(r.Contact)})))
	}
	rows := []*slack.RichTextSection{row(p.Near(r.Day, asOf), parts...)}
	plainly := func(s string) { rows = append(rows, slack.NewRichTextSection(text(s))) }
	switch {
	case r.Hidden && (r.Note != "" || r.Next != ""):
		plainly(p.T("touch.hidden", nil))
	case !r.Hidden:
		if r.Note != "" {
			plainly(r.Note)
		}
		if r.Next != "" {
			plainly("→ " + nextStep(p, r.Next, r.NextDay, asOf))
		}
		if r.Link != "" {
			rows = append(rows, slack.NewRichTextSection(slack.NewRichTextSectionLinkElement(r.Link, p.T("touch.link", nil), nil)))
		}
	}
	if r.Version > 1 {
		plainly(p.T("touch.revised", analysis.Args{"when": p.Moment(r.At, asOf)}))
	}
	blocks := []slack.Block{sheet(rows...)}
	if r.Change {
		blocks = append(blocks, slack.NewActionBlock("", button(p.T("touch.correct", nil), "touch.revise.v1", r.Value),
			button(p.T("touch.remove", nil), "touch.remove.v1", r.Value)))
	}
	return blocks
}

// nextStep is what follows, with its day.
func nextStep(p *locale.Printer, next string, day, asOf analysis.Day) string {
	next = strings.ReplaceAll(next, "\n", " ")
	if !day.Known() {
		return next
	}
	return next + " (" + p.T("touch.before", analysis.Args{"day": p.Near(day, asOf)}) + ")"
}

// touchPerson is who had a moment, as Slack shows people where it knows them.
func touchPerson(p *locale.Printer, user analysis.UserID, m analysis.Manager) slack.RichTextSectionElement {
	if user != "" {
		return slack.NewRichTextSectionUserElement(string(user), nil)
	}
	if m == (analysis.Manager{}) {
		return text(p.T("touch.by.unknown", nil))
	}
	return person(p, m)
}

// TouchProposal is what somebody seems to have said about a moment: the button
// opens the form with it filled in.
type TouchProposal struct {
	Kind  analysis.TouchKind
	Found []Candidate // whom it may have been with, best first
	Value func(analysis.ClientID) string
	Asked string // what they were called; empty: it is not said
}

// ProposeTouch offers to log what was said.
func ProposeTouch(p *locale.Printer, t TouchProposal) Message {
	args := analysis.Args{"kind": TouchWords(p, t.Kind), "query": brief(t.Asked)}
	if len(t.Found) == 0 {
		key := "touch.said.nobody"
		if t.Asked == "" {
			key = "touch.said.find"
		}
		said := p.T(key, args)
		return Message{Text: twin(said), Blocks: []slack.Block{section(said), slack.NewActionBlock("",
			button(p.T("touch.log", nil), "touch.open.v1", t.Value(0)))}}
	}
	key := "touch.said.which"
	if t.Asked == "" {
		key = "touch.said.whom"
	}
	if len(t.Found) == 1 {
		key, args["name"] = "touch.said.one", brief(t.Found[0].Name)
	}
	m := Message{Text: twin(p.T(key, args)), Blocks: []slack.Block{section(p.T(key, args))}}
	for i, c := range t.Found {
		b := button(p.T("touch.log", nil), "touch.open.v1", t.Value(c.Client))
		if i == 0 && len(t.Found) == 1 {
			b = primary(b)
		}
		m.Blocks = append(m.Blocks, choice(brief(c.Name)+"\n"+c.details(p), b))
	}
	return m
}

// TouchClosed is what stands in the window when it has nothing to show but what
// was done.
func TouchClosed(p *locale.Printer, o Outcome) Modal {
	return Modal{Title: cut(p.T("touch.form", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, o, "touch.undo.v1")}
}

// LastWords says when somebody of the office last had contact, how and who.
func LastWords(p *locale.Printer, t analysis.Touch, by analysis.Manager, asOf analysis.Day) []slack.RichTextSectionElement {
	return []slack.RichTextSectionElement{text(p.Near(t.Day, asOf) + " · " + TouchWords(p, t.Kind) + " · "), touchPerson(p, t.By, by)}
}
