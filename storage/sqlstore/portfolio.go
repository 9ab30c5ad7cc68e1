package sqlstore

import (
	"context"
	"fmt"
	"iter"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Portfolio = (*DB)(nil)

// historiesPage is how many groups a page of Histories has. Three pages are in
// memory at a time: one that is read, one that waits and one that is looked at.
const historiesPage = 250

// unhurriedPage is that where nobody waits: half a millisecond's work.
const unhurriedPage = 50

// Histories fulfils storage.Portfolio: one moment of the database, read in
// pages of groups by id while the page before is looked at: both take about as
// long. Within a page the lines come in the order of groups, so that Go adds
// them up as they come. Grouping them in SQL by a month that is worked out there
// takes SQLite three times as long.
func (db *DB) Histories(ctx context.Context, asOf analysis.Day) iter.Seq2[analysis.GroupHistory, error] {
	return ahead(ctx, db, "read histories", func(ctx context.Context, e executor, send func([]analysis.GroupHistory) error) error {
		r := historyReader{asOf: asOf, page: historiesPage}
		if !storage.Hurries(ctx) {
			r.page = unhurriedPage
		}
		return r.read(ctx, e, send)
	})
}

// historyReader reads the histories of all groups, a page at a time. It joins by
// going along: page and rows are both in the order of groups.
type historyReader struct {
	e         executor
	asOf      analysis.Day
	page      int // groups
	referrals *referrals
	spared    map[analysis.GroupID]bool
	months    []analysis.MonthRevenue // of one group, not yet added up
}

// read sends page after page until there are no more groups; who takes a page
// keeps it.
func (r *historyReader) read(ctx context.Context, e executor, send func([]analysis.GroupHistory) error) (err error) {
	r.e = e
	if r.referrals, err = readReferrals(ctx, e); err != nil {
		return err
	}
	objecting, err := e.objectors(ctx)
	if err != nil {
		return err
	}
	r.spared = objecting.groups
	for after := analysis.GroupID(0); ; {
		page, err := r.groupsAfter(ctx, after)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].ID
		if page, err = shown(ctx, r.e, page, func(h analysis.GroupHistory) analysis.GroupID { return h.ID }); err != nil {
			return err
		}
		if len(page) == 0 {
			continue
		}
		if err := r.fill(ctx, page); err != nil {
			return err
		}
		if err := send(page); err != nil {
			return err
		}
	}
}

// groupsAfter returns the page of groups whose ids come after after, with
// everything unknown.
func (r *historyReader) groupsAfter(ctx context.Context, after analysis.GroupID) ([]analysis.GroupHistory, error) {
	const groups = `
		SELECT ` + groupColumns + `
		FROM client_group g
		WHERE g.id > ?1 AND g.merged_into IS NULL
		ORDER BY g.id
		LIMIT ?2`
	page := make([]analysis.GroupHistory, 0, r.page)
	var id, manager, partner int64 // database/sql makes an allocation for each of our own types
	err := each(ctx, r.e, groups, func(row scanner) error {
		h := analysis.GroupHistory{FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay}
		err := row.Scan(&id, &h.Number, &h.Name, &manager, &partner)
		h.ID, h.Manager, h.Partner = analysis.GroupID(id), analysis.ManagerID(manager), analysis.ManagerID(partner)
		h.Objects = r.spared[h.ID]
		page = append(page, h)
		return err
	}, after, r.page)
	return page, err
}

// fill adds everything else.
func (r *historyReader) fill(ctx context.Context, page []analysis.GroupHistory) error {
	for _, step := range []func(context.Context, []analysis.GroupHistory) error{r.addMembers, r.addContacts, r.addCost, r.addRevenue} {
		if err := step(ctx, page); err != nil {
			return err
		}
	}
	return nil
}

// along returns the place of group in page from at on; the rows of page come in
// the order of groups, and all of them are in it unless they have no group.
func along(page []analysis.GroupHistory, at int, group analysis.GroupID) int {
	for at < len(page) && page[at].ID < group {
		at++
	}
	return at
}

// CountGroups fulfils storage.Portfolio.
func (db *DB) CountGroups(ctx context.Context, most int) (n int, err error) {
	const count = `SELECT COUNT(*) FROM (SELECT 1 AS one FROM client_group WHERE merged_into IS NULL LIMIT ?1) AS counted`
	err = db.reader().row(ctx, count, most).Scan(&n)
	return n, doing("count groups", err)
}

// PortfolioVersion fulfils storage.Portfolio. The version of the names covers
// merges and undone imports; the ids of imports and judgements only rise, and a
// changed setting is one more row. Services that independence rules forbid are
// few, so their ids stand in the mark as they are.
func (db *DB) PortfolioVersion(ctx context.Context) (string, error) {
	const version = `
		SELECT names_version,
			(SELECT COALESCE(MAX(id), 0) FROM import),
			(SELECT COALESCE(MAX(id), 0) FROM judgement),
			(SELECT COUNT(*) FROM setting),
			(SELECT COUNT(*) FROM objection)
		FROM office`
	var names, imports, judgements, settings, objections int64
	err := db.reader().row(ctx, version).Scan(&names, &imports, &judgements, &settings, &objections)
	if err != nil {
		return "", fmt.Errorf("read portfolio version: %w", err)
	}
	services, err := db.forbidden(ctx)
	return fmt.Sprint(names, imports, judgements, settings, objections, services), err
}

// AnswersVersion fulfils storage.Portfolio. Contacts and overrides are only ever added
// to; what is taken away with a client changes the names too.
func (db *DB) AnswersVersion(ctx context.Context) (string, error) {
	portfolio, err := db.PortfolioVersion(ctx)
	if err != nil {
		return "", err
	}
	const version = `
		SELECT (SELECT COALESCE(MAX(id), 0) FROM touch),
			(SELECT COALESCE(MAX(id), 0) FROM segment_version),
			(SELECT COALESCE(MAX(made), 0) FROM segment_version),
			(SELECT COUNT(*) FROM segment_version WHERE state = 'definitief'),
			(SELECT COUNT(*) FROM override),
			(SELECT COUNT(*) FROM attention_mark),
			(SELECT COUNT(*) FROM attention_own),
			(SELECT COUNT(*) + COALESCE(SUM(removed), 0) FROM absence),
			(SELECT COUNT(*) FROM survey_wave),
			(SELECT COALESCE(MAX(id), 0) FROM survey_response),
			(SELECT COUNT(*) FROM survey_response)`
	var marks [11]int64
	into := make([]any, len(marks))
	for i := range marks {
		into[i] = &marks[i]
	}
	err = db.reader().row(ctx, version).Scan(into...)
	return fmt.Sprint(portfolio, marks), doing("read answers version", err)
}

// ForbiddenServices fulfils storage.Portfolio.
func (db *DB) ForbiddenServices(ctx context.Context) (map[analysis.ServiceID]bool, error) {
	services, err := db.forbidden(ctx)
	forbidden := make(map[analysis.ServiceID]bool, len(services))
	for _, id := range services {
		forbidden[id] = true
	}
	return forbidden, err
}

func (db *DB) forbidden(ctx context.Context) ([]analysis.ServiceID, error) {
	const services = `SELECT id FROM service WHERE forbidden = 1 ORDER BY id`
	rows, err := db.reader().query(ctx, services)
	ids, err := collect(rows, err, func(row scanner) (id analysis.ServiceID, err error) { return id, row.Scan(&id) })
	return ids, doing("read forbidden services", err)
}
