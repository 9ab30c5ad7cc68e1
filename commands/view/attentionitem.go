package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// AttentionState is what became of one thing that was asked.
type AttentionState string

// The states.
const (
	AttentionOpen      AttentionState = ""
	AttentionDone      AttentionState = "done"
	AttentionLater     AttentionState = "later"
	AttentionNotNeeded AttentionState = "not_needed"
	AttentionHanded    AttentionState = "handed"
	AttentionMoved     AttentionState = "moved" // the group went to somebody else
	AttentionGone      AttentionState = "gone"  // nobody asks it any more
)

// AttentionItem is one thing to do with one relatiegroep, as a row of the weekly
// digest, of /aandacht and of the Home tab. Its buttons are the same everywhere:
// Value says where they stand.
type AttentionItem struct {
	attention.Item
	Name     string // of the group
	Person   string // contact person to ask for; empty: not known
	Holder   string // name of whose group it is, where somebody else does it
	HandedBy string // name of who handed it over
	Manager  string // name of who holds the group, where it is asked of its partner
	Value    string // what its buttons carry: ids only
	Client   string // what the button to its card carries; empty: it has none
	State    AttentionState
	// Who did it, whose it is now or whom it was handed to; Day is when it was
	// done, or when it is asked again.
	Who string
	Day analysis.Day
	// Talked is the day of a talk of the reader's own that was done here, to look back
	// on; empty: none.
	Talked string
	// Fixed: what was done or decided can not be taken back here.
	Fixed bool
	// Brief leaves the question out.
	Brief bool
}

// SnoozeWeeks are the weeks that *Later* offers.
var SnoozeWeeks = []int{1, 2, 4, 8}

// AttentionItemBlocks are the blocks of one row: at most two.
func AttentionItemBlocks(p *locale.Printer, i AttentionItem) []slack.Block {
	if i.State != AttentionOpen {
		return settledItem(p, i)
	}
	bold, slanted := &slack.RichTextSectionTextStyle{Bold: true}, &slack.RichTextSectionTextStyle{Italic: true}
	said := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(brief(i.Name), bold))
	add := func(s string, style *slack.RichTextSectionTextStyle) {
		said.Elements = append(said.Elements, slack.NewRichTextSectionTextElement(s, style))
	}
	if i.Segment != "" {
		add(" · "+string(i.Segment), nil)
	}
	add(" · "+brief(ActivityWords(p, i.Activity)), nil)
	if i.Person != "" {
		add(" · "+brief(i.Person), nil)
	}
	if i.Holder != "" {
		add(" · "+p.T("attention.for", analysis.Args{"manager": brief(i.Holder)}), nil)
	}
	if i.Manager != "" {
		add(" · "+p.T("attention.manager", analysis.Args{"manager": brief(i.Manager)}), nil)
	}
	if i.HandedBy != "" {
		add(" · "+p.T("attention.from", analysis.Args{"manager": brief(i.HandedBy)}), nil)
	}
	add("\n"+cut(ReasonWords(p, i.Item), maxContext), nil)
	if !i.Brief {
		add("\n“"+QuestionWords(p, i.Item)+"”", slanted)
	}
	return []slack.Block{slack.NewRichTextBlock("", said), slack.NewActionBlock("", itemButtons(p, i)...)}
}

func itemButtons(p *locale.Printer, i AttentionItem) []slack.BlockElement {
	var weeks []*slack.OptionBlockObject
	for _, n := range SnoozeWeeks {
		weeks = append(weeks, slack.NewOptionBlockObject(strconv.Itoa(n)+";"+i.Value, plain(p.N("attention.weeks", n, nil), maxOption), nil))
	}
	weeks = append(weeks, slack.NewOptionBlockObject("0;"+i.Value, plain(p.T("attention.other_day", nil), maxOption), nil))
	elements := []slack.BlockElement{
		primary(button(p.T("attention.done", nil), "attention.done.v1", i.Value)),
		slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("attention.later", nil), maxPlaceholder), "attention.later.v1", weeks...),
		button(p.T("attention.not_needed", nil), "attention.skip.v1", i.Value),
		button(p.T("attention.hand", nil), "attention.hand.v1", i.Value),
	}
	if i.Client != "" {
		elements = append(elements, button(p.T("attention.card", nil), "attention.card.v1", i.Client))
	}
	return elements
}

// settledItem is a row about which somebody did or decided something.
func settledItem(p *locale.Printer, i AttentionItem) []slack.Block {
	line := settledWords(p, i)
	if i.Fixed || i.State == AttentionMoved || i.State == AttentionGone {
		return []slack.Block{section(line)}
	}
	undo := button(p.T("word.undo", nil), "attention.undo.v1", i.Value)
	if i.State != AttentionDone {
		return []slack.Block{choice(line, undo)}
	}
	next := []slack.BlockElement{undo, button(p.T("attention.note", nil), "attention.note.v1", i.Value)}
	if i.Talked != "" {
		next = append(next, button(p.T("talk.after_button", nil), "talk.form.v1", i.Talked))
	}
	return []slack.Block{section(line), slack.NewActionBlock("", next...)}
}

// settledWords says what became of a row.
func settledWords(p *locale.Printer, i AttentionItem) string {
	args := analysis.Args{"name": brief(i.Name), "activity": ActivityWords(p, i.Activity), "who": brief(i.Who), "day": i.Day}
	switch i.State {
	case AttentionDone:
		return "✓ " + p.T("attention.was_done", args)
	case AttentionLater:
		return "⏸ " + p.T("attention.was_later", args)
	case AttentionNotNeeded:
		return "– " + p.T("attention.was_not_needed", args)
	case AttentionHanded:
		return "→ " + p.T("attention.was_handed", args)
	case AttentionMoved:
		return "→ " + p.T("attention.was_moved", args)
	}
	return "– " + p.T("attention.was_gone", args)
}
