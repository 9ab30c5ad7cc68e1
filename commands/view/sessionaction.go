package view

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// The lists of actions.
const (
	ActionsMine    = "mijn"     // the reader's, still to be done
	ActionsOpen    = "open"     // everybody's, still to be done
	ActionsSettled = "afgerond" // done or dropped
	ActionsSession = "sessie"   // all of one session
	ActionsGroup   = "relatie"  // all for one relatiegroep
)

// ActionScopes lists them; the first three are offered everywhere.
var ActionScopes = []string{ActionsMine, ActionsOpen, ActionsSettled, ActionsSession, ActionsGroup}

// ActionRow is an action as it stands.
type ActionRow struct {
	session.Action
	Value   string       // of its buttons
	Kind    session.Kind // of the session it came of
	Channel analysis.ChannelID
	Name    string    // of the relatiegroep it is for; empty: none in particular
	Changed time.Time // the last time
	Changes int       // 1: nothing happened since it was agreed
	Reason  string    // of the last change
	May     bool      // the reader may change it
	Gone    bool      // its owner does not work here any more
}

// ActionList is a page of a list.
type ActionList struct {
	Outcome             Outcome
	Scope               string
	About               string // name of the relatiegroep of ActionsGroup
	AsOf                analysis.Day
	Rows                []ActionRow
	Late                int // of the list, past their date
	Offset, Size, Total int
	Value               func(scope string, offset int) string
}

// ActionWindow is a list, paged.
func ActionWindow(p *locale.Printer, l ActionList) Modal {
	m := Modal{Title: cut(p.T("action.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, l.Outcome, "action.undo.v1")...)
	m.Blocks = append(m.Blocks, section(actionIntro(p, l)))
	var others []slack.BlockElement
	for i, scope := range ActionScopes[:3] {
		if scope != l.Scope {
			others = append(others, button(p.T("action.scope."+scope, nil), "action.open.v1#"+id(int64(i+3)), l.Value(scope, 0)))
		}
	}
	if l.Scope == ActionsMine {
		others = append(others, button(p.T("action.make.title", nil), "action.form.v1", NoClient))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", others...))
	for _, r := range l.Rows {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), actionSheet(p, r, l.AsOf))
		if buttons := actionButtons(p, r); len(buttons) > 0 {
			m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
		}
	}
	value := func(offset int) string { return l.Value(l.Scope, offset) }
	if buttons := windowPager(p, "action.open.v1", value, l.Offset, l.Size, len(l.Rows), l.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", buttons...))
	}
	return m
}

// actionIntro says what the list holds, or what would fill it.
func actionIntro(p *locale.Printer, l ActionList) string {
	if l.Total == 0 {
		return p.T("action.none."+l.Scope, analysis.Args{"name": brief(l.About)})
	}
	said := p.N("action.count."+l.Scope, l.Total, analysis.Args{"name": brief(l.About)})
	if l.Late > 0 {
		said += " " + p.N("action.late_count", l.Late, nil)
	}
	return said
}

// actionSheet is one action: what, when, whose, how far, and where it came of.
func actionSheet(p *locale.Printer, r ActionRow, asOf analysis.Day) slack.Block {
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	rows := []*slack.RichTextSection{slack.NewRichTextSection(slack.NewRichTextSectionTextElement(cut(r.Then, maxSection), bold))}
	if r.When != "" {
		rows = append(rows, row(p.T("action.when", nil), text(r.When)))
	}
	owner := []slack.RichTextSectionElement{mention(p, r.Owner)}
	if r.Gone {
		owner = append(owner, text(" "+p.T("action.owner_gone", nil)))
	}
	rows = append(rows, row(p.T("action.who", nil), append(owner, text(" · "+actionStanding(p, r, asOf)))...))
	if r.Reason != "" && r.State != session.Open {
		rows = append(rows, row(p.T("action.why", nil), text(r.Reason)))
	}
	return sheet(append(rows, actionOrigin(p, r))...)
}

// actionStanding says how far it is.
func actionStanding(p *locale.Printer, r ActionRow, asOf analysis.Day) string {
	args := analysis.Args{"day": p.Near(r.Due, asOf), "when": p.Moment(r.Changed, asOf)}
	switch {
	case !r.Pending():
		return p.T("action.state."+string(r.State), args)
	case r.Due < asOf:
		return "⚠️ " + p.T("action.late", args)
	case r.Due == asOf:
		return p.T("action.today", nil)
	case r.State == session.Delayed:
		return p.T("action.state.verzet", args)
	}
	return p.T("action.by", args)
}

// actionOrigin is for whom it is and what it came of.
func actionOrigin(p *locale.Printer, r ActionRow) *slack.RichTextSection {
	var words []string
	if r.Name != "" {
		words = append(words, brief(r.Name))
	}
	if r.Theme != "" {
		words = append(words, ThemeWords(p, brief(r.Theme)))
	}
	from := string(r.Kind)
	if r.Kind == session.Training && r.Theme == "" {
		from = "said" // somebody asked for it; a lesson has a theme
	}
	words = append(words, p.T("action.from."+from, nil))
	grey := []slack.RichTextSectionElement{text(strings.Join(words, " · "))}
	if r.Channel != "" {
		grey = append(grey, text(" · "), slack.NewRichTextSectionChannelElement(string(r.Channel), nil))
	}
	return slack.NewRichTextSection(grey...)
}

// actionButtons are what the reader can do about it.
func actionButtons(p *locale.Printer, r ActionRow) []slack.BlockElement {
	var buttons []slack.BlockElement
	switch {
	case !r.May:
	case r.Pending() && r.Gone:
		buttons = append(buttons, primary(button(p.T("action.hand", nil), "action.hand.v1", r.Value)),
			button(p.T("action.done", nil), "action.done.v1", r.Value), button(p.T("action.drop", nil), "action.drop.v1", r.Value))
	case r.Pending():
		buttons = append(buttons, primary(button(p.T("action.done", nil), "action.done.v1", r.Value)),
			button(p.T("action.move", nil), "action.move.v1", r.Value), button(p.T("action.drop", nil), "action.drop.v1", r.Value),
			button(p.T("action.hand", nil), "action.hand.v1", r.Value))
	default:
		buttons = append(buttons, button(p.T("action.reopen", nil), "action.reopen.v1", r.Value))
	}
	if r.Changes > 1 {
		buttons = append(buttons, button(p.T("action.history", nil), "action.history.v1", r.Value))
	}
	return buttons
}
