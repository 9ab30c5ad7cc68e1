package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the forms about what is asked.
const (
	FieldDay       = "day"
	FieldWhy       = "why"
	FieldColleague = "colleague"
	FieldNote      = "note"
)

// SkipOther is the reason that needs words.
const SkipOther = "other"

// SkipReasons are the reasons for *Niet nodig*, as the form offers them.
var SkipReasons = []string{"spoken", "wish", "leaving", SkipOther}

// form is a window about one group, whose value it carries.
func form(p *locale.Printer, title, callback, name, value string, blocks ...slack.Block) Modal {
	return Modal{Title: cut(title, maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: callback, Private: value,
		Blocks: append([]slack.Block{header(name)}, blocks...)}
}

func dayInput(label, hint string, day analysis.Day) slack.Block {
	pick := slack.NewDatePickerBlockElement("day")
	pick.InitialDate = day.String()
	var note *slack.TextBlockObject
	if hint != "" {
		note = plain(hint, maxHeader)
	}
	return slack.NewInputBlock(FieldDay, plain(label, maxHeader), note, pick)
}

// SnoozeForm asks from which day something is asked again.
func SnoozeForm(p *locale.Printer, name, value string, day analysis.Day) Modal {
	return form(p, p.T("attention.later", nil), "attention.snooze.v1", name, value,
		dayInput(p.T("attention.snooze", nil), p.T("attention.snooze_hint", nil), day))
}

// SkipForm asks why something is not needed.
func SkipForm(p *locale.Printer, name, value string) Modal {
	pick := slack.NewRadioButtonsBlockElement("why")
	for _, why := range SkipReasons {
		pick.Options = append(pick.Options, slack.NewOptionBlockObject(why, plain(p.T("attention.why."+why, nil), maxOption), nil))
	}
	words := slack.NewPlainTextInputBlockElement(nil, "reason")
	words.MaxLength = longestTyped
	return form(p, p.T("attention.not_needed", nil), "attention.not_needed.v1", name, value,
		slack.NewInputBlock(FieldWhy, plain(p.T("attention.why", nil), maxHeader), nil, pick),
		slack.NewInputBlock(FieldReason, plain(p.T("attention.why_label", nil), maxHeader), plain(p.T("attention.note_hint", nil), maxSection), words).WithOptional(true))
}

// HandForm asks who takes something over.
func HandForm(p *locale.Printer, name, value string) Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "colleague")
	return form(p, p.T("attention.hand", nil), "attention.hand_over.v1", name, value,
		slack.NewInputBlock(FieldColleague, plain(p.T("attention.hand_to", nil), maxHeader), plain(p.T("attention.hand_hint", nil), maxHeader), pick))
}

// longestNote bounds a note while it is typed, in characters.
const longestNote = 2000

// NoteForm asks for what there is to say about a moment.
func NoteForm(p *locale.Printer, name, value string, t analysis.Touch) Modal {
	kinds := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "kind")
	for _, k := range analysis.TouchKinds() {
		o := slack.NewOptionBlockObject(string(k), plain(TouchWords(p, k), maxOption), nil)
		if kinds.Options = append(kinds.Options, o); k == t.Kind {
			kinds.InitialOption = o
		}
	}
	note := slack.NewPlainTextInputBlockElement(nil, "note")
	note.Multiline, note.MaxLength, note.InitialValue = true, longestNote, cut(t.Note, longestNote)
	return form(p, p.T("attention.note", nil), "attention.noted.v1", name, value,
		slack.NewInputBlock(FieldKind, plain(p.T("attention.note_what", nil), maxHeader), nil, kinds),
		dayInput(p.T("attention.note_when", nil), "", t.Day),
		slack.NewInputBlock(FieldNote, plain(p.T("attention.note_label", nil), maxHeader), plain(p.T("attention.note_hint", nil), maxSection), note).WithOptional(true))
}

// Handed tells a colleague what was handed over to them, by whom.
func Handed(p *locale.Printer, i AttentionItem, by analysis.UserID) Message {
	said := slack.NewSectionBlock(mark(p.T("attention.handed", analysis.Args{"who": "<@" + string(by) + ">"})), nil, nil)
	return Message{Text: twin(p.T("attention.handed_twin", nil)), Blocks: append([]slack.Block{said}, AttentionItemBlocks(p, i)...)}
}
