package view

import (
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// ShownAttention bounds the list on a terminal; --json has all of it.
const ShownAttention = 25

// SegmentationText is a segmentation for a terminal: how many groups each
// segment has and whom to look at before it becomes final.
func SegmentationText(p *locale.Printer, v analysis.SegmentVersion, counts map[analysis.Segment]int, look []value.Attention, groups map[analysis.GroupID]analysis.Group) string {
	var b strings.Builder
	fmt.Fprintln(&b, segmentationTitle(p, v))
	for _, s := range analysis.Segments() {
		fmt.Fprintln(&b, "  "+p.N("segment.count", counts[s], analysis.Args{"segment": string(s)}))
	}
	if v.State == analysis.Final {
		return b.String()
	}
	fmt.Fprintln(&b, p.N("segment.look", len(look), nil))
	for i, a := range look {
		if i == ShownAttention {
			fmt.Fprintln(&b, "  "+strings.TrimPrefix(p.N("client.more", len(look)-i, nil), ", "))
			break
		}
		fmt.Fprintln(&b, "  "+terminal(fmt.Sprintf("%s (%s): %s", groups[a.Group].Name, groups[a.Group].Number, whys(p, a.Why))))
	}
	return b.String()
}

func segmentationTitle(p *locale.Printer, v analysis.SegmentVersion) string {
	return p.T("segment.title."+string(v.State), analysis.Args{"version": int64(v.ID), "day": v.AsOf})
}

func whys(p *locale.Printer, all []value.Why) string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = p.T("segment.why."+string(w), nil)
	}
	return strings.Join(words, ", ")
}

// DiffText compares two segmentations for a terminal.
func DiffText(p *locale.Printer, before, after analysis.SegmentVersion, flows []value.Flow[analysis.Segment]) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.T("segment.diff", analysis.Args{"before": int64(before.ID), "after": int64(after.ID)}))
	if len(flows) == 0 {
		fmt.Fprintln(&b, "  "+p.T("segment.diff.none", nil))
	}
	for _, f := range flows {
		fmt.Fprintln(&b, "  "+p.N("segment.flow", f.Groups, analysis.Args{"from": segmentOr(p, f.From), "to": segmentOr(p, f.To)}))
	}
	return b.String()
}

func segmentOr(p *locale.Printer, s analysis.Segment) string {
	if s == "" {
		return p.T("segment.without", nil)
	}
	return string(s)
}
