package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// attentionPage is how many groups AttentionGroups reads at a time.
const attentionPage = 2000

// markDays is how long a decision about something asked is looked at: the
// longest period is a year.
const markDays = 400

// AttentionGroups fulfils storage.Attention: one moment of the database, in
// pages of groups by id, with one range of each table a page, read while the page
// before is looked at. What only few groups have is read at once.
func (db *DB) AttentionGroups(ctx context.Context, version analysis.VersionID, asOf analysis.Day) iter.Seq2[attention.Group, error] {
	return ahead(ctx, db, "read groups for attention", func(ctx context.Context, e executor, send func([]attention.Group) error) error {
		r := attentionReader{e: e, version: version, asOf: asOf, place: map[analysis.GroupID]int32{}}
		if err := r.few(ctx); err != nil {
			return err
		}
		for after := analysis.GroupID(0); ; {
			r.groups = make([]attention.Group, 0, attentionPage) // who takes a page keeps it
			if err := r.page(ctx, after, 1<<62, attentionPage); err != nil || len(r.groups) == 0 {
				return err
			}
			after = r.groups[len(r.groups)-1].ID
			seen, err := shown(ctx, e, r.groups, groupOfAttention)
			if err != nil {
				return err
			}
			if err := send(seen); err != nil {
				return err
			}
		}
	})
}

// AttentionGroup fulfils storage.Attention.
func (db *DB) AttentionGroup(ctx context.Context, version analysis.VersionID, asOf analysis.Day, id analysis.GroupID) (attention.Group, error) {
	var group attention.Group
	err := db.snapshot(ctx, func(e executor) error {
		whole, err := tx{e}.wholeGroup(ctx, id)
		if err != nil {
			return err
		}
		r := attentionReader{e: e, version: version, asOf: asOf, place: map[analysis.GroupID]int32{}}
		if err := r.few(ctx); err != nil {
			return err
		}
		if err := r.page(ctx, whole-1, whole, 1); err != nil {
			return err
		}
		unseen, err := e.unseen(ctx, whole)
		if err != nil {
			return err
		}
		if len(r.groups) == 0 || unseen {
			return analysis.Fail(analysis.NotFound, "storage.group.not_found", nil)
		}
		group = r.groups[0]
		return nil
	})
	return group, doing("read group for attention", err)
}

func groupOfAttention(g attention.Group) analysis.GroupID { return g.ID }

// attentionReader reads a page of groups.
type attentionReader struct {
	e       executor
	version analysis.VersionID
	asOf    analysis.Day
	groups  []attention.Group
	place   map[analysis.GroupID]int32 // of a group in groups
	// What few groups have, by the group that counts.
	merged    map[analysis.GroupID]attention.Last // moments of groups that are part of it
	more      map[analysis.GroupID]*attention.More
	overrides map[analysis.GroupID]analysis.Segment
	spared    map[analysis.GroupID]bool // that no segment asks anything of
}

// few reads what only few groups have.
func (r *attentionReader) few(ctx context.Context) error {
	r.merged, r.more = map[analysis.GroupID]attention.Last{}, map[analysis.GroupID]*attention.More{}
	r.overrides = map[analysis.GroupID]analysis.Segment{}
	objecting, err := r.e.objectors(ctx)
	if err != nil {
		return err
	}
	r.spared = objecting.groups
	for _, step := range []func(context.Context) error{r.readMerged, r.readOverrides, r.readMarks, r.readOwn, r.readOccasions} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// of returns what only some groups have of g, to be filled.
func (r *attentionReader) of(g analysis.GroupID) *attention.More {
	if r.more[g] == nil {
		r.more[g] = &attention.More{}
	}
	return r.more[g]
}

func (r *attentionReader) readMerged(ctx context.Context) error {
	// CROSS JOIN: the few groups first, or SQLite goes through all moments.
	const merged = `
		SELECT g.merged_into, t.kind, MAX(t.day)
		FROM client_group g
		CROSS JOIN touch t
		WHERE t.group_id = g.id AND g.merged_into IS NOT NULL AND t.newest = 1 AND t.removed = 0 AND t.day <= ?1
		GROUP BY g.merged_into, t.kind`
	return each(ctx, r.e, merged, func(row scanner) error {
		var g analysis.GroupID
		var kind analysis.TouchKind
		var day analysis.Day
		err := row.Scan(&g, &kind, &day)
		last := r.merged[g]
		last.See(kind, day)
		r.merged[g] = last
		return err
	}, r.asOf)
}

func (r *attentionReader) readOverrides(ctx context.Context) error {
	if r.version == 0 {
		return nil
	}
	all, err := r.e.presentOverrides(ctx, r.version)
	for _, o := range all {
		if !o.Proposed {
			r.overrides[o.Group] = o.Segment
		}
	}
	return err
}

// page reads at most limit groups with after < id <= last.
func (r *attentionReader) page(ctx context.Context, after, last analysis.GroupID, limit int) error {
	const groups = `
		SELECT g.id, g.manager_id, g.partner_id, COALESCE(i.segment, '')
		FROM client_group g
		LEFT JOIN segment_item i ON i.version_id = ?4 AND i.group_id = g.id
		WHERE g.id > ?1 AND g.id <= ?2 AND g.merged_into IS NULL
		ORDER BY g.id
		LIMIT ?3`
	if err := r.list(ctx, groups, after, last, limit, r.version); err != nil || len(r.groups) == 0 {
		return err
	}
	return r.complete(ctx, `group_id BETWEEN ?2 AND ?3`, r.groups[0].ID, r.groups[len(r.groups)-1].ID)
}

// list reads the groups that query names in the place of those that are there.
func (r *attentionReader) list(ctx context.Context, query string, args ...any) error {
	r.groups = r.groups[:0]
	clear(r.place)
	var id, manager, partner int64
	var segment sql.RawBytes
	return each(ctx, r.e, query, func(row scanner) error {
		err := row.Scan(&id, &manager, &partner, &segment)
		g := attention.Group{ID: analysis.GroupID(id), Manager: analysis.ManagerID(manager), Partner: analysis.ManagerID(partner),
			Since: analysis.NoDay}
		g.Segment, g.Last, g.More = segmentOf(segment), r.merged[g.ID], r.more[g.ID]
		if decided, ok := r.overrides[g.ID]; ok {
			g.Segment = decided
		}
		if r.spared[g.ID] {
			g.Segment = ""
		}
		r.place[g.ID] = int32(len(r.groups))
		r.groups = append(r.groups, g)
		return err
	}, args...)
}

// complete adds to the groups what each has; of is which rows those are, with
// what stands in it from ?2 on.
func (r *attentionReader) complete(ctx context.Context, of string, which ...any) error {
	for _, step := range []func(context.Context, string, []any) error{r.addTouches, r.addSince} {
		if err := step(ctx, of, which); err != nil {
			return err
		}
	}
	return nil
}

func (r *attentionReader) addTouches(ctx context.Context, of string, which []any) error {
	newest := `
		SELECT group_id, kind, MAX(day)
		FROM touch
		WHERE newest = 1 AND removed = 0 AND day <= ?1 AND ` + of + `
		GROUP BY group_id, kind`
	var id, day int64
	var kind string
	return each(ctx, r.e, newest, func(row scanner) error {
		err := row.Scan(&id, &kind, &day)
		if at, ok := r.place[analysis.GroupID(id)]; ok {
			r.groups[at].Last.See(analysis.TouchKind(kind), analysis.Day(day))
		}
		return err
	}, append([]any{r.asOf}, which...)...)
}

// addSince adds since when each is a client, and takes its segment from who is
// none on that day: nothing is planned for a group all of whose clients left. When
// they did says more than that they are ex-clients now.
func (r *attentionReader) addSince(ctx context.Context, of string, which []any) error {
	since := fmt.Sprintf(`
		SELECT group_id, COALESCE(MIN(CASE WHEN since > %[1]d THEN since END), %[1]d),
			MAX(CASE WHEN until > %[1]d THEN CASE WHEN until > ?1 THEN 1 ELSE 0 END WHEN status = '%[2]s' THEN 0 ELSE 1 END)
		FROM client
		WHERE `, analysis.NoDay, analysis.Former) + of + `
		GROUP BY group_id`
	var id, day, stays int64
	return each(ctx, r.e, since, func(row scanner) error {
		err := row.Scan(&id, &day, &stays)
		if at, ok := r.place[analysis.GroupID(id)]; ok {
			r.groups[at].Since = analysis.Day(day)
			if stays == 0 {
				r.groups[at].Segment = ""
			}
		}
		return err
	}, append([]any{r.asOf}, which...)...)
}
