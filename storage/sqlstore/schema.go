package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"klantbot/analysis"
)

// NewestMigration returns the highest number among migrations, files named
// 0001_name.sql.
func NewestMigration(migrations fs.FS) (int64, error) {
	files, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, file := range files {
		number, _, _ := strings.Cut(file, "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("number migration %s: %w", file, err)
		}
		newest = max(newest, n)
	}
	return newest, nil
}

// tables counts the tables, and those that goose keeps its versions in.
var tables = [...]string{
	SQLite: `
		SELECT COUNT(*), COALESCE(SUM(name = 'goose_db_version'), 0)
		FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`,
	PostgreSQL: `
		SELECT COUNT(*), COUNT(*) FILTER (WHERE tablename = 'goose_db_version')
		FROM pg_tables
		WHERE schemaname = current_schema()`,
}

// Current reports whether the schema of db is that of migration newest, in two
// quick queries: opening must not cost what migrating costs. It refuses, with an
// analysis.Error of kind Invalid, a schema from a newer program
// (storage.schema.future) and tables that are not Klantbot's
// (storage.schema.foreign).
func Current(ctx context.Context, db *sql.DB, d Dialect, newest int64) (bool, error) {
	const applied = `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied`
	var all, ours int
	if err := db.QueryRowContext(ctx, tables[d]).Scan(&all, &ours); err != nil {
		return false, fmt.Errorf("read tables: %w", err)
	}
	switch {
	case ours == 0 && all > 0:
		return false, analysis.Fail(analysis.Invalid, "storage.schema.foreign", nil)
	case ours == 0:
		return false, nil
	}
	var version sql.NullInt64
	if err := db.QueryRowContext(ctx, applied).Scan(&version); err != nil {
		return false, fmt.Errorf("read schema version: %w", err)
	}
	if version.Int64 > newest {
		return false, analysis.Fail(analysis.Invalid, "storage.schema.future",
			analysis.Args{"version": version.Int64, "newest": newest})
	}
	return version.Int64 == newest, nil
}
