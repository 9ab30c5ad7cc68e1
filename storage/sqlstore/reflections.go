package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
)

// OwnReflections fulfils storage.Reflections.
func (db *DB) OwnReflections(ctx context.Context, user analysis.UserID) ([]session.Reflection, error) {
	const own = `SELECT r.id, r.user_id, r.day, r.answers, r.lesson, r.at, 0 FROM reflection r WHERE r.user_id = ?1 ORDER BY r.day DESC, r.id DESC`
	rows, err := db.reader().query(ctx, own, user)
	all, err := collect(rows, err, scanReflection)
	return all, doing("read own reflections", err)
}

// TeamReflections fulfils storage.Reflections. Persons are numbered by their first
// reflection of the stretch.
func (db *DB) TeamReflections(ctx context.Context, from, to analysis.Day) ([]session.Reflection, error) {
	const stretch = `
		SELECT 0, '', 0, r.answers, '', 0, MIN(r.id) OVER (PARTITION BY r.user_id)
		FROM reflection r
		WHERE r.at >= ?1 AND r.at < ?2
		ORDER BY r.answers`
	rows, err := db.reader().query(ctx, stretch, milliseconds(from.Time()), milliseconds((to + 1).Time()))
	all, err := collect(rows, err, scanReflection)
	for i := range all {
		all[i].Day = analysis.NoDay
	}
	return all, doing("read reflections of the team", err)
}

func scanReflection(row scanner) (session.Reflection, error) {
	var r session.Reflection
	var at int64
	var answers []byte
	if err := row.Scan(&r.ID, &r.User, &r.Day, &answers, &r.Lesson, &at, &r.Person); err != nil {
		return r, err
	}
	r.At = instant(at)
	if err := json.Unmarshal(answers, &r.Answers); err != nil {
		return r, fmt.Errorf("read answers: %w", err)
	}
	return r, nil
}

// AddReflection fulfils storage.ReflectionTx.
func (t tx) AddReflection(ctx context.Context, r session.Reflection) (int64, error) {
	const add = `INSERT INTO reflection (user_id, day, answers, lesson, at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id`
	answers, err := json.Marshal(r.Answers)
	if err != nil {
		return 0, fmt.Errorf("write answers: %w", err)
	}
	var id int64
	err = t.row(ctx, add, r.User, int64(r.Day), string(answers), r.Lesson, milliseconds(r.At)).Scan(&id)
	return id, doing("add reflection", err)
}

// RemoveReflection fulfils storage.ReflectionTx.
func (t tx) RemoveReflection(ctx context.Context, user analysis.UserID, id int64) error {
	const remove = `DELETE FROM reflection WHERE id = ?1 AND user_id = ?2`
	n, err := t.exec(ctx, remove, id, user)
	if err == nil && n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.reflection.not_found", nil)
	}
	return doing("remove reflection", err)
}

// ForgetReflections fulfils storage.ReflectionTx.
func (t tx) ForgetReflections(ctx context.Context, before time.Time, limit int) (int, error) {
	const forget = `DELETE FROM reflection WHERE id IN (SELECT r.id FROM reflection r WHERE r.at < ?1 ORDER BY r.at LIMIT ?2)`
	n, err := t.exec(ctx, forget, milliseconds(before), limit)
	return int(n), doing("forget reflections", err)
}
