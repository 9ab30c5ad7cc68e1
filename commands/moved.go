package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// moversShown is how many groups stand on a page of who moved.
const moversShown = 10

// Moved answers *Wie verschoof*: the groups that changed their layer since the
// last final segmentation, who left first. The value is where the page begins.
// Only groups that the asker may see are named; the others are counted.
func (c Pyramid) Moved(ctx context.Context, req Request) (Reply, error) {
	f, err := c.Office(ctx, req.Actor, req.today())
	if err != nil {
		return Reply{}, err
	}
	if f.Migration == nil {
		return Reply{}, analysis.Fail(analysis.NotFound, "pyramid.unsegmented", nil)
	}
	rows, err := c.moves(ctx, f)
	if err != nil {
		return Reply{}, err
	}
	page := view.MovedPage{Since: f.Since, Size: moversShown}
	rows = slices.DeleteFunc(rows, func(r view.MovedRow) bool {
		hidden := !analysis.Allow(req.Actor, analysis.ViewClient, subject(r.Group))
		if hidden {
			page.Hidden++
		}
		return hidden
	})
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	page.Listed = len(rows)
	page.Offset = min(offset, max(0, len(rows)-1)/moversShown*moversShown)
	page.Rows = rows[page.Offset:min(len(rows), page.Offset+moversShown)]
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "pyramid.moved"}); err != nil {
		return Reply{}, err
	}
	return Say(view.Movers(locale.New(req.Lang, req.Zone), page)), nil
}

// moves are all groups that moved, with their names: lost, down, up and won, in
// each the most revenue first.
func (c Pyramid) moves(ctx context.Context, f view.PyramidFigures) ([]view.MovedRow, error) {
	moved := slices.Clone(f.Migration.Moved)
	order := []value.Movement{value.Lost, value.Down, value.Up, value.Won}
	analysis.Sort(moved, func(a, b value.Moved) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Movement), slices.Index(order, b.Movement)),
			cmp.Compare(f.Amounts[b.Group], f.Amounts[a.Group]))
	})
	ids := make([]analysis.GroupID, len(moved))
	for i, m := range moved {
		ids[i] = m.Group
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups that moved: %w", err)
	}
	by := make(map[analysis.GroupID]storage.Listed, len(listed))
	for _, g := range listed {
		by[g.ID] = g
	}
	rows := make([]view.MovedRow, 0, len(moved))
	for _, m := range moved {
		if g, ok := by[m.Group]; ok { // else merged since that segmentation
			rows = append(rows, view.MovedRow{Client: g.First, Group: g.Group, Manager: g.ManagerName, From: m.From, To: m.To,
				Movement: m.Movement, Amount: f.Amounts[m.Group]})
		}
	}
	return rows, nil
}
