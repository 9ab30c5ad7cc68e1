package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// tidying are the pragmas of the connection that Tidy opens for a moment.
const tidying = "mode=rw&_busy_timeout=100&_synchronous=FULL"

// tidier is sqlstore.DB's Tidy for the database at path. SQLite itself moves what was
// committed from its log into the file in the commit that makes the log longer than
// 1,000 pages, which then takes some milliseconds and two more flushes: one of about
// eighty cards had its acknowledgement wait for that. Here a connection of its own does
// so, beside which others write on; only a log of 10,000 pages (40 MB), as an import
// makes, is still moved by who commits.
func tidier(path string, write *sql.DB) func(context.Context) error {
	const (
		later = `PRAGMA wal_autocheckpoint = 10000`
		move  = `PRAGMA wal_checkpoint(PASSIVE)`
	)
	left := false
	return func(ctx context.Context) error {
		if !left {
			if _, err := write.ExecContext(ctx, later); err != nil {
				return fmt.Errorf("leave the log to tidying: %w", err)
			}
			left = true
		}
		db, err := pool(path, tidying, 1)
		if err != nil {
			return err
		}
		defer db.Close()
		var busy, log, moved int
		if err := db.QueryRowContext(ctx, move).Scan(&busy, &log, &moved); err != nil {
			return fmt.Errorf("move the log into the database: %w", err)
		}
		return nil
	}
}
