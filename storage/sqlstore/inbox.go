package sqlstore

import (
	"cmp"
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// Accept fulfils storage.Inbox.
func (db *DB) Accept(ctx context.Context, e storage.Envelope, owner string, until time.Time) (added bool, err error) {
	const insert = `
		INSERT INTO inbox (key, kind, payload, received, owner, lease) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (key) DO NOTHING`
	payload := e.Payload
	if payload == nil {
		payload = []byte{}
	}
	n, err := db.alone(ctx, insert, e.Key, e.Kind, payload, milliseconds(e.Received), owner, milliseconds(until))
	return n == 1 && err == nil, doing("accept envelope", err)
}

// Finish fulfils storage.Inbox.
func (db *DB) Finish(ctx context.Context, key string, at time.Time) error {
	const finish = `UPDATE inbox SET finished_at = ?2, payload = ?3 WHERE key = ?1 AND finished_at = 0`
	_, err := db.alone(ctx, finish, key, milliseconds(at), []byte{})
	return doing("finish envelope", err)
}

// Extend fulfils storage.Inbox.
func (db *DB) Extend(ctx context.Context, key, owner string, until time.Time) (held bool, err error) {
	const extend = `UPDATE inbox SET lease = ?3 WHERE key = ?1 AND owner = ?2 AND finished_at = 0`
	n, err := db.alone(ctx, extend, key, owner, milliseconds(until))
	return n == 1 && err == nil, doing("extend lease", err)
}

// Take fulfils storage.Inbox.
func (db *DB) Take(ctx context.Context, owner string, now, until, notBefore time.Time, limit int) ([]storage.Envelope, error) {
	const take = `
		WITH free AS MATERIALIZED (
			SELECT key FROM inbox
			WHERE finished_at = 0 AND lease < ?1 AND received > ?2
			ORDER BY received, key
			LIMIT ?3 FOR UPDATE SKIP LOCKED
		)
		UPDATE inbox SET owner = ?4, lease = ?5
		WHERE key IN (SELECT key FROM free)
		RETURNING key, kind, payload, received`
	var taken []storage.Envelope
	err := db.change(ctx, func(e executor) error {
		rows, err := e.query(ctx, take, milliseconds(now), milliseconds(notBefore), limit, owner, milliseconds(until))
		taken, err = collect(rows, err, func(row scanner) (storage.Envelope, error) {
			var e storage.Envelope
			var received int64
			err := row.Scan(&e.Key, &e.Kind, &e.Payload, &received)
			e.Received = instant(received)
			return e, err
		})
		return doing("take envelopes", err)
	})
	if err != nil {
		return nil, err
	}
	analysis.Sort(taken, func(a, b storage.Envelope) int { // RETURNING promises no order
		return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.Key, b.Key))
	})
	return taken, nil
}

// Prune fulfils storage.Inbox.
func (db *DB) Prune(ctx context.Context, before time.Time) (unfinished int, err error) {
	const drop = `DELETE FROM inbox WHERE received < ?1 AND finished_at = 0`
	const forget = `DELETE FROM inbox WHERE received < ?1`
	const forgetEffects = `DELETE FROM processed WHERE at < ?1`
	err = db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, drop, milliseconds(before))
		if err != nil {
			return doing("drop unfinished envelopes", err)
		}
		unfinished = int(n)
		if _, err := e.exec(ctx, forget, milliseconds(before)); err != nil {
			return doing("forget envelopes", err)
		}
		_, err = e.exec(ctx, forgetEffects, milliseconds(before))
		return doing("forget effects", err)
	})
	if err != nil {
		return 0, err
	}
	return unfinished, nil
}
