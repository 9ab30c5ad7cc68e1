package sqlstore

import (
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Telling = (*DB)(nil)

// Tell fulfils storage.Telling.
func (db *DB) Tell(ctx context.Context, request string, until time.Time) (stopped bool, err error) {
	const tell = `UPDATE question SET told_until = ?2 WHERE request = ?1 AND stopped = 0`
	err = db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, tell, request, milliseconds(until))
		stopped = n == 0
		return doing("say that an answer is coming", err)
	})
	return stopped, err
}

// Told fulfils storage.Telling.
func (db *DB) Told(ctx context.Context, request string) error {
	return db.change(ctx, func(e executor) error { return e.endTelling(ctx, request) })
}

// EndTelling fulfils storage.QuestionTx.
func (t tx) EndTelling(ctx context.Context, request string) error { return t.endTelling(ctx, request) }

func (e executor) endTelling(ctx context.Context, request string) error {
	_, err := e.exec(ctx, `UPDATE question SET told_until = 0 WHERE request = ?1`, request)
	return doing("say that an answer came", err)
}

// StopTelling fulfils storage.Telling.
func (db *DB) StopTelling(ctx context.Context, request string, user analysis.UserID) (was bool, err error) {
	const stop = `UPDATE question SET stopped = 1 WHERE request = ?1 AND user_id = ?2 AND told_until <> 0`
	err = db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, stop, request, user)
		was = n > 0
		return doing("stop an answer", err)
	})
	return was, err
}

// Coming fulfils storage.Telling.
func (db *DB) Coming(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID) ([]string, error) {
	const coming = `SELECT q.request FROM question q WHERE q.channel = ?1 AND q.thread = ?2 AND q.user_id = ?3 AND q.told_until <> 0 AND q.stopped = 0 ORDER BY q.id`
	rows, err := db.reader().query(ctx, coming, channel, thread, user)
	all, err := collect(rows, err, func(row scanner) (request string, err error) { return request, row.Scan(&request) })
	return all, doing("look for answers that are coming", err)
}

// Untold fulfils storage.Telling.
func (db *DB) Untold(ctx context.Context, now time.Time, limit int) ([]storage.Told, error) {
	const left = `SELECT q.request, q.channel, q.thread, q.user_id FROM question q WHERE q.told_until <> 0 AND q.told_until < ?1 ORDER BY q.told_until, q.id LIMIT ?2`
	rows, err := db.reader().query(ctx, left, milliseconds(now), limit)
	all, err := collect(rows, err, func(row scanner) (t storage.Told, err error) {
		return t, row.Scan(&t.Request, &t.Channel, &t.Thread, &t.User)
	})
	return all, doing("look for answers that did not come", err)
}
