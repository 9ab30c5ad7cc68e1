package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// askedGroup is a group with the id it was asked for by.
type askedGroup struct {
	storage.Listed
	asked analysis.GroupID
}

// GroupsOf fulfils storage.Roster.
func (db *DB) GroupsOf(ctx context.Context, ids []analysis.GroupID) ([]storage.Listed, error) {
	const listed = `
		SELECT a.id, ` + groupColumns + `,
			COALESCE((SELECT c.id FROM client c WHERE c.group_id = g.id ORDER BY c.number LIMIT 1), 0),
			COALESCE(CASE WHEN m.name = '' THEN m.email ELSE m.name END, '')
		FROM client_group a
		JOIN client_group g ON g.id = COALESCE(a.merged_into, a.id)
		LEFT JOIN manager m ON m.id = g.manager_id
		WHERE a.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1))`
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.reader().query(ctx, listed, list(ids))
	found, err := collect(rows, err, func(row scanner) (g askedGroup, err error) {
		return g, row.Scan(&g.asked, &g.ID, &g.Number, &g.Name, &g.Manager, &g.Partner, &g.First, &g.ManagerName)
	})
	if err == nil {
		found, err = shown(ctx, db.reader(), found, func(g askedGroup) analysis.GroupID { return g.ID })
	}
	if err != nil {
		return nil, fmt.Errorf("read groups: %w", err)
	}
	byID := make(map[analysis.GroupID]storage.Listed, len(found))
	for _, g := range found {
		byID[g.asked] = g.Listed
	}
	groups := make([]storage.Listed, 0, len(found))
	for _, id := range ids {
		if g, ok := byID[id]; ok {
			groups = append(groups, g)
		}
	}
	return groups, nil
}
