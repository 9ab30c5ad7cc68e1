package postgres

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the numbered files of this engine.
var migrations, _ = fs.Sub(embedded, "migrations")

// migrationLock is the key of the advisory lock under which one program at a
// time migrates: "klantbot" in ASCII.
const migrationLock int64 = 0x6b6c616e74626f74

// migrate brings the schema up to date unless it already is. Of two programs
// that start together one waits for the other.
func migrate(ctx context.Context, db *sql.DB, o opening) error {
	newest, err := sqlstore.NewestMigration(migrations)
	if err != nil {
		return err
	}
	current, err := sqlstore.Current(ctx, db, sqlstore.PostgreSQL, newest)
	if err != nil || current {
		return err
	}
	if o.asItIs {
		return analysis.Fail(analysis.Invalid, "storage.schema.behind", analysis.Args{"newest": newest})
	}
	if o.unused {
		if err := sqlstore.Unused(ctx, db, sqlstore.PostgreSQL); err != nil {
			return err
		}
	}
	// The lock goes with the connection, so that a killed program leaves none.
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("lock migrations: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return fmt.Errorf("lock migrations: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrationLock)
	return up(ctx, db)
}

// up applies what is not applied yet; after waiting that may be nothing.
func up(ctx context.Context, db *sql.DB) error {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
