package commands

import (
	"context"
	"fmt"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// groupsAbout returns the relatiegroepen that of is about as far as ctx shows them, the first
// to attend to first, without names, and what the office earns with all it shows. It is
// of the office as the Market holds it, so that a press reads no history; where that
// holds nothing the histories are read.
func (c SessionScreens) groupsAbout(ctx context.Context, of session.Subject, asOf analysis.Day) ([]held, analysis.Cents, error) {
	_, standing, err := standingNow(ctx, c.Shelves.Segments)
	if err != nil {
		return nil, 0, err
	}
	on := shelf{manager: of.Manager, segment: of.Segment, kind: string(of.Type)}
	office, err := c.Shelves.Market.now(ctx, asOf)
	if err != nil {
		return nil, 0, fmt.Errorf("ask what similar clients buy: %w", err)
	}
	if office == nil || office.market == nil {
		page := view.PortfolioPage{AsOf: asOf}
		all, err := c.Shelves.gather(ctx, on, nil, standing, &page)
		return all, page.Office, err
	}
	hidden, err := c.Clients.Directory.Hides(ctx)
	if err != nil {
		return nil, 0, err
	}
	var all []held
	total := analysis.Cents(0)
	for i, id := range office.groups {
		if hidden[id] {
			continue
		}
		one := held{group: id, segment: standing[id], score: -1}
		if yearly := office.standings[i].yearly; !math.IsNaN(yearly) {
			one.yearly = value.Yearly{Amount: analysis.Cents(yearly), Known: true}
		}
		total += one.yearly.Amount
		holders := office.holders[i]
		if (of.Manager == 0 || holders.manager == of.Manager || holders.partner == of.Manager) && on.shows(one, office) {
			all = append(all, one)
		}
	}
	on.sort(all, office)
	return all, total, nil
}

// briefly are the rows of a page with what a list of few clients says of them.
func (c Portfolio) briefly(ctx context.Context, asOf analysis.Day, page []held) ([]view.PortfolioRow, error) {
	ids := make([]analysis.GroupID, len(page))
	by := make(map[analysis.GroupID]held, len(page))
	for i, h := range page {
		ids[i], by[h.group] = h.group, h
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups of a page: %w", err)
	}
	var rows []view.PortfolioRow
	for _, g := range listed {
		h, there := by[g.ID]
		if !there { // merged since the figures were read
			continue
		}
		row := view.PortfolioRow{Client: g.First, Name: g.Name, Number: g.Number, Manager: g.ManagerName, Segment: h.segment, Yearly: h.yearly}
		if c.Ratings != nil {
			rating, rated, err := c.Ratings.Rating(ctx, g.ID, asOf)
			if err != nil {
				return nil, fmt.Errorf("read the rating of group %d: %w", g.ID, err)
			}
			if rated {
				row.Rating = value.No
				if rating.High {
					row.Rating = value.Yes
				}
			}
		}
		rows = append(rows, row)
	}
	return rows, nil
}
