package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/storage"
)

// judgedOf is everything that was ever judged and noted of a group, in the order
// of writing.
type judgedOf struct {
	judged []analysis.Judgement
	noted  []analysis.Remark
}

// history reads what undoing needs to know of a group.
func (c Judging) history(ctx context.Context, group analysis.GroupID) (h judgedOf, err error) {
	if h.judged, err = c.Judgements.JudgementHistory(ctx, group); err != nil {
		return h, fmt.Errorf("read the judgements of group %d: %w", group, err)
	}
	if h.noted, err = c.Judgements.Remarks(ctx, group); err != nil {
		return h, fmt.Errorf("read the remarks of group %d: %w", group, err)
	}
	return h, nil
}

// remarkOf is the remark that stands about a group; without words: none.
func remarkOf(ctx context.Context, j storage.Judgements, group analysis.GroupID) (analysis.Remark, error) {
	noted, err := j.Remarks(ctx, group)
	if err != nil || len(noted) == 0 {
		if err != nil {
			err = fmt.Errorf("read the remarks of group %d: %w", group, err)
		}
		return analysis.Remark{}, err
	}
	return noted[len(noted)-1], nil
}

// note is the remark to record where words are others than those that stand.
func (h judgedOf) note(group analysis.GroupID, words string) []analysis.Remark {
	if words == wordsAt(h.noted, len(h.noted)) {
		return nil
	}
	return []analysis.Remark{{Group: group, Words: words}}
}

// wordsAt is the remark that stood when there were n; empty: none did.
func wordsAt(noted []analysis.Remark, n int) string {
	if n == 0 {
		return ""
	}
	return noted[n-1].Words
}

// takenBack returns what makes a group what it was when it had only so many
// judgements and remarks as t says. It is not ok where there is nothing to take
// back, where somebody else judged or noted meanwhile, and where by did again.
func (h judgedOf) takenBack(t turn, by analysis.UserID) (back []analysis.Judgement, unnoted []analysis.Remark, ok bool) {
	save := h.judged[min(t.before, len(h.judged)):]
	for _, j := range save {
		if j.By != by || !j.At.Equal(save[0].At) || slices.ContainsFunc(back, func(b analysis.Judgement) bool { return b.Criterion == j.Criterion }) {
			return nil, nil, false
		}
		j.Value = analysis.TakenBack
		for _, earlier := range h.judged[:t.before] {
			if earlier.Criterion == j.Criterion {
				j.Value = earlier.Value
			}
		}
		back = append(back, j)
	}
	switch n := len(h.noted) - t.noted; {
	case n > 1, n == 1 && h.noted[t.noted].By != by:
		return nil, nil, false
	case n == 1:
		unnoted = []analysis.Remark{{Group: h.noted[t.noted].Group, Words: wordsAt(h.noted, t.noted)}}
	}
	return back, unnoted, len(back)+len(unnoted) > 0
}

// segment is the value of the button to another segment: there is one while a
// draft waits and the asker may at least propose.
func (c Judging) segment(ctx context.Context, req Request, group analysis.Group) (string, error) {
	if c.Segments == nil || !analysis.Allow(req.Actor, analysis.ProposeSegment, subject(group)) {
		return "", nil
	}
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return "", fmt.Errorf("read the segmentations: %w", err)
	}
	if len(versions) == 0 || versions[0].State != analysis.Draft {
		return "", nil
	}
	return spot{version: versions[0].ID, group: group.ID}.String(), nil
}
