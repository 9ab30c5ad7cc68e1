package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
)

// Remarks fulfils storage.Judgements.
func (db *DB) Remarks(ctx context.Context, id analysis.GroupID) ([]analysis.Remark, error) {
	const ofGroup = `
		SELECT COALESCE(g.merged_into, g.id), r.words, r.by_user, r.at
		FROM client_group g
		JOIN remark r ON r.group_id = g.id
		WHERE g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `
		ORDER BY r.id`
	rows, err := db.reader().query(ctx, ofGroup, id)
	all, err := collect(rows, err, func(row scanner) (r analysis.Remark, err error) {
		var at int64
		err = row.Scan(&r.Group, &r.Words, &r.By, &at)
		r.At = instant(at)
		return r, err
	})
	return all, doing("read remarks", err)
}

// Remark fulfils storage.JudgementTx.
func (t tx) Remark(ctx context.Context, r analysis.Remark) error {
	const insert = `INSERT INTO remark (group_id, words, by_user, at) VALUES (?1, ?2, ?3, ?4)`
	group, err := t.wholeGroup(ctx, r.Group)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, insert, group, text(r.Words), r.By, milliseconds(r.At)); err != nil {
		return fmt.Errorf("record remark: %w", err)
	}
	return nil
}
