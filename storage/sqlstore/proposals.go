package sqlstore

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/storage"
)

// proposalKey returns what proposal.group_key keeps for a set of groups, in any
// order: a digest, since an index entry has its limits.
func proposalKey(groups []analysis.GroupID) string {
	var b []byte
	for _, id := range slices.Compact(slices.Sorted(slices.Values(groups))) {
		b = strconv.AppendInt(b, int64(id), 10)
		b = append(b, ',')
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// openGroup is the groups of open proposals as they are by now: a group that
// was merged stands for what it is part of, one without clients for nothing.
// A proposal that has fewer than two left is no question any more.
const openGroup = `
	WITH open_group AS (
		SELECT DISTINCT p.id AS proposal_id, COALESCE(g.merged_into, g.id) AS group_id
		FROM proposal p
		JOIN proposal_group pg ON pg.proposal_id = p.id
		JOIN client_group g ON g.id = pg.group_id
		WHERE p.state = 'open'
		AND EXISTS (SELECT 1 FROM client c WHERE c.group_id = COALESCE(g.merged_into, g.id))
	), open_proposal AS (
		SELECT proposal_id, COUNT(*) AS size FROM open_group GROUP BY proposal_id HAVING COUNT(*) >= 2
	)`

// Proposals fulfils storage.Proposals.
func (db *DB) Proposals(ctx context.Context, offset, limit int) (page []storage.Proposal, total int, err error) {
	const count = openGroup + `SELECT COUNT(*) FROM open_proposal`
	const ids = openGroup + `
		SELECT p.id, p.why
		FROM open_proposal o
		JOIN proposal p ON p.id = o.proposal_id
		ORDER BY o.size DESC, p.id
		LIMIT ?1 OFFSET ?2`
	err = db.snapshot(ctx, func(e executor) error {
		if err := e.row(ctx, count).Scan(&total); err != nil {
			return err
		}
		rows, err := e.query(ctx, ids, limit, offset)
		page, err = collect(rows, err, func(row scanner) (storage.Proposal, error) {
			var p storage.Proposal
			err := row.Scan(&p.ID, &p.Why)
			return p, err
		})
		if err != nil {
			return err
		}
		if err := addGroups(ctx, e, page); err != nil {
			return err
		}
		all := len(page)
		page, err = seenProposals(ctx, e, page)
		total -= all - len(page)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("read proposals: %w", err)
	}
	return page, total, nil
}

// Proposal fulfils storage.Proposals.
func (db *DB) Proposal(ctx context.Context, id int64) (p storage.Proposal, err error) {
	err = db.snapshot(ctx, func(e executor) error {
		p, err = openProposal(ctx, e, id)
		return err
	})
	return p, err
}

// Merged fulfils storage.Proposals.
func (db *DB) Merged(ctx context.Context, proposal int64) ([]analysis.Group, error) {
	const groups = `
		SELECT ` + groupColumns + `
		FROM client_group g
		WHERE g.id IN (
			SELECT kept_id FROM proposal WHERE id = ?1 AND state = 'merged'
			UNION SELECT m.was FROM merge_move m WHERE m.proposal_id = ?1 AND m.entity = 'client'
		)`
	var all []analysis.Group
	err := db.snapshot(ctx, func(e executor) error {
		rows, err := e.query(ctx, groups, proposal)
		all, err = collect(rows, err, func(row scanner) (analysis.Group, error) {
			var g analysis.Group
			err := row.Scan(&g.ID, &g.Number, &g.Name, &g.Manager, &g.Partner)
			return g, err
		})
		if err != nil {
			return err
		}
		all, err = shown(ctx, e, all, func(g analysis.Group) analysis.GroupID { return g.ID })
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("read merged groups: %w", err)
	case len(all) == 0:
		return nil, analysis.Fail(analysis.NotFound, "storage.proposal.not_found", nil)
	}
	analysis.Sort(all, func(a, b analysis.Group) int { return byNumber(a.Number, b.Number) })
	return all, nil
}

// openProposal reads one proposal.
func openProposal(ctx context.Context, e executor, id int64) (storage.Proposal, error) {
	const why = `SELECT why FROM proposal WHERE id = ?1 AND state = 'open'`
	page := []storage.Proposal{{ID: id}}
	if err := e.row(ctx, why, id).Scan(&page[0].Why); err != nil {
		return storage.Proposal{}, absent(err, "read proposal", "storage.proposal.not_found")
	}
	if err := addGroups(ctx, e, page); err != nil {
		return storage.Proposal{}, fmt.Errorf("read groups of proposal: %w", err)
	}
	page, err := seenProposals(ctx, e, page)
	if err != nil {
		return storage.Proposal{}, fmt.Errorf("read groups of proposal: %w", err)
	}
	if len(page) == 0 || len(page[0].Groups) < 2 {
		return storage.Proposal{}, analysis.Fail(analysis.NotFound, "storage.proposal.not_found", nil)
	}
	return page[0], nil
}

// seenProposals leaves out those with a group that ctx does not show.
func seenProposals(ctx context.Context, e executor, page []storage.Proposal) ([]storage.Proposal, error) {
	hidden, err := e.hidden(ctx)
	if err != nil || len(hidden) == 0 {
		return page, err
	}
	return slices.DeleteFunc(page, func(p storage.Proposal) bool {
		return slices.ContainsFunc(p.Groups, func(g analysis.Group) bool { return hidden[g.ID] })
	}), nil
}

// addGroups gives proposals the groups that are still theirs, by number.
func addGroups(ctx context.Context, e executor, proposals []storage.Proposal) error {
	const groups = `
		SELECT DISTINCT pg.proposal_id, ` + groupColumns + `
		FROM proposal_group pg
		JOIN client_group m ON m.id = pg.group_id
		JOIN client_group g ON g.id = COALESCE(m.merged_into, m.id)
		WHERE pg.proposal_id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1))
		AND EXISTS (SELECT 1 FROM client c WHERE c.group_id = g.id)`
	ids := make([]int64, len(proposals))
	at := make(map[int64]int, len(proposals))
	for i, p := range proposals {
		ids[i], at[p.ID] = p.ID, i
	}
	rows, err := e.query(ctx, groups, list(ids))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var g analysis.Group
		if err := rows.Scan(&id, &g.ID, &g.Number, &g.Name, &g.Manager, &g.Partner); err != nil {
			return err
		}
		p := &proposals[at[id]]
		p.Groups = append(p.Groups, g)
	}
	for i := range proposals {
		analysis.Sort(proposals[i].Groups, func(a, b analysis.Group) int { return byNumber(a.Number, b.Number) })
	}
	return rows.Err()
}
