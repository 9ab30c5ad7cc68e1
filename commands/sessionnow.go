package commands

import (
	"context"
	"time"

	"klantbot/analysis/session"
	"klantbot/storage"
)

// toldOfNow is what the channel hears of a change in a session nu-3jaar: the groups
// that are discussed, each in a message of its own, and the outcome.
func (c SessionScreens) toldOfNow(ctx context.Context, tx storage.Tx, before, after *session.State, lang string, at time.Time) error {
	if err := c.toldOfTopics(ctx, tx, after, lang, at); err != nil {
		return err
	}
	return c.toldOfOutcome(ctx, tx, before, after, func(s *session.State) storage.LedgerEntry { return c.outcomeEntry(s, lang, at) })
}
