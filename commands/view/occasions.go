package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// FieldOccasion is the block of what happened; FieldOn that of its day.
const FieldOccasion = "occasion"

// OccasionRow is a noted occasion.
type OccasionRow struct {
	attention.Occasion
	By     analysis.UserID // who noted it; empty: the operator
	Value  string          // of its button
	Change bool            // the reader may take it away
}

// OccasionWindow is what people noted about one relatiegroep.
type OccasionWindow struct {
	Outcome Outcome
	Group   analysis.Group
	Segment analysis.Segment
	Lines   []attention.Line // that an occasion asks for
	Rows    []OccasionRow    // newest first
	More    int              // noted ones that are not shown
	AsOf    analysis.Day
	Back    string // of the button to the contacts
}

// OccasionWords is what a kind of occasion is called.
func OccasionWords(p *locale.Printer, k attention.OccasionKind) string {
	return p.T("occasion.kind."+strings.ReplaceAll(string(k), " ", "_"), nil)
}

// OccasionModal lists the occasions of a group and asks for a new one.
func OccasionModal(p *locale.Printer, w OccasionWindow) Modal {
	m := Modal{Title: cut(p.T("occasion.title", nil), maxTitle), Submit: p.T("occasion.note", nil), Close: p.T("word.close", nil),
		Callback: "occasion.note.v1", Private: id(w.Group.ID)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "occasion.undo.v1")...)
	asked := make([]string, len(w.Lines))
	for i, l := range w.Lines {
		asked[i] = cut(ActivityWords(p, l.Activity), maxButton)
	}
	said := p.T("occasion.nothing", analysis.Args{"segment": segmentOr(p, w.Segment)})
	if len(asked) > 0 {
		said = p.T("occasion.asks", analysis.Args{"activities": p.List(asked)})
	}
	m.Blocks = append(m.Blocks, header(called(p, w.Group.Name, w.Group.Number)), section(said))
	for _, r := range w.Rows {
		line := slack.NewRichTextSection(text(capital(OccasionWords(p, r.Kind)) + " · " + p.Near(r.Day, w.AsOf)))
		if r.By != "" {
			line.Elements = append(line.Elements, text(" · "), slack.NewRichTextSectionUserElement(string(r.By), nil))
		}
		m.Blocks = append(m.Blocks, slack.NewRichTextBlock("", line))
		if r.Change {
			m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("touch.remove", nil), "occasion.remove.v1", r.Value)))
		}
	}
	if w.More > 0 {
		m.Blocks = append(m.Blocks, context(p.N("occasion.more", w.More, nil)))
	}
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("occasion.choose", nil), maxPlaceholder), "kind")
	for _, k := range attention.OccasionKinds() {
		pick.Options = append(pick.Options, slack.NewOptionBlockObject(string(k), plain(capital(OccasionWords(p, k)), maxOption), nil))
	}
	day := slack.NewDatePickerBlockElement("day")
	day.InitialDate = w.AsOf.String()
	m.Blocks = append(m.Blocks, slack.NewDividerBlock(),
		slack.NewInputBlock(FieldOccasion, plain(p.T("occasion.field_kind", nil), maxHeader), nil, pick),
		slack.NewInputBlock(FieldOn, plain(p.T("gathering.field_day", nil), maxHeader), plain(p.T("occasion.field_day_hint", nil), maxHeader), day),
		context(p.T("occasion.rule", nil)), back(p, "touch.list.v1", w.Back))
	return m
}
