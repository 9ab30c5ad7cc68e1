package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// SessionBoard is what the one message of a session says that stands in its channel
// and changes with it. Nothing that is hidden, and nothing that one person alone may
// see, goes on it.
type SessionBoard struct {
	State *session.State
	About string // SessionAbout
	// Chosen are the names of the clients of a portfolio that were chosen.
	Chosen []string
	Acts   string // value of the button that opens the list of its actions
}

// SessionButton is one thing to do in a phase.
type SessionButton struct {
	Label  string // key
	Action string // action_id
}

// sessionWork is what people do in a phase, the first thing first.
var sessionWork = map[session.Kind]map[session.Phase][]SessionButton{session.Now3Years: nowWork, session.Journey: journeyWork}

// sessionBody is what a kind of session shows of a phase on its board.
var sessionBody = map[session.Kind]func(p *locale.Printer, b SessionBoard) []slack.Block{session.Now3Years: nowBody, session.Journey: journeyBody}

// SessionMessage is the board.
func SessionMessage(p *locale.Printer, b SessionBoard) Message {
	s := b.State
	title := p.T("session.title", analysis.Args{"kind": SessionKindWord(p, s.Kind), "about": b.About})
	m := Message{Text: twin(title + ". " + sessionStanding(p, s)), Blocks: []slack.Block{header(title)}}
	if s.Goal != "" {
		m.Blocks = append(m.Blocks, sheet(row(p.T("session.goal", nil), text(s.Goal))))
	}
	m.Blocks = append(m.Blocks, slack.NewSectionBlock(mark(sessionPath(p, s)), nil, nil))
	if why := sessionRest(p, s); why != "" {
		sign := "⏸ "
		if s.Status == session.Stopped {
			sign = "⏹ "
		}
		m.Blocks = append(m.Blocks, section(sign+why))
	} else {
		m.Blocks = append(m.Blocks, section(sessionDoes(p, s)))
	}
	if s.Awaits() {
		m.Blocks = append(m.Blocks, slack.NewSectionBlock(mark("*"+p.T("session.awaits", nil)+"*"), nil, nil))
	}
	if body := sessionBody[s.Kind]; body != nil {
		m.Blocks = append(m.Blocks, body(p, b)...)
	}
	m.Blocks = append(m.Blocks, sessionFacts(p, s), slack.NewActionBlock("", sessionButtons(p, b)...))
	return m
}

// sessionDoes says what people do in the phase: of one client, or of several.
func sessionDoes(p *locale.Printer, s *session.State) string {
	key := "session.do." + sessionKinds[s.Kind] + "." + string(s.Phase)
	if s.Kind == session.Now3Years && (s.Phase == session.Facts || s.Phase == session.Writing) {
		key += many(s)
	}
	return p.T(key, nil)
}

// many ends a key of what is said of one client where s is about several.
func many(s *session.State) string {
	if s.Subject.Group == 0 {
		return "_many"
	}
	return ""
}

// sessionStanding is one sentence of where s stands.
func sessionStanding(p *locale.Printer, s *session.State) string {
	if why := sessionRest(p, s); why != "" {
		return why
	}
	words := p.T("session.standing", analysis.Args{"phase": SessionPhaseWord(p, s.Phase)})
	if s.Phase == session.Concluded {
		return words
	}
	done := s.Progress()
	return words + " " + p.T("session.progress", analysis.Args{"done": done.Done, "of": done.Of}) + "."
}

// sessionRest says why s does not go on; empty where it does.
func sessionRest(p *locale.Printer, s *session.State) string {
	switch {
	case s.Status == session.Stopped && s.Why == session.Forgotten:
		return p.T("session.rest.forgotten", nil)
	case s.Status == session.Stopped:
		return p.T("session.ended", nil)
	case s.Status != session.Resting:
		return ""
	case s.Why == session.Archived:
		return p.T("session.paused.archived", nil)
	case s.Why == session.Outsiders:
		return p.T("session.paused.outsiders", nil)
	case s.Why == session.Unreadable:
		return p.T("session.paused.unreadable", nil)
	}
	return p.T("session.paused", nil)
}

// sessionPath is all phases with the present one in bold.
func sessionPath(p *locale.Printer, s *session.State) string {
	var words []string
	for _, ph := range session.PhasesOf(s.Kind) {
		word := SessionPhaseWord(p, ph)
		switch {
		case ph == s.Phase:
			word = "*" + word + "*"
		case s.Passed(ph):
			word = "✓ " + word
		}
		words = append(words, word)
	}
	return strings.Join(words, "  ›  ")
}

// sessionFacts are the progress, the deadline, who leads and who takes part.
func sessionFacts(p *locale.Printer, s *session.State) slack.Block {
	var rows []*slack.RichTextSection
	if !s.Done() {
		line := sessionProgress(p, s)
		if until := SessionUntil(p, s); until != "" && s.Status == session.Running {
			line += "  ·  " + until
		}
		rows = append(rows, slack.NewRichTextSection(text(line)))
	}
	leads := []slack.RichTextSectionElement{text(p.T("session.nobody_leads", nil))}
	if s.Facilitator != "" {
		leads = people(p, []analysis.UserID{s.Facilitator})
	}
	rows = append(rows, row(p.T("session.leads", nil), leads...), row(p.T("session.take_part", nil), people(p, s.Active())...))
	return sheet(rows...)
}

// sessionButtons are the work of the phase, and what moves the session.
func sessionButtons(p *locale.Printer, b SessionBoard) []slack.BlockElement {
	s := b.State
	var all []slack.BlockElement
	if s.Status == session.Running {
		for i, w := range sessionWork[s.Kind][s.Phase] {
			b := button(p.T(w.Label, nil), w.Action, SessionValue(s))
			if i == 0 && !s.Awaits() {
				primary(b)
			}
			all = append(all, b)
		}
		if s.Awaits() {
			all = append(all, sessionSwitch(p, s, session.Live))
		}
		if s.Phase != session.Concluded {
			all = append(all, button(p.T("session.ready", nil), "session.ready.v1", SessionValue(s)), sessionForward(p, s))
		}
	}
	if len(s.Actions) > 0 {
		all = append(all, button(p.T("action.card", nil), "action.open.v1", b.Acts))
	}
	if s.Status == session.Resting {
		all = append(all, primary(button(p.T("session.resume", nil), "session.resume.v1", SessionValue(s))))
	}
	return append(all, button(p.T("session.lead", nil), "session.lead.v1", SessionValue(s)))
}

// sessionForward goes on, after asking; what it asks says who is not done yet.
func sessionForward(p *locale.Printer, s *session.State) *slack.ButtonBlockElement {
	next, _ := s.Next()
	b := button(p.T("session.forward", nil), "session.forward.v1", SessionValue(s))
	done := s.Progress()
	ask := p.T("session.forward_ask", analysis.Args{"phase": SessionPhaseWord(p, next), "done": done.Done, "of": done.Of})
	b.Confirm = sessionConfirm(p, p.T("session.forward", nil), ask)
	return b
}

// sessionSwitch goes on together, with a timer, or each in their own time.
func sessionSwitch(p *locale.Printer, s *session.State, to session.Mode) *slack.ButtonBlockElement {
	b := button(p.T("session.switch."+sessionModes[to], nil), "session.switch.v1#"+strconv.Itoa(1+slices.Index(session.Modes(), to)), SessionValue(s)+"/"+string(to))
	if s.Awaits() && to == session.Live {
		return primary(b)
	}
	b.Confirm = sessionConfirm(p, p.T("session.switch."+sessionModes[to], nil), p.T("session.switch_ask."+sessionModes[to], nil))
	return b
}

func sessionConfirm(p *locale.Printer, do, ask string) *slack.ConfirmationBlockObject {
	return slack.NewConfirmationBlockObject(plain(do, 100), plain(ask, 300), plain(do, 30), plain(p.T("word.back", nil), 30))
}

// SessionValue is what a button about s carries: its id, and the visit of the phase
// that it was drawn in.
func SessionValue(s *session.State) string {
	return strconv.FormatInt(int64(s.ID), 10) + "/" + strconv.Itoa(s.Visit)
}

// SessionNews is said in the thread of the board when a phase begins.
func SessionNews(p *locale.Printer, b SessionBoard) Message {
	s := b.State
	said := p.T("session.news", analysis.Args{"phase": SessionWhere(p, s)})
	parts := []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(said+". ", &slack.RichTextSectionTextStyle{Bold: true}),
		text(sessionDoes(p, s) + " ")}
	if s.Phase != session.Concluded {
		parts = append(parts, people(p, s.Active())...)
	}
	return Message{Text: twin(said + ". " + p.T("session.news_where", nil)), Blocks: []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(parts...))}}
}

// SessionMoved tells who moved a session what came of it, with the way back.
func SessionMoved(p *locale.Printer, done Outcome) Message {
	return Message{Text: twin(done.Said), Blocks: outcome(p, done, "session.step.v1")}
}
