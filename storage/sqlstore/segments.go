package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"klantbot/analysis"
)

// versionColumns are read by scanVersion, in this order.
const versionColumns = `id, state, as_of, by_user, made, final_by, final_at`

func scanVersion(row scanner) (analysis.SegmentVersion, error) {
	var v analysis.SegmentVersion
	var made, final int64
	err := row.Scan(&v.ID, &v.State, &v.AsOf, &v.By, &made, &v.FinalBy, &final)
	v.Made, v.FinalAt = instant(made), instant(final)
	return v, err
}

// Versions fulfils storage.Segments.
func (db *DB) Versions(ctx context.Context) ([]analysis.SegmentVersion, error) {
	const all = `SELECT ` + versionColumns + ` FROM segment_version ORDER BY id DESC`
	rows, err := db.reader().query(ctx, all)
	versions, err := collect(rows, err, scanVersion)
	return versions, doing("read segmentations", err)
}

// version returns one segmentation, or an analysis.NotFound error.
func (e executor) version(ctx context.Context, id analysis.VersionID) (analysis.SegmentVersion, error) {
	const one = `SELECT ` + versionColumns + ` FROM segment_version WHERE id = ?1`
	v, err := scanVersion(e.row(ctx, one, id))
	return v, absent(err, "read segmentation", "storage.segment.not_found")
}

// itemColumns are read by scanItem, in this order.
const itemColumns = `i.group_id, i.score, i.coverage, i.segment, i.yearly`

// itemScan reads items without an allocation for each that database/sql would
// make for our own types.
type itemScan struct {
	group   int64
	segment sql.RawBytes
	yearly  sql.NullInt64
}

func (s *itemScan) read(row scanner, i *analysis.SegmentItem) error {
	if err := row.Scan(&s.group, &i.Score, &i.Coverage, &s.segment, &s.yearly); err != nil {
		return err
	}
	i.Group, i.Segment = analysis.GroupID(s.group), segmentOf(s.segment)
	i.Yearly, i.Known = analysis.Cents(s.yearly.Int64), s.yearly.Valid
	return nil
}

// segmentOf is the segment written as b.
func segmentOf(b []byte) analysis.Segment {
	switch s := analysis.Segment(b); s { // a constant, which keeps no row alive
	case analysis.SegmentA:
		return analysis.SegmentA
	case analysis.SegmentB:
		return analysis.SegmentB
	case analysis.SegmentC:
		return analysis.SegmentC
	case analysis.SegmentD:
		return analysis.SegmentD
	default:
		return s
	}
}

func groupOfItem(i analysis.SegmentItem) analysis.GroupID { return i.Group }

// Items fulfils storage.Segments.
func (db *DB) Items(ctx context.Context, id analysis.VersionID) ([]analysis.SegmentItem, error) {
	const count = `SELECT COUNT(*) FROM segment_item WHERE version_id = ?1`
	const all = `SELECT ` + itemColumns + ` FROM segment_item i WHERE i.version_id = ?1 ORDER BY i.group_id`
	var items []analysis.SegmentItem
	err := db.snapshot(ctx, func(e executor) error {
		if _, err := e.version(ctx, id); err != nil {
			return err
		}
		var n int
		if err := e.row(ctx, count, id).Scan(&n); err != nil {
			return err
		}
		items = make([]analysis.SegmentItem, 0, n)
		rows, err := e.query(ctx, all, id)
		if err != nil {
			return err
		}
		defer rows.Close()
		for s := (itemScan{}); rows.Next(); {
			var i analysis.SegmentItem
			if err := s.read(rows, &i); err != nil {
				return err
			}
			items = append(items, i)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		if items, err = shown(ctx, e, items, groupOfItem); err == nil {
			items, err = scored(ctx, e, items, groupOfItem)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	return items, nil
}

// Item fulfils storage.Segments.
func (db *DB) Item(ctx context.Context, id analysis.VersionID, group analysis.GroupID) (analysis.SegmentItem, error) {
	const one = `
		SELECT ` + itemColumns + `
		FROM segment_item i
		WHERE i.version_id = ?2 AND i.group_id IN (?1, ` + wholeGroup + `)
		ORDER BY CASE i.group_id WHEN ?1 THEN 0 ELSE 1 END
		LIMIT 1`
	rows, err := db.reader().query(ctx, one, group, id)
	items, err := collect(rows, err, func(row scanner) (i analysis.SegmentItem, err error) {
		return i, new(itemScan).read(row, &i)
	})
	if err == nil {
		items, err = shown(ctx, db.reader(), items, groupOfItem)
	}
	if err == nil {
		items, err = scored(ctx, db.reader(), items, groupOfItem)
	}
	if err == nil && len(items) == 0 {
		return analysis.SegmentItem{}, analysis.Fail(analysis.NotFound, "storage.segment.no_item", nil)
	}
	if err != nil {
		return analysis.SegmentItem{}, fmt.Errorf("read item: %w", err)
	}
	return items[0], nil
}
