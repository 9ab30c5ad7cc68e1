package sqlstore

import (
	"context"
	"time"

	"klantbot/storage"
)

// Revise fulfils storage.LedgerTx. What is still queued is rendered when it is
// sent; counting the change is harmless there.
func (t tx) Revise(ctx context.Context, key string) error {
	_, err := t.exec(ctx, `UPDATE ledger SET wanted = wanted + 1 WHERE key = ?1`, key)
	return doing("revise message", err)
}

// Withdraw fulfils storage.LedgerTx. What is still queued is a stub when it is
// sent.
func (t tx) Withdraw(ctx context.Context, key string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE ledger SET stubbed = ?2, wanted = wanted + 1 WHERE key = ?1 AND stubbed = 0`, key, milliseconds(at))
	return doing("withdraw message", err)
}

// Stub fulfils storage.LedgerTx.
func (t tx) Stub(ctx context.Context, kinds []string, before, at time.Time, limit int) (int, error) {
	stubbed := 0
	const stub = `
		UPDATE ledger SET stubbed = ?1, wanted = wanted + 1
		WHERE id IN (SELECT id FROM ledger
			WHERE state = 'sent' AND stubbed = 0 AND at < ?2 AND kind = ?3
			ORDER BY at LIMIT ?4)`
	for _, kind := range kinds {
		if stubbed >= limit {
			break
		}
		n, err := t.exec(ctx, stub, milliseconds(at), milliseconds(before), kind, limit-stubbed)
		if err != nil {
			return stubbed, doing("stub messages", err)
		}
		stubbed += int(n)
	}
	return stubbed, nil
}

// Revised fulfils storage.Ledger.
func (db *DB) Revised(ctx context.Context, owner string, now, until time.Time, limit int) ([]storage.LedgerEntry, error) {
	const revised = `
		WITH changed AS MATERIALIZED (
			SELECT id FROM ledger
			WHERE state = 'sent' AND wanted > shown AND lease <= ?1
			ORDER BY lease, id
			LIMIT ?2 FOR UPDATE SKIP LOCKED
		)
		UPDATE ledger SET owner = ?3, lease = ?4
		WHERE id IN (SELECT id FROM changed)
		RETURNING ` + ledgerColumns
	return db.lease(ctx, revised, milliseconds(now), limit, owner, milliseconds(until))
}

// MarkShown fulfils storage.Ledger. An older rendering never undoes a newer one.
func (db *DB) MarkShown(ctx context.Context, id int64, wanted int, refused string) error {
	const shown = `
		UPDATE ledger SET shown = CASE WHEN shown > ?2 THEN shown ELSE ?2 END, owner = '', lease = 0, reason = ?3
		WHERE id = ?1 AND state = 'sent'`
	return db.settle(ctx, shown, id, wanted, refused)
}

// Defer fulfils storage.Ledger.
func (db *DB) Defer(ctx context.Context, id int64, due time.Time, reason string) error {
	const later = `UPDATE ledger SET owner = '', lease = ?2, reason = ?3 WHERE id = ?1 AND state = 'sent'`
	return db.settle(ctx, later, id, milliseconds(due), reason)
}
