package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Restrictions = (*DB)(nil)

// standingRestrictions are the newest of each group, by the group it is part of.
const standingRestrictions = `
	SELECT g.id, COALESCE(g.merged_into, g.id), w.number, r.version, r.people, r.by_user, r.at
	FROM restriction r
	JOIN client_group g ON g.id = r.group_id
	JOIN client_group w ON w.id = COALESCE(g.merged_into, g.id)
	WHERE r.people <> '[]' AND r.version = (SELECT MAX(v.version) FROM restriction v WHERE v.group_id = r.group_id)
	ORDER BY w.number, g.id`

// restricted is a restriction with the group it was written about.
type restricted struct {
	storage.Restriction
	written analysis.GroupID
}

func (e executor) restrictions(ctx context.Context) ([]restricted, error) {
	rows, err := e.query(ctx, standingRestrictions)
	return collect(rows, err, func(row scanner) (r restricted, err error) {
		var people []byte
		var at int64
		if err := row.Scan(&r.written, &r.Group, &r.Number, &r.Version, &people, &r.By, &at); err != nil {
			return r, err
		}
		r.At = instant(at)
		return r, json.Unmarshal(people, &r.People)
	})
}

// Restrictions fulfils storage.Restrictions.
func (db *DB) Restrictions(ctx context.Context) ([]storage.Restriction, error) {
	found, err := db.reader().restrictions(ctx)
	all := make([]storage.Restriction, len(found))
	for i, r := range found {
		all[i] = r.Restriction
	}
	return all, doing("read restrictions", err)
}

// Restriction fulfils storage.Restrictions.
func (db *DB) Restriction(ctx context.Context, group analysis.GroupID) (storage.Restriction, error) {
	const (
		whole  = `SELECT g.id, g.number FROM client_group g WHERE g.id = ` + wholeGroup
		newest = `SELECT version, people, by_user, at FROM restriction WHERE group_id = ?1 ORDER BY version DESC LIMIT 1`
	)
	var r storage.Restriction
	if err := db.reader().row(ctx, whole, group).Scan(&r.Group, &r.Number); err != nil {
		return r, absent(err, "read group", "storage.group.not_found")
	}
	var people []byte
	var at int64
	err := db.reader().row(ctx, newest, r.Group).Scan(&r.Version, &people, &r.By, &at)
	if err = absent(err, "read restriction", "storage.group.not_found"); err != nil {
		if analysis.KindOf(err) == analysis.NotFound {
			return r, nil
		}
		return r, err
	}
	r.At = instant(at)
	return r, json.Unmarshal(people, &r.People)
}

// Restrict fulfils storage.RestrictionTx.
func (t tx) Restrict(ctx context.Context, r storage.Restriction) error {
	const (
		newest = `SELECT COALESCE(MAX(version), 0) FROM restriction WHERE group_id = ?1`
		insert = `
			INSERT INTO restriction (group_id, version, people, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (group_id, version) DO NOTHING`
	)
	group, err := t.wholeGroup(ctx, r.Group)
	if err != nil {
		return err
	}
	people := append([]analysis.UserID{}, r.People...) // [] and not null
	slices.Sort(people)
	written, err := json.Marshal(slices.Compact(people))
	if err != nil {
		return err
	}
	var version int
	if err := t.row(ctx, newest, group).Scan(&version); err != nil {
		return fmt.Errorf("read version of restriction: %w", err)
	}
	added := int64(0)
	if version == r.Version {
		if added, err = t.exec(ctx, insert, group, version+1, string(written), r.By, milliseconds(r.At)); err != nil {
			return fmt.Errorf("record restriction: %w", err)
		}
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.restriction.changed", nil)
	}
	return nil
}

// hidden are the groups that ctx does not show: those whose restriction does not
// name who looks, with the groups that are part of them.
func (e executor) hidden(ctx context.Context) (map[analysis.GroupID]bool, error) {
	const parts = `SELECT id FROM client_group WHERE merged_into = ?1`
	return storage.Hidden(ctx, func(user analysis.UserID) (map[analysis.GroupID]bool, error) {
		all, err := e.restrictions(ctx)
		if err != nil || len(all) == 0 {
			return nil, doing("read who may see what", err)
		}
		hidden := map[analysis.GroupID]bool{}
		for _, r := range all {
			if user != "" && slices.Contains(r.People, user) {
				continue
			}
			hidden[r.written], hidden[r.Group] = true, true
			rows, err := e.query(ctx, parts, r.Group)
			ids, err := collect(rows, err, func(row scanner) (id analysis.GroupID, err error) { return id, row.Scan(&id) })
			if err != nil {
				return nil, fmt.Errorf("read who may see what: %w", err)
			}
			for _, id := range ids {
				hidden[id] = true
			}
		}
		return hidden, nil
	})
}

// Hides fulfils storage.Names.
func (db *DB) Hides(ctx context.Context) (map[analysis.GroupID]bool, error) {
	return db.reader().hidden(ctx)
}

// shown leaves out of rows what ctx does not show; of is the group of a row.
func shown[T any](ctx context.Context, e executor, rows []T, of func(T) analysis.GroupID) ([]T, error) {
	hidden, err := e.hidden(ctx)
	if err != nil || len(hidden) == 0 {
		return rows, err
	}
	return slices.DeleteFunc(rows, func(row T) bool { return hidden[of(row)] }), nil
}

// unseen reports whether ctx does not show group.
func (e executor) unseen(ctx context.Context, group analysis.GroupID) (bool, error) {
	hidden, err := e.hidden(ctx)
	return hidden[group], err
}
