package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the numbered files of this engine.
var migrations, _ = fs.Sub(embedded, "migrations")

// tries and pause bound how long another program that makes the same database
// at the same moment is waited for. One that only writes is waited for until
// the context ends.
const (
	tries = 5
	pause = 200 * time.Millisecond
)

// migrate brings the schema up to date unless it already is.
func migrate(ctx context.Context, db *sql.DB, o opening) error {
	newest, err := sqlstore.NewestMigration(migrations)
	if err != nil {
		return err
	}
	var failed error
	for try := 0; try < tries; try++ {
		current, err := sqlstore.Current(ctx, db, sqlstore.SQLite, newest)
		switch {
		case busy(err): // somebody is making it, or closes it as the last one
			failed = err
		case err != nil || current:
			return err
		case o.asItIs:
			return analysis.Fail(analysis.Invalid, "storage.schema.behind", analysis.Args{"newest": newest})
		default:
			if o.unused {
				if err := sqlstore.Unused(ctx, db, sqlstore.SQLite); err != nil {
					return err
				}
			}
			if failed = up(ctx, db); failed == nil {
				return nil
			}
		}
		if busy(failed) {
			try--
		}
		// Another program may have been quicker; then it is current in a moment.
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), failed)
		case <-time.After(pause):
		}
	}
	return failed
}

func up(ctx context.Context, db *sql.DB) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
