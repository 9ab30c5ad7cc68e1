package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// CardTouch is the newest moment with a group.
type CardTouch struct {
	analysis.Touch
	By analysis.Manager // who had it, where Slack does not know them
}

// CardNext is what the attention plan asks next of a group.
type CardNext struct {
	Activity string
	Asked    bool         // it is asked now; else from From on
	From     analysis.Day // NoDay where Asked
	Until    analysis.Day // the day on which it ought to have been
}

// NextOf makes a CardNext of what is due on day.
func NextOf(d attention.Due, day analysis.Day) CardNext {
	next := CardNext{Activity: d.Line.Activity, Asked: d.Asked, From: d.From, Until: d.Period.To}
	if d.DaysLate > 0 {
		next.Until = day - analysis.Day(d.DaysLate)
	}
	return next
}

// NextWords says what is asked next, and when.
func NextWords(p *locale.Printer, n CardNext, asOf analysis.Day) string {
	args := analysis.Args{"activity": ActivityWords(p, n.Activity), "until": p.Near(n.Until, asOf), "from": p.Near(n.From, asOf)}
	switch {
	case n.Until < asOf:
		return p.T("client.next.late", args)
	case n.Asked:
		return p.T("client.next.now", args)
	}
	return p.T("client.next.later", args)
}

// Cell is where the group stands in klantwaarde x klantwaardering; empty where
// it was not measured or has no segment.
func (c Card) Cell() analysis.MatrixCell {
	if c.Rating == nil || c.Segment == nil {
		return ""
	}
	high := value.No
	if c.Rating.High {
		high = value.Yes
	}
	return value.CellOf(c.Segment.Segment, high)
}

// ratingKeys name what a rating was taken from.
var ratingKeys = map[survey.Basis]string{survey.ByNPS: "client.rating.nps", survey.ByGrade: "client.rating.grade",
	survey.ByPerformance: "client.rating.performance"}

// ratingWords are what the group rates the office, and where that puts it.
func ratingWords(p *locale.Printer, c Card) string {
	said := p.N(ratingKeys[c.Rating.Basis], c.Rating.N, analysis.Args{"mean": p.Points(c.Rating.Mean)})
	if cell := c.Cell(); cell != "" {
		said += " · " + strings.ToLower(p.T(cellKeys[cell], nil))
	}
	return said
}

// ratingField stands beside the segment: what the client is worth to the office
// and the office to the client are read together. Who was not asked is said;
// empty where there is no segment to stand beside either.
func ratingField(p *locale.Printer, c Card) string {
	switch {
	case c.Rating != nil:
		return ratingWords(p, c)
	case c.Segment != nil:
		return p.T("client.rating.none", nil)
	}
	return ""
}

// sharpestWords is the theme on which the office falls shortest of what matters
// to the group; empty: none.
func sharpestWords(p *locale.Printer, c Card) string {
	d := c.Sharpest
	if d.Theme == "" {
		return ""
	}
	return p.T("client.sharpest.words", analysis.Args{"theme": ThemeWords(p, d.Theme), "importance": p.Points(d.Importance),
		"performance": p.Points(d.Performance), "scale": d.Scale, "month": p.Month(d.Day)})
}

// ThemeWords is the name of a theme as people read it: those that every office
// begins with in the reader's language, the office's own as it wrote them.
func ThemeWords(p *locale.Printer, name string) string {
	if key := "survey.theme." + strings.ReplaceAll(survey.ThemeName(name), " ", "_"); locale.Has(p.Lang(), key) {
		return p.T(key, nil)
	}
	first := []rune(strings.TrimSpace(name))
	if len(first) == 0 {
		return name
	}
	return strings.ToUpper(string(first[0])) + string(first[1:])
}

// contactRows are the last contact and the next moment.
func contactRows(p *locale.Printer, c Card) []*slack.RichTextSection {
	rows := feedbackCard(p, c.Feedback, c.AsOf)
	last := []slack.RichTextSectionElement{text(p.T("client.last_contact.none", nil))}
	if c.Last != nil {
		last = LastWords(p, c.Last.Touch, c.Last.By, c.AsOf)
	}
	rows = append(rows, row(p.T("client.last_contact", nil), last...))
	if c.Next != nil {
		rows = append(rows, row(p.T("client.next", nil), text(NextWords(p, *c.Next, c.AsOf))))
	}
	if c.Actions != nil {
		rows = append(rows, row(p.T("action.card", nil), actionsLine(p, *c.Actions, c.AsOf)...))
	}
	if c.Exception != nil {
		rows = append(rows, row(p.T("exception.card", nil), text(exceptionWords(p, *c.Exception))))
	}
	return rows
}

// lastLine is the last contact for a terminal.
func lastLine(p *locale.Printer, c Card) string {
	if c.Last == nil {
		return p.T("client.last_contact.none", nil)
	}
	line := p.Near(c.Last.Day, c.AsOf) + " · " + TouchWords(p, c.Last.Kind)
	if c.Last.By.Name != "" {
		line += " · " + c.Last.By.Name
	}
	return line
}
