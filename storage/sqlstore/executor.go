package sqlstore

import (
	"context"
	"database/sql"
	"reflect"
	"strings"
	"unicode/utf8"
)

// executor runs statements in the dialect, on a pool or within a transaction.
type executor struct {
	dialect Dialect
	on      interface {
		ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
	// load writes all rows that next returns, as Loader says, within the transaction;
	// nil where the engine has no such way, or the transaction is not alone on a
	// connection.
	load func(ctx context.Context, table string, columns []string, next func() ([]any, error)) error
}

// exec returns how many rows the statement touched.
func (e executor) exec(ctx context.Context, statement string, args ...any) (int64, error) {
	r, err := e.on.ExecContext(ctx, e.dialect.SQL(statement), storable(args)...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

func (e executor) query(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	return e.on.QueryContext(ctx, e.dialect.SQL(statement), storable(args)...)
}

func (e executor) row(ctx context.Context, statement string, args ...any) *sql.Row {
	return e.on.QueryRowContext(ctx, e.dialect.SQL(statement), storable(args)...)
}

// storable replaces arguments of our textual types by text that both engines can
// keep; it changes args.
func storable(args []any) []any {
	for i, arg := range args {
		switch a := arg.(type) {
		case nil, int64, int, []byte:
		case string:
			args[i] = text(a)
		default:
			if v := reflect.ValueOf(arg); v.Kind() == reflect.String {
				args[i] = text(v.String())
			}
		}
	}
	return args
}

// text returns s as both engines keep it: PostgreSQL refuses zero bytes and
// bytes that are not UTF-8, so the former are left out and the latter become
// U+FFFD. The same text is searched for as was stored.
func text(s string) string {
	if strings.IndexByte(s, 0) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// scanner is one row of *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

// collect reads all rows of a query; it takes over what query returned.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
