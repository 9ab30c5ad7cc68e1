package view

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// ActivityWords names an activity of the plan: those every office begins with in
// the reader's language, any other as the office named it.
func ActivityWords(p *locale.Printer, activity string) string {
	if slices.Contains(attention.Activities(), activity) {
		return p.T("attention.activity."+activity, nil)
	}
	if kind, signal := strings.CutPrefix(activity, "signaal/"); signal && slices.Contains(attention.SignalKinds(), attention.SignalKind(kind)) {
		return p.T("attention.activity.signal", nil)
	}
	return activity
}

// ReasonWords says why an item is asked, in a sentence without amounts.
func ReasonWords(p *locale.Printer, i attention.Item) string {
	reason := i.Reason()
	args := maps.Clone(reason.Args)
	if args == nil {
		args = analysis.Args{}
	}
	args["activity"] = ActivityWords(p, i.Activity)
	return p.T(reason.Key, args)
}

// QuestionWords is the one good question of an item.
func QuestionWords(p *locale.Printer, i attention.Item) string {
	q := i.Question()
	return p.T(q.Key, q.Args)
}

// PeriodWords writes a period shortly: 2026, 2026-H2, 2026-Q4, 2026-11, and its
// two days for any other.
func PeriodWords(period attention.Period) string {
	year, month, _ := period.From.Time().Date()
	for _, form := range []struct {
		times int
		write func() string
	}{
		{1, func() string { return fmt.Sprint(year) }},
		{2, func() string { return fmt.Sprintf("%d-H%d", year, (int(month)+5)/6) }},
		{4, func() string { return fmt.Sprintf("%d-Q%d", year, (int(month)+2)/3) }},
		{12, func() string { return fmt.Sprintf("%d-%02d", year, int(month)) }},
	} {
		if attention.PeriodOf(form.times, period.From) == period {
			return form.write()
		}
	}
	return period.From.String() + "/" + period.To.String()
}

// UnfitWords says that a person's plan does not fit, and its ways out, a line
// each; nothing where it fits. name returns what a colleague is called.
func UnfitWords(p *locale.Printer, l attention.Load, name func(analysis.ManagerID) string) []string {
	if l.Fits {
		return nil
	}
	lines := []string{p.T("attention.unfit", analysis.Args{"needed": p.Points(l.Needed), "possible": p.Points(l.Possible)})}
	for _, way := range l.Proposals {
		args := analysis.Args{"from": way.From, "to": way.To, "segment": string(way.Segment), "needed": p.Points(way.Needed)}
		switch way.Kind {
		case attention.RaiseCapacity:
			lines = append(lines, p.T("attention.way.capacity", args))
		case attention.FewerMoments:
			args["activity"] = ActivityWords(p, way.Activity)
			lines = append(lines, p.T("attention.way.fewer", args))
		case attention.HandOver:
			args["manager"] = name(way.Manager)
			lines = append(lines, p.N("attention.way.hand", way.To, args))
		}
	}
	return lines
}

// WeekWords names a week: week 48 (23 november 2026).
func WeekWords(p *locale.Printer, w attention.Week) string {
	return p.T("attention.week", analysis.Args{"number": w.Number, "monday": w.Monday()})
}

// MinutesWords writes a length of time in hours and minutes.
func MinutesWords(p *locale.Printer, minutes int) string {
	d := time.Duration(minutes) * time.Minute
	return p.T("attention.hours", analysis.Args{"hours": int(d.Hours()), "minutes": fmt.Sprintf("%02d", minutes%60)})
}

// TouchWords names a kind of moment.
func TouchWords(p *locale.Printer, kind analysis.TouchKind) string {
	return p.T("touch.kind."+string(kind), nil)
}
