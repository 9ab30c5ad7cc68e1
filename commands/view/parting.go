package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// FieldDecision and FieldSteps are the blocks of the forms about D groups.
const (
	FieldDecision = "decision"
	FieldSteps    = "steps"
)

// PartingSteps are the steps of parting decently, in their order.
func PartingSteps() []string { return []string{"letter", "notice", "file", "work"} }

// decisions are what a partner may decide about a D group, in the words of the
// store.
func decisions() []string { return []string{"houden", "ontwikkelen", "afscheid"} }

// Future is what a partner decided about a D group.
type Future struct {
	Decision, Reason string
	Done             []string
}

// LowRow is one D group.
type LowRow struct {
	Value                 string
	Name, Number, Manager string
	Yearly                analysis.Cents
	Future                *Future // nil: not decided
}

// LowWindow is a page of D groups.
type LowWindow struct {
	Outcome             Outcome
	Version             analysis.SegmentVersion
	Rows                []LowRow
	Open                int // not decided about
	Offset, Size, Total int
	Value               func(offset int) string
	MayDecide           bool
}

// Lows asks of every D group: keep, develop, or part decently?
func Lows(p *locale.Printer, w LowWindow) Modal {
	m := Modal{Title: cut(p.T("parting.button", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "")...)
	m.Blocks = append(m.Blocks, section(p.N("parting.title", w.Total, analysis.Args{"open": w.Open, "version": int64(w.Version.ID)})), context(p.T("parting.note", nil)))
	for _, r := range w.Rows {
		m.Blocks = append(m.Blocks, lowRow(p, r, w.MayDecide)...)
	}
	buttons := windowPager(p, "segment.low.v1", w.Value, w.Offset, w.Size, len(w.Rows), w.Total)
	buttons = append(buttons, button(p.T("word.back", nil), "segment.open.v1", "0/0/0"))
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	return m
}

func lowRow(p *locale.Printer, r LowRow, decide bool) []slack.Block {
	facts := p.T("portfolio.yearly", analysis.Args{"amount": r.Yearly})
	if r.Manager != "" {
		facts += " · " + p.T("client.rm", analysis.Args{"name": r.Manager})
	}
	lines := []string{"\n" + facts, decisionLine(p, r.Future)}
	blocks := []slack.Block{sheet(row(called(p, r.Name, r.Number), text(strings.Join(lines, "\n"))))}
	if !decide {
		return blocks
	}
	label := "parting.decide"
	if r.Future != nil {
		label = "parting.change"
	}
	buttons := []slack.BlockElement{button(p.T(label, nil), "segment.future.v1", r.Value)}
	if r.Future != nil && r.Future.Decision == "afscheid" {
		buttons = append(buttons, button(p.T("parting.checklist", nil), "segment.checklist.v1", r.Value))
	}
	return append(blocks, slack.NewActionBlock("", buttons...))
}

// decisionLine says what was decided, and how far a parting is.
func decisionLine(p *locale.Printer, f *Future) string {
	if f == nil {
		return p.T("parting.open", nil)
	}
	line := p.T("parting.line", analysis.Args{"decision": p.T("parting.word."+f.Decision, nil), "reason": f.Reason})
	if f.Decision != "afscheid" {
		return line
	}
	var todo []string
	for _, step := range PartingSteps() {
		if !slices.Contains(f.Done, step) {
			todo = append(todo, p.T("parting.short."+step, nil))
		}
	}
	if len(todo) == 0 {
		return line + "\n" + p.T("parting.done", nil)
	}
	return line + "\n" + p.T("parting.todo", analysis.Args{"steps": strings.Join(todo, ", ")})
}

// FutureForm asks what becomes of a D group, and why.
func FutureForm(p *locale.Printer, r LowRow) Modal {
	m := Modal{Title: cut(p.T("parting.decide", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "segment.decide.v1", Private: r.Value}
	pick := slack.NewRadioButtonsBlockElement("decision")
	reason := ""
	for _, d := range decisions() {
		o := slack.NewOptionBlockObject(d, plain(p.T("parting.option."+d, nil), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if r.Future != nil && r.Future.Decision == d {
			pick.InitialOption, reason = o, r.Future.Reason
		}
	}
	m.Blocks = []slack.Block{sheet(row(called(p, r.Name, r.Number))),
		slack.NewInputBlock(about(FieldDecision, r.Value), plain(p.T("parting.field", nil), maxHeader), nil, pick),
		reasonInput(p, r.Value, p.T("parting.field_reason_hint", nil), reason),
		back(p, "segment.low.v1", r.Value)}
	return m
}

// PartingForm is the checklist of parting decently.
func PartingForm(p *locale.Printer, r LowRow) Modal {
	m := Modal{Title: cut(p.T("parting.checklist_title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "segment.parting.v1", Private: r.Value}
	box := slack.NewCheckboxGroupsBlockElement("steps")
	for _, step := range PartingSteps() {
		o := slack.NewOptionBlockObject(step, plain(p.T("parting.step."+step, nil), maxOption), nil)
		box.Options = append(box.Options, o)
		if slices.Contains(r.Future.Done, step) {
			box.InitialOptions = append(box.InitialOptions, o)
		}
	}
	m.Blocks = []slack.Block{sheet(row(called(p, r.Name, r.Number), text("\n"+p.T("parting.line", analysis.Args{
		"decision": p.T("parting.word."+r.Future.Decision, nil), "reason": r.Future.Reason})))),
		slack.NewInputBlock(about(FieldSteps, r.Value), plain(p.T("parting.steps", nil), maxHeader), nil, box).WithOptional(true),
		back(p, "segment.low.v1", r.Value)}
	return m
}
