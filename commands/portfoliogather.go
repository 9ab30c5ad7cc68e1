package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// gather reads the portfolio once: it counts what stands above the list, beside
// the same of the office, and returns what is listed, in order.
func (c Portfolio) gather(ctx context.Context, s shelf, version *analysis.SegmentVersion, standing map[analysis.GroupID]analysis.Segment, page *view.PortfolioPage) ([]held, error) {
	office, err := c.Market.now(ctx, page.AsOf)
	if err != nil {
		return nil, fmt.Errorf("ask what similar clients buy: %w", err)
	}
	scores, err := c.scores(ctx, version)
	if err != nil {
		return nil, err
	}
	var all []held
	count := map[analysis.Segment]*view.PortfolioShare{}
	for _, segment := range append(analysis.Segments(), "") {
		count[segment] = &view.PortfolioShare{Segment: segment}
	}
	for h, err := range c.Portfolio.Histories(ctx, page.AsOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		y := value.YearlyRevenue(h.Months, page.AsOf)
		if !y.Known {
			y.Amount = 0
		}
		one := held{group: h.ID, number: h.Number, name: h.Name, yearly: y, segment: standing[h.ID], score: -1}
		if score, ok := scores[h.ID]; ok {
			one.score = score
		}
		share := count[one.segment]
		page.Office, share.OfficeRevenue = page.Office+y.Amount, share.OfficeRevenue+y.Amount
		page.OfficeGroups, share.OfficeGroups = page.OfficeGroups+1, share.OfficeGroups+1
		if s.manager != 0 && h.Manager != s.manager && h.Partner != s.manager {
			continue
		}
		page.Revenue, share.Revenue = page.Revenue+y.Amount, share.Revenue+y.Amount
		page.Groups, share.Groups = page.Groups+1, share.Groups+1
		if s.shows(one, office) {
			all = append(all, one)
		}
	}
	for _, segment := range append(analysis.Segments(), "") {
		page.Shares = append(page.Shares, *count[segment])
	}
	s.sort(all, office)
	return all, nil
}

// scores are those of a segmentation; none where there is none.
func (c Portfolio) scores(ctx context.Context, version *analysis.SegmentVersion) (map[analysis.GroupID]float64, error) {
	if version == nil {
		return nil, nil
	}
	items, err := c.Segments.Items(ctx, version.ID)
	if err != nil {
		return nil, fmt.Errorf("read segmentation %d: %w", version.ID, err)
	}
	scores := make(map[analysis.GroupID]float64, len(items))
	for _, i := range items {
		if i.Segment != "" {
			scores[i.Group] = i.Score
		}
	}
	return scores, nil
}

// shows reports whether one stands on s.
func (s shelf) shows(one held, office *surveyed) bool {
	if s.segment != "" && s.segment != one.segment {
		return false
	}
	if s.kind != "" && s.kind != cmp.Or(string(office.typeOf(one)), kindUnknown) {
		return false
	}
	switch s.potential {
	case potentialHigh:
		return office.highOf(one.group) == value.Yes
	case potentialLow:
		return office.highOf(one.group) == value.No
	case potentialUnknown:
		return office.highOf(one.group) == value.NotKnown
	}
	return true
}

// sort puts all in the order of s: where that is equal, the most attention and
// revenue first.
func (s shelf) sort(all []held, office *surveyed) {
	attention := func(h held) int { return slices.Index(append(analysis.Segments(), ""), h.segment) }
	potential := map[analysis.GroupID]analysis.Cents{}
	if s.order == orderPotential {
		for _, h := range all {
			potential[h.group] = -1
			if p := office.potentialOf(h.group); p.Known() {
				potential[h.group] = p.Amount
			}
		}
	}
	analysis.Sort(all, func(a, b held) int {
		first := 0
		switch s.order {
		case orderRevenue:
			first = cmp.Compare(b.yearly.Amount, a.yearly.Amount)
		case orderValue:
			first = cmp.Compare(b.score, a.score)
		case orderPotential:
			first = cmp.Compare(potential[b.group], potential[a.group])
		case orderName:
			first = cmp.Compare(a.name, b.name)
		}
		return cmp.Or(first, cmp.Compare(attention(a), attention(b)), cmp.Compare(b.yearly.Amount, a.yearly.Amount), cmp.Compare(a.number, b.number))
	})
}

// potentialOf is what a group could still buy; nog te bepalen where the office is
// not worked out.
func (s *surveyed) potentialOf(group analysis.GroupID) value.Potential {
	if _, ok := s.row(group); !ok {
		return value.Potential{}
	}
	return s.market.Potential(group)
}

// highOf reports whether the potential of a group is high, NotKnown where the
// office is not worked out.
func (s *surveyed) highOf(group analysis.GroupID) value.Truth {
	if _, ok := s.row(group); !ok {
		return value.NotKnown
	}
	return s.high(group)
}
