package value

import (
	"cmp"
	"slices"
	"strings"

	"klantbot/analysis"
)

// longestReason bounds what a person writes about an override.
const longestReason = 500

// CheckOverride says what is wrong with an override, as an analysis.Invalid or
// analysis.Forbidden error keyed value.*, or nil: it has a group, a segment
// (or none, to take it back) and a reason; who may not decide proposes, and who
// may not mark a group as strategic does not.
func CheckOverride(o analysis.Override, actor analysis.Actor) error {
	switch {
	case o.Segment != "" && !slices.Contains(analysis.Segments(), o.Segment), o.Group == 0:
		return analysis.Fail(analysis.Invalid, "value.override_segment", nil)
	case strings.TrimSpace(o.Reason) == "":
		return analysis.Fail(analysis.Invalid, "value.override_reason", nil)
	case len([]rune(o.Reason)) > longestReason:
		return analysis.Fail(analysis.Invalid, "value.override_reason_long", analysis.Args{"most": longestReason})
	case o.Strategic && !analysis.Allow(actor, analysis.MarkStrategic, analysis.Subject{}):
		return analysis.Fail(analysis.Forbidden, "value.override_strategic", nil)
	case !o.Proposed && !analysis.Allow(actor, analysis.DecideSegments, analysis.Subject{}):
		return analysis.Fail(analysis.Forbidden, "value.override_partner", nil)
	}
	return nil
}

// Standing returns the segment every group has: that of its score, or of the
// override that a partner made of it. Proposals do not count yet. A group
// without a segment is left out.
func Standing(items []analysis.SegmentItem, overrides []analysis.Override) map[analysis.GroupID]analysis.Segment {
	standing := make(map[analysis.GroupID]analysis.Segment, len(items))
	for _, item := range items {
		if item.Segment != "" {
			standing[item.Group] = item.Segment
		}
	}
	for _, o := range overrides {
		if !o.Proposed && o.Segment != "" {
			standing[o.Group] = o.Segment
		}
	}
	return standing
}

// Why is a reason to look at a group before a segmentation becomes final.
type Why string

// The reasons, the most urgent first.
const (
	WhyLow      Why = "top_low"  // top 20% by revenue, yet C or D
	WhyOverride Why = "override" // a person's segment is not the score's
	WhyProposal Why = "proposal" // a manager proposed another segment
	WhyBorder   Why = "border"   // a little more or less would change the segment
	WhyCoverage Why = "coverage" // under half of the weight is known
)

// Reasons lists them, the most urgent first.
func Reasons() []Why { return []Why{WhyLow, WhyOverride, WhyProposal, WhyBorder, WhyCoverage} }

// Key is the catalogue's words for w.
func (w Why) Key() string { return "value.why." + string(w) }

// Attention is a group to look at, and why.
type Attention struct {
	Group analysis.GroupID
	Why   []Why // most urgent first, at least one
}

// LookFirst returns the list to look at before items become final: every group
// of the top 20% by revenue that stands in C or D, every override or proposal
// against the score, who stands near a border (NearBorder), and low coverage.
// Coverage is listed only where judgements are asked for (Ask) or where the
// score says A or B: of the others nobody is meant to know more. Order: the most
// urgent reason, then the most revenue, then the group.
func LookFirst(items []analysis.SegmentItem, overrides []analysis.Override) []Attention {
	scores, segments, revenue := columnsOf(items)
	important, near := Important(revenue), NearBorder(scores, segments)
	standing := Standing(items, overrides)
	decided, proposed := bySegment(overrides)
	earned := make(map[analysis.GroupID]analysis.Cents, len(items))
	var list []Attention
	for i, item := range items {
		if item.Segment == "" && decided[item.Group] == "" && proposed[item.Group] == "" {
			continue
		}
		earned[item.Group] = revenue[i]
		now := standing[item.Group]
		against := func(s analysis.Segment) bool { return s != "" && s != item.Segment }
		var why []Why
		add := func(reason Why, holds bool) {
			if holds {
				why = append(why, reason)
			}
		}
		add(WhyLow, important[i] && !now.High())
		add(WhyOverride, against(decided[item.Group]))
		add(WhyProposal, against(proposed[item.Group]))
		add(WhyBorder, near[i])
		add(WhyCoverage, Provisional(item.Coverage) && item.Segment != "" && (important[i] || near[i] || item.Segment.High()))
		if len(why) > 0 {
			list = append(list, Attention{item.Group, why})
		}
	}
	analysis.Sort(list, func(a, b Attention) int {
		return cmp.Or(cmp.Compare(slices.Index(Reasons(), a.Why[0]), slices.Index(Reasons(), b.Why[0])),
			cmp.Compare(earned[b.Group], earned[a.Group]), cmp.Compare(a.Group, b.Group))
	})
	return list
}

// columnsOf reads the figures of stored items back. Their scores are whole
// tenths.
func columnsOf(items []analysis.SegmentItem) ([]Score, []analysis.Segment, []analysis.Cents) {
	scores, segments, revenue := make([]Score, len(items)), make([]analysis.Segment, len(items)), make([]analysis.Cents, len(items))
	for i, item := range items {
		scores[i], segments[i] = NoScore, item.Segment
		if item.Segment != "" {
			scores[i] = ScoreOf(item.Score)
		}
		if item.Known {
			revenue[i] = item.Yearly
		}
	}
	return scores, segments, revenue
}

func bySegment(overrides []analysis.Override) (decided, proposed map[analysis.GroupID]analysis.Segment) {
	decided, proposed = map[analysis.GroupID]analysis.Segment{}, map[analysis.GroupID]analysis.Segment{}
	for _, o := range overrides {
		if o.Proposed {
			proposed[o.Group] = o.Segment
		} else {
			decided[o.Group] = o.Segment
		}
	}
	return decided, proposed
}

// Change is a group whose segment differs between two segmentations; an empty
// segment is none.
type Change struct {
	Group    analysis.GroupID
	From, To analysis.Segment
}

// Diff compares the standing segments of two segmentations: which groups
// changed, by group, and how many went from where to where, best segment first.
// It says both what became of a version and what an edit would do before it is
// saved ("12 klanten gaan van B naar A").
func Diff(before, after map[analysis.GroupID]analysis.Segment) ([]Change, []Flow[analysis.Segment]) {
	var changes []Change
	counts := map[[2]analysis.Segment]int{}
	for group := range union(before, after) {
		if from, to := before[group], after[group]; from != to {
			changes = append(changes, Change{group, from, to})
			counts[[2]analysis.Segment{from, to}]++
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.Group, b.Group) })
	var flows []Flow[analysis.Segment]
	all := append(analysis.Segments(), "")
	for _, from := range all {
		for _, to := range all {
			if n := counts[[2]analysis.Segment{from, to}]; n > 0 {
				flows = append(flows, Flow[analysis.Segment]{from, to, n})
			}
		}
	}
	return changes, flows
}
