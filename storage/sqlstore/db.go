package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"klantbot/storage"
)

// DB fulfils the contracts of package storage on one open database. It is safe
// for concurrent use.
type DB struct {
	// Dialect is the engine's.
	Dialect Dialect
	// Load is the engine's own way of taking in many rows; nil: there is none.
	Load Loader
	// Word gives the engine's failures that a person can mend their sentence, and
	// returns any other error as it is; nil: there are none. storage.lost says that
	// a connection broke, storage.away that none can be made.
	Word func(error) error
	// Listen calls changed whenever another program says on NamesChannel that names
	// changed, and when it may have missed that, until ctx ends; nil: nobody says so.
	Listen func(ctx context.Context, changed func())

	// Tidy does what the engine would otherwise do in a commit that somebody waits for.
	// A server calls it every few seconds, one call at a time; nil: there is nothing.
	Tidy func(ctx context.Context) error

	write *sql.DB // SQLite: one connection, every transaction begun IMMEDIATE
	read  *sql.DB // can not write
	busy  func(error) bool
}

var (
	_ storage.Writer     = (*DB)(nil)
	_ storage.Clients    = (*DB)(nil)
	_ storage.Revenue    = (*DB)(nil)
	_ storage.Names      = (*DB)(nil)
	_ storage.Managers   = (*DB)(nil)
	_ storage.Members    = (*DB)(nil)
	_ storage.Office     = (*DB)(nil)
	_ storage.Proposals  = (*DB)(nil)
	_ storage.AuditTrail = (*DB)(nil)
	_ storage.Inbox      = (*DB)(nil)
	_ storage.Ledger     = (*DB)(nil)
	_ storage.Condition  = (*DB)(nil)
	_ storage.Settings   = (*DB)(nil)
	_ storage.Judgements = (*DB)(nil)
	_ storage.Segments   = (*DB)(nil)
	_ storage.Futures    = (*DB)(nil)
	_ storage.Touches    = (*DB)(nil)
	_ storage.Attention  = (*DB)(nil)
	_ storage.Absences   = (*DB)(nil)
	_ storage.Digests    = (*DB)(nil)
	_ storage.Gatherings = (*DB)(nil)
)

// New returns a DB on two pools of a database whose schema is current. Both
// pools are the DB's from then on. busy reports whether beginning a
// transaction failed only because somebody else is writing.
func New(d Dialect, write, read *sql.DB, busy func(error) bool) *DB {
	return &DB{Dialect: d, write: write, read: read, busy: busy}
}

// Close closes both pools. It waits for statements that run.
func (db *DB) Close() error { return errors.Join(db.read.Close(), db.write.Close()) }

// Ping reports whether the database answers. It does not wait for a writer: an
// office that imports is healthy.
func (db *DB) Ping(ctx context.Context) error {
	const read = `SELECT id FROM office`
	var id int
	return doing("read office", db.reader().row(ctx, read).Scan(&id))
}

// SchemaVersion returns the number of the newest migration that was applied.
func (db *DB) SchemaVersion(ctx context.Context) (int64, error) {
	const newest = `SELECT MAX(version_id) FROM goose_db_version WHERE is_applied`
	var version sql.NullInt64
	if err := db.reader().row(ctx, newest).Scan(&version); err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return version.Int64, nil
}

// reader runs statements that only read, each seeing the newest commit.
func (db *DB) reader() executor { return executor{dialect: db.Dialect, on: steady{db}} }

// busyPause is how long a transaction waits before it tries again to begin.
const busyPause = 5 * time.Millisecond

// change runs fn in a writing transaction: committed when fn returns nil, gone
// otherwise. A panic of fn goes on after the rollback.
func (db *DB) change(ctx context.Context, fn func(executor) error) error {
	tx, err := db.begin(ctx)
	if err != nil {
		return db.worded(ctx, err)
	}
	defer tx.Rollback() // after a commit it does nothing; also on panic
	if err := fn(executor{dialect: db.Dialect, on: tx}); err != nil {
		return db.worded(ctx, ended(ctx, err))
	}
	return doing("commit", db.worded(ctx, ended(ctx, tx.Commit())))
}

// alone runs one statement that is a transaction of its own and returns how many rows
// it touched: all of it is committed, or nothing. On SQLite that is the statement by
// itself, which spares beginning and committing, and a goroutine for each that would
// watch the end of ctx: what writes one row is not interrupted, it is only not begun
// again while another process writes. PostgreSQL needs the transaction to tell a
// connection that broke before from one that broke meanwhile.
func (db *DB) alone(ctx context.Context, statement string, args ...any) (n int64, err error) {
	if db.Dialect != SQLite {
		err = db.change(ctx, func(e executor) (err error) {
			n, err = e.exec(ctx, statement, args...)
			return err
		})
		return n, err
	}
	conn, err := db.write.Conn(ctx) // the only one: whoever writes is waited for
	if err != nil {
		return 0, fmt.Errorf("begin: %w", db.worded(ctx, err))
	}
	defer conn.Close()
	for {
		n, err = executor{dialect: db.Dialect, on: conn}.exec(context.WithoutCancel(ctx), statement, args...)
		if err == nil || !db.busy(err) {
			return n, db.worded(ctx, err)
		}
		select {
		case <-ctx.Done():
			return 0, fmt.Errorf("begin: %w", errors.Join(ctx.Err(), err))
		case <-time.After(busyPause):
		}
	}
}

// worded is err with the engine's sentence, unless ctx ended: then that is why.
func (db *DB) worded(ctx context.Context, err error) error {
	if err == nil || db.Word == nil || ctx.Err() != nil {
		return err
	}
	return db.Word(err)
}

// ended says that err came of the end of ctx where database/sql only says that
// the transaction is gone.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// begin begins a writing transaction.
func (db *DB) begin(ctx context.Context) (*sql.Tx, error) { return db.beginOn(ctx, db.write, nil) }

// beginOn begins a transaction on a pool or one connection of it. It waits for a busy
// engine until ctx ends, and does not mind connections that broke while nobody used
// them.
func (db *DB) beginOn(ctx context.Context, on interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}, options *sql.TxOptions) (*sql.Tx, error) {
	for try := 1; ; try++ {
		tx, err := on.BeginTx(ctx, options)
		if err == nil {
			return tx, nil
		}
		if try < staleTries && db.lost(ctx, err) {
			continue
		}
		if !db.busy(err) {
			return nil, fmt.Errorf("begin: %w", err)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("begin: %w", errors.Join(ctx.Err(), err))
		case <-time.After(busyPause):
		}
	}
}

// snapshot runs fn on one moment of the database: what is committed meanwhile
// stays unseen.
func (db *DB) snapshot(ctx context.Context, fn func(executor) error) error {
	tx, err := db.beginOn(ctx, db.read, db.Dialect.snapshot())
	if err != nil {
		return db.worded(ctx, err)
	}
	defer tx.Rollback() // there is nothing to commit
	return db.worded(ctx, fn(executor{dialect: db.Dialect, on: tx}))
}
