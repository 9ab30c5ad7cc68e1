package commands

import (
	"cmp"
	"context"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
)

// effect counts what it would ask of everybody if after took the place of before.
// It changes nothing.
func (c AttentionPlan) effect(ctx context.Context, asOf analysis.Day, before, after attention.Plan) (view.PlanEffect, error) {
	e := view.PlanEffect{AsOf: asOf}
	was, _, err := c.loads(ctx, asOf, before)
	if err != nil {
		return e, err
	}
	will, final, err := c.loads(ctx, asOf, after)
	if err != nil {
		return e, err
	}
	e.Final = final
	old := map[analysis.ManagerID]attention.Load{}
	for _, l := range was {
		old[l.Manager] = l
		e.Before.Moments, e.Before.Hours = e.Before.Moments+l.Needed, e.Before.Hours+l.Hours
	}
	for _, l := range will {
		e.After.Moments, e.After.Hours = e.After.Moments+l.Needed, e.After.Hours+l.Hours
		if !l.Fits {
			e.Unfit++
		}
		before, had := old[l.Manager]
		before.Fits = before.Fits || !had
		delete(old, l.Manager)
		if math.Abs(before.Needed-l.Needed) > 1e-9 || math.Abs(before.Possible-l.Possible) > 1e-9 || math.Abs(before.Hours-l.Hours) > 1e-9 {
			e.People = append(e.People, view.PlanShift{Before: before, After: l})
		}
	}
	for _, before := range old { // nothing is asked of them any more
		e.People = append(e.People, view.PlanShift{Before: before, After: attention.Load{Manager: before.Manager, Possible: before.Possible, Fits: true}})
	}
	analysis.Sort(e.People, func(a, b view.PlanShift) int {
		return cmp.Or(-cmp.Compare(worse(a), worse(b)), -cmp.Compare(shift(a), shift(b)), cmp.Compare(a.After.Manager, b.After.Manager))
	})
	if e.Names, err = c.names(ctx, will); err != nil {
		return e, err
	}
	gone, err := c.names(ctx, was)
	for id, name := range gone {
		e.Names[id] = name
	}
	return e, err
}

// worse puts whose plan no longer fits first, then whose did not fit before.
func worse(s view.PlanShift) int {
	switch {
	case !s.After.Fits && s.Before.Fits:
		return 2
	case !s.After.Fits:
		return 1
	}
	return 0
}

func shift(s view.PlanShift) float64 {
	return math.Abs(s.After.Needed-s.Before.Needed) + math.Abs(s.After.Possible-s.Before.Possible)
}
