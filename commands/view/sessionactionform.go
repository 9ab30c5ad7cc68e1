package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// FieldActionWhy is the block of the reason for which an action is moved or
// dropped. Its date is in FieldDay, its next owner in FieldColleague.
const FieldActionWhy = "action.why"

// ActionMoveForm asks until when an action is moved, and why.
func ActionMoveForm(p *locale.Printer, r ActionRow, asOf analysis.Day, list bool) Modal {
	return actionForm(p, "action.move", r, asOf, list,
		dayInput(p.T("action.move_to", nil), "", max(r.Due, asOf)+7), actionWhy(p, "action.move_why"))
}

// ActionDropForm asks why an action is dropped.
func ActionDropForm(p *locale.Printer, r ActionRow, asOf analysis.Day, list bool) Modal {
	return actionForm(p, "action.drop", r, asOf, list, actionWhy(p, "action.drop_why"))
}

// ActionHandForm asks who does it from now on.
func ActionHandForm(p *locale.Printer, r ActionRow, asOf analysis.Day, list bool) Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "colleague")
	return actionForm(p, "action.hand", r, asOf, list,
		slack.NewInputBlock(FieldColleague, plain(p.T("action.hand_to", nil), maxHeader), plain(p.T("action.hand_hint", nil), maxHeader), pick))
}

// actionForm is a window about one action; list: the list stands behind it.
func actionForm(p *locale.Printer, entry string, r ActionRow, asOf analysis.Day, list bool, asks ...slack.Block) Modal {
	m := Modal{Title: cut(p.T(entry, nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: entry + ".v1", Private: r.Value,
		Blocks: append([]slack.Block{actionSheet(p, r, asOf)}, asks...)}
	if list {
		m.Blocks = append(m.Blocks, back(p, "action.open.v1", r.Value))
	}
	return m
}

func actionWhy(p *locale.Printer, label string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(plain(p.T(label+"_example", nil), maxPlaceholder), "why")
	input.MaxLength = session.LongestText
	return slack.NewInputBlock(FieldActionWhy, plain(p.T(label, nil), maxHeader), nil, input)
}

// ActionHistory is what became of an action, the newest change last.
type ActionHistory struct {
	Row  ActionRow
	AsOf analysis.Day
	List bool // the list stands behind it
}

// mostChanges is how much of a history is shown: the newest.
const mostChanges = 20

// ActionHistoryWindow shows it.
func ActionHistoryWindow(p *locale.Printer, h ActionHistory) Modal {
	m := Modal{Title: cut(p.T("action.history", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = []slack.Block{actionSheet(p, h.Row, h.AsOf), slack.NewDividerBlock()}
	all := h.Row.History
	for i := max(0, len(all)-mostChanges); i < len(all); i++ {
		c := all[i]
		key := "action.change." + string(c.State)
		switch {
		case i == 0:
			key = "action.change.agreed"
		case c.Owner != all[i-1].Owner:
			key = "action.change.handed"
		}
		said := []slack.RichTextSectionElement{text(p.T(key, analysis.Args{"day": p.Near(c.Due, h.AsOf)}))}
		if i == 0 || c.Owner != all[i-1].Owner {
			said = append(said, text(" "), mention(p, c.Owner))
		}
		if c.Reason != "" {
			said = append(said, text(": "+c.Reason))
		}
		if c.By != "" {
			said = append(said, text(" ("), mention(p, c.By), text(")"))
		}
		m.Blocks = append(m.Blocks, sheet(row(p.Moment(c.At, h.AsOf), said...)))
	}
	if h.List {
		m.Blocks = append(m.Blocks, back(p, "action.open.v1", h.Row.Value))
	}
	return m
}

// ActionLetter tells the owner of an action, or who can find a new one, that its
// date comes or went by. stage is which reminder it is; empty: by gave it to them.
func ActionLetter(p *locale.Printer, r ActionRow, stage session.Stage, by analysis.UserID, asOf analysis.Day) Message {
	args := analysis.Args{"day": p.Near(r.Due, asOf), "who": "<@" + string(by) + ">", "owner": PersonWord(p, r.Owner, "<@"+string(r.Owner)+">")}
	key := "action.letter.soon"
	switch {
	case !r.Pending():
		key = "action.letter.settled"
	case r.Gone:
		key = "action.letter.gone"
	case r.State == session.Delayed && r.Due > asOf:
		key = "action.letter.moved"
	case stage == "":
		key = "action.letter.given"
	case stage.Late():
		key = "action.letter.late"
	case stage == session.OnTheDay && r.Due > asOf: // said on the Friday before
		key = "action.letter.weekend"
	case stage == session.OnTheDay:
		key = "action.letter.today"
	}
	said := slack.NewSectionBlock(mark(p.T(key, args)), nil, nil)
	m := Message{Text: twin(p.T("action.letter_twin", nil)), Blocks: []slack.Block{said, actionSheet(p, r, asOf)}}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(actionButtons(p, r), button(p.T("action.all", nil), "action.open.v1", r.Value))...))
	return m
}

// HomeActions are what the reader agreed to in sessions.
type HomeActions struct {
	Rows        []ActionRow // the most urgent first
	Total, Late int
	Value       string // of the button to all of them
}

// homeActions are the open actions of the reader.
func homeActions(p *locale.Printer, a HomeActions, asOf analysis.Day) []slack.Block {
	if a.Total == 0 {
		return nil
	}
	blocks := []slack.Block{slack.NewDividerBlock(), header(p.T("home.actions", nil))}
	for _, r := range a.Rows {
		line := cut(r.Then, maxContext) + "\n" + actionStanding(p, r, asOf)
		if r.Name != "" {
			line += " · " + brief(r.Name)
		}
		blocks = append(blocks, section(line))
	}
	more := p.T("home.actions.open", nil)
	if rest := a.Total - len(a.Rows); rest > 0 {
		more = p.N("home.actions.more", rest, nil)
	}
	return append(blocks, slack.NewActionBlock("", button(more, "action.open.v1", a.Value)))
}

// CardActions are the open actions for a relatiegroep.
type CardActions struct {
	Total int
	First ActionRow // the most urgent
	Value string    // of the button to all of them
}

// actionsLine says what stands open for a client.
func actionsLine(p *locale.Printer, a CardActions, asOf analysis.Day) []slack.RichTextSectionElement {
	return []slack.RichTextSectionElement{text(p.N("action.card", a.Total, nil) + ": " + cut(a.First.Then, maxName) + " · "),
		mention(p, a.First.Owner), text(" · " + actionStanding(p, a.First, asOf))}
}
