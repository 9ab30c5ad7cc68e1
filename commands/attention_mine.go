package commands

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// Mine plans the present week of one manager from the groups that concern them
// alone: those they hold or answer for, what was handed to them, and what comes
// to them of who is away. It asks what Plan asks of them, in milliseconds; of ways
// to make a plan fit it knows only those that take no colleague. It authorizes
// nothing.
func (c Attention) Mine(ctx context.Context, day analysis.Day, manager analysis.ManagerID) (AttentionWeek, []attention.Group, error) {
	week := AttentionWeek{Week: attention.WeekOf(day), AsOf: day}
	version, err := c.chosen(ctx, &week)
	if err != nil {
		return week, nil, err
	}
	request := attention.Request{Week: week.Week, Day: day, Only: manager}
	if request.Stand, err = c.standIns(ctx, day); err != nil {
		return week, nil, err
	}
	if request.Had, err = c.had(ctx, week.Week.Monday(), day); err != nil {
		return week, nil, err
	}
	groups, own, err := c.concerning(ctx, version, day, manager, request.Stand)
	if err != nil {
		return week, nil, err
	}
	ids := make([]analysis.GroupID, len(groups))
	for i, g := range groups {
		ids[i] = g.ID
	}
	signals, err := c.Signals.Of(ctx, day, ids...)
	if err != nil {
		return week, nil, err
	}
	people, err := week.Plan.PlanWeek(request, each(groups, signals))
	if err != nil {
		return week, nil, fmt.Errorf("plan the week of manager %d: %w", manager, err)
	}
	week.People, err = c.named(ctx, people)
	return week, own, err
}

// concerning are the groups of manager and of those for whom they stand in, once
// each; own are those of the manager alone.
func (c Attention) concerning(ctx context.Context, version analysis.VersionID, day analysis.Day, manager analysis.ManagerID,
	stand func(analysis.ManagerID) analysis.ManagerID) (groups, own []attention.Group, err error) {
	if own, err = c.Groups.AttentionOf(ctx, version, day, manager); err != nil || stand == nil {
		return own, own, err
	}
	absences, err := c.Absences.Absences(ctx, day, day)
	if err != nil {
		return nil, nil, fmt.Errorf("read who is away: %w", err)
	}
	away := map[analysis.ManagerID]bool{}
	for _, a := range absences {
		away[a.Manager] = a.Manager != manager && stand(a.Manager) == manager
	}
	groups = slices.Clone(own)
	for _, m := range slices.Sorted(maps.Keys(away)) {
		if !away[m] {
			continue
		}
		theirs, err := c.Groups.AttentionOf(ctx, version, day, m)
		if err != nil {
			return nil, nil, err
		}
		for _, g := range theirs {
			if !slices.ContainsFunc(groups, func(known attention.Group) bool { return known.ID == g.ID }) {
				groups = append(groups, g)
			}
		}
	}
	return groups, own, nil
}

// each yields groups as the store would, with their signals.
func each(groups []attention.Group, signals map[analysis.GroupID][]attention.Signal) iter.Seq2[attention.Group, error] {
	return func(yield func(attention.Group, error) bool) {
		for _, g := range groups {
			if !yield(signalled(g, signals[g.ID]), nil) {
				return
			}
		}
	}
}
