package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// SessionNotice is what the clock says about a session.
type SessionNotice struct {
	What  string // the end of its key
	State *session.State
	About string       // what the session is about
	Of    string       // the cluster, step or theme it is about; may be empty
	Held  session.Mode // how it goes on, where that changed
	AsOf  analysis.Day
	Over  bool        // what it asked for happened, or does not matter any more
	Open  []ActionRow // what earlier sessions left open
}

// NoticeMessage is what is said: to one person with what they can do about it, in
// a thread as one sentence.
func NoticeMessage(p *locale.Printer, n SessionNotice) Message {
	s := n.State
	args := analysis.Args{"session": p.T("session.title", analysis.Args{"kind": SessionKindWord(p, s.Kind), "about": n.About}),
		"phase": SessionPhaseWord(p, s.Phase), "of": brief(n.Of)}
	if !s.Deadline.IsZero() {
		args["until"] = sessionWhen(p, s, n.AsOf)
	}
	key := "session.notice." + n.What
	if n.What == "rest" && !n.Over {
		key += "." + string(s.Why)
	}
	if n.Held != "" {
		key += "." + sessionModes[n.Held]
	}
	if n.Over {
		key = "session.notice.over"
	}
	said := p.T(key, args)
	blocks := []slack.Block{section(said)}
	if where := noticeWhere(p, n); where != nil {
		blocks = append(blocks, where)
	}
	for _, r := range n.Open {
		blocks = append(blocks, actionSheet(p, r, n.AsOf))
	}
	if buttons := noticeButtons(p, n); len(buttons) > 0 && !n.Over {
		blocks = append(blocks, slack.NewActionBlock("", buttons...))
	}
	return Message{Text: twin(said), Blocks: blocks}
}

// noticeWhere is the way to the channel, in what is said to one person.
func noticeWhere(p *locale.Printer, n SessionNotice) slack.Block {
	switch n.What {
	case "missing", "still", "rest", "forgotten":
		return slack.NewRichTextBlock("", slack.NewRichTextSection(text(p.T("session.notice.where", nil)+" "),
			slack.NewRichTextSectionChannelElement(string(n.State.Channel), nil)))
	}
	return nil
}

// noticeButtons are what the reader can do at once.
func noticeButtons(p *locale.Printer, n SessionNotice) []slack.BlockElement {
	s := n.State
	var all []slack.BlockElement
	switch n.What {
	case "missing":
		for _, w := range sessionWork[s.Kind][s.Phase] {
			all = append(all, button(p.T(w.Label, nil), w.Action, SessionValue(s)))
		}
		if len(all) > 0 {
			primary(all[0].(*slack.ButtonBlockElement))
		}
		return append(all, button(p.T("session.ready", nil), "session.ready.v1", SessionValue(s)))
	case "time_up":
		more := SessionTerms(s.Mode.In(s.Phase))
		all = append(all, primary(sessionForward(p, s)))
		for i, m := range more[:min(len(more), 2)] {
			all = append(all, button(p.N("session.extend_minutes", m, nil), "session.extend.v1#"+strconv.Itoa(i+1), SessionValue(s)+"/"+strconv.Itoa(m)))
		}
		return all
	case "still", "rest", "forgotten":
		return []slack.BlockElement{button(p.T("session.lead", nil), "session.lead.v1", SessionValue(s))}
	}
	return nil
}
