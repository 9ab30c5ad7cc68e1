package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// PlanEffect is what another plan would ask of everybody on one day.
type PlanEffect struct {
	AsOf          analysis.Day
	Final         bool // there is a segmentation; without one nothing is counted
	Before, After PlanSum
	Unfit         int         // whose plan does not fit then
	People        []PlanShift // of whom something else is asked; whose plan no longer fits first
	Names         map[analysis.ManagerID]string
}

// PlanSum is what is asked of the whole office in a working week.
type PlanSum struct{ Moments, Hours float64 }

// PlanShift is what is asked of one person, before and after.
type PlanShift struct{ Before, After attention.Load }

// shiftsShown is how many people an effect names.
const shiftsShown = 6

// PlanEffectLines say what e is, a sentence a line; what belongs to the line
// before begins with two spaces.
func PlanEffectLines(p *locale.Printer, e PlanEffect) []string {
	if !e.Final {
		return []string{p.T("plan.not_segmented", nil)}
	}
	if len(e.People) == 0 {
		return []string{p.T("plan.effect_same", nil)}
	}
	lines := []string{p.T("plan.effect_office", analysis.Args{"before": p.Points(e.Before.Moments), "after": p.Points(e.After.Moments),
		"hours_before": p.Points(e.Before.Hours), "hours_after": p.Points(e.After.Hours)})}
	if e.Unfit > 0 {
		lines = append(lines, p.N("plan.effect_unfit", e.Unfit, nil))
	} else {
		lines = append(lines, p.T("plan.effect_fits", nil))
	}
	name := func(id analysis.ManagerID) string { return e.Names[id] }
	for _, s := range e.People[:min(len(e.People), shiftsShown)] {
		args := loadArgs(p, s.After)
		args["name"], args["before"], args["hours_before"] = cut(e.Names[s.After.Manager], maxButton), p.Points(s.Before.Needed), p.Points(s.Before.Hours)
		lines = append(lines, p.T("plan.effect_person", args))
		for _, way := range UnfitWords(p, s.After, name) {
			lines = append(lines, "  "+way)
		}
	}
	if rest := len(e.People) - shiftsShown; rest > 0 {
		lines = append(lines, p.N("plan.effect_more", rest, nil))
	}
	return lines
}

// planEffectBlocks show e above a form or a question.
func planEffectBlocks(p *locale.Printer, e PlanEffect) []slack.Block {
	lines := []string{p.T("plan.effect", analysis.Args{"day": e.AsOf})}
	for _, l := range PlanEffectLines(p, e) {
		if way, below := strings.CutPrefix(l, "  "); below {
			lines = append(lines, "    – "+way)
			continue
		}
		lines = append(lines, "• "+l)
	}
	return []slack.Block{section(strings.Join(lines, "\n")), context(p.T("setting.not_saved", nil))}
}

// PlanQuestion is what is asked before something goes or the default comes back.
type PlanQuestion struct {
	Effect PlanEffect
	Reset  bool            // the whole plan, back to the default
	Line   *attention.Line // that goes
	Busy   string          // the busy period that goes
	Value  string
}

// AskPlan asks whether that may be done, with what it would do.
func AskPlan(p *locale.Printer, q PlanQuestion) Modal {
	title, yes, ask := "setting.remove", "setting.yes_remove", p.T("plan.ask_busy", analysis.Args{"name": cut(q.Busy, maxButton)})
	switch {
	case q.Reset:
		title, yes, ask = "setting.reset", "setting.yes_reset", p.T("plan.ask_reset", nil)
	case q.Line != nil:
		ask = p.T("plan.ask_line", analysis.Args{"activity": ActivityWords(p, q.Line.Activity), "segment": string(q.Line.Segment)})
	}
	m := Modal{Title: cut(p.T(title, nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{header(ask)}}
	m.Blocks = append(m.Blocks, planEffectBlocks(p, q.Effect)...)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", primary(button(p.T(yes, nil), "plan.apply.v1", q.Value)), button(p.T("word.back", nil), "plan.open.v1", "0")))
	return m
}

// PlanEffectText is e for a terminal.
func PlanEffectText(p *locale.Printer, e PlanEffect) string {
	lines := []string{p.T("plan.effect", analysis.Args{"day": e.AsOf})}
	for _, l := range PlanEffectLines(p, e) {
		lines = append(lines, "  "+terminal(l))
	}
	return strings.Join(lines, "\n") + "\n"
}
