package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"unicode"
)

// bulkRows is how many rows go into one INSERT. From twenty on it no longer
// matters much; a hundred keeps the statement within every engine's bounds.
const bulkRows = 100

// loadRows is how many rows go to an engine with a Loader at once: enough for what
// it takes to begin not to matter, and few enough to hold. Fewer than loadFrom go
// by INSERT, which begins at once.
const (
	loadRows = 4096
	loadFrom = 8
)

// bulk inserts rows of one table, many in a statement, within a transaction.
type bulk struct {
	e       executor
	table   string
	names   []string // of columns
	insert  string   // up to and including VALUES
	after   string   // what follows the rows
	columns int
	args    []any
	full    *sql.Stmt // inserts bulkRows rows
	single  *sql.Stmt // inserts one
	before  *bulk     // what these rows refer to and must be there first; may be nil
	// tell is called with the arguments of a statement and how many of its rows
	// were inserted; nil when nobody needs to know.
	tell func(ctx context.Context, args []any, inserted int64) error
	rows int // that are gathered before they go
}

// newBulk returns a bulk for "INSERT INTO table (columns)"; after is "" or an
// ON CONFLICT clause.
func newBulk(e executor, table, columns, after string) *bulk {
	names := strings.FieldsFunc(columns, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	b := &bulk{e: e, table: table, names: names, insert: "INSERT INTO " + table + " (" + columns + ") VALUES ", after: after,
		columns: len(names), args: make([]any, 0, len(names)*bulkRows), rows: bulkRows}
	if b.loads() {
		b.rows = loadRows
	}
	return b
}

// loads reports whether many rows go by the engine's Loader, which knows no ON
// CONFLICT.
func (b *bulk) loads() bool { return b.e.load != nil && b.after == "" }

// add adds a row; it may reach the database only with flush.
func (b *bulk) add(ctx context.Context, row ...any) error {
	b.args = append(b.args, storable(row)...)
	if len(b.args) < b.columns*b.rows {
		return nil
	}
	if b.loads() {
		return b.copy(ctx)
	}
	if b.full == nil {
		var err error
		if b.full, err = b.prepare(ctx, bulkRows); err != nil {
			return err
		}
	}
	err := b.run(ctx, b.full, b.args)
	b.args = b.args[:0]
	return err
}

// flush inserts what is left.
func (b *bulk) flush(ctx context.Context) error {
	if len(b.args) == 0 {
		return nil
	}
	if b.loads() && len(b.args) >= b.columns*loadFrom {
		return b.copy(ctx)
	}
	if b.single == nil {
		var err error
		if b.single, err = b.prepare(ctx, 1); err != nil {
			return err
		}
	}
	for i := 0; i < len(b.args); i += b.columns {
		if err := b.run(ctx, b.single, b.args[i:i+b.columns]); err != nil {
			return err
		}
	}
	b.args = b.args[:0]
	return nil
}

// copy has the engine's Loader take in what was gathered.
func (b *bulk) copy(ctx context.Context) error {
	if err := b.flushBefore(ctx); err != nil {
		return err
	}
	at, n := 0, int64(len(b.args)/b.columns)
	err := b.e.load(ctx, b.table, b.names, func() ([]any, error) {
		if at == len(b.args) {
			return nil, ctx.Err()
		}
		at += b.columns
		return b.args[at-b.columns : at], nil
	})
	if err == nil && b.tell != nil {
		err = b.tell(ctx, b.args, n)
	}
	b.args = b.args[:0]
	return err
}

// flushBefore has what these rows refer to there first.
func (b *bulk) flushBefore(ctx context.Context) error {
	if b.before == nil {
		return nil
	}
	return b.before.flush(ctx)
}

func (b *bulk) run(ctx context.Context, stmt *sql.Stmt, args []any) error {
	if err := b.flushBefore(ctx); err != nil {
		return err
	}
	n, err := b.exec(ctx, stmt, args)
	if err != nil || b.tell == nil {
		return err
	}
	return b.tell(ctx, args, n)
}

// exec runs stmt and returns how many rows it inserted, which on SQLite is
// asked for only if somebody wants to know. There the statement is run as a
// query without rows: the driver then hands over all arguments in one call to
// C, which halves the time, where Exec makes a call for each.
func (b *bulk) exec(ctx context.Context, stmt *sql.Stmt, args []any) (int64, error) {
	const changes = `SELECT changes()`
	if b.e.dialect != SQLite {
		r, err := stmt.ExecContext(ctx, args...)
		if err != nil {
			return 0, err
		}
		return r.RowsAffected()
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(rows.Close(), rows.Err()); err != nil || b.tell == nil {
		return 0, err
	}
	var n int64
	err = b.e.row(ctx, changes).Scan(&n)
	return n, err
}

// prepare prepares the statement for so many rows. It ends with the
// transaction.
func (b *bulk) prepare(ctx context.Context, rows int) (*sql.Stmt, error) {
	var s strings.Builder
	s.WriteString(b.insert)
	mark := "?"
	if b.e.dialect == PostgreSQL {
		mark = "$"
	}
	for i := range rows * b.columns {
		switch {
		case i == 0:
			s.WriteString("(")
		case i%b.columns == 0:
			s.WriteString("), (")
		default:
			s.WriteString(", ")
		}
		s.WriteString(mark + strconv.Itoa(i+1))
	}
	s.WriteString(") " + b.after)
	tx, ok := b.e.on.(*sql.Tx)
	if !ok {
		return nil, fmt.Errorf("insert many rows: not within a transaction")
	}
	return tx.PrepareContext(ctx, s.String())
}

// yieldAfter is after how many rows who reads many lets others go first: some tenths of
// a millisecond. Go itself takes a processor away after ten, which on two processors is
// what a command would wait for to be acknowledged.
const yieldAfter = 128

// each runs fn on every row of a query, one after the other.
func each(ctx context.Context, e executor, query string, fn func(scanner) error, args ...any) error {
	rows, err := e.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		if err := fn(rows); err != nil {
			return err
		}
		if n%yieldAfter == 0 {
			runtime.Gosched()
		}
	}
	return rows.Err()
}
