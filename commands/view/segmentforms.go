package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Blocks of the forms by the field they fill in.
const (
	FieldSegment   = "segment"
	FieldReason    = "reason"
	FieldStrategic = "strategic"
)

// longestTyped bounds a reason while it is typed, in characters.
const longestTyped = 500

// OverrideForm asks for another segment of a group, with the reason; a partner
// may mark it as strategic.
func OverrideForm(p *locale.Printer, r SegmentRow) Modal {
	m := Modal{Title: cut(p.T("segment.adjust", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "segment.save.v1", Private: r.Value}
	intro := p.T("segment.form_decide", nil)
	if r.Propose {
		m.Title, m.Submit, intro = cut(p.T("segment.propose", nil), maxTitle), p.T("segment.propose", nil), p.T("segment.form_propose", nil)
	}
	m.Blocks = append(m.Blocks, sheet(row(called(p, r.Name, r.Number), text("\n"+standingLine(p, r)))), context(intro))
	pick := slack.NewRadioButtonsBlockElement("segment")
	for _, s := range analysis.Segments() {
		o := slack.NewOptionBlockObject(string(s), plain(p.T("segment.option."+strings.ToLower(string(s)), nil), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if s == r.Standing {
			pick.InitialOption = o
		}
	}
	m.Blocks = append(m.Blocks, slack.NewInputBlock(about(FieldSegment, r.Value), plain(p.T("segment.field_segment", nil), maxHeader), nil, pick),
		reasonInput(p, r.Value, p.T("segment.field_reason_hint", nil), ""))
	if r.MayMark {
		yes := slack.NewOptionBlockObject("yes", plain(p.T("segment.field_strategic", nil), maxOption), nil)
		box := slack.NewCheckboxGroupsBlockElement("strategic", yes)
		if r.Override != nil && r.Override.Strategic {
			box.InitialOptions = []*slack.OptionBlockObject{yes}
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(about(FieldStrategic, r.Value), plain(p.T("segment.field_strategic_label", nil), maxHeader), nil, box).WithOptional(true))
	}
	m.Blocks = append(m.Blocks, back(p, "segment.open.v1", r.Value))
	return m
}

// about is the block of a field in the form about one subject. Slack keeps what
// was filled in where a window shows the same block again: what was said about one
// group must not stand there for the next. bot takes the subject off again.
func about(field, subject string) string { return field + "#" + subject }

// reasonInput is a required text of a few lines about a subject.
func reasonInput(p *locale.Printer, subject, hint, written string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(nil, "reason")
	input.Multiline, input.MaxLength, input.InitialValue = true, longestTyped, cut(written, longestTyped)
	return slack.NewInputBlock(about(FieldReason, subject), plain(p.T("segment.field_reason", nil), maxHeader), plain(hint, maxHeader), input)
}

// back is the way to the list.
func back(p *locale.Printer, action, value string) slack.Block {
	return slack.NewActionBlock("", button(p.T("word.back", nil), action, value))
}

// FinalQuestion is what a partner reads before a segmentation becomes final.
type FinalQuestion struct {
	Version         analysis.SegmentVersion
	Counts          map[analysis.Segment]int
	Least           map[analysis.Segment]float64
	Look, Proposals int
	Value, Back     string
}

// AskFinal asks whether the draft may become final.
func AskFinal(p *locale.Printer, q FinalQuestion) Modal {
	left := p.T("segment.ask_clear", nil)
	if q.Look > 0 {
		left = p.N("segment.ask_look", q.Look, nil)
	}
	if q.Proposals > 0 {
		left += " " + p.N("segment.ask_proposals", q.Proposals, nil)
	}
	return Modal{Title: cut(p.T("segment.finalize", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{
		header(p.T("segment.ask", analysis.Args{"day": q.Version.AsOf})),
		section(strings.Join(countLines(p, q.Counts, q.Least), "\n")), section(left), context(p.T("segment.ask_note", nil)),
		slack.NewActionBlock("", primary(button(p.T("segment.ask_yes", nil), "segment.finalize.v1", q.Value)),
			button(p.T("word.back", nil), "segment.open.v1", q.Back))}}
}

// Comparison is a final segmentation against an earlier one.
type Comparison struct {
	Before, After analysis.SegmentVersion
	Flows         []value.Flow[analysis.Segment]
	Moved         []Moved // the most revenue first
	Total         int     // groups that moved
}

// Moved is a group that changed its segment.
type Moved struct {
	Name, Number string
	From, To     analysis.Segment
}

// Compare shows what changed between two final segmentations.
func Compare(p *locale.Printer, c Comparison) Modal {
	m := Modal{Title: cut(p.T("segment.compare_title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, header(segmentationTitle(p, c.After)), section(flowsInWords(p, c.Flows, c.Before)))
	if len(c.Moved) > 0 {
		lines := []string{p.T("segment.compare_who", nil)}
		for _, g := range c.Moved {
			lines = append(lines, "• "+called(p, g.Name, g.Number)+": "+segmentOr(p, g.From)+" → "+segmentOr(p, g.To))
		}
		if rest := c.Total - len(c.Moved); rest > 0 {
			lines = append(lines, strings.TrimPrefix(p.N("client.more", rest, nil), ", "))
		}
		m.Blocks = append(m.Blocks, section(strings.Join(lines, "\n")))
	}
	m.Blocks = append(m.Blocks, back(p, "segment.open.v1", "0/0/0"))
	return m
}
