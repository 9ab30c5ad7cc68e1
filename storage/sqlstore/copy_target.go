package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"klantbot/analysis"
)

// patient lifts the time-outs of a transaction that copies a whole office.
func (e executor) patient(ctx context.Context) error {
	if e.dialect != PostgreSQL {
		return nil
	}
	const forever = `SELECT set_config('statement_timeout', '0', TRUE), set_config('idle_in_transaction_session_timeout', '0', TRUE)`
	_, err := e.exec(ctx, forever)
	return doing("lift the time-outs", err)
}

// unguarded keeps everybody else out of the tables and puts aside what guards them:
// a line of the audit that is sealed, or a segmentation that is final, can only be
// taken over as it is. It returns what guarded needs to put that back.
func (e executor) unguarded(ctx context.Context, tables []shape) ([]string, error) {
	const (
		triggers = `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`
		later    = `PRAGMA defer_foreign_keys = ON` // a group may be part of one that comes after it
	)
	if e.dialect == PostgreSQL {
		var back []string
		names := make([]string, len(tables))
		for i, t := range tables {
			names[i] = t.quoted()
			back = append(back, `ALTER TABLE `+t.quoted()+` ENABLE TRIGGER USER`)
		}
		if _, err := e.on.ExecContext(ctx, `LOCK TABLE `+strings.Join(names, ", ")+` IN ACCESS EXCLUSIVE MODE`); err != nil {
			return nil, err
		}
		for _, name := range names {
			if _, err := e.on.ExecContext(ctx, `ALTER TABLE `+name+` DISABLE TRIGGER USER`); err != nil {
				return nil, err
			}
		}
		return back, nil
	}
	rows, err := e.query(ctx, triggers)
	all, err := collect(rows, err, func(row scanner) (pair [2]string, err error) {
		err = row.Scan(&pair[0], &pair[1])
		return pair, err
	})
	if err != nil {
		return nil, err
	}
	var back []string
	for _, trigger := range all {
		if _, err := e.on.ExecContext(ctx, `DROP TRIGGER "`+trigger[0]+`"`); err != nil {
			return nil, err
		}
		back = append(back, trigger[1])
	}
	_, err = e.exec(ctx, later)
	return back, err
}

// guarded puts back what unguarded put aside.
func (e executor) guarded(ctx context.Context, back []string) error {
	for _, statement := range back {
		if _, err := e.on.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// Unused refuses with copy.occupied, of kind Invalid, a database of any schema of this
// program that holds anything; one without tables holds nothing. It changes nothing.
func Unused(ctx context.Context, db *sql.DB, d Dialect) error {
	e := executor{dialect: d, on: db}
	tables, err := e.shapes(ctx)
	if err != nil {
		return err
	}
	return e.unused(ctx, tables)
}

func (e executor) unused(ctx context.Context, tables []shape) error {
	const used = `SELECT 1 FROM office WHERE team_id <> '' OR names_version <> 0 OR clients_imported <> 0`
	for _, t := range tables {
		query := `SELECT 1 FROM ` + t.quoted() + ` LIMIT 1`
		if t.name == "office" {
			query = used
		}
		var one int
		err := e.on.QueryRowContext(ctx, query).Scan(&one)
		if err == nil {
			return analysis.Fail(analysis.Invalid, "copy.occupied", nil)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("look into %s: %w", t.name, err)
		}
	}
	return nil
}

// empty refuses a database that holds anything, and takes out the row that every new
// one has.
func (e executor) empty(ctx context.Context, tables []shape) error {
	const remove = `DELETE FROM office`
	if err := e.unused(ctx, tables); err != nil {
		return err
	}
	_, err := e.exec(ctx, remove)
	return doing("make room", err)
}

// given is the highest id that t gave out, also to a row that is gone.
func (e executor) given(ctx context.Context, t shape) (int64, error) {
	const (
		sequence = `SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(?1, 'id')::regclass), 0)`
		counter  = `SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = ?1`
	)
	query := counter
	if e.dialect == PostgreSQL {
		query = sequence
	}
	var counted, highest int64
	if err := e.row(ctx, query, t.name).Scan(&counted); err != nil {
		return 0, err
	}
	err := e.on.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), 0) FROM `+t.quoted()).Scan(&highest)
	return max(counted, highest), err
}

// give has t give out ids above given.
func (e executor) give(ctx context.Context, t shape, given int64) error {
	const (
		sequence = `SELECT setval(pg_get_serial_sequence(?1, 'id')::regclass, ?2)`
		forget   = `DELETE FROM sqlite_sequence WHERE name = ?1`
		counter  = `INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)`
	)
	if e.dialect == PostgreSQL {
		_, err := e.exec(ctx, sequence, t.name, given)
		return err
	}
	if _, err := e.exec(ctx, forget, t.name); err != nil {
		return err
	}
	_, err := e.exec(ctx, counter, t.name, given)
	return err
}

// analyzed tells PostgreSQL's planner what the tables hold, which it would only find
// out minutes later.
func (db *DB) analyzed(ctx context.Context) error {
	if db.Dialect != PostgreSQL {
		return nil
	}
	_, err := db.write.ExecContext(ctx, `ANALYZE`)
	return err
}
