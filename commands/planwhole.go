package commands

import (
	"bytes"
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
)

// Present returns the plan for a file: capacities of people by their e-mail, for
// ids are another office's somewhere else.
func (c AttentionPlan) Present(ctx context.Context, req Request) (attention.Plan, map[string]int, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return attention.Plan{}, nil, err
	}
	people := map[string]int{}
	for id, capacity := range now.plan.Capacities {
		m, err := c.Use.Managers.Manager(ctx, id)
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			continue // an undone import removed them
		}
		if err != nil {
			return now.plan, nil, fmt.Errorf("read manager %d: %w", id, err)
		}
		people[m.Email] = capacity
	}
	return now.plan, people, nil
}

// Take lays wanted, with the capacities of people by their e-mail, beside the
// plan that holds: the change that Adopt saves, nil where nothing changes, and
// what it would ask of everybody. When the office began stays as it is.
func (c AttentionPlan) Take(ctx context.Context, req Request, wanted attention.Plan, people map[string]int) (*SettingChange, view.PlanEffect, error) {
	effect := view.PlanEffect{AsOf: req.today()}
	now, err := c.read(ctx, req)
	if err != nil {
		return nil, effect, err
	}
	wanted.Start, wanted.Capacities = now.plan.Start, nil
	for email, capacity := range people {
		m, err := c.Use.Managers.ManagerByEmail(ctx, email)
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			return nil, effect, analysis.Fail(analysis.Invalid, "attention.manager.unknown", analysis.Args{"email": email})
		}
		if err != nil {
			return nil, effect, fmt.Errorf("find a manager by e-mail: %w", err)
		}
		if wanted.Capacities == nil {
			wanted.Capacities = map[analysis.ManagerID]int{}
		}
		wanted.Capacities[m.ID] = capacity
	}
	if err := wanted.Check(); err != nil {
		return nil, effect, err
	}
	raw, err := storedPlan(wanted)
	if err != nil || bytes.Equal(raw, now.setting.Value) {
		return nil, effect, err
	}
	effect, err = c.effect(ctx, req.today(), now.plan, wanted)
	return &SettingChange{Key: attention.PlanSetting, Version: now.setting.Version + 1, Default: len(raw) == 0, raw: raw}, effect, err
}
