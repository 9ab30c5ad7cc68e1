package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// tidying are the pragmas of the connection that Tidy opens for a moment.
const tidying = "mode=rw&_busy_timeout=100&_synchronous=FULL"

// leaveToTidying has who commits move what was committed from SQLite's log into the file
// only when the log is longer than 10,000 pages (40 MB), as an import makes it, instead
// of 1,000: a commit that does takes some milliseconds and two more flushes, and one of
// about eighty cards had its acknowledgement wait for that.
func leaveToTidying(ctx context.Context, write *sql.DB) error {
	const later = `PRAGMA wal_autocheckpoint = 10000`
	_, err := write.ExecContext(ctx, later)
	return err
}

// tidier is sqlstore.DB's Tidy for the database at path: it moves the log into the file
// on a connection of its own, beside which others write on.
func tidier(path string) func(context.Context) error {
	const move = `PRAGMA wal_checkpoint(PASSIVE)`
	return func(ctx context.Context) error {
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
