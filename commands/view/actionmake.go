package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// NoClient is the value of a proposal that is about no client in particular.
const NoClient = "0"

// ActionProposal is something to do that is not kept yet, or that just was.
type ActionProposal struct {
	Then  string // what is to be done; empty: still to be filled in
	Due   analysis.Day
	For   string // name of the client; empty: none in particular
	Value string // of its buttons: the client, or the action that was made
	AsOf  analysis.Day
}

// ProposeAction shows what would be made of what somebody said, to be changed where it
// stands, over the one button that makes it.
func ProposeAction(p *locale.Printer, a ActionProposal) Message {
	title := p.T("action.make.ask", nil)
	return Message{Text: twin(title), Blocks: append(append([]slack.Block{section(title)}, actionInputs(p, a)...),
		slack.NewActionBlock("", primary(button(p.T("action.make", nil), "action.make.v1", actionValue(a)))), context(p.T("action.make.none", nil)))}
}

// ActionMakeForm is the same in a window, where what is to be done is still to be said.
func ActionMakeForm(p *locale.Printer, a ActionProposal) Modal {
	return Modal{Title: cut(p.T("action.make.title", nil), maxTitle), Submit: p.T("action.make", nil), Close: p.T("word.close", nil), Callback: "action.make.v1", Private: actionValue(a),
		Blocks: actionInputs(p, a)}
}

func actionValue(a ActionProposal) string {
	if a.Value == "" {
		return NoClient
	}
	return a.Value
}

func actionInputs(p *locale.Printer, a ActionProposal) []slack.Block {
	then := slack.NewPlainTextInputBlockElement(plain(p.T("action.make.example", nil), maxPlaceholder), "then")
	then.MaxLength, then.InitialValue = session.LongestText, cut(a.Then, session.LongestText)
	blocks := []slack.Block{slack.NewInputBlock(FieldThen, plain(p.T("action.make.then", nil), maxHeader), nil, then),
		dayInput(p.T("action.make.due", nil), p.T("action.make.due_hint", nil), a.Due)}
	if a.For != "" {
		blocks = append(blocks, context(p.T("action.make.for", analysis.Args{"name": brief(a.For)})))
	}
	return blocks
}

// ActionMade says that it is kept, where to find it, and how to take it back.
func ActionMade(p *locale.Printer, a ActionProposal) Message {
	args := analysis.Args{"then": brief(a.Then), "day": p.Near(a.Due, a.AsOf), "name": brief(a.For)}
	said := p.T("action.made", args)
	if a.For != "" {
		said = p.T("action.made.for", args)
	}
	return Message{Text: twin(said), Blocks: []slack.Block{section(said), slack.NewActionBlock("",
		button(p.T("ask.actions.open", nil), "action.open.v1", a.Value),
		button(p.T("word.undo", nil), "action.unmake.v1", a.Value))}}
}
