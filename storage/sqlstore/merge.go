package sqlstore

import (
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
)

// Merge fulfils storage.GroupTx. The groups that go keep their rows, pointing
// straight at the group they are part of: a card that was posted before still
// finds it, and Unmerge has something to give back. Merges wait for each other,
// since all of them raise the names version first.
func (t tx) Merge(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) (analysis.GroupID, error) {
	if err := raiseNames(ctx, t.executor); err != nil {
		return 0, err
	}
	if _, err := t.undecided(ctx, proposal, "open"); err != nil {
		return 0, err
	}
	p, err := openProposal(ctx, t.executor, proposal)
	if err != nil {
		return 0, err
	}
	kept := p.Groups[0].ID
	var going []analysis.GroupID
	for _, g := range p.Groups[1:] {
		going = append(going, g.ID)
	}
	if err := t.moveInto(ctx, proposal, kept, going); err != nil {
		return 0, fmt.Errorf("merge groups: %w", err)
	}
	return kept, t.decide(ctx, proposal, "merged", kept, by, at)
}

// moveInto makes the clients of going, and what was merged into going before,
// part of kept, and remembers what they were.
func (t tx) moveInto(ctx context.Context, proposal int64, kept analysis.GroupID, going []analysis.GroupID) error {
	const listed = ` IN (SELECT CAST(value AS BIGINT) FROM json_each(?2))`
	const noteClients = `
		INSERT INTO merge_move (proposal_id, entity, row_id, was)
		SELECT CAST(?1 AS BIGINT), 'client', id, group_id FROM client WHERE group_id` + listed
	const noteGroups = `
		INSERT INTO merge_move (proposal_id, entity, row_id, was)
		SELECT CAST(?1 AS BIGINT), 'group', id, COALESCE(merged_into, 0) FROM client_group
		WHERE id` + listed + ` OR merged_into` + listed
	const moveClients = `UPDATE client SET group_id = ?1 WHERE group_id` + listed
	const moveGroups = `UPDATE client_group SET merged_into = ?1 WHERE id` + listed + ` OR merged_into` + listed
	ids := list(going)
	for _, step := range []struct {
		statement string
		first     int64
	}{
		{noteClients, proposal}, {noteGroups, proposal}, {moveClients, int64(kept)}, {moveGroups, int64(kept)},
	} {
		if _, err := t.exec(ctx, step.statement, step.first, ids); err != nil {
			return err
		}
	}
	return nil
}

// Unmerge fulfils storage.GroupTx. Clients that left the merged group since
// stay where they are.
func (t tx) Unmerge(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) error {
	const later = `SELECT COUNT(*) FROM client_group WHERE id = ?1 AND merged_into IS NOT NULL`
	if err := raiseNames(ctx, t.executor); err != nil {
		return err
	}
	kept, err := t.undecided(ctx, proposal, "merged")
	if err != nil {
		return err
	}
	var gone int
	if err := t.row(ctx, later, kept).Scan(&gone); err != nil {
		return fmt.Errorf("read merged group: %w", err)
	}
	if gone > 0 {
		return analysis.Fail(analysis.Invalid, "storage.merge.later", nil)
	}
	if err := t.moveBack(ctx, proposal, kept); err != nil {
		return fmt.Errorf("unmerge groups: %w", err)
	}
	return t.decide(ctx, proposal, "open", 0, by, at)
}

func (t tx) moveBack(ctx context.Context, proposal int64, kept analysis.GroupID) error {
	const clients = `
		UPDATE client SET group_id = (
			SELECT m.was FROM merge_move m
			WHERE m.proposal_id = ?1 AND m.entity = 'client' AND m.row_id = client.id
		)
		WHERE group_id = ?2
		AND id IN (SELECT row_id FROM merge_move WHERE proposal_id = ?1 AND entity = 'client')`
	const groups = `
		UPDATE client_group SET merged_into = (
			SELECT NULLIF(m.was, 0) FROM merge_move m
			WHERE m.proposal_id = ?1 AND m.entity = 'group' AND m.row_id = client_group.id
		)
		WHERE merged_into = ?2
		AND id IN (SELECT row_id FROM merge_move WHERE proposal_id = ?1 AND entity = 'group')`
	const forget = `DELETE FROM merge_move WHERE proposal_id = ?1`
	if _, err := t.exec(ctx, groups, proposal, kept); err != nil {
		return err
	}
	if _, err := t.exec(ctx, clients, proposal, kept); err != nil {
		return err
	}
	_, err := t.exec(ctx, forget, proposal)
	return err
}

// Dismiss fulfils storage.GroupTx.
func (t tx) Dismiss(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) error {
	if _, err := t.undecided(ctx, proposal, "open"); err != nil {
		return err
	}
	return t.decide(ctx, proposal, "dismissed", 0, by, at)
}

// undecided refuses a proposal that is not in state, returns the group it kept,
// and makes others that decide about it wait.
func (t tx) undecided(ctx context.Context, proposal int64, state string) (kept analysis.GroupID, err error) {
	const lock = `SELECT kept_id FROM proposal WHERE id = ?1 AND state = ?2 FOR UPDATE`
	err = t.row(ctx, lock, proposal, state).Scan(&kept)
	return kept, absent(err, "read proposal", "storage.proposal.not_found")
}

// decide records what became of a proposal.
func (t tx) decide(ctx context.Context, proposal int64, state string, kept analysis.GroupID, by analysis.UserID, at time.Time) error {
	const decide = `UPDATE proposal SET state = ?2, kept_id = ?3, decided_by = ?4, decided_at = ?5 WHERE id = ?1`
	_, err := t.exec(ctx, decide, proposal, state, kept, by, milliseconds(at))
	return doing("decide proposal", err)
}
