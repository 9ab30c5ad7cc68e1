package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

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

// unwritable words why the file at path could not be written.
func unwritable(err error, path string) error {
	var e sqlite3.Error
	engine := errors.As(err, &e)
	switch {
	case engine && (e.Code&0xff == sqlite3.ErrFull || e.Code&0xff == sqlite3.ErrIoErr),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT):
		return refuse("storage.backup.full", filepath.Dir(path), err)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return refuse("storage.backup.not_allowed", filepath.Dir(path), err)
	}
	return err
}

// stepPages are copied between two looks at the context: 4 MB.
const stepPages = 1024

// copied writes what the one connection from holds to the new file to, which has
// to be empty, and makes sure that it is on the disk. from reads one moment all the
// while, so that nobody who writes makes it begin again.
func copied(ctx context.Context, from *sql.Conn, to string, progress func(done, total int64)) error {
	// The file counts only once it is whole: no journal is left beside one that is not.
	db, err := pool(to, "mode=rw&_journal_mode=OFF&_synchronous=OFF", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return unwritable(fmt.Errorf("open copy: %w", err), to)
	}
	defer conn.Close()
	err = from.Raw(func(source any) error {
		return conn.Raw(func(target any) error {
			return stepped(ctx, source.(*sqlite3.SQLiteConn), target.(*sqlite3.SQLiteConn), progress)
		})
	})
	if err = errors.Join(err, conn.Close(), db.Close()); err != nil {
		return unwritable(fmt.Errorf("copy database: %w", err), to)
	}
	return unwritable(onDisk(to), to)
}

func stepped(ctx context.Context, from, to *sqlite3.SQLiteConn, progress func(done, total int64)) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	for {
		done, err := b.Step(stepPages)
		if err != nil {
			b.Close() // it only says the same again
			return err
		}
		progress(int64(b.PageCount()-b.Remaining()), int64(b.PageCount()))
		if done {
			return b.Close()
		}
		if ctx.Err() != nil {
			b.Close()
			return ctx.Err()
		}
	}
}

// onDisk flushes the file or folder at path.
func onDisk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// halfway is how a file is called that is not whole yet, and longestHalfway how
// long nobody leaves one untouched that is still writing it.
const (
	halfway        = ".klantbot-*.partial"
	longestHalfway = 24 * time.Hour
)

// begun makes an empty file in folder for its owner only, and removes what
// programs that were killed left there long ago, by the clock of that disk.
func begun(folder string) (path string, err error) {
	f, err := os.CreateTemp(folder, halfway)
	if err != nil {
		return "", unwritable(err, filepath.Join(folder, halfway))
	}
	defer f.Close()
	own, err := f.Stat()
	if err != nil {
		return "", err
	}
	there, _ := os.ReadDir(folder) // what can not be listed stays
	for _, entry := range there {
		if ours, _ := filepath.Match(halfway, entry.Name()); !ours {
			continue
		}
		if info, err := entry.Info(); err == nil && own.ModTime().Sub(info.ModTime()) > longestHalfway {
			os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
	return f.Name(), nil
}

// unfinished removes the file that begun made, and what SQLite kept beside it.
func unfinished(path string) {
	for _, file := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		os.Remove(file)
	}
}
