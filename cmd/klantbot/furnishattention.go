package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// planSince makes the sample office one that has worked by the attention plan
// since then: its moments tell who was forgotten.
func planSince(ctx context.Context, db storage.Writer, then time.Time, by analysis.Actor) error {
	plan, err := json.Marshal(attention.Default(analysis.DayOf(then.In(officeZone()))))
	if err != nil {
		return fmt.Errorf("write the attention plan: %w", err)
	}
	return db.Write(ctx, func(tx storage.Tx) error {
		return tx.Set(ctx, storage.Setting{Key: attention.PlanSetting, Value: plan, By: by.User, At: then})
	})
}
