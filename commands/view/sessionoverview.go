package view

import (
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// SessionOverview is a page of the sessions of an office, and what came of all.
type SessionOverview struct {
	AsOf                        analysis.Day
	Rows                        []OverviewRow // newest first
	Agreed, Done, Dropped, Late int           // actions of all sessions; Late of those still to be done
	Offset, Size, Total         int
}

// OverviewRow is one session.
type OverviewRow struct {
	Kind             session.Kind
	About, Goal      string // About: SessionAbout
	Status           session.Status
	Phase            session.Phase
	Channel          analysis.ChannelID
	Begun            time.Time
	People           int
	Actions, Pending int
	Value            string // of the button to its actions
}

// OverviewWindow shows it.
func OverviewWindow(p *locale.Printer, o SessionOverview) Modal {
	m := Modal{Title: cut(p.T("session.overview", nil), maxTitle), Close: p.T("word.close", nil)}
	if o.Total == 0 {
		m.Blocks = append(m.Blocks, section(p.T("session.overview.none", nil)))
		return m
	}
	said := p.N("session.overview.count", o.Total, nil)
	if o.Agreed > 0 {
		open := o.Agreed - o.Done - o.Dropped
		said += "\n" + p.N("session.overview.actions", o.Agreed, analysis.Args{"done": o.Done, "open": open, "late": o.Late, "dropped": o.Dropped})
	}
	m.Blocks = append(m.Blocks, section(said))
	for _, r := range o.Rows {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), overviewSheet(p, r, o.AsOf))
		if r.Actions > 0 {
			m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.N("session.overview.see", r.Actions, nil), "action.open.v1", r.Value)))
		}
	}
	if buttons := windowPager(p, "session.overview.v1", strconv.Itoa, o.Offset, o.Size, len(o.Rows), o.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", buttons...))
	}
	return m
}

// overviewSheet is one session: what about, how far, with whom, and what came of it.
func overviewSheet(p *locale.Printer, r OverviewRow, asOf analysis.Day) slack.Block {
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	title := SessionKindWord(p, r.Kind)
	if r.About != "" {
		title = p.T("session.title", analysis.Args{"kind": title, "about": r.About})
	}
	rows := []*slack.RichTextSection{slack.NewRichTextSection(slack.NewRichTextSectionTextElement(cut(title, maxSection), bold))}
	if r.Goal != "" {
		rows = append(rows, slack.NewRichTextSection(text(r.Goal)))
	}
	if r.Kind != session.Training {
		state := SessionPhaseWord(p, r.Phase)
		switch {
		case r.Status == session.Stopped:
			state = p.T("session.overview.stopped", nil)
		case r.Phase == session.Concluded:
			state = p.T("session.overview.concluded", nil)
		case r.Status == session.Resting:
			state = p.T("session.overview.resting", analysis.Args{"phase": state})
		}
		facts := []slack.RichTextSectionElement{text(state + " · " + p.T("session.overview.begun", analysis.Args{"day": p.Near(analysis.DayOf(r.Begun), asOf)}) + " · " + p.N("session.overview.people", r.People, nil))}
		if r.Channel != "" {
			facts = append(facts, text(" · "), slack.NewRichTextSectionChannelElement(string(r.Channel), nil))
		}
		rows = append(rows, slack.NewRichTextSection(facts...))
	}
	came := p.T("session.overview.no_actions", nil)
	if r.Actions > 0 {
		came = p.N("session.overview.came", r.Actions, analysis.Args{"open": r.Pending})
	}
	return sheet(append(rows, slack.NewRichTextSection(text(came)))...)
}
