package sqlstore

import (
	"context"
	"time"

	"klantbot/storage"
)

// Write fulfils storage.Writer. On SQLite there is one writer: fn must change
// nothing but through its Tx, or it waits for itself until ctx ends.
func (db *DB) Write(ctx context.Context, fn func(storage.Tx) error) error {
	return db.change(ctx, func(e executor) error { return fn(tx{e}) })
}

// tx fulfils storage.Tx; its parts stand beside what they read back.
type tx struct{ executor }

var (
	_ storage.Tx      = tx{}
	_ storage.Effects = (*DB)(nil)
)

// Once fulfils storage.Tx.
func (t tx) Once(ctx context.Context, key string, at time.Time) (bool, error) {
	const insert = `
		INSERT INTO processed (key, at) VALUES (?1, ?2)
		ON CONFLICT (key) DO NOTHING`
	n, err := t.exec(ctx, insert, key, milliseconds(at))
	return n == 1, doing("remember effect", err)
}

// Happened fulfils storage.Effects.
func (db *DB) Happened(ctx context.Context, key string) (bool, error) {
	const count = `SELECT COUNT(*) FROM processed WHERE key = ?1`
	var n int
	err := db.reader().row(ctx, count, key).Scan(&n)
	return n > 0, doing("read effect", err)
}
