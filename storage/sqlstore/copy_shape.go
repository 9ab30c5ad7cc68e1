package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// shape is a table as the catalogue of its engine has it.
type shape struct {
	name     string
	columns  []column
	key      []string // columns of its primary key, in order
	identity bool     // the engine gives out its ids
}

type column struct{ name, kind string } // of each engine's kinds the one name in kinds

// kinds are what the engines call the types of a column.
var kinds = map[string]string{
	"INTEGER": "integer", "TEXT": "text", "REAL": "real", "BLOB": "bytes",
	"bigint": "integer", "text": "text", "double precision": "real", "bytea": "bytes",
}

// catalogue yields every column of every table but that of the migrations: the table,
// the column, its type, its place in the primary key from 1 on, and whether the
// table's ids are given out.
var catalogue = [...]string{
	SQLite: `
		SELECT m.name, c.name, c.type, c.pk, m.sql LIKE '%AUTOINCREMENT%'
		FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND m.name <> 'goose_db_version'
		ORDER BY m.name, c.cid`,
	PostgreSQL: `
		SELECT c.relname, a.attname, format_type(a.atttypid, NULL), COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0),
			EXISTS (SELECT 1 FROM pg_attribute g WHERE g.attrelid = c.oid AND g.attidentity <> '')
		FROM pg_class c
		JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'goose_db_version'
		ORDER BY c.relname COLLATE "C", a.attnum`,
}

// shapes reads all tables, by name.
func (e executor) shapes(ctx context.Context) ([]shape, error) {
	rows, err := e.on.QueryContext(ctx, catalogue[e.dialect])
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	defer rows.Close()
	var all []shape
	for rows.Next() {
		var table, name, kind string
		var place int
		var identity bool
		if err := rows.Scan(&table, &name, &kind, &place, &identity); err != nil {
			return nil, fmt.Errorf("read tables: %w", err)
		}
		if kinds[kind] == "" {
			return nil, fmt.Errorf("read tables: column %s.%s is of an unknown type", table, name)
		}
		if len(all) == 0 || all[len(all)-1].name != table {
			all = append(all, shape{name: table, identity: identity})
		}
		t := &all[len(all)-1]
		t.columns = append(t.columns, column{name, kinds[kind]})
		if place > 0 {
			t.key = append(t.key, make([]string, max(0, place-len(t.key)))...)
			t.key[place-1] = name
		}
	}
	return all, doing("read tables", rows.Err())
}

func (s shape) equal(o shape) bool {
	return s.name == o.name && slices.Equal(s.columns, o.columns) && slices.Equal(s.key, o.key) && s.identity == o.identity
}

func (s shape) quoted() string { return `"` + s.name + `"` }

// list is its columns for a statement.
func (s shape) list() string {
	names := make([]string, len(s.columns))
	for i, c := range s.columns {
		names[i] = `"` + c.name + `"`
	}
	return strings.Join(names, ", ")
}

// references yields which table refers to which.
var references = [...]string{
	SQLite: `
		SELECT m.name, f."table"
		FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
		WHERE m.type = 'table'`,
	PostgreSQL: `
		SELECT c.relname, p.relname
		FROM pg_constraint f
		JOIN pg_class c ON c.oid = f.conrelid
		JOIN pg_class p ON p.oid = f.confrelid
		WHERE f.contype = 'f' AND c.relnamespace = current_schema()::regnamespace`,
}

// parentsFirst puts the tables that others refer to before those.
func (e executor) parentsFirst(ctx context.Context, tables []shape) ([]shape, error) {
	rows, err := e.on.QueryContext(ctx, references[e.dialect])
	pairs, err := collect(rows, err, func(row scanner) (pair [2]string, err error) {
		err = row.Scan(&pair[0], &pair[1])
		return pair, err
	})
	if err != nil {
		return nil, fmt.Errorf("read foreign keys: %w", err)
	}
	depth := map[string]int{}
	for range tables { // a chain is no longer than there are tables
		for _, pair := range pairs {
			if pair[0] != pair[1] {
				depth[pair[0]] = max(depth[pair[0]], depth[pair[1]]+1)
			}
		}
	}
	slices.SortStableFunc(tables, func(a, b shape) int { return cmp.Compare(depth[a.name], depth[b.name]) })
	return tables, nil
}

// rowReader reads the rows of a table one by one into the same place.
type rowReader struct {
	rows *sql.Rows
	row  []any
	into []any // pointers into row
}

// eachRow hands over a reader of the rows of t, in the order of its key, in which an
// engine writes them fastest.
func (e executor) eachRow(ctx context.Context, t shape, fn func(*rowReader) error) error {
	query := `SELECT ` + t.list() + ` FROM ` + t.quoted()
	if len(t.key) > 0 {
		query += ` ORDER BY "` + strings.Join(t.key, `", "`) + `"`
	}
	rows, err := e.on.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	r := &rowReader{rows: rows, row: make([]any, len(t.columns)), into: make([]any, len(t.columns))}
	for i := range r.row {
		r.into[i] = &r.row[i]
	}
	return fn(r)
}

// next returns the next row, which is overwritten by the one after it, or nil when
// there is none.
func (r *rowReader) next() ([]any, error) {
	if !r.rows.Next() {
		return nil, r.rows.Err()
	}
	return r.row, r.rows.Scan(r.into...)
}
