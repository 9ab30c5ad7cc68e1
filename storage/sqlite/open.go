package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"

	"github.com/mattn/go-sqlite3"

	"klantbot/storage/sqlstore"
)

// Pragmas of the two pools. FULL keeps what was committed through a power cut
// and costs .4 ms a commit; IMMEDIATE takes the write lock when a transaction
// begins, so that it can not fail half-way. SQLite does not look at a context
// while it waits for that lock, so it waits .1 s at a time and sqlstore asks
// again until the context ends. A statement cache spares preparing. Readers keep
// an eighth of a megabyte of pages each: the machine caches the file anyway.
const (
	writing = "_journal_mode=WAL&_txlock=immediate&_busy_timeout=100&_foreign_keys=on&_synchronous=FULL&_stmt_cache_size=64&_cache_size=-1000"
	reading = "mode=ro&_query_only=on&_busy_timeout=30000&_stmt_cache_size=32&_cache_size=-128"
)

// Open opens the database at path, making it when it is not there, and brings
// its schema up to date. Errors that a person can mend are analysis.Errors of
// kind Invalid: storage.path.no_folder, storage.path.is_folder,
// storage.path.not_allowed, storage.path.not_database, storage.schema.future,
// storage.schema.foreign and, with WithoutMigrating, storage.path.not_there and
// storage.schema.behind.
func Open(ctx context.Context, path string, options ...Option) (*sqlstore.DB, error) {
	var o opening
	for _, option := range options {
		option(&o)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("resolve path: %w", err)
	}
	if err := prepare(path, o.asItIs); err != nil {
		return nil, err
	}
	write, err := pool(path, writing, 1)
	if err != nil {
		return nil, err
	}
	err = migrate(ctx, write, o)
	if err == nil {
		err = leaveToTidying(ctx, write)
	}
	if err != nil {
		write.Close()
		return nil, worded(err, path)
	}
	read, err := pool(path, reading, max(4, runtime.GOMAXPROCS(0)))
	if err != nil {
		write.Close()
		return nil, err
	}
	office := sqlstore.New(sqlstore.SQLite, write, read, busy)
	office.Word, office.Tidy = full, tidier(path)
	return office, nil
}

// Option changes how a database is opened.
type Option func(*opening)

type opening struct{ asItIs, unused bool }

// ToFill refuses with copy.occupied, before anything of it is changed, a database whose
// schema is not current and that holds anything: it is not this program's to bring up
// to date for what is then refused.
func ToFill() Option { return func(o *opening) { o.unused = true } }

// WithoutMigrating refuses a database that is not there or whose schema is not
// current instead of making it and bringing it up to date.
func WithoutMigrating() Option { return func(o *opening) { o.asItIs = true } }

// keptOpen is how many connections of a pool wait for work. Each has its prepared
// statements, its pages and the schema, half a megabyte together; what an office
// asks at the same moment beyond these opens in a millisecond.
const keptOpen = 2

// pool opens up to size connections to path.
func pool(path, pragmas string, size int) (*sql.DB, error) {
	// A URI, so that ? and % in a path are the path's own.
	uri := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + pragmas
	db, err := sql.Open("sqlite3", uri)
	if err != nil {
		return nil, fmt.Errorf("open pool: %w", err)
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(min(size, keptOpen))
	return db, nil
}

// busy reports whether err only says that another process is writing.
func busy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
}
