package sqlstore

import (
	"cmp"
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// sound asks the engine to check itself. SQLite's words are left: they may quote an
// index of people's names.
var sound = [...]string{
	SQLite:     `SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
	PostgreSQL: `SELECT 0`,
}

// Sound fulfils storage.Condition.
func (db *DB) Sound(ctx context.Context) (bool, error) {
	var wrong int
	err := db.reader().row(ctx, sound[db.Dialect]).Scan(&wrong)
	return wrong == 0, doing("check integrity", err)
}

// Held fulfils storage.Condition.
func (db *DB) Held(ctx context.Context, late time.Time) ([]storage.Held, error) {
	const held = `
		SELECT state, kind, reason, COUNT(*), MAX(attempt)
		FROM ledger
		WHERE state IN ('failed', 'unknown') OR state = 'queued' AND due < ?1 OR state = 'sending' AND lease < ?1
		GROUP BY state, kind, reason`
	rows, err := db.reader().query(ctx, held, milliseconds(late))
	all, err := collect(rows, err, func(row scanner) (storage.Held, error) {
		var h storage.Held
		var newest int64
		err := row.Scan(&h.State, &h.Kind, &h.Reason, &h.Count, &newest)
		h.Newest = instant(newest)
		return h, err
	})
	analysis.Sort(all, func(a, b storage.Held) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.State, b.State), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
	})
	return all, doing("count held messages", err)
}

// Delivered fulfils storage.Condition.
func (db *DB) Delivered(ctx context.Context, limit int) ([]storage.LedgerEntry, error) {
	const delivered = `
		SELECT ` + ledgerColumns + ` FROM ledger
		WHERE state = 'sent' AND parent = ''
		ORDER BY id DESC
		LIMIT ?1`
	rows, err := db.reader().query(ctx, delivered, limit)
	sent, err := collect(rows, err, scanEntry)
	return sent, doing("read delivered messages", err)
}
