package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"time"

	"klantbot/storage"
)

var _ storage.AuditChain = (*DB)(nil)

// sealedAtOnce bounds how many lines one seal is about.
const sealedAtOnce = 5000

// errSealed says that another program sealed the same lines first.
var errSealed = errors.New("another program sealed them")

// SealAudit fulfils storage.AuditChain. Ids are given out before their lines are
// committed, so which lines a batch has is written down with them: one that comes
// later belongs to the next, whatever its id.
func (db *DB) SealAudit(ctx context.Context, at time.Time, least int) (storage.AuditSeal, bool, error) {
	const waiting = `SELECT COUNT(*) FROM audit WHERE batch = 0`
	var n int
	if err := db.reader().row(ctx, waiting).Scan(&n); err != nil {
		return storage.AuditSeal{}, false, fmt.Errorf("count the trail: %w", err)
	}
	if n < max(1, least) {
		return storage.AuditSeal{}, false, nil
	}
	var made storage.AuditSeal
	err := db.change(ctx, func(e executor) (err error) {
		made, err = e.seal(ctx, at)
		return err
	})
	if errors.Is(err, errSealed) {
		return storage.AuditSeal{}, false, nil
	}
	return made, err == nil, doing("seal the trail", err)
}

func (e executor) seal(ctx context.Context, at time.Time) (storage.AuditSeal, error) {
	const (
		last = `SELECT batch, seal FROM audit_seal ORDER BY batch DESC LIMIT 1`
		take = `UPDATE audit SET batch = ?1 WHERE id IN (SELECT a.id FROM audit a WHERE a.batch = 0 ORDER BY a.id LIMIT ?2) AND batch = 0`
		put  = `
			INSERT INTO audit_seal (batch, at, lines, previous, seal) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (batch) DO NOTHING`
	)
	var batch int64
	var previous string
	if err := e.row(ctx, last).Scan(&batch, &previous); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return storage.AuditSeal{}, err
	}
	batch++
	taken, err := e.exec(ctx, take, batch, sealedAtOnce)
	if err != nil {
		return storage.AuditSeal{}, err
	}
	if taken == 0 {
		return storage.AuditSeal{}, errSealed
	}
	lines, seal, err := e.worked(ctx, batch, previous)
	if err != nil {
		return storage.AuditSeal{}, err
	}
	added, err := e.exec(ctx, put, batch, milliseconds(at), lines, previous, seal)
	if err == nil && (added == 0 || int64(lines) != taken) {
		err = errSealed
	}
	return storage.AuditSeal{Batch: batch, At: instant(milliseconds(at)), Lines: lines, Seal: seal}, err
}

// worked is the seal of batch as its lines are now, and how many those are.
func (e executor) worked(ctx context.Context, batch int64, previous string) (int, string, error) {
	const lines = `SELECT id, at, user_id, action, token, channel, request FROM audit WHERE batch = ?1 ORDER BY id`
	sum := sha256.New()
	if err := addRow(sum, previous, batch); err != nil {
		return 0, "", err
	}
	rows, err := e.query(ctx, lines, batch)
	if err != nil {
		return 0, "", err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id, at int64
		var user, action, token, channel, request string
		if err := rows.Scan(&id, &at, &user, &action, &token, &channel, &request); err != nil {
			return 0, "", err
		}
		if err := addRow(sum, id, at, user, action, token, channel, request); err != nil {
			return 0, "", err
		}
		n++
	}
	return n, hex.EncodeToString(sum.Sum(nil)), rows.Err()
}

// addRow adds one row to sum: a JSON array and a newline, so that no row can be
// read as another, nor two as one.
func addRow(sum hash.Hash, row ...any) error {
	b, err := json.Marshal(row)
	if err == nil {
		_, err = sum.Write(append(b, '\n'))
	}
	return err
}

// CheckAudit fulfils storage.AuditChain, as of one moment.
func (db *DB) CheckAudit(ctx context.Context) (storage.AuditState, error) {
	var s storage.AuditState
	err := db.snapshot(ctx, func(e executor) error { return e.checkChain(ctx, &s) })
	return s, doing("check the trail", err)
}

func (e executor) checkChain(ctx context.Context, s *storage.AuditState) error {
	const (
		seals    = `SELECT batch, at, lines, previous, seal FROM audit_seal ORDER BY batch`
		unsealed = `SELECT COUNT(*) FROM audit WHERE batch = 0`
		beyond   = `SELECT COALESCE(MAX(batch), 0) FROM audit`
	)
	type link struct {
		storage.AuditSeal
		previous string
	}
	rows, err := e.query(ctx, seals)
	all, err := collect(rows, err, func(row scanner) (l link, err error) {
		var at int64
		err = row.Scan(&l.Batch, &at, &l.Lines, &l.previous, &l.Seal)
		l.At = instant(at)
		return l, err
	})
	if err != nil {
		return err
	}
	before := ""
	for i, l := range all {
		lines, seal, err := e.worked(ctx, l.Batch, before)
		if err != nil {
			return err
		}
		if s.Broken == 0 && (l.Batch != int64(i+1) || l.previous != before || l.Lines != lines || l.Seal != seal) {
			s.Broken = int64(i + 1)
		}
		before, s.Sealed, s.Last = l.Seal, s.Sealed+lines, l.AuditSeal
	}
	s.Batches = int64(len(all))
	var highest int64
	if err := e.row(ctx, beyond).Scan(&highest); err != nil {
		return err
	}
	if s.Broken == 0 && highest > s.Last.Batch {
		s.Broken = s.Last.Batch + 1 // lines of a batch whose seal is gone
	}
	return e.row(ctx, unsealed).Scan(&s.Unsealed)
}
