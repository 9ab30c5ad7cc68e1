package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Absences fulfils storage.Absences.
func (db *DB) Absences(ctx context.Context, from, to analysis.Day) ([]storage.Absence, error) {
	const between = `
		SELECT id, manager_id, from_day, to_day, deputy_id, by_user, at
		FROM absence
		WHERE removed = 0 AND from_day <= ?2 AND to_day >= ?1
		ORDER BY id`
	rows, err := db.reader().query(ctx, between, from, to)
	absences, err := collect(rows, err, func(row scanner) (storage.Absence, error) {
		var a storage.Absence
		var at int64
		err := row.Scan(&a.ID, &a.Manager, &a.From, &a.To, &a.Deputy, &a.By, &at)
		a.At = instant(at)
		return a, err
	})
	return absences, doing("read absences", err)
}

// AddAbsence fulfils storage.AbsenceTx.
func (t tx) AddAbsence(ctx context.Context, a storage.Absence) (int64, error) {
	const people = `SELECT COUNT(*) FROM manager WHERE id IN (?1, ?2)`
	const insert = `INSERT INTO absence (manager_id, from_day, to_day, deputy_id, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id`
	switch {
	case !a.From.Known() || !a.To.Known() || a.From > a.To:
		return 0, analysis.Fail(analysis.Invalid, "storage.absence.days", nil)
	case a.Deputy == a.Manager:
		return 0, analysis.Fail(analysis.Invalid, "storage.absence.self", nil)
	}
	want, n := 1, 0
	if a.Deputy != 0 {
		want = 2
	}
	if err := t.row(ctx, people, a.Manager, a.Deputy).Scan(&n); err != nil {
		return 0, fmt.Errorf("look for who is away: %w", err)
	}
	if n != want {
		return 0, analysis.Fail(analysis.NotFound, "storage.manager.not_found", nil)
	}
	var id int64
	err := t.row(ctx, insert, a.Manager, a.From, a.To, a.Deputy, a.By, milliseconds(a.At)).Scan(&id)
	return id, doing("record absence", err)
}

// RemoveAbsence fulfils storage.AbsenceTx.
func (t tx) RemoveAbsence(ctx context.Context, id int64) error {
	const remove = `UPDATE absence SET removed = 1 WHERE id = ?1 AND removed = 0`
	n, err := t.exec(ctx, remove, id)
	if err == nil && n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.absence.not_found", nil)
	}
	return doing("remove absence", err)
}
