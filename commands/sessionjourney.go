package commands

import (
	"context"
	"time"

	"klantbot/analysis/session"
	"klantbot/storage"
)

// toldOfJourney is what the channel hears of a change in a klantreis.
func (c SessionScreens) toldOfJourney(_ context.Context, _ storage.Tx, _, _ *session.State, _ string, _ time.Time) error {
	return nil
}
