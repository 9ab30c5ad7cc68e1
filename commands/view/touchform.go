package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the form of a moment by the field they fill in.
const (
	FieldTouchClient  = "touch.client"
	FieldTouchKind    = "touch.kind"
	FieldTouchDay     = "touch.day"
	FieldTouchBy      = "touch.by"
	FieldTouchNote    = "touch.note"
	FieldTouchNext    = "touch.next"
	FieldTouchNextDay = "touch.next_day"
)

// FieldTouchContact is the block of the contact person. It is another one for
// each group, so that nobody is kept from a group chosen before.
func FieldTouchContact(group analysis.GroupID) string { return "touch.contact." + id(group) }

// Bounds of what is typed about a moment, in characters.
const (
	LongestNote = 2000
	LongestNext = 300
)

// TouchForm asks about one moment of contact.
type TouchForm struct {
	Outcome Outcome
	Value   string          // of the form
	Group   analysis.Group  // zero: still to be chosen
	With    analysis.Client // of the group; zero: the group as a whole
	// Choosing: the client is chosen in the form; Client is the one that is.
	Choosing bool
	Client   *Option
	Contacts []analysis.Contact // of the group
	Touch    analysis.Touch     // what is filled in; ID 0: a new one
	Quoted   bool               // the note is a message's words, to be looked at first
	Back     bool               // the timeline stands behind it
}

// TouchEdit is the form of a moment.
func TouchEdit(p *locale.Printer, f TouchForm) Modal {
	m := Modal{Title: cut(p.T("touch.form", nil), maxTitle), Submit: p.T("touch.save", nil), Close: p.T("word.close", nil),
		Callback: "touch.save.v1", Private: f.Value}
	if f.Touch.ID != 0 {
		m.Title, m.Submit = cut(p.T("touch.correct", nil), maxTitle), p.T("word.save", nil)
	}
	m.Blocks = append(m.Blocks, outcome(p, f.Outcome, "")...)
	if f.Choosing {
		m.Blocks = append(m.Blocks, touchClient(p, f))
	} else {
		m.Blocks = append(m.Blocks, withWhom(p, f.Group, f.With))
	}
	m.Blocks = append(m.Blocks, touchKind(p, f.Touch.Kind), touchDay(p, FieldTouchDay, "touch.field.day", f.Touch.Day, false), touchBy(p, f.Touch))
	if len(f.Contacts) > 0 {
		m.Blocks = append(m.Blocks, touchContact(p, f))
	}
	m.Blocks = append(m.Blocks, touchNote(p, f), context(p.T("touch.note.rule", nil)), touchNext(p, f.Touch.Next),
		touchDay(p, FieldTouchNextDay, "touch.field.next_day", f.Touch.NextDay, true))
	if f.Back {
		m.Blocks = append(m.Blocks, back(p, "touch.list.v1", f.Value))
	}
	return m
}

// withWhom is the client, and the relatiegroep where it has another name.
func withWhom(p *locale.Printer, group analysis.Group, client analysis.Client) slack.Block {
	if client.ID == 0 {
		return sheet(row(called(p, group.Name, group.Number)))
	}
	if client.Name == group.Name {
		return sheet(row(called(p, client.Name, client.Number)))
	}
	return sheet(row(called(p, client.Name, client.Number)), row(p.T("word.group", nil), text(brief(group.Name))))
}

// touchClient is the list in which the client is sought; the contact persons
// follow when one is chosen.
func touchClient(p *locale.Printer, f TouchForm) slack.Block {
	pick := clientSelect(p, "touch.client.v1")
	if f.Client != nil {
		pick.InitialOption = slack.NewOptionBlockObject(f.Client.Value, plain(f.Client.Label, maxOption), nil)
	}
	return slack.NewInputBlock(FieldTouchClient, plain(p.T("touch.field.client", nil), maxHeader), nil, pick).WithDispatchAction(true)
}

func touchKind(p *locale.Printer, kind analysis.TouchKind) slack.Block {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("touch.field.kind_choose", nil), maxPlaceholder), "kind")
	for _, k := range touchKindsAsked() {
		o := slack.NewOptionBlockObject(string(k), plain(p.T("touch.option."+string(k), nil), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if k == kind {
			pick.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldTouchKind, plain(p.T("touch.field.kind", nil), maxHeader), nil, pick)
}

// touchKindsAsked are the kinds of moments, the most usual first.
func touchKindsAsked() []analysis.TouchKind {
	return []analysis.TouchKind{analysis.Call, analysis.Visit, analysis.Yearly, analysis.Mail, analysis.Gathering, analysis.Card}
}

func touchDay(p *locale.Printer, field, label string, day analysis.Day, optional bool) slack.Block {
	pick := slack.NewDatePickerBlockElement("day")
	pick.InitialDate = day.String()
	return slack.NewInputBlock(field, plain(p.T(label, nil), maxHeader), nil, pick).WithOptional(optional)
}

// touchBy asks who had it; a moment of an import may be of somebody whom Slack
// does not know.
func touchBy(p *locale.Printer, t analysis.Touch) slack.Block {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("touch.field.by_choose", nil), maxPlaceholder), "by")
	pick.InitialUser = string(t.By)
	return slack.NewInputBlock(FieldTouchBy, plain(p.T("touch.field.by", nil), maxHeader), nil, pick).WithOptional(t.ID != 0 && t.By == "")
}

// mostContacts is how many contact persons a list can offer.
const mostContacts = 100

func touchContact(p *locale.Printer, f TouchForm) slack.Block {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("touch.field.contact_choose", nil), maxPlaceholder), "contact")
	for _, c := range f.Contacts[:min(len(f.Contacts), mostContacts)] {
		name := c.Name
		if c.Role != "" {
			name += ", " + c.Role
		}
		o := slack.NewOptionBlockObject(id(c.ID), plain(brief(name), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if c.ID == f.Touch.Contact {
			pick.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldTouchContact(f.Group.ID), plain(p.T("touch.field.contact", nil), maxHeader), nil, pick).WithOptional(true)
}

func touchNote(p *locale.Printer, f TouchForm) slack.Block {
	input := slack.NewPlainTextInputBlockElement(nil, "note")
	input.Multiline, input.MaxLength, input.InitialValue = true, LongestNote, cut(f.Touch.Note, LongestNote)
	hint := "touch.field.note_hint"
	if f.Quoted {
		hint = "touch.field.note_quoted"
	}
	return slack.NewInputBlock(FieldTouchNote, plain(p.T("touch.field.note", nil), maxHeader), plain(p.T(hint, nil), maxHeader), input).WithOptional(true)
}

func touchNext(p *locale.Printer, next string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(plain(p.T("touch.field.next_example", nil), maxPlaceholder), "next")
	input.MaxLength, input.InitialValue = LongestNext, cut(next, LongestNext)
	return slack.NewInputBlock(FieldTouchNext, plain(p.T("touch.field.next", nil), maxHeader), nil, input).WithOptional(true)
}
