package sqlstore

import (
	"context"
	"time"

	"klantbot/storage"
)

// Enqueue fulfils storage.LedgerTx.
func (t tx) Enqueue(ctx context.Context, e storage.LedgerEntry) (bool, error) {
	const insert = `
		INSERT INTO ledger (key, kind, channel, user_id, lang, client_id, group_id, subject, author, at, due, state, parent, thread)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
		ON CONFLICT (key) DO NOTHING`
	n, err := t.exec(ctx, insert, e.Key, e.Kind, e.Channel, e.User, e.Lang, e.Client, e.Group, e.Subject, e.Author,
		milliseconds(e.At), milliseconds(e.Due), storage.Queued, e.Parent, e.Thread)
	return n == 1, doing("enqueue message", err)
}

// ledgerColumns are read by scanEntry, in this order.
const ledgerColumns = `
	id, key, kind, channel, user_id, lang, client_id, group_id, subject, author, at, due,
	state, ts, attempts, attempt, owner, lease, reason, parent, thread, wanted, stubbed`

func scanEntry(row scanner) (storage.LedgerEntry, error) {
	var e storage.LedgerEntry
	var at, due, attempt, lease, stubbed int64
	err := row.Scan(&e.ID, &e.Key, &e.Kind, &e.Channel, &e.User, &e.Lang, &e.Client, &e.Group, &e.Subject, &e.Author, &at, &due,
		&e.State, &e.TS, &e.Attempts, &attempt, &e.Owner, &lease, &e.Reason,
		&e.Parent, &e.Thread, &e.Wanted, &stubbed)
	e.At, e.Due, e.Attempt, e.Lease = instant(at), instant(due), instant(attempt), instant(lease)
	e.Stubbed = stubbed != 0
	return e, err
}

// Entry fulfils storage.Ledger.
func (db *DB) Entry(ctx context.Context, key string) (storage.LedgerEntry, error) {
	const one = `SELECT ` + ledgerColumns + ` FROM ledger WHERE key = ?1`
	e, err := scanEntry(db.reader().row(ctx, one, key))
	return e, absent(err, "read ledger entry", "storage.ledger.not_found")
}

// Stranded fulfils storage.Stranded.
func (db *DB) Stranded(ctx context.Context, since time.Time, limit int) ([]storage.LedgerEntry, int, error) {
	const (
		count  = `SELECT COUNT(*) FROM ledger WHERE state IN ('unknown', 'failed') AND at >= ?1`
		newest = `SELECT ` + ledgerColumns + ` FROM ledger WHERE state IN ('unknown', 'failed') AND at >= ?1
			ORDER BY at DESC, id DESC LIMIT ?2`
	)
	var all int
	if err := db.reader().row(ctx, count, milliseconds(since)).Scan(&all); err != nil {
		return nil, 0, doing("count stranded messages", err)
	}
	rows, err := db.reader().query(ctx, newest, milliseconds(since), limit)
	list, err := collect(rows, err, scanEntry)
	return list, all, doing("list stranded messages", err)
}

// Undelivered fulfils storage.Ledger.
func (db *DB) Undelivered(ctx context.Context) (map[storage.LedgerState]int, error) {
	const counts = `SELECT state, COUNT(*) FROM ledger WHERE state <> 'sent' GROUP BY state`
	type count struct {
		state storage.LedgerState
		n     int
	}
	rows, err := db.reader().query(ctx, counts)
	states, err := collect(rows, err, func(row scanner) (count, error) {
		var c count
		err := row.Scan(&c.state, &c.n)
		return c, err
	})
	if err != nil {
		return nil, doing("count undelivered messages", err)
	}
	undelivered := make(map[storage.LedgerState]int, len(states))
	for _, c := range states {
		undelivered[c.state] = c.n
	}
	return undelivered, nil
}
