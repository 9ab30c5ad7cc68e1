package sqlstore

import (
	"context"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// occasionColumns are read by scanOccasion, in this order.
const occasionColumns = `o.id, COALESCE(g.merged_into, g.id), o.contact_id, o.kind, o.day, o.by_user, o.at`

func scanOccasion(row scanner) (storage.NotedOccasion, error) {
	var o storage.NotedOccasion
	var at int64
	err := row.Scan(&o.ID, &o.Group, &o.Contact, &o.Kind, &o.Day, &o.By, &at)
	o.At = instant(at)
	return o, err
}

// Occasions fulfils storage.Attention.
func (db *DB) Occasions(ctx context.Context, group analysis.GroupID) ([]storage.NotedOccasion, error) {
	const ofGroup = `SELECT ` + occasionColumns + `
		FROM client_group g
		JOIN occasion o ON o.group_id = g.id
		WHERE (g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `) AND o.removed = 0
		ORDER BY o.day DESC, o.id DESC`
	rows, err := db.reader().query(ctx, ofGroup, group)
	occasions, err := collect(rows, err, scanOccasion)
	return occasions, doing("read occasions", err)
}

func (r *attentionReader) readOccasions(ctx context.Context) error {
	const near = `SELECT ` + occasionColumns + `
		FROM occasion o
		JOIN client_group g ON g.id = o.group_id
		WHERE o.removed = 0 AND o.day BETWEEN ?1 AND ?2 AND o.contact_id NOT IN (` + standingObjections + `)
		ORDER BY o.day, o.id`
	return each(ctx, r.e, near, func(row scanner) error {
		o, err := scanOccasion(row)
		more := r.of(o.Group)
		more.Occasions = append(more.Occasions, o.Occasion)
		return err
	}, int64(r.asOf)-markDays, int64(r.asOf)+markDays)
}

// AddOccasion fulfils storage.AttentionTx.
func (t tx) AddOccasion(ctx context.Context, o storage.NotedOccasion) (int64, error) {
	const insert = `INSERT INTO occasion (group_id, contact_id, kind, day, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id`
	if !slices.Contains(attention.OccasionKinds(), o.Kind) || !o.Day.Known() {
		return 0, analysis.Fail(analysis.Invalid, "storage.occasion.kind", nil)
	}
	group, err := t.wholeGroup(ctx, o.Group)
	if err != nil {
		return 0, err
	}
	if err := t.together(ctx, group, 0, o.Contact); err != nil {
		return 0, err
	}
	var id int64
	err = t.row(ctx, insert, group, o.Contact, o.Kind, o.Day, o.By, milliseconds(o.At)).Scan(&id)
	return id, doing("note occasion", err)
}

// RemoveOccasion fulfils storage.AttentionTx.
func (t tx) RemoveOccasion(ctx context.Context, id int64) error {
	const remove = `UPDATE occasion SET removed = 1 WHERE id = ?1 AND removed = 0`
	n, err := t.exec(ctx, remove, id)
	if err == nil && n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.occasion.not_found", nil)
	}
	return doing("remove occasion", err)
}
