package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/mattn/go-sqlite3"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

// Content is what a database that was checked holds.
type Content struct {
	Bytes  int64
	Schema int64            // number of the newest migration that was applied
	Rows   map[string]int64 // by table
}

// Total is how many rows there are, the program's own versions not counted.
func (c Content) Total() (rows int64) {
	for table, n := range c.Rows {
		if !bookkeeping[table] {
			rows += n
		}
	}
	return rows
}

// bookkeeping are the tables that have rows in an office where nobody did
// anything yet.
var bookkeeping = map[string]bool{"goose_db_version": true, "office": true}

// Modes of looking at a file. A backup is read without a lock or a file beside
// it, so that it may lie on a disk that can not be written; where there is a
// journal, its last changes are in there.
const (
	lying  = "mode=ro&immutable=1"
	living = "mode=rw&_query_only=on&_busy_timeout=5000"
)

// modeOf is how the file at path is to be looked at.
func modeOf(path string) string {
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		return living
	}
	return lying
}

// Inspect opens the file at path, changing nothing, and checks all of it. A file
// that is no office's database or that is damaged is an analysis.Error of kind
// Invalid: storage.backup.not_there, storage.backup.not_office,
// storage.backup.damaged, storage.schema.future or storage.schema.foreign.
func Inspect(ctx context.Context, path string) (Content, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return Content{}, refuse("storage.backup.not_there", path, err)
	case err != nil:
		return Content{}, refuse("storage.backup.not_allowed", path, err)
	case !info.Mode().IsRegular() || info.Size() == 0:
		return Content{}, refuse("storage.backup.not_office", path, nil)
	}
	db, err := pool(path, modeOf(path), 1)
	if err != nil {
		return Content{}, err
	}
	defer db.Close()
	content, err := inspected(ctx, db)
	content.Bytes = info.Size()
	return content, unreadable(err, path)
}

// inspected checks the database behind db.
func inspected(ctx context.Context, db *sql.DB) (Content, error) {
	content, err := contentOf(ctx, db)
	if err != nil {
		return content, err
	}
	const check = `PRAGMA integrity_check(1)`
	var said string
	if err := db.QueryRowContext(ctx, check).Scan(&said); err != nil {
		return content, fmt.Errorf("check integrity: %w", err)
	}
	if said != "ok" {
		return content, errDamaged
	}
	return content, nil
}

// errDamaged is what SQLite's own check finds; its words may quote an index of
// people's names.
var errDamaged = errors.New("integrity check failed")

// querier is a database, or one connection of it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// contentOf counts what there is.
func contentOf(ctx context.Context, q querier) (Content, error) {
	const (
		tables  = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'`
		version = `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`
	)
	content := Content{Rows: map[string]int64{}}
	rows, err := q.QueryContext(ctx, tables)
	if err != nil {
		return content, fmt.Errorf("read tables: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return content, fmt.Errorf("read tables: %w", err)
		}
		content.Rows[name] = 0
	}
	if err := rows.Err(); err != nil {
		return content, fmt.Errorf("read tables: %w", err)
	}
	if _, ours := content.Rows["goose_db_version"]; !ours {
		if len(content.Rows) == 0 {
			return content, errNothing
		}
		return content, analysis.Fail(analysis.Invalid, "storage.schema.foreign", nil)
	}
	if err := q.QueryRowContext(ctx, version).Scan(&content.Schema); err != nil {
		return content, fmt.Errorf("read schema version: %w", err)
	}
	newest, err := sqlstore.NewestMigration(migrations)
	if err != nil {
		return content, err
	}
	if content.Schema > newest {
		return content, analysis.Fail(analysis.Invalid, "storage.schema.future", analysis.Args{"version": content.Schema, "newest": newest})
	}
	for _, name := range slices.Sorted(maps.Keys(content.Rows)) {
		var n int64
		if err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM "`+name+`"`).Scan(&n); err != nil {
			return content, fmt.Errorf("count %s: %w", name, err)
		}
		content.Rows[name] = n
	}
	return content, nil
}

// errNothing is a database without a table.
var errNothing = errors.New("no tables")

// unreadable words what is wrong with the file at path.
func unreadable(err error, path string) error {
	var e sqlite3.Error
	switch {
	case errors.Is(err, errNothing):
		return refuse("storage.backup.not_office", path, nil)
	case errors.Is(err, errDamaged):
		return refuse("storage.backup.damaged", path, nil)
	case !errors.As(err, &e):
		return err
	}
	switch e.Code & 0xff { // backups report extended codes
	case sqlite3.ErrNotADB:
		return refuse("storage.backup.not_office", path, err)
	case sqlite3.ErrCorrupt:
		return refuse("storage.backup.damaged", path, err)
	case sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrReadonly:
		return refuse("storage.backup.not_allowed", path, err)
	}
	return err
}
