package commands

import (
	"context"
	"encoding/json"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Retention is how long the office keeps what people wrote about clients. Nothing is
// taken out until the office chooses: its own duty to keep files is not ours to guess.
type Retention struct {
	Kept     storage.Retention
	Settings storage.Settings
	Store    storage.Writer
}

// retentionKey is the setting: months by kind.
const retentionKey = "retention"

// MostRetained is the longest that can be chosen, in months.
const MostRetained = 240

// Retained is how long one kind is kept.
type Retained struct {
	Kind   storage.Retained
	Months int // 0: as long as the client
	Before analysis.Day
	Older  int // how much is of before Before, and goes tonight
}

// chosen reads the months by kind, and the setting they are kept in.
func (c Retention) chosen(ctx context.Context) (map[storage.Retained]int, storage.Setting, error) {
	months := map[storage.Retained]int{}
	s, err := c.Settings.Setting(ctx, retentionKey)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return months, storage.Setting{Key: retentionKey}, nil
	}
	if err == nil && len(s.Value) > 0 {
		err = json.Unmarshal(s.Value, &months)
	}
	if err != nil {
		return nil, s, fmt.Errorf("read how long things are kept: %w", err)
	}
	return months, s, nil
}

// Show returns how long each kind is kept and what is older, as if change were chosen
// too: months by kind.
func (c Retention) Show(ctx context.Context, req Request, change map[storage.Retained]int) ([]Retained, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return nil, refuse()
	}
	months, _, err := c.chosen(ctx)
	if err != nil {
		return nil, err
	}
	for kind, n := range change {
		if n < 0 || n > MostRetained {
			return nil, analysis.Fail(analysis.Invalid, "retention.months", analysis.Args{"most": MostRetained})
		}
		months[kind] = n
	}
	var all []Retained
	for _, kind := range storage.RetainedKinds() {
		r := Retained{Kind: kind, Months: months[kind], Before: analysis.NoDay}
		if r.Months > 0 {
			r.Before = analysis.DayOf(req.today().Time().AddDate(0, -r.Months, 0))
			if r.Older, err = c.Kept.Older(ctx, kind, r.Before); err != nil {
				return nil, err
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// Choose saves change, which counts from the next night on.
func (c Retention) Choose(ctx context.Context, req Request, change map[storage.Retained]int) error {
	if _, err := c.Show(ctx, req, change); err != nil { // it checks
		return err
	}
	months, s, err := c.chosen(ctx)
	if err != nil {
		return err
	}
	for kind, n := range change {
		months[kind] = n
	}
	raw, err := json.Marshal(months)
	if err != nil {
		return err
	}
	return c.Store.Write(ctx, func(tx storage.Tx) error {
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "retention.choose", Request: req.Key}); err != nil {
			return err
		}
		return tx.Set(ctx, storage.Setting{Key: retentionKey, Version: s.Version, Value: raw, By: req.Actor.User, At: req.At})
	})
}

// expireEach bounds what one look takes out of a kind: others write too.
const expireEach = 500

// Expire takes out some of what is too old as of today, and reports whether that was
// all.
func (c Retention) Expire(ctx context.Context, today analysis.Day) (all bool, err error) {
	months, _, err := c.chosen(ctx)
	if err != nil {
		return false, err
	}
	all = true
	for _, kind := range storage.RetainedKinds() {
		if months[kind] <= 0 {
			continue
		}
		before := analysis.DayOf(today.Time().AddDate(0, -months[kind], 0))
		n := 0
		err := c.Store.Write(ctx, func(tx storage.Tx) (err error) {
			n, err = tx.Expire(ctx, kind, before, expireEach)
			return err
		})
		if err != nil {
			return false, fmt.Errorf("take out %s: %w", kind, err)
		}
		all = all && n < expireEach
	}
	return all, nil
}
