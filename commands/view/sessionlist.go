package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// SessionLine is a session in a list.
type SessionLine struct {
	ID      session.ID
	Kind    session.Kind
	About   string
	Phase   session.Phase
	Status  session.Status
	Until   string // the deadline, in words; may be empty
	Channel analysis.ChannelID
	Here    bool // it is held where the list was asked
}

// SessionList is what is going on.
type SessionList struct {
	Lines               []SessionLine
	Offset, Size, Total int
	MayBegin            bool
}

// SessionListMessage answers /sessie.
func SessionListMessage(p *locale.Printer, l SessionList) Message {
	intro := p.T("session.list.none", nil)
	if l.Total > 0 {
		intro = p.N("session.list.some", l.Total, nil)
	}
	m := Message{Text: twin(intro), Blocks: []slack.Block{header(p.T("session.list.title", nil)), section(intro)}}
	for i, s := range l.Lines {
		words := SessionPhaseWord(p, s.Phase)
		switch s.Status {
		case session.Resting:
			words = p.T("session.list.rests", nil)
		case session.Stopped:
			words = p.T("session.list.stopped", nil)
		default:
			if s.Until != "" {
				words += " · " + s.Until
			}
		}
		title := slack.NewRichTextSectionTextElement(p.T("session.title", analysis.Args{"kind": SessionKindWord(p, s.Kind), "about": s.About}), &slack.RichTextSectionTextStyle{Bold: true})
		line := slack.NewRichTextSection(title, text("\n"+words))
		if !s.Here {
			line.Elements = append(line.Elements, text(" · "), slack.NewRichTextSectionChannelElement(string(s.Channel), nil))
		}
		m.Blocks = append(m.Blocks, slack.NewRichTextBlock("", line),
			slack.NewActionBlock("", button(p.T("setting.look", nil), "session.open.v1#"+strconv.Itoa(i+1), strconv.FormatInt(int64(s.ID), 10))))
	}
	buttons := windowPager(p, "session.list.v1", strconv.Itoa, l.Offset, l.Size, len(l.Lines), l.Total)
	if l.MayBegin {
		buttons = append([]slack.BlockElement{primary(button(p.T("session.new", nil), "session.form.v1", "-"))}, buttons...)
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	m.Blocks = append(m.Blocks, context(p.T("session.list.hint", nil)))
	return m
}

// SessionChoices asks which of several clients was meant.
func SessionChoices(p *locale.Printer, kind session.Kind, title string, found []Candidate) Message {
	m := Message{Text: twin(title), Blocks: []slack.Block{section(title)}}
	for i, c := range found {
		m.Blocks = append(m.Blocks, choice(brief(c.Name)+"\n"+c.details(p), button(p.T("session.choose", nil), "session.form.v1#"+strconv.Itoa(i+1), string(kind)+"/client/"+strconv.FormatInt(int64(c.Client), 10))))
	}
	return m
}
