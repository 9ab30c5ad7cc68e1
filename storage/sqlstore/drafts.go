package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"klantbot/analysis"
)

// SaveDraft fulfils storage.SegmentTx.
func (t tx) SaveDraft(ctx context.Context, v analysis.SegmentVersion, items []analysis.SegmentItem) (analysis.VersionID, error) {
	const remove = `DELETE FROM segment_item WHERE version_id = ?1`
	const made = `UPDATE segment_version SET as_of = ?2, by_user = ?3, made = ?4 WHERE id = ?1`
	id, begun, err := t.draft(ctx, v)
	if err != nil {
		return 0, fmt.Errorf("begin draft: %w", err)
	}
	if !begun {
		if _, err := t.exec(ctx, made, id, int64(v.AsOf), v.By, milliseconds(v.Made)); err != nil {
			return 0, fmt.Errorf("change draft: %w", err)
		}
		if _, err := t.exec(ctx, remove, id); err != nil {
			return 0, fmt.Errorf("delete items: %w", err)
		}
	}
	if err := t.insertItems(ctx, id, items); err != nil {
		return 0, fmt.Errorf("insert items: %w", err)
	}
	if begun {
		return id, doing("carry over overrides", t.carryOver(ctx, id))
	}
	return id, nil
}

// draft returns the draft, locked on PostgreSQL until the transaction ends, or
// a new one and true. Another program that begins one at the same moment is
// waited for, and its draft is taken.
func (t tx) draft(ctx context.Context, v analysis.SegmentVersion) (id analysis.VersionID, begun bool, err error) {
	const find = `SELECT id FROM segment_version WHERE state = 'concept' FOR UPDATE`
	const begin = `
		INSERT INTO segment_version (id, as_of, by_user, made) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT DO NOTHING`
	const newest = `SELECT COALESCE(MAX(id), 0) FROM segment_version`
	for {
		err = t.row(ctx, find).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, false, err
		}
		if err = t.row(ctx, newest).Scan(&id); err != nil {
			return 0, false, err
		}
		id++
		n, err := t.exec(ctx, begin, id, int64(v.AsOf), v.By, milliseconds(v.Made))
		if err != nil || n == 1 {
			return id, true, err
		}
	}
}

// insertItems inserts items in the order of their groups, which is how they are
// kept: then SQLite only appends.
func (t tx) insertItems(ctx context.Context, id analysis.VersionID, items []analysis.SegmentItem) error {
	byGroup := func(a, b analysis.SegmentItem) int { return cmp.Compare(a.Group, b.Group) }
	if !slices.IsSortedFunc(items, byGroup) {
		items = slices.SortedFunc(slices.Values(items), byGroup)
	}
	rows := newBulk(t.executor, "segment_item", "version_id, group_id, score, coverage, segment, yearly", "")
	for i := range items {
		item := &items[i]
		var yearly any
		if item.Known {
			yearly = int64(item.Yearly)
		}
		if err := rows.add(ctx, int64(id), int64(item.Group), item.Score, item.Coverage, string(item.Segment), yearly); err != nil {
			return err
		}
	}
	return rows.flush(ctx)
}

// carryOver gives a new draft the overrides and proposals of the final
// segmentation before it, as they were written then: first what was decided,
// since that would answer a proposal. Of groups that were merged since the newest
// counts.
func (t tx) carryOver(ctx context.Context, id analysis.VersionID) error {
	overrides, err := t.presentOverrides(ctx, id-1)
	if err != nil {
		return err
	}
	analysis.Sort(overrides, func(a, b analysis.Override) int {
		return cmp.Or(cmp.Compare(bit(a.Proposed), bit(b.Proposed)), a.At.Compare(b.At))
	})
	for _, o := range overrides {
		if err := t.insertOverride(ctx, id, o); err != nil {
			return err
		}
	}
	return nil
}

// lockDraft refuses what is no draft any more, and makes others that change it
// wait until the transaction ends.
func (t tx) lockDraft(ctx context.Context, id analysis.VersionID) error {
	const lock = `SELECT id FROM segment_version WHERE id = ?1 AND state = 'concept' FOR UPDATE`
	err := t.row(ctx, lock, id).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return t.noDraft(ctx, id)
	}
	return doing("lock draft", err)
}

// noDraft says why id is no draft: it is final, or was never there.
func (t tx) noDraft(ctx context.Context, id analysis.VersionID) error {
	v, err := t.version(ctx, id)
	if err != nil {
		return err
	}
	args := analysis.Args{"version": int64(v.ID), "date": analysis.DayOf(v.FinalAt)}
	if v.FinalBy == "" {
		return analysis.Fail(analysis.Invalid, "storage.segment.final_by_operator", args)
	}
	args["by"] = v.FinalBy
	return analysis.Fail(analysis.Invalid, "storage.segment.final", args)
}

// Finalize fulfils storage.SegmentTx.
func (t tx) Finalize(ctx context.Context, id analysis.VersionID, v analysis.SegmentVersion) error {
	const finalize = `
		UPDATE segment_version SET state = 'definitief', final_by = ?2, final_at = ?3
		WHERE id = ?1 AND state = 'concept'`
	if err := t.lockDraft(ctx, id); err != nil {
		return err
	}
	draft, err := t.version(ctx, id)
	if err != nil {
		return err
	}
	if !v.Made.IsZero() && milliseconds(v.Made) != milliseconds(draft.Made) {
		return analysis.Fail(analysis.Invalid, "storage.segment.changed", nil)
	}
	_, err = t.exec(ctx, finalize, id, v.FinalBy, milliseconds(v.FinalAt))
	return doing("finalize segmentation", err)
}
