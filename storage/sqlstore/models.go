package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Models = (*DB)(nil)

// Cached fulfils storage.Models.
func (db *DB) Cached(ctx context.Context, key string) ([]byte, bool, error) {
	const find = `SELECT answer FROM model_cache WHERE key = ?1`
	var answer []byte
	err := db.reader().row(ctx, find, key).Scan(&answer)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return answer, err == nil, doing("read cached answer", err)
}

// Keep fulfils storage.Models.
func (db *DB) Keep(ctx context.Context, key string, answer []byte, at time.Time) error {
	const keep = `
		INSERT INTO model_cache (key, answer, at) VALUES (?1, ?2, ?3)
		ON CONFLICT (key) DO UPDATE SET answer = excluded.answer, at = excluded.at`
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, keep, key, append([]byte{}, answer...), milliseconds(at))
		return doing("keep answer", err)
	})
}

// ForgetCached fulfils storage.Models.
func (db *DB) ForgetCached(ctx context.Context, before time.Time) (removed int, err error) {
	const remove = `DELETE FROM model_cache WHERE at < ?1`
	err = db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, remove, milliseconds(before))
		removed = int(n)
		return doing("forget answers", err)
	})
	return removed, err
}

// Spend fulfils storage.Models: the day's row is made first, so that two who
// spend at once wait for each other.
func (db *DB) Spend(ctx context.Context, day analysis.Day, tokens, most int) (enough bool, err error) {
	const (
		begin = `INSERT INTO model_spent (day, tokens) VALUES (?1, 0) ON CONFLICT (day) DO NOTHING`
		take  = `UPDATE model_spent SET tokens = tokens + ?2 WHERE day = ?1 AND tokens + ?2 <= ?3`
	)
	if tokens < 0 {
		return false, fmt.Errorf("spend %d tokens", tokens)
	}
	err = db.change(ctx, func(e executor) error {
		if _, err := e.exec(ctx, begin, int64(day)); err != nil {
			return fmt.Errorf("begin budget: %w", err)
		}
		n, err := e.exec(ctx, take, int64(day), tokens, most)
		enough = n == 1
		return doing("spend budget", err)
	})
	return enough && err == nil, err
}

// RecordCall fulfils storage.Models.
func (db *DB) RecordCall(ctx context.Context, c storage.ModelCall) error {
	const insert = `
		INSERT INTO model_call (at, by_user, purpose, model, input, output, took, verdict)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, insert, milliseconds(c.At), c.By, c.Purpose, c.Model, c.Input, c.Output, c.Took.Milliseconds(), c.Verdict)
		return doing("record call", err)
	})
}

// ModelCalls fulfils storage.Models.
func (db *DB) ModelCalls(ctx context.Context, limit int) ([]storage.ModelCall, error) {
	const newest = `SELECT at, by_user, purpose, model, input, output, took, verdict FROM model_call ORDER BY id DESC LIMIT ?1`
	rows, err := db.reader().query(ctx, newest, limit)
	all, err := collect(rows, err, func(row scanner) (c storage.ModelCall, err error) {
		var at, took int64
		err = row.Scan(&at, &c.By, &c.Purpose, &c.Model, &c.Input, &c.Output, &took, &c.Verdict)
		c.At, c.Took = instant(at), time.Duration(took)*time.Millisecond
		return c, err
	})
	return all, doing("read calls", err)
}
