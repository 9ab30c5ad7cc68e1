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

// longLog is from how many pages on a log that was moved is begun anew.
const longLog = 100

// tidier is sqlstore.DB's Tidy for the database at path: it moves the log into the file
// on a connection of its own, beside which others write on. A log that was moved whole is
// begun anew at once, by a commit that changes nothing, and not by whoever writes next: a
// process that is killed before that leaves all of it to be read at the next start, which
// then takes ten milliseconds longer.
func tidier(path string) func(context.Context) error {
	const move = `PRAGMA wal_checkpoint(PASSIVE)`
	return func(ctx context.Context) error {
		db, err := pool(path, tidying, 1)
		if err != nil {
			return err
		}
		defer db.Close()
		var busyNow, log, moved int
		if err := db.QueryRowContext(ctx, move).Scan(&busyNow, &log, &moved); err != nil {
			return fmt.Errorf("move the log into the database: %w", err)
		}
		if busyNow != 0 || moved < log || log < longLog {
			return nil
		}
		if err := writeNothing(ctx, db); err != nil && !busy(err) {
			return fmt.Errorf("begin the log anew: %w", err)
		}
		return nil
	}
}

// writeNothing commits a page as it was: the one with a number that is for whoever uses
// SQLite, which we do not. SQLite leaves out writing a row that does not change.
func writeNothing(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, version))
	return err
}
