package commands

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Whole are all settings of an office at one moment.
type Whole struct {
	Office value.Settings
	// Kinds are the kinds of client the office has or has criteria for, the most
	// groups first.
	Kinds  []string
	groups map[string]int // by kind
	now    chosen
}

// Whole returns all settings, with the office's own words only.
func (c Config) Whole(ctx context.Context, req Request) (Whole, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Whole{}, err
	}
	kinds, err := c.kinds(ctx, req.today(), now.office)
	if err != nil {
		return Whole{}, err
	}
	w := Whole{Office: now.office.Clone(), groups: map[string]int{}, now: now}
	for _, k := range kinds {
		w.Kinds = append(w.Kinds, k.name)
		w.groups[k.name] = k.groups
	}
	return w, nil
}

// Plan is what taking over other settings would do.
type Plan struct {
	Changes []SettingChange // by key
	Effect  view.SettingEffect
	// Unused are the kinds that have criteria of their own and no clients: a name
	// that is spelled wrong says so.
	Unused []string
}

// SettingChange is one setting that would change.
type SettingChange struct {
	Key     string
	Version int  // the one that it becomes
	Default bool // it goes back to the default
	raw     []byte
}

// Plan lays wanted beside what holds in w and counts the effect. Errors are those
// of CheckSettings.
func (c Config) Plan(ctx context.Context, req Request, w Whole, wanted value.Settings) (Plan, error) {
	wanted = ownSettings(wanted)
	var plan Plan
	if err := CheckSettings(wanted); err != nil {
		return plan, err
	}
	for _, key := range keysOf(w.Office, wanted) {
		raw, err := stored(wanted, key)
		if err != nil {
			return plan, err
		}
		if present := w.now.present[key]; !bytes.Equal(raw, present.Value) {
			plan.Changes = append(plan.Changes, SettingChange{Key: key, Version: present.Version + 1, Default: len(raw) == 0, raw: raw})
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(wanted.Criteria)) {
		if _, changed := w.Office.Criteria[kind]; w.groups[kind] == 0 && !changed {
			plan.Unused = append(plan.Unused, kind)
		}
	}
	var err error
	plan.Effect, err = c.effect(ctx, req.today(), w.Office, wanted)
	return plan, err
}

// Adopt saves all changes of plan or none. Where somebody else changed one of
// them meanwhile it is an analysis.Invalid error and nothing is saved.
func (c Config) Adopt(ctx context.Context, req Request, plan Plan) error {
	if !analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{}) {
		return refuse()
	}
	if len(plan.Changes) == 0 {
		return nil
	}
	settings := make([]storage.Setting, len(plan.Changes))
	for i, change := range plan.Changes {
		settings[i] = storage.Setting{Key: change.Key, Version: change.Version - 1, Value: change.raw, By: req.Actor.User, At: req.At}
	}
	return writeSettings(ctx, c.Use.Store, req, "setting.import", settings)
}

// CheckSettings says what is wrong with settings that somebody wrote, as an
// analysis.Invalid error, or nil.
func CheckSettings(s value.Settings) error {
	problems := []error{s.Rules.Check(), s.Potential.Check(), s.Loyalty.Check()}
	for _, row := range s.Strategies {
		problems = append(problems, row.Check())
	}
	for _, set := range s.Criteria {
		if err := CheckSet(set); err != nil {
			problems = append(problems, fmt.Errorf("criteria of a kind: %w", err))
		}
	}
	for _, err := range problems {
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckSet says what is wrong with a set of criteria as somebody wrote it, as an
// analysis.Invalid error, or nil. What says the same as the catalogue counts as
// the catalogue's.
func CheckSet(set []value.Criterion) error {
	set = value.CloneSet(set)
	for i := range set {
		ownWords(&set[i])
	}
	return value.CheckEdited(set)
}

// CheckStrategy says the same of the row of a client type.
func CheckStrategy(row value.Strategy) error { return ownStrategy(row).Check() }
