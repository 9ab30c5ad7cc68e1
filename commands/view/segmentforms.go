package view

import (
	"slices"
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
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldSegment, plain(p.T("segment.field_segment", nil), maxHeader), nil, pick),
		reasonInput(p, p.T("segment.field_reason", nil), p.T("segment.field_reason_hint", nil), ""))
	if r.Decide {
		yes := slack.NewOptionBlockObject("yes", plain(p.T("segment.field_strategic", nil), maxOption), nil)
		box := slack.NewCheckboxGroupsBlockElement("strategic", yes)
		if r.Override != nil && r.Override.Strategic {
			box.InitialOptions = []*slack.OptionBlockObject{yes}
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldStrategic, plain(p.T("segment.field_strategic_label", nil), maxHeader), nil, box).WithOptional(true))
	}
	m.Blocks = append(m.Blocks, back(p, "segment.open.v1", r.Value))
	return m
}

// reasonInput is a required text of a few lines.
func reasonInput(p *locale.Printer, label, hint, written string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(nil, "reason")
	input.Multiline, input.MaxLength, input.InitialValue = true, longestTyped, cut(written, longestTyped)
	return slack.NewInputBlock(FieldReason, plain(label, maxHeader), plain(hint, maxHeader), input)
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

// ScoreExplained is a group with what its score is made of.
type ScoreExplained struct {
	Row         SegmentRow
	AsOf        analysis.Day
	Explanation value.Explanation
	Known       bool // Explanation holds: the group has a score
}

// ExplainScore says of each criterion what is known, how much it weighs and
// how many points it gives.
func ExplainScore(p *locale.Printer, e ScoreExplained) Modal {
	m := Modal{Title: cut(p.T("segment.explain", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, sheet(row(called(p, e.Row.Name, e.Row.Number), text("\n"+standingLine(p, e.Row)))))
	if !e.Known {
		m.Blocks = append(m.Blocks, section(p.T("segment.explain_none", nil)), back(p, "segment.open.v1", e.Row.Value))
		return m
	}
	x := e.Explanation
	m.Blocks = append(m.Blocks, section(p.N("segment.explain_total", x.Groups, analysis.Args{"score": p.Points(x.Score.Points()), "kind": kindOr(p, x.Kind),
		"coverage": percent(p, 100*x.Coverage), "day": e.AsOf})))
	if x.Provisional {
		m.Blocks = append(m.Blocks, context(p.T("segment.explain_provisional", nil)))
	}
	if x.Score != value.ScoreOf(e.Row.Item.Score) {
		m.Blocks = append(m.Blocks, context(p.T("segment.explain_changed", analysis.Args{"score": p.Points(e.Row.Item.Score)})))
	}
	var rows []*slack.RichTextSection
	var nobody []string
	for _, element := range x.Elements {
		if element.Dropped {
			nobody = append(nobody, criterionName(p, element.Criterion))
			continue
		}
		rows = append(rows, row(criterionName(p, element.Criterion), text("\n"+elementLine(p, element))))
	}
	if len(nobody) > 0 {
		rows = append(rows, row(p.T("segment.explain_dropped", nil), text("\n"+p.List(nobody))))
	}
	m.Blocks = append(m.Blocks, sheet(rows...), back(p, "segment.open.v1", e.Row.Value))
	return m
}

func kindOr(p *locale.Printer, kind string) string {
	if kind == "" {
		return p.T("segment.no_kind", nil)
	}
	return kind
}

func criterionName(p *locale.Printer, c value.Criterion) string {
	if c.Name != "" {
		return cut(c.Name, maxHeader)
	}
	return p.T(c.NameKey(), nil)
}

// elementLine is what one criterion does to the score.
func elementLine(p *locale.Printer, e value.Element) string {
	known := rawInWords(p, e.Criterion, e.Raw)
	if !e.Known {
		known = p.T("segment.explain_unknown", analysis.Args{"median": known})
	}
	return known + "\n" + p.N("segment.explain_points", e.Among, analysis.Args{"points": p.Points(e.Points), "most": p.Points(100 * e.Share)})
}

// rawInWords is a value on its criterion's own scale.
func rawInWords(p *locale.Printer, c value.Criterion, raw float64) string {
	switch c.Scale {
	case value.Ranked:
		if c.Source == value.FromRevenue || c.Source == value.FromMargin {
			return p.T("portfolio.yearly", analysis.Args{"amount": analysis.Cents(raw)})
		}
	case value.Percent:
		return percent(p, raw)
	case value.Marks:
		if whole := int(raw); float64(whole) == raw && whole >= 0 && whole < value.Levels {
			return p.T("segment.explain_mark", analysis.Args{"mark": whole, "meaning": meaning(p, c, whole)})
		}
	}
	return p.Points(raw)
}

func meaning(p *locale.Printer, c value.Criterion, mark int) string {
	if len(c.Meanings) == value.Levels {
		return cut(c.Meanings[mark], maxHeader)
	}
	return p.T(c.MeaningKey(mark), nil)
}

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
		slack.NewInputBlock(FieldDecision, plain(p.T("parting.field", nil), maxHeader), nil, pick),
		reasonInput(p, p.T("segment.field_reason", nil), p.T("parting.field_reason_hint", nil), reason),
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
		slack.NewInputBlock(FieldSteps, plain(p.T("parting.steps", nil), maxHeader), nil, box).WithOptional(true),
		back(p, "segment.low.v1", r.Value)}
	return m
}
