package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
)

// Loader writes many rows of a table on a connection that is in a transaction, in the
// quickest way of the engine. next returns nil after the last row; what it returns
// holds until it is called again.
type Loader func(ctx context.Context, on *sql.Conn, table string, columns []string, next func() ([]any, error)) error

// takeIn writes all rows that next returns, as Loader says, into t: the engine's own
// way, or many in an INSERT.
func (e executor) takeIn(ctx context.Context, t shape, next func() ([]any, error)) error {
	if e.load != nil {
		names := make([]string, len(t.columns))
		for i, c := range t.columns {
			names[i] = c.name
		}
		return e.load(ctx, t.name, names, next)
	}
	rows := newBulk(e, t.quoted(), t.list(), "")
	for {
		row, err := next()
		if err != nil {
			return err
		}
		if row == nil {
			return rows.flush(ctx)
		}
		if err := rows.add(ctx, row...); err != nil {
			return err
		}
	}
}

// changeAlone is change for many rows: fn's executor has the engine's own way of
// taking them in.
func (db *DB) changeAlone(ctx context.Context, fn func(executor) error) error {
	on, tx, err := db.beginAlone(ctx)
	if err != nil {
		return db.worded(ctx, err)
	}
	defer on.Close()
	defer tx.Rollback() // after a commit it does nothing; also on panic
	e := executor{dialect: db.Dialect, on: tx}
	if db.Load != nil {
		e.load = func(ctx context.Context, table string, columns []string, next func() ([]any, error)) error {
			return db.Load(ctx, on, table, columns, next)
		}
	}
	if err := fn(e); err != nil {
		return db.worded(ctx, ended(ctx, err))
	}
	return doing("commit", db.worded(ctx, ended(ctx, tx.Commit())))
}

// beginAlone begins a transaction on a connection of its own, and does not mind those
// that broke while nobody used them.
func (db *DB) beginAlone(ctx context.Context) (*sql.Conn, *sql.Tx, error) {
	for try := 1; ; try++ {
		on, err := db.write.Conn(ctx)
		if err != nil {
			err = fmt.Errorf("open connection: %w", err)
		} else {
			var tx *sql.Tx
			if tx, err = db.beginOn(ctx, on, nil); err == nil {
				return on, tx, nil
			}
			on.Close()
		}
		if try == staleTries || !db.lost(ctx, err) {
			return nil, nil, err
		}
	}
}
