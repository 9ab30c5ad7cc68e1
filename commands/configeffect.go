package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// movedShown is how many moving groups an effect names.
const movedShown = 5

func ordered(groups map[string]int) []kindOfClient {
	kinds := make([]kindOfClient, 0, len(groups))
	for name, n := range groups {
		kinds = append(kinds, kindOfClient{name, n})
	}
	analysis.Sort(kinds, func(a, b kindOfClient) int {
		return cmp.Or(cmp.Compare(b.groups, a.groups), cmp.Compare(a.name, b.name))
	})
	return kinds
}

// effect counts what it would do to the office of asOf if after took the place
// of before. It changes nothing. What a concept would say differently is counted
// as a concept is made, overrides included, so that the count is what comes true.
func (c Config) effect(ctx context.Context, asOf analysis.Day, before, after value.Settings) (view.SettingEffect, error) {
	e := view.SettingEffect{AsOf: asOf}
	for _, t := range analysis.ClientTypes() {
		if before.Strategy(t) != after.Strategy(t) {
			e.Worded = append(e.Worded, view.TypeCount{Type: t, Groups: -1})
		}
	}
	versions, err := c.Use.Segments.Versions(ctx)
	if err != nil {
		return e, fmt.Errorf("read the segmentations: %w", err)
	}
	if len(versions) > 0 {
		e.Segmented = true
	}
	if scoresBy(before, after) {
		if err := c.movesInTime(ctx, &e, versions, before, after); err != nil {
			return e, err
		}
	}
	if before.Potential != after.Potential || len(e.Worded) > 0 {
		err = c.types(ctx, &e, before, after)
	}
	return e, err
}

// scoresBy reports whether after may score or segment anybody differently.
func scoresBy(before, after value.Settings) bool {
	return before.Rules != after.Rules || before.Loyalty != after.Loyalty || !reflect.DeepEqual(before.Criteria, after.Criteria)
}

// movesInTime is moves within the Patience: an office of a million groups takes
// longer than Slack's people wait, and is told so rather than left without an
// answer.
func (c Config) movesInTime(ctx context.Context, e *view.SettingEffect, versions []analysis.SegmentVersion, before, after value.Settings) error {
	if c.Patience <= 0 {
		return c.moves(ctx, e, versions, before, after)
	}
	soon, cancel := context.WithTimeout(ctx, c.Patience)
	defer cancel()
	err := c.moves(soon, e, versions, before, after)
	if err != nil && ctx.Err() == nil && errors.Is(soon.Err(), context.DeadlineExceeded) {
		*e = view.SettingEffect{AsOf: e.AsOf, Segmented: e.Segmented, Worded: e.Worded, Uncounted: true}
		return nil
	}
	return err
}

// moves adds who gets another score or segment.
func (c Config) moves(ctx context.Context, e *view.SettingEffect, versions []analysis.SegmentVersion, before, after value.Settings) error {
	var overrides []analysis.Override
	if len(versions) > 0 { // a new concept takes them over
		var err error
		if overrides, err = c.Use.Segments.Overrides(ctx, versions[0].ID); err != nil {
			return fmt.Errorf("read the overrides: %w", err)
		}
	}
	g, err := c.Use.gather(ctx, e.AsOf)
	if err != nil {
		return err
	}
	was, old, err := g.by(before)
	if err != nil {
		return err
	}
	will, items, err := g.by(after)
	if err != nil {
		return err
	}
	e.Scored = true
	for row, score := range will.scores.Value {
		if score.Known() {
			e.Groups++
		}
		if score != was.scores.Value[row] {
			e.Rescored++
		}
		if score.Known() && value.Provisional(float64(will.scores.Coverage[row])) && !value.Provisional(float64(was.scores.Coverage[row])) {
			e.Provisional++
		}
	}
	changes, flows := value.Diff(value.Standing(old, overrides), value.Standing(items, overrides))
	e.Flows, e.Total = flows, len(changes)
	analysis.Sort(changes, func(a, b value.Change) int {
		return cmp.Compare(g.yearly[will.at[b.Group]].Amount, g.yearly[will.at[a.Group]].Amount)
	})
	for _, change := range changes[:min(len(changes), movedShown)] {
		if row, ok := will.at[change.Group]; ok {
			e.Moved = append(e.Moved, view.Moved{Name: g.groups[row].Name, Number: g.groups[row].Number, From: change.From, To: change.To})
		}
	}
	return nil
}

// types adds who counts as having high potential, who becomes another type of
// client, and on how many cards the words of a strategy change.
func (c Config) types(ctx context.Context, e *view.SettingEffect, before, after value.Settings) error {
	office, err := c.Market.now(ctx, e.AsOf)
	if err != nil {
		return err
	}
	if office == nil || office.market == nil {
		return nil // too large to say, or not worked out yet
	}
	_, standing, err := standingNow(ctx, c.Use.Segments)
	if err != nil {
		return err
	}
	was, will := map[analysis.GroupID]analysis.ClientType{}, map[analysis.GroupID]analysis.ClientType{}
	high := view.HighCount{}
	count := map[analysis.ClientType]int{}
	for _, group := range office.groups {
		old, now := office.market.High(group, before.Potential.High), office.market.High(group, after.Potential.High)
		if old == value.Yes {
			high.Before++
		}
		if now == value.Yes {
			high.After++
		}
		if segment := standing[group]; segment != "" {
			was[group], will[group] = value.TypeOf(segment, old), value.TypeOf(segment, now)
			count[will[group]]++
		}
	}
	if before.Potential != after.Potential {
		e.High, e.Types = &high, typeFlows(was, will)
	}
	for i, w := range e.Worded {
		e.Worded[i].Groups = count[w.Type]
	}
	return nil
}

// typeFlows counts who goes from which type to which.
func typeFlows(was, will map[analysis.GroupID]analysis.ClientType) []value.Flow[analysis.ClientType] {
	counts := map[[2]analysis.ClientType]int{}
	for group := range maps.Keys(will) {
		if was[group] != will[group] {
			counts[[2]analysis.ClientType{was[group], will[group]}]++
		}
	}
	var flows []value.Flow[analysis.ClientType]
	all := append(analysis.ClientTypes(), "")
	for _, from := range all {
		for _, to := range all {
			if n := counts[[2]analysis.ClientType{from, to}]; n > 0 {
				flows = append(flows, value.Flow[analysis.ClientType]{From: from, To: to, Groups: n})
			}
		}
	}
	return flows
}
