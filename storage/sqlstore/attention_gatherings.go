package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// gatheringColumns are read by scanGathering, in this order.
const gatheringColumns = `
	a.id, a.name, a.activity, a.day, a.by_user, a.at,
	(SELECT COUNT(*) FROM invitation i WHERE i.gathering_id = a.id),
	(SELECT COUNT(*) FROM invitation i WHERE i.gathering_id = a.id AND i.state = 'komt'),
	(SELECT COUNT(*) FROM invitation i WHERE i.gathering_id = a.id AND i.state = 'afgezegd'),
	(SELECT COUNT(*) FROM invitation i WHERE i.gathering_id = a.id AND i.state = 'geweest')`

func scanGathering(row scanner) (storage.Gathering, error) {
	var g storage.Gathering
	var at int64
	err := row.Scan(&g.ID, &g.Name, &g.Activity, &g.Day, &g.By, &at, &g.Invited, &g.Coming, &g.Declined, &g.Came)
	g.At = instant(at)
	return g, err
}

// Gathering fulfils storage.Gatherings.
func (db *DB) Gathering(ctx context.Context, id int64) (storage.Gathering, error) {
	const one = `SELECT ` + gatheringColumns + ` FROM gathering a WHERE a.id = ?1 AND a.removed = 0`
	g, err := scanGathering(db.reader().row(ctx, one, id))
	return g, absent(err, "read event", "storage.gathering.not_found")
}

// Gatherings fulfils storage.Gatherings.
func (db *DB) Gatherings(ctx context.Context, limit int) ([]storage.Gathering, error) {
	const newest = `SELECT ` + gatheringColumns + ` FROM gathering a WHERE a.removed = 0 ORDER BY a.day DESC, a.id DESC LIMIT ?1`
	rows, err := db.reader().query(ctx, newest, limit)
	all, err := collect(rows, err, scanGathering)
	return all, doing("read events", err)
}

// Invitations fulfils storage.Gatherings. A group is on a list once, however
// many groups became part of it since: as the one that got furthest.
func (db *DB) Invitations(ctx context.Context, id int64) ([]storage.Invitation, error) {
	const ofOne = `
		SELECT i.gathering_id, COALESCE(g.merged_into, i.group_id), i.state, i.by_user, i.at
		FROM invitation i
		LEFT JOIN client_group g ON g.id = i.group_id
		WHERE i.gathering_id = ?1
		ORDER BY COALESCE(g.merged_into, i.group_id), i.at DESC`
	rows, err := db.reader().query(ctx, ofOne, id)
	all, err := collect(rows, err, func(row scanner) (storage.Invitation, error) {
		var i storage.Invitation
		var at int64
		err := row.Scan(&i.Gathering, &i.Group, &i.State, &i.By, &at)
		i.At = instant(at)
		return i, err
	})
	analysis.Sort(all, func(a, b storage.Invitation) int {
		if a.Group != b.Group {
			return int(a.Group - b.Group)
		}
		return furthest(b.State) - furthest(a.State)
	})
	all = slices.CompactFunc(all, func(a, b storage.Invitation) bool { return a.Group == b.Group })
	return all, doing("read invitations", err)
}

// furthest orders states by how much they say.
func furthest(s attention.InvitationState) int {
	return slices.Index([]attention.InvitationState{attention.Invited, attention.Declined, attention.Coming, attention.Attended}, s)
}

// AddGathering fulfils storage.GatheringTx.
func (t tx) AddGathering(ctx context.Context, g storage.Gathering) (int64, error) {
	const insert = `INSERT INTO gathering (name, activity, day, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id`
	if strings.TrimSpace(g.Name) == "" || g.Activity == "" || !g.Day.Known() {
		return 0, analysis.Fail(analysis.Invalid, "storage.gathering.name", nil)
	}
	var id int64
	err := t.row(ctx, insert, g.Name, g.Activity, g.Day, g.By, milliseconds(g.At)).Scan(&id)
	return id, doing("add event", err)
}

// RemoveGathering fulfils storage.GatheringTx.
func (t tx) RemoveGathering(ctx context.Context, id int64) error {
	const remove = `UPDATE gathering SET removed = 1 WHERE id = ?1 AND removed = 0`
	n, err := t.exec(ctx, remove, id)
	if err == nil && n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.gathering.not_found", nil)
	}
	return doing("call off event", err)
}

// Invite fulfils storage.GatheringTx.
func (t tx) Invite(ctx context.Context, i storage.Invitation) error {
	const there = `SELECT COUNT(*) FROM gathering WHERE id = ?1 AND removed = 0`
	const set = `
		INSERT INTO invitation (gathering_id, group_id, state, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (gathering_id, group_id) DO UPDATE SET state = excluded.state, by_user = excluded.by_user, at = excluded.at`
	if furthest(i.State) < 0 {
		return analysis.Fail(analysis.Invalid, "storage.invitation.state", nil)
	}
	var n int
	if err := t.row(ctx, there, i.Gathering).Scan(&n); err != nil {
		return fmt.Errorf("look for event: %w", err)
	}
	if n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.gathering.not_found", nil)
	}
	group, err := t.wholeGroup(ctx, i.Group)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, set, i.Gathering, group, i.State, i.By, milliseconds(i.At))
	return doing("invite", err)
}
