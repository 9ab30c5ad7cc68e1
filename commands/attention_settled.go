package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
)

// settledShown is how much of what was handled this week stands under it.
const settledShown = 6

// settled are the things that m handled this week: done, put off, not needed or
// handed over, so that a slip of the finger can be taken back. groups are those
// of m.
func (c Weekly) settled(ctx context.Context, req Request, m analysis.Manager, groups []attention.Group, place string) ([]view.AttentionItem, error) {
	monday := attention.WeekOf(req.today()).Monday()
	items, err := c.answered(ctx, m, monday, req.today())
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if g.More == nil || len(g.More.Marks) == 0 || len(items) >= settledShown {
			continue
		}
		marks, err := c.Week.Groups.Marks(ctx, g.ID)
		if err != nil {
			return nil, err
		}
		for _, mark := range marks {
			if mark.State != "" && mark.By == m.ID && analysis.DayOf(mark.At.In(officeZone)) >= monday {
				items = append(items, attention.Item{Group: g.ID, Segment: g.Segment, Activity: mark.Activity, Period: attention.Period{From: mark.Period, To: mark.Period}})
			}
		}
	}
	items = items[:min(len(items), settledShown)]
	ids := make([]analysis.GroupID, len(items))
	for i, item := range items {
		ids[i] = item.Group
	}
	listed, err := c.Week.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups that were handled: %w", err)
	}
	var rows []view.AttentionItem
	for _, item := range items {
		for _, g := range listed {
			if g.ID != item.Group {
				continue
			}
			row, err := c.Row(ctx, m.ID, AttentionRow{Item: item, Group: g}, req.today(), place)
			if err != nil {
				return nil, err
			}
			if row.State != view.AttentionOpen {
				rows = append(rows, row)
			}
			break
		}
	}
	return rows, nil
}

// answered are the things that moments of m answered in [monday, today].
func (c Weekly) answered(ctx context.Context, m analysis.Manager, monday, today analysis.Day) ([]attention.Item, error) {
	var items []attention.Item
	for l, err := range c.Week.Touches.Moments(ctx, monday, today) {
		if err != nil {
			return nil, err
		}
		if l.Manager != m.ID || l.Asked == "" || strings.HasPrefix(l.Asked, loggedKey) {
			continue
		}
		asked, err := readAsked(";" + strconv.FormatInt(int64(l.Group), 10) + ";" + l.Asked)
		if err != nil {
			continue
		}
		items = append(items, attention.Item{Group: l.Group, Activity: asked.activity, Touch: l.Kind, Period: attention.Period{From: asked.from, To: asked.from}})
	}
	return items, nil
}
