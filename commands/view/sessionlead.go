package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// Blocks of the form of who takes part.
const (
	FieldPeople = "people"
	FieldLeader = "leader"
)

// SessionLead is the window *Begeleiden*: what moves a session, and who takes part.
type SessionLead struct {
	SessionBoard
	Leads   bool // the viewer may move the session
	Takes   bool // the viewer may become who leads it
	Member  bool // the viewer takes part
	Outcome Outcome
}

// SessionLeadWindow shows it.
func SessionLeadWindow(p *locale.Printer, l SessionLead) Modal {
	s := l.State
	m := Modal{Title: cut(p.T("session.lead", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, l.Outcome, "session.step.v1")}
	m.Blocks = append(m.Blocks, slack.NewSectionBlock(mark(sessionPath(p, s)), nil, nil))
	if why := sessionRest(p, s); why != "" {
		m.Blocks = append(m.Blocks, section(why))
	}
	m.Blocks = append(m.Blocks, sessionFacts(p, s))
	switch {
	case l.Leads:
		m.Blocks = append(m.Blocks, leadMoves(p, s)...)
		m.Blocks = append(m.Blocks, leadPeople(p, s)...)
		if !s.Done() {
			m.Submit, m.Callback, m.Private = p.T("word.save", nil), "session.people.v1", SessionValue(s)
		}
	case l.Takes:
		m.Blocks = append(m.Blocks, choice(p.T("session.take_hint", nil), primary(button(p.T("session.take", nil), "session.take.v1", SessionValue(s)+"/"+string(s.Facilitator)))))
	default:
		m.Blocks = append(m.Blocks, section(p.T("session.lead_who", nil)))
	}
	if l.Member && !s.Done() && s.Status != session.Stopped {
		leave := button(p.T("session.leave", nil), "session.leave.v1", SessionValue(s))
		leave.Confirm = sessionConfirm(p, p.T("session.leave", nil), p.T("session.leave_ask", nil))
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", leave))
	}
	return m
}

// leadMoves are the buttons that move s.
func leadMoves(p *locale.Printer, s *session.State) []slack.Block {
	value := SessionValue(s)
	var moves, time []slack.BlockElement
	if s.Status == session.Running && s.Phase != session.Concluded {
		held := s.Mode.In(s.Phase)
		if forward := sessionForward(p, s); s.Awaits() {
			moves = append(moves, sessionSwitch(p, s, session.Live), forward, sessionSwitch(p, s, session.Async))
		} else {
			moves = append(moves, primary(forward), sessionSwitch(p, s, map[session.Mode]session.Mode{session.Async: session.Live, session.Live: session.Async}[held]))
		}
		for i, n := range SessionTerms(held) {
			key := "session.extend_days"
			if held == session.Live {
				key = "session.extend_minutes"
			}
			time = append(time, button(p.N(key, n, nil), "session.extend.v1#"+strconv.Itoa(i+1), value+"/"+strconv.Itoa(n)))
		}
		time = append(time, button(p.T("session.pause", nil), "session.pause.v1", value))
		end := button(p.T("session.end", nil), "session.end.v1", value)
		end.Confirm = sessionConfirm(p, p.T("session.end", nil), p.T("session.end_ask", nil))
		time = append(time, end)
	}
	if s.Status == session.Resting {
		moves = append(moves, primary(button(p.T("session.resume", nil), "session.resume.v1", value)))
	}
	if step, ok := s.LastStep(true); ok && s.Status != session.Resting {
		moves = append(moves, button(p.T("session.undo", nil), "session.step.v1#1", SessionStep(s, step)))
	}
	if step, ok := s.LastUndone(true); ok && s.Status != session.Resting {
		moves = append(moves, button(p.T("session.redo", nil), "session.step.v1#2", SessionStep(s, step)))
	}
	var blocks []slack.Block
	for _, row := range [][]slack.BlockElement{moves, time} {
		if len(row) > 0 {
			blocks = append(blocks, slack.NewActionBlock("", row...))
		}
	}
	if back := leadReopen(p, s); back != nil {
		blocks = append(blocks, back)
	}
	return blocks
}

// SessionStep is the value of a button that undoes a step, or does it again.
func SessionStep(s *session.State, u session.Undone) string {
	return SessionValue(s) + "/" + strconv.Itoa(u.Seq)
}

// SessionTerms are by how much a phase can be extended: working days, or minutes; none
// while it has no term.
func SessionTerms(m session.Mode) []int {
	switch m {
	case session.Live:
		return []int{2, 5, 10}
	case session.Async:
		return []int{1, 2, 5}
	}
	return nil
}

// leadReopen offers the phases that were passed; nil where there is none.
func leadReopen(p *locale.Printer, s *session.State) slack.Block {
	if s.Status != session.Running {
		return nil
	}
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("session.reopen_choose", nil), maxPlaceholder), "session.reopen.v1")
	for _, ph := range session.PhasesOf(s.Kind) {
		if s.Passed(ph) {
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(SessionValue(s)+"/"+string(ph), plain(SessionPhaseWord(p, ph), maxOption), nil))
		}
	}
	if len(pick.Options) == 0 {
		return nil
	}
	pick.Confirm = sessionConfirm(p, p.T("session.reopen_do", nil), p.T("session.reopen_ask", nil))
	return slack.NewSectionBlock(plain(p.T("session.reopen", nil), maxSection), nil, slack.NewAccessory(pick))
}

// leadPeople asks who takes part and who leads.
func leadPeople(p *locale.Printer, s *session.State) []slack.Block {
	if s.Done() {
		return nil
	}
	leads := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "leader")
	if !session.IsGone(s.Facilitator) {
		leads.InitialUser = string(s.Facilitator)
	}
	tag := strconv.Itoa(s.Seq)
	return []slack.Block{slack.NewDividerBlock(), sessionPeople(p, FieldBlock(FieldPeople, tag), s.Active()),
		slack.NewInputBlock(FieldBlock(FieldLeader, tag), plain(p.T("session.leads", nil), maxHeader), plain(p.T("session.leads_hint", nil), maxHeader), leads)}
}

// sessionPeople asks who takes part.
func sessionPeople(p *locale.Printer, block string, users []analysis.UserID) slack.Block {
	pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, plain(p.T("session.people_choose", nil), maxPlaceholder), "people")
	for _, u := range users {
		if session.IsGone(u) {
			continue
		}
		pick.InitialUsers = append(pick.InitialUsers, string(u))
	}
	most := session.MostParticipants
	pick.MaxSelectedItems = &most
	args := analysis.Args{"fewest": session.FewestParticipants, "most": session.MostParticipants}
	return slack.NewInputBlock(block, plain(p.T("session.take_part", nil), maxHeader), plain(p.T("session.people_hint", args), maxHeader), pick)
}
