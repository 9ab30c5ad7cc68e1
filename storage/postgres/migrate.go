package postgres

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the numbered files of this engine.
var migrations, _ = fs.Sub(embedded, "migrations")

// migrate brings the schema up to date unless it already is, under an advisory
// lock: of two programs that start together one waits for the other.
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
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return fmt.Errorf("make migration lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, migrations,
		goose.WithDisableGlobalRegistry(true), goose.WithSessionLocker(locker))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}
