package sqlstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/storage"
)

// numberedFuture is a decision with its place in the order of writing.
type numberedFuture struct {
	storage.Future
	id int64
}

// futureColumns are read by scanFuture, in this order. A decision is about the
// group that its group is part of by now.
const futureColumns = `COALESCE(g.merged_into, g.id), f.decision, f.reason, f.by_user, f.at, f.done, f.id`

func scanFuture(row scanner) (numberedFuture, error) {
	var f numberedFuture
	var at int64
	var done []byte
	if err := row.Scan(&f.Group, &f.Decision, &f.Reason, &f.By, &at, &done, &f.id); err != nil {
		return f, err
	}
	f.At = instant(at)
	if err := json.Unmarshal(done, &f.Done); err != nil {
		return f, fmt.Errorf("read steps: %w", err)
	}
	return f, nil
}

// Future fulfils storage.Futures.
func (db *DB) Future(ctx context.Context, id analysis.GroupID) (storage.Future, error) {
	const last = `
		SELECT ` + futureColumns + `
		FROM client_group g
		JOIN future f ON f.group_id = g.id
		WHERE g.id = ` + wholeGroup + ` OR g.merged_into = ` + wholeGroup + `
		ORDER BY f.id DESC
		LIMIT 1`
	f, err := scanFuture(db.reader().row(ctx, last, id))
	return f.Future, absent(err, "read decision", "storage.future.not_found")
}

// Futures fulfils storage.Futures.
func (db *DB) Futures(ctx context.Context) ([]storage.Future, error) {
	const every = `SELECT ` + futureColumns + ` FROM future f JOIN client_group g ON g.id = f.group_id`
	rows, err := db.reader().query(ctx, every)
	all, err := collect(rows, err, scanFuture)
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	analysis.Sort(all, func(a, b numberedFuture) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.id, b.id))
	})
	var present []storage.Future
	for i, f := range all {
		if i+1 == len(all) || all[i+1].Group != f.Group {
			present = append(present, f.Future)
		}
	}
	return present, nil
}

// Decide fulfils storage.FutureTx.
func (t tx) Decide(ctx context.Context, f storage.Future) error {
	const insert = `INSERT INTO future (group_id, decision, reason, by_user, at, done) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`
	if !slices.Contains([]storage.Decision{storage.Keep, storage.Develop, storage.Part}, f.Decision) {
		return analysis.Fail(analysis.Invalid, "storage.future.decision", nil)
	}
	group, err := t.wholeGroup(ctx, f.Group)
	if err != nil {
		return err
	}
	steps := make([]string, 0, len(f.Done))
	for _, step := range f.Done {
		steps = append(steps, text(step))
	}
	done, err := json.Marshal(steps)
	if err != nil {
		return fmt.Errorf("write steps: %w", err)
	}
	if _, err := t.exec(ctx, insert, group, f.Decision, f.Reason, f.By, milliseconds(f.At), string(done)); err != nil {
		return fmt.Errorf("record decision: %w", err)
	}
	return nil
}
