package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ids gives out the ids of one table within an import. Rows are inserted with
// their id, so that what refers to them can be written in the same sweep.
// Imports are alone, see lockOffice, and nothing else inserts into these tables.
type ids struct {
	table string
	last  int64
}

// newIDs returns the ids after the highest that was ever given out in table,
// also to rows that are gone: an old audit line must not come to mean somebody
// else.
func newIDs(ctx context.Context, e executor, table string) (*ids, error) {
	const (
		inSQLite   = `SELECT seq FROM sqlite_sequence WHERE name = ?1`
		inPostgres = `SELECT COALESCE(last_value, 0) FROM pg_sequences
			WHERE schemaname = current_schema() AND sequencename = ?1 || '_id_seq'`
	)
	query := inSQLite
	if e.dialect == PostgreSQL {
		query = inPostgres
	}
	d := &ids{table: table}
	if err := e.row(ctx, query, table).Scan(&d.last); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read last id of %s: %w", table, err)
	}
	return d, nil
}

func (d *ids) next() int64 {
	d.last++
	return d.last
}

// keep makes the engine remember what was given out. SQLite does so by itself;
// PostgreSQL's sequences stand outside transactions, so a dry run must not
// call it.
func (d *ids) keep(ctx context.Context, e executor) error {
	const set = `SELECT setval(pg_get_serial_sequence(?1, 'id'), ?2)`
	if e.dialect != PostgreSQL || d.last == 0 {
		return nil
	}
	var at int64
	if err := e.row(ctx, set, d.table, d.last).Scan(&at); err != nil {
		return fmt.Errorf("keep last id of %s: %w", d.table, err)
	}
	return nil
}
