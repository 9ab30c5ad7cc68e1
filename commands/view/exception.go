package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// FieldEnd is until when an exception holds; FieldReason is that of other forms
// too.
const FieldEnd = "end"

// FieldLineTimes is how often a year line i of an exception is wanted.
func FieldLineTimes(i int) string { return "times." + strconv.Itoa(i) }

// ExceptionForm is what one group gets instead of the plan of its segment.
type ExceptionForm struct {
	Outcome Outcome
	Group   analysis.Group
	Segment analysis.Segment
	Lines   []attention.Line // that are asked about, as often as they are wanted now
	Plan    []attention.Line // of the segment
	Holds   bool             // there is an exception
	Until   analysis.Day
	Reason  string
	By      analysis.UserID
	At      time.Time
	Value   string
}

// ExceptionModal asks what the group gets instead.
func ExceptionModal(p *locale.Printer, f ExceptionForm) Modal {
	m := Modal{Title: cut(p.T("exception.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, f.Outcome, "exception.undo.v1")...)
	m.Blocks = append(m.Blocks, header(called(p, f.Group.Name, f.Group.Number)), context(p.T("exception.intro", analysis.Args{"segment": segmentOr(p, f.Segment)})))
	if f.Holds {
		by := p.T("setting.by_operator", nil)
		if f.By != "" {
			by = p.T("setting.by_user", analysis.Args{"by": "<@" + string(f.By) + ">"})
		}
		m.Blocks = append(m.Blocks, slack.NewContextBlock("", mark(p.T("exception.since", analysis.Args{"day": analysis.DayOf(f.At.In(p.Zone()))})+" "+by)))
	}
	if len(f.Lines) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("exception.nothing", nil)))
		return m
	}
	m.Submit, m.Callback, m.Private = p.T("word.save", nil), "exception.save.v1", f.Value
	for i, l := range f.Lines {
		input := slack.NewPlainTextInputBlockElement(nil, "times")
		input.InitialValue = strconv.Itoa(l.Times)
		hint := p.T("exception.plan_none", nil)
		for _, own := range f.Plan {
			if own.Activity == l.Activity {
				hint = p.N("exception.plan", own.Times, nil)
			}
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldBlock(FieldLineTimes(i), f.Value), plain(p.T("exception.field_times", analysis.Args{"activity": cut(capital(ActivityWords(p, l.Activity)), maxButton)}), maxHeader), plain(hint, maxHeader), input))
	}
	day := slack.NewDatePickerBlockElement("end")
	if f.Until.Known() && f.Until > 0 {
		day.InitialDate = f.Until.String()
	}
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldBlock(FieldEnd, f.Value), plain(p.T("exception.field_end", nil), maxHeader), plain(p.T("exception.field_end_hint", nil), maxHeader), day).WithOptional(true))
	reason := slack.NewPlainTextInputBlockElement(nil, "reason")
	reason.Multiline, reason.MaxLength, reason.InitialValue = true, longestTyped, cut(f.Reason, longestTyped)
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldBlock(FieldReason, f.Value), plain(p.T("segment.field_reason", nil), maxHeader), plain(p.T("exception.field_reason_hint", nil), maxHeader), reason))
	if f.Holds {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("exception.clear", nil), "exception.clear.v1", f.Value)))
	}
	return m
}

// CardException is an exception as it stands on a card.
type CardException struct {
	Lines  []attention.Line // without what is asked on occasions
	Until  analysis.Day     // NoDay: for good
	Reason string
}

// exceptionWords says what the group gets instead, until when and why.
func exceptionWords(p *locale.Printer, e CardException) string {
	var lines []string
	for _, l := range e.Lines {
		lines = append(lines, p.N("exception.line", l.Times, analysis.Args{"activity": cut(ActivityWords(p, l.Activity), maxButton)}))
	}
	words := p.T("exception.no_contact", nil)
	if len(lines) > 0 {
		words = p.List(lines)
	}
	if e.Until.Known() && e.Until > 0 {
		words += " " + p.T("exception.ends", analysis.Args{"day": e.Until})
	}
	return words + " (" + brief(strings.TrimSpace(e.Reason)) + ")"
}
