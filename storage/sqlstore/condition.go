package sqlstore

import (
	"cmp"
	"context"
	"fmt"
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

// LeftBehind fulfils storage.Condition.
func (db *DB) LeftBehind(ctx context.Context, limit int) ([]storage.LeftBehind, int, error) {
	const (
		files = `
			SELECT f.file, '', '', '', f.refused FROM ledger_file f
			LEFT JOIN ledger l ON l.id = f.ledger_id
			WHERE f.refused <> '' AND (l.id IS NULL OR l.stubbed <> 0)
			ORDER BY f.ledger_id, f.file`
		messages = `
			SELECT '', channel, user_id, ts, reason FROM ledger
			WHERE state = 'sent' AND stubbed <> 0 AND shown >= wanted AND reason NOT IN ('', 'message_not_found')
			ORDER BY id`
	)
	var all []storage.LeftBehind
	for _, query := range []string{files, messages} {
		rows, err := db.reader().query(ctx, query)
		some, err := collect(rows, err, func(row scanner) (l storage.LeftBehind, err error) {
			return l, row.Scan(&l.File, &l.Channel, &l.User, &l.TS, &l.Code)
		})
		if err != nil {
			return nil, 0, fmt.Errorf("read what Slack keeps: %w", err)
		}
		all = append(all, some...)
	}
	return all[:min(limit, len(all))], len(all), nil
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

// Backlog fulfils storage.Condition.
func (db *DB) Backlog(ctx context.Context, now time.Time) (storage.Backlog, error) {
	const (
		inbox  = `SELECT COUNT(*), COALESCE(MIN(received), ?1) FROM inbox WHERE finished_at = 0`
		ledger = `
			SELECT COALESCE(SUM(CASE WHEN state = 'queued' AND due <= ?1 THEN 1 ELSE 0 END), 0),
				COALESCE(MIN(CASE WHEN state = 'queued' AND due <= ?1 THEN due END), ?1),
				COALESCE(SUM(CASE WHEN state = 'queued' AND due > ?1 THEN 1 ELSE 0 END), 0),
				COALESCE(SUM(CASE WHEN state = 'sending' THEN 1 ELSE 0 END), 0),
				COALESCE(SUM(CASE WHEN state = 'unknown' THEN 1 ELSE 0 END), 0),
				COALESCE(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0)
			FROM ledger WHERE state <> 'sent'`
		calls = `
			SELECT COUNT(*), COALESCE(SUM(CASE WHEN verdict <> 'ok' THEN 1 ELSE 0 END), 0), COALESCE(SUM(input + output), 0)
			FROM model_call`
	)
	var b storage.Backlog
	var received, due int64
	at, r := milliseconds(now), db.reader()
	now = instant(at) // so that nothing waits 0 and not a part of a millisecond
	err := r.row(ctx, inbox, at).Scan(&b.Inbox, &received)
	if err == nil {
		err = r.row(ctx, ledger, at).Scan(&b.Due, &due, &b.Later, &b.Sending, &b.Unknown, &b.Failed)
	}
	if err == nil {
		err = r.row(ctx, calls).Scan(&b.ModelCalls, &b.ModelFailed, &b.ModelTokens)
	}
	b.InboxAge, b.DueAge = max(0, now.Sub(instant(received))), max(0, now.Sub(instant(due)))
	return b, doing("count what waits", err)
}
