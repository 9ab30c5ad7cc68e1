package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// Claim fulfils storage.Ledger.
func (db *DB) Claim(ctx context.Context, owner string, now, until time.Time, limit int, rest ...analysis.ChannelID) ([]storage.LedgerEntry, error) {
	const claim = `
		WITH due AS MATERIALIZED (
			SELECT id FROM ledger
			WHERE state = 'queued' AND due <= ?1 AND channel NOT IN (SELECT value FROM json_each(?5))
			ORDER BY due, id
			LIMIT ?2 FOR UPDATE SKIP LOCKED
		)
		UPDATE ledger SET state = 'sending', attempts = attempts + 1, attempt = ?1, owner = ?3, lease = ?4,
			shown = wanted
		WHERE id IN (SELECT id FROM due)
		RETURNING ` + ledgerColumns
	resting, err := json.Marshal(append([]analysis.ChannelID{}, rest...)) // [] rather than null
	if err != nil {
		return nil, doing("name the channels that rest", err)
	}
	return db.lease(ctx, claim, milliseconds(now), limit, owner, milliseconds(until), string(resting))
}

// Stale fulfils storage.Ledger.
func (db *DB) Stale(ctx context.Context, owner string, settled, until time.Time, limit int) ([]storage.LedgerEntry, error) {
	const stale = `
		WITH lost AS MATERIALIZED (
			SELECT id FROM ledger
			WHERE state = 'sending' AND lease < ?1
			ORDER BY due, id
			LIMIT ?2 FOR UPDATE SKIP LOCKED
		)
		UPDATE ledger SET owner = ?3, lease = ?4
		WHERE id IN (SELECT id FROM lost)
		RETURNING ` + ledgerColumns
	return db.lease(ctx, stale, milliseconds(settled), limit, owner, milliseconds(until))
}

// lease runs a statement that leases entries and returns them, oldest first.
func (db *DB) lease(ctx context.Context, statement string, args ...any) ([]storage.LedgerEntry, error) {
	var leased []storage.LedgerEntry
	err := db.change(ctx, func(e executor) error {
		rows, err := e.query(ctx, statement, args...)
		leased, err = collect(rows, err, scanEntry)
		return doing("lease messages", err)
	})
	if err != nil {
		return nil, err
	}
	analysis.Sort(leased, func(a, b storage.LedgerEntry) int { // RETURNING promises no order
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return leased, nil
}

// MarkSent fulfils storage.Ledger.
func (db *DB) MarkSent(ctx context.Context, id int64, ts string) error {
	const sent = `
		UPDATE ledger SET state = 'sent', ts = ?2, owner = '', lease = 0, reason = ''
		WHERE id = ?1 AND (state = 'sending' OR state = 'sent' AND ts = ?2)`
	return db.settle(ctx, sent, id, ts)
}

// Requeue fulfils storage.Ledger.
func (db *DB) Requeue(ctx context.Context, id int64, due time.Time, reason string) error {
	const requeue = `
		UPDATE ledger SET state = 'queued', due = ?2, reason = ?3, owner = '', lease = 0
		WHERE id = ?1 AND state = 'sending'`
	return db.settle(ctx, requeue, id, milliseconds(due), reason)
}

// Park fulfils storage.Ledger.
func (db *DB) Park(ctx context.Context, id int64, state storage.LedgerState, reason string) error {
	const park = `
		UPDATE ledger SET state = ?2, reason = ?3, owner = '', lease = 0
		WHERE id = ?1 AND state = 'sending'`
	if state != storage.Unknown && state != storage.Failed {
		return fmt.Errorf("park message as %q: not an end", state)
	}
	return db.settle(ctx, park, id, state, reason)
}

// settle runs a statement that ends the sending of one entry.
func (db *DB) settle(ctx context.Context, statement string, args ...any) error {
	return db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, statement, args...)
		if err == nil && n == 0 {
			return analysis.Fail(analysis.NotFound, "storage.ledger.not_sending", nil)
		}
		return doing("settle message", err)
	})
}
