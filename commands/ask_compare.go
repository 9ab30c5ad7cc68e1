package commands

import (
	"context"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// beside lays segments beside each other, and where none is named also the newest
// segmentation beside the one before. Who went from one segment to another is asked
// where Between says so.
func (a *answering) beside(ctx context.Context) (string, error) {
	first, second := a.Slots.Segment, a.Slots.Against
	if a.Between && (first != "" || a.manager.ID != 0) {
		return a.resegmented(ctx)
	}
	a.Slots.Segment = ""
	all, err := a.held(ctx)
	a.Slots.Segment = first
	if err != nil {
		return "", err
	}
	var lines []string
	for _, s := range analysis.Segments() {
		if first != "" && second != "" && s != first && s != second {
			continue
		}
		n, sum := 0, analysis.Cents(0)
		for _, c := range all {
			if c.segment == s {
				n, sum = n+1, sum+c.yearly.Amount
			}
		}
		line := a.p.N("ask.segment.line", n, analysis.Args{"segment": string(s), "revenue": sum})
		if n > 0 {
			line += " · " + a.p.T("ask.segment.mean", analysis.Args{"amount": sum / analysis.Cents(n)})
		}
		lines = append(lines, line)
	}
	text := view.AnswerLines(a.p, a.p.T("ask.beside", analysis.Args{"scope": a.scoped()}), lines, 0)
	if first != "" {
		return text, nil
	}
	changed, err := a.resegmented(ctx)
	if analysis.KindOf(err) == analysis.NotFound {
		return text, nil // there is but one segmentation
	}
	return text + changed, err
}

// resegmented lists who stands in another segment than in the segmentation before:
// those from or to the segments that were named.
func (a *answering) resegmented(ctx context.Context) (string, error) {
	if !analysis.Allow(a.req.Actor, analysis.ViewOffice, analysis.Subject{}) {
		return "", refuse()
	}
	type diff struct {
		after   analysis.VersionID
		changes []value.Change
	}
	d, err := fromBooks(ctx, a.Ask, a.req.today(), "resegmented", func() (diff, error) {
		_, after, changes, _, err := a.Segmentation.Diff(ctx, a.req.Actor, 0, 0)
		return diff{after.ID, changes}, err
	})
	if err != nil {
		return "", err
	}
	first, second := a.Slots.Segment, a.Slots.Against
	from := map[analysis.GroupID]value.Change{}
	for _, c := range d.changes {
		named := first == "" || second == "" && (c.From == first || c.To == first) || c.From == first && c.To == second
		if named {
			from[c.Group] = c
		}
	}
	a.Slots.Segment = ""
	all, err := a.held(ctx)
	a.Slots.Segment = first
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(c counted) bool { _, ok := from[c.group]; return !ok })
	segment := func(s analysis.Segment) string {
		if s == "" {
			return a.p.T("segment.without", nil)
		}
		return string(s)
	}
	return a.listed("ask.resegmented", analysis.Args{"scope": a.scoped(), "version": int64(d.after)}, all, func(c counted) string {
		return segment(from[c.group].From) + " → " + segment(from[c.group].To)
	}), nil
}
