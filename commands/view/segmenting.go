package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Outcome is what a press did, or why it did nothing.
type Outcome struct {
	Said    string // what was done; empty: nothing
	Undo    string // value of the button that undoes it; empty: none
	Refused *analysis.Error
}

// SegmentWindow is where the segmentation stands.
type SegmentWindow struct {
	Outcome   Outcome
	Today     analysis.Day
	Finals    []analysis.SegmentVersion    // newest first
	Counts    map[analysis.Segment]int     // of the draft, else of the last final one
	Least     map[analysis.Segment]float64 // lowest score that led to a segment there
	MayDraft  bool
	MayDecide bool

	// Without a draft: what a new one is made of.
	Judgements, Overrides int

	Draft               *analysis.SegmentVersion // nil: there is none
	Flows               []value.Flow[analysis.Segment]
	Rows                []SegmentRow // to look at first
	Proposals           int          // that wait for the viewer, at the head of the list
	Offset, Size, Total int
	Value               func(offset int) string
}

// SegmentRow is one relatiegroep of a draft, with what the viewer may do.
type SegmentRow struct {
	Value              string // of its buttons
	Name, Number       string
	Item               analysis.SegmentItem
	Standing           analysis.Segment // with the override that counts
	Why                []value.Why
	Override, Proposal *analysis.Override
	Decide, Propose    bool
	MayMark            bool // as strategic
}

// Segmentation is the window in which an office goes from a draft to a final
// segmentation.
func Segmentation(p *locale.Printer, w SegmentWindow) Modal {
	m := Modal{Title: cut(p.T("segment.button", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "segment.undo.v1")...)
	if w.Draft == nil {
		m.Blocks = append(m.Blocks, betweenDrafts(p, w)...)
		return m
	}
	m.Blocks = append(m.Blocks, header(p.T("segment.draft_of", analysis.Args{"day": w.Draft.AsOf})),
		section(strings.Join(countLines(p, w.Counts, w.Least), "\n")))
	if len(w.Finals) > 0 {
		m.Blocks = append(m.Blocks, section(flowsInWords(p, w.Flows, w.Finals[0])))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", slices.Concat(draftButtons(p, w), []slack.BlockElement{groupSearch(p)})...), slack.NewDividerBlock())
	if w.Proposals > 0 {
		m.Blocks = append(m.Blocks, section(p.N("segment.proposals", w.Proposals, nil)))
	}
	m.Blocks = append(m.Blocks, section(lookTitle(p, w)))
	for _, r := range w.Rows {
		m.Blocks = append(m.Blocks, segmentRow(p, r)...)
	}
	if buttons := windowPager(p, "segment.open.v1", w.Value, w.Offset, w.Size, len(w.Rows), w.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// outcome says what the press before did, above everything else.
func outcome(p *locale.Printer, o Outcome, undo string) []slack.Block {
	switch {
	case o.Refused != nil:
		return []slack.Block{slack.NewSectionBlock(mark("⚠️ "+refusal(p, o.Refused)), nil, nil)}
	case o.Said == "":
		return nil
	case o.Undo == "":
		return []slack.Block{section("✓ " + o.Said)}
	}
	return []slack.Block{choice("✓ "+o.Said, button(p.T("word.undo", nil), undo, o.Undo))}
}

// refusal words e with the colleague it names as Slack shows people. Nothing
// that was typed stands in these sentences.
func refusal(p *locale.Printer, e *analysis.Error) string {
	args := analysis.Args{}
	for name, v := range e.Args {
		args[name] = v
		if user, ok := v.(analysis.UserID); ok {
			args[name] = "<@" + string(user) + ">"
		}
	}
	return p.T(e.Key, args)
}

func lookTitle(p *locale.Printer, w SegmentWindow) string {
	switch {
	case w.Total == 0 && w.MayDraft:
		return p.T("segment.look_done", nil)
	case w.Total == 0:
		return p.T("segment.look_none", nil)
	case w.MayDraft:
		return p.N("segment.look_first", w.Total, nil)
	}
	return p.N("segment.look_own", w.Total, nil)
}

// betweenDrafts is the window without a draft.
func betweenDrafts(p *locale.Printer, w SegmentWindow) []slack.Block {
	var blocks []slack.Block
	if len(w.Finals) == 0 {
		blocks = append(blocks, header(p.T("segment.first", nil)), section(p.T("segment.meaning", nil)))
	} else {
		last := w.Finals[0]
		blocks = append(blocks, header(segmentationTitle(p, last)), section(strings.Join(countLines(p, w.Counts, w.Least), "\n")),
			slack.NewSectionBlock(mark(finalBy(p, last)), nil, nil))
		if buttons := finalButtons(p, w); len(buttons) > 0 {
			blocks = append(blocks, slack.NewActionBlock("", buttons...))
		}
		blocks = append(blocks, slack.NewDividerBlock())
	}
	if !w.MayDraft {
		return append(blocks, section(p.T("segment.wait", nil)))
	}
	judgements := p.T("segment.no_judgements", nil)
	if w.Judgements > 0 {
		judgements = p.N("segment.judgements", w.Judgements, nil)
	}
	made := p.T("segment.made_of", analysis.Args{"day": w.Today, "judgements": judgements})
	if w.Overrides > 0 {
		made += " " + p.N("segment.carried", w.Overrides, nil)
	}
	return append(blocks, section(made), slack.NewActionBlock("", primary(button(p.T("segment.make", nil), "segment.draft.v1", "0/0/0"))))
}

// finalBy says who made v final.
func finalBy(p *locale.Printer, v analysis.SegmentVersion) string {
	if v.FinalBy == "" {
		return p.T("segment.final_operator", analysis.Args{"day": analysis.DayOf(v.FinalAt.In(p.Zone()))})
	}
	return p.T("segment.final_by", analysis.Args{"by": "<@" + string(v.FinalBy) + ">", "day": analysis.DayOf(v.FinalAt.In(p.Zone()))})
}

// compared is how many earlier final segmentations have a button.
const compared = 4

func finalButtons(p *locale.Printer, w SegmentWindow) []slack.BlockElement {
	buttons := []slack.BlockElement{button(p.T("parting.button", nil), "segment.low.v1", "0/0/0")}
	for i, v := range w.Finals[1:] {
		if i == compared {
			break
		}
		buttons = append(buttons, button(p.T("segment.compare", analysis.Args{"version": int64(v.ID), "day": v.AsOf}), "segment.compare.v1#"+id(v.ID), id(v.ID)+"/0/0"))
	}
	if w.MayDraft {
		buttons = append(buttons, button(p.T("export.button", nil), "segment.export.v1", id(w.Finals[0].ID)+"/0/0"))
	}
	return buttons
}

// countLines says how many groups each segment has, and from which score on: that
// tells why a high score can still be a C.
func countLines(p *locale.Printer, counts map[analysis.Segment]int, least map[analysis.Segment]float64) []string {
	var lines []string
	for _, s := range analysis.Segments() {
		line := p.N("segment.count", counts[s], analysis.Args{"segment": string(s)})
		if score, ok := least[s]; ok && s != analysis.SegmentD { // D begins at nothing
			line += ", " + p.T("segment.score_from", analysis.Args{"score": p.Points(score)})
		}
		lines = append(lines, line)
	}
	return lines
}

// flowsInWords says what changes against the final segmentation before.
func flowsInWords(p *locale.Printer, flows []value.Flow[analysis.Segment], before analysis.SegmentVersion) string {
	args := analysis.Args{"version": int64(before.ID), "day": before.AsOf}
	if len(flows) == 0 {
		return p.T("segment.same", args)
	}
	lines := []string{p.T("segment.moved", args)}
	for _, f := range flows {
		lines = append(lines, "• "+p.N("segment.flow", f.Groups, analysis.Args{"from": segmentOr(p, f.From), "to": segmentOr(p, f.To)}))
	}
	return strings.Join(lines, "\n")
}

func draftButtons(p *locale.Printer, w SegmentWindow) []slack.BlockElement {
	var buttons []slack.BlockElement
	if w.MayDecide {
		buttons = append(buttons, primary(button(p.T("segment.finalize", nil), "segment.ask.v1", w.Value(w.Offset))))
	}
	if w.MayDraft {
		buttons = append(buttons, button(p.T("segment.remake", nil), "segment.draft.v1", w.Value(0)))
	}
	return buttons
}

// groupSearch finds a relatiegroep that is not on the list, by its client.
func groupSearch(p *locale.Printer) *slack.SelectBlockElement {
	pick := clientSelect(p, "segment.find.v1")
	pick.Placeholder = plain(p.T("segment.find", nil), maxPlaceholder)
	return pick
}

// windowPager are the buttons to the pages beside this one.
func windowPager(p *locale.Printer, action string, value func(int) string, offset, size, shown, total int) []slack.BlockElement {
	var buttons []slack.BlockElement
	if offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), action+"#1", value(max(0, offset-size))))
	}
	if rest := total - offset - shown; rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), action+"#2", value(offset+size)))
	}
	return buttons
}

// segmentRow is one group to look at: what it is, why it stands there, and
// what can be done.
func segmentRow(p *locale.Printer, r SegmentRow) []slack.Block {
	lines := []string{"\n" + standingLine(p, r)}
	for _, w := range r.Why {
		if w != value.WhyOverride && w != value.WhyProposal {
			lines = append(lines, "• "+p.T(w.Key(), nil))
		}
	}
	if r.Override != nil {
		key := "segment.overridden"
		if r.Override.Strategic {
			key = "segment.strategic"
		}
		lines = append(lines, "• "+p.T(key, analysis.Args{"segment": string(r.Override.Segment), "reason": r.Override.Reason}))
	}
	if r.Proposal != nil {
		lines = append(lines, "• "+p.T("segment.proposed", analysis.Args{"segment": string(r.Proposal.Segment), "reason": r.Proposal.Reason}))
	}
	blocks := []slack.Block{sheet(row(called(p, r.Name, r.Number), text(strings.Join(lines, "\n"))))}
	return append(blocks, slack.NewActionBlock("", rowButtons(p, r)...))
}

// called is a group's name with its number.
func called(p *locale.Printer, name, number string) string {
	return cut(name, maxHeader) + " (" + p.T("client.number", analysis.Args{"number": cut(number, 30)}) + ")"
}

// standingLine says the segment, the score and the revenue.
func standingLine(p *locale.Printer, r SegmentRow) string {
	parts := []string{p.T("segment.without", nil)}
	if r.Standing != "" {
		parts[0] = p.T("portfolio.segment", analysis.Args{"segment": string(r.Standing)})
	}
	if r.Item.Segment != "" {
		parts = append(parts, p.T("segment.score", analysis.Args{"score": p.Points(r.Item.Score)}))
	}
	if r.Item.Known {
		parts = append(parts, p.T("portfolio.yearly", analysis.Args{"amount": r.Item.Yearly}))
	}
	return strings.Join(parts, " · ")
}

func rowButtons(p *locale.Printer, r SegmentRow) []slack.BlockElement {
	var buttons []slack.BlockElement
	add := func(key, action string) { buttons = append(buttons, button(p.T(key, nil), action, r.Value)) }
	if r.Decide && r.Proposal != nil {
		add("segment.accept", "segment.accept.v1")
		add("segment.refuse", "segment.refuse.v1")
	}
	if r.Decide {
		add("segment.adjust", "segment.adjust.v1")
	} else if r.Propose {
		add("segment.propose", "segment.adjust.v1")
	}
	add("segment.explain", "segment.explain.v1")
	if r.Decide && r.Override != nil || r.Propose && r.Proposal != nil {
		add("word.undo", "segment.undo.v1")
	}
	return buttons
}
