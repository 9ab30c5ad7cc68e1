package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"klantbot/analysis"
)

// staleTries is how often something without an effect is tried on connections that
// turn out to be broken: after a restart of the server every connection of a pool may
// be, and each is only found out by using it.
const staleTries = 8

// steady reads on the pool of readers, and again where the connection was broken
// before it answered anything.
type steady struct{ db *DB }

// ExecContext is there for an executor; nobody changes anything with a reader.
func (s steady) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.db.read.ExecContext(ctx, query, args...)
}

func (s steady) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	for try := 1; ; try++ {
		rows, err := s.db.read.QueryContext(ctx, query, args...)
		if err == nil || try == staleTries || !s.db.lost(ctx, err) {
			return rows, err
		}
	}
}

func (s steady) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	for try := 1; ; try++ {
		row := s.db.read.QueryRowContext(ctx, query, args...)
		if err := row.Err(); err == nil || try == staleTries || !s.db.lost(ctx, err) {
			return row
		}
	}
}

// lost reports whether err says that a connection that was there broke. One that can
// not be made is no better the next time.
func (db *DB) lost(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && db.key(err) == "storage.lost"
}

// Away reports whether err says that the server was away, so that the same may succeed
// soon; whether a change was made that was being committed just then is not known.
func (db *DB) Away(err error) bool {
	key := db.key(err)
	return key == "storage.lost" || key == "storage.away"
}

// key is the sentence that the engine has for err, if any.
func (db *DB) key(err error) string {
	var worded *analysis.Error
	if err == nil || db.Word == nil || !errors.As(db.Word(err), &worded) {
		return ""
	}
	return worded.Key
}
