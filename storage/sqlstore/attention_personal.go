package sqlstore

import (
	"context"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// AttentionOf fulfils storage.Attention.
func (db *DB) AttentionOf(ctx context.Context, version analysis.VersionID, asOf analysis.Day, manager analysis.ManagerID) ([]attention.Group, error) {
	const theirs = `merged_into IS NULL AND (manager_id = ?1 OR partner_id = ?1)`
	const groups = `
		SELECT g.id, g.manager_id, g.partner_id, COALESCE(i.segment, '')
		FROM client_group g
		LEFT JOIN segment_item i ON i.version_id = ?2 AND i.group_id = g.id
		WHERE ` + theirs + `
		ORDER BY g.id`
	const of = `group_id IN (SELECT id FROM client_group WHERE merged_into IS NULL AND (manager_id = ?2 OR partner_id = ?2))`
	var all []attention.Group
	if manager == 0 {
		return nil, nil
	}
	err := db.snapshot(ctx, func(e executor) error {
		r := attentionReader{e: e, version: version, asOf: asOf, place: map[analysis.GroupID]int32{}}
		if err := r.few(ctx); err != nil {
			return err
		}
		if err := r.list(ctx, groups, manager, version); err != nil {
			return err
		}
		if err := r.complete(ctx, of, manager); err != nil {
			return err
		}
		all = slices.Clone(r.groups)
		handed := r.handedTo(manager)
		for _, id := range handed { // few, and seldom any
			if err := r.page(ctx, id-1, id, 1); err != nil {
				return err
			}
			all = append(all, r.groups...)
		}
		var err error
		all, err = shown(ctx, e, all, groupOfAttention)
		return err
	})
	return all, doing("read the groups of a manager for attention", err)
}

// handedTo are the groups of which something was handed to manager and that are
// not listed, by id.
func (r *attentionReader) handedTo(manager analysis.ManagerID) []analysis.GroupID {
	var handed []analysis.GroupID
	for id, more := range r.more {
		_, listed := r.place[id]
		if !listed && slices.ContainsFunc(more.Marks, func(m attention.Mark) bool { return m.State == attention.HandedOver && m.To == manager }) {
			handed = append(handed, id)
		}
	}
	slices.Sort(handed)
	return handed
}
