package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/view"
	"klantbot/storage"
)

// feedbackOf are the rows of what the clients of a group said outside surveys, the
// newest first. A nil kept has none.
func feedbackOf(ctx context.Context, kept storage.Feedbacks, group analysis.GroupID) ([]view.FeedbackRow, error) {
	if kept == nil {
		return nil, nil
	}
	all, err := kept.FeedbackOf(ctx, group)
	if err != nil {
		return nil, err
	}
	rows := make([]view.FeedbackRow, len(all))
	for i, f := range all {
		rows[i] = feedbackRow(f)
	}
	return rows, nil
}

// outside counts what clients said outside the waves in the year before asOf, of
// the groups that holds has; nil: of all.
func outside(ctx context.Context, kept storage.Feedbacks, roster storage.Roster, holds func(storage.Listed) bool, asOf analysis.Day) (view.FeedbackCount, error) {
	var count view.FeedbackCount
	if kept == nil {
		return count, nil
	}
	all, err := kept.FeedbackOf(ctx, 0)
	if err != nil {
		return count, err
	}
	in := map[analysis.GroupID]bool{}
	if holds != nil {
		ids := make([]analysis.GroupID, len(all))
		for i, f := range all {
			ids[i] = f.Group
		}
		listed, err := roster.GroupsOf(ctx, ids)
		if err != nil {
			return count, fmt.Errorf("read the groups of feedback: %w", err)
		}
		for _, g := range listed {
			in[g.ID] = holds(g)
		}
	}
	for _, f := range all {
		if f.Day <= asOf.AddMonths(-12) || f.Day > asOf || holds != nil && !in[f.Group] {
			continue
		}
		count.N++
		switch f.Tone {
		case storage.Pleased:
			count.Positive++
		case storage.Critical:
			count.Critical++
		default:
			count.Neutral++
		}
	}
	return count, nil
}
