package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"klantbot/storage/sqlstore"
)

// listenAgain is how long it takes before a connection that broke is made anew.
const listenAgain = time.Second

// listener returns what listens on a connection of its own whether names changed, as
// sqlstore.DB.Listen says. Whoever was not connected may have missed something, so a
// new connection is told of as well.
func listener(config *pgx.ConnConfig) func(ctx context.Context, changed func()) {
	return func(ctx context.Context, changed func()) {
		for ctx.Err() == nil {
			listen(ctx, config, changed) // why it ended is of no use to anybody: who polls learns it too
			select {
			case <-ctx.Done():
			case <-time.After(listenAgain):
			}
		}
	}
}

// listen returns when the connection broke or ctx ended.
func listen(ctx context.Context, config *pgx.ConnConfig, changed func()) {
	c := prepared(config, 0, true)
	conn, err := pgx.ConnectConfig(ctx, c)
	if err != nil {
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `LISTEN `+sqlstore.NamesChannel); err != nil {
		return
	}
	for {
		changed()
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return
		}
	}
}
