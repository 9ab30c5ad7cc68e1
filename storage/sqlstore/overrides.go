package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
)

// numberedOverride is an override with its place in the order of writing.
type numberedOverride struct {
	analysis.Override
	id int64
}

// Overrides fulfils storage.Segments.
func (db *DB) Overrides(ctx context.Context, id analysis.VersionID) ([]analysis.Override, error) {
	var overrides []analysis.Override
	err := db.snapshot(ctx, func(e executor) error {
		if _, err := e.version(ctx, id); err != nil {
			return err
		}
		var err error
		if overrides, err = e.presentOverrides(ctx, id); err != nil {
			return err
		}
		overrides, err = shown(ctx, e, overrides, func(o analysis.Override) analysis.GroupID { return o.Group })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read overrides: %w", err)
	}
	return overrides, nil
}

// presentOverrides returns, by group, the override of a segmentation that counts
// and the proposal after it. What was written about a group that was merged
// before the items were worked out is about the group it is part of.
func (e executor) presentOverrides(ctx context.Context, id analysis.VersionID) ([]analysis.Override, error) {
	const all = `
		SELECT CASE WHEN i.group_id IS NULL THEN COALESCE(g.merged_into, o.group_id) ELSE o.group_id END,
			o.segment, o.reason, o.strategic, o.by_user, o.at, o.proposed, o.id
		FROM override o
		LEFT JOIN segment_item i ON i.version_id = o.version_id AND i.group_id = o.group_id
		LEFT JOIN client_group g ON g.id = o.group_id
		WHERE o.version_id = ?1`
	rows, err := e.query(ctx, all, id)
	written, err := collect(rows, err, func(row scanner) (numberedOverride, error) {
		var o numberedOverride
		var at, strategic, proposed int64
		err := row.Scan(&o.Group, &o.Segment, &o.Reason, &strategic, &o.By, &at, &proposed, &o.id)
		o.Strategic, o.At, o.Proposed = strategic != 0, instant(at), proposed != 0
		return o, err
	})
	return lastOverrides(written), err
}

// lastOverrides picks what stands of what was written; it sorts written.
func lastOverrides(written []numberedOverride) []analysis.Override {
	analysis.Sort(written, func(a, b numberedOverride) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.id, b.id))
	})
	var present []analysis.Override
	for i, start := 0, 0; i < len(written); i++ {
		if i+1 < len(written) && written[i+1].Group == written[start].Group {
			continue
		}
		var counts, proposed analysis.Override
		for _, o := range written[start : i+1] {
			if o.Proposed {
				proposed = o.Override
			} else {
				counts, proposed = o.Override, analysis.Override{}
			}
		}
		for _, o := range []analysis.Override{counts, proposed} {
			if o.Segment != "" {
				present = append(present, o)
			}
		}
		start = i + 1
	}
	return present
}

// Override fulfils storage.SegmentTx.
func (t tx) Override(ctx context.Context, id analysis.VersionID, o analysis.Override) error {
	if strings.TrimSpace(text(o.Reason)) == "" {
		return analysis.Fail(analysis.Invalid, "storage.override.no_reason", nil)
	}
	if o.Segment != "" && !slices.Contains(analysis.Segments(), o.Segment) {
		return analysis.Fail(analysis.Invalid, "storage.override.segment", nil)
	}
	if err := t.lockDraft(ctx, id); err != nil {
		return err
	}
	var err error
	if o.Group, err = t.wholeGroup(ctx, o.Group); err != nil {
		return err
	}
	return t.insertOverride(ctx, id, o)
}

func (t tx) insertOverride(ctx context.Context, id analysis.VersionID, o analysis.Override) error {
	const insert = `
		INSERT INTO override (version_id, group_id, segment, reason, strategic, by_user, at, proposed)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`
	_, err := t.exec(ctx, insert, id, o.Group, o.Segment, o.Reason, bit(o.Strategic), o.By, milliseconds(o.At), bit(o.Proposed))
	return doing("record override", err)
}

// bit is how a yes or no is kept.
func bit(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
