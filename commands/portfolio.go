package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// portfolioShown is how many relatiegroepen stand on a page.
const portfolioShown = 10

// Portfolio answers /portefeuille: the relatiegroepen of one manager or of the
// office, by segment and revenue.
type Portfolio struct {
	Portfolio storage.Portfolio
	Segments  storage.Segments
	Managers  storage.Managers
	Roster    storage.Roster
	Market    *Market         // says the client types; nil: nobody has one
	Ratings   Ratings         // nil: nobody was asked yet
	Touches   storage.Touches // nil: no contact is recorded
	Judging   Judging         // says whom the asker is asked to judge
	Store     storage.Writer
}

// Show answers /portefeuille [mij|kantoor|e-mail of a manager] [A|B|C|D]
// [klanttype].
func (c Portfolio) Show(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	typed := clean(req.Text)
	if strings.EqualFold(typed, "help") {
		return Say(view.Say(p.T("portfolio.help", nil))), nil
	}
	s, err := c.typed(ctx, req.Actor, typed)
	if err != nil {
		return Reply{}, err
	}
	return c.page(ctx, req, s, 0)
}

// Page answers the buttons and lists under the portfolio: another page, filter
// or order.
func (c Portfolio) Page(ctx context.Context, req Request) (Reply, error) {
	s, offset, err := shelfOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	if s.manager != 0 {
		m, err := c.Managers.Manager(ctx, s.manager)
		if err != nil {
			return Reply{}, err
		}
		s.title = nameOf(m)
	}
	return c.page(ctx, req, s, offset)
}

// held is one relatiegroep of a portfolio.
type held struct {
	group   analysis.GroupID
	number  string
	name    string
	yearly  value.Yearly
	segment analysis.Segment
	score   float64 // of the segmentation; negative: none
}

// page shows the relatiegroepen of s from offset on.
func (c Portfolio) page(ctx context.Context, req Request, s shelf, offset int) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{Manager: s.manager}) {
		return Reply{}, refuse()
	}
	version, standing, err := standingNow(ctx, c.Segments)
	if err != nil {
		return Reply{}, err
	}
	page := view.PortfolioPage{Scope: s.title, Segment: s.segment, Type: s.kind, Potential: s.potential, Order: s.order,
		Version: version, AsOf: req.today(), Size: portfolioShown, Value: s.value, Segmentation: maySegment(req.Actor)}
	page.Filter = func(segment analysis.Segment) string { s := s; s.segment = segment; return s.value(0) }
	page.OfType = func(kind string) string { s := s; s.kind = kind; return s.value(0) }
	page.OfPotential = func(potential string) string { s := s; s.potential = potential; return s.value(0) }
	page.InOrder = func(order string) string { s := s; s.order = order; return s.value(0) }
	all, err := c.gather(ctx, s, version, standing, &page)
	if err != nil {
		return Reply{}, err
	}
	waiting, err := c.Judging.queue(ctx, req, s.manager)
	if err != nil {
		return Reply{}, err
	}
	page.Judge, page.JudgeValue = len(waiting.asked)-waiting.done(), turn{manager: s.manager}.String()
	page.Listed = len(all)
	page.Offset = min(offset, max(0, len(all)-1)/portfolioShown*portfolioShown)
	if page.Rows, err = c.rows(ctx, page.AsOf, all[page.Offset:min(len(all), page.Offset+portfolioShown)]); err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "portfolio.show"}); err != nil {
		return Reply{}, err
	}
	if s.manager != 0 {
		req = req.asMay(analysis.Subject{Manager: s.manager})
	}
	return Say(view.Portfolio(locale.New(req.Lang, req.Zone), page)), nil
}

// rows are the lines of a page.
func (c Portfolio) rows(ctx context.Context, asOf analysis.Day, page []held) ([]view.PortfolioRow, error) {
	ids := make([]analysis.GroupID, len(page))
	for i, h := range page {
		ids[i] = h.group
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups of a page: %w", err)
	}
	office, err := c.Market.now(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("ask what similar clients buy: %w", err)
	}
	rated, err := ratingsHigh(ctx, c.Ratings, asOf)
	if err != nil {
		return nil, fmt.Errorf("read the ratings of a page: %w", err)
	}
	by := make(map[analysis.GroupID]storage.Listed, len(listed))
	for _, g := range listed {
		by[g.ID] = g
	}
	rows := make([]view.PortfolioRow, 0, len(page))
	for _, h := range page {
		if g, ok := by[h.group]; ok { // else merged since the figures were read
			last, err := lastDay(ctx, c.Touches, h.group)
			if err != nil {
				return nil, err
			}
			rows = append(rows, view.PortfolioRow{Client: g.First, Name: g.Name, Number: g.Number, Manager: g.ManagerName,
				Segment: h.segment, Score: h.score, Type: office.typeOf(h), Potential: office.potentialOf(h.group), Rating: rated[h.group], Yearly: h.yearly, Last: last})
		}
	}
	return rows, nil
}

// lastDay is the day of the last contact with a group, NoDay where none was
// recorded: a page has few groups, and each is one look in an index.
func lastDay(ctx context.Context, t storage.Touches, group analysis.GroupID) (analysis.Day, error) {
	if t == nil {
		return analysis.NoDay, nil
	}
	last, _, err := t.Touches(ctx, group, 0, 1)
	if err != nil {
		return analysis.NoDay, fmt.Errorf("read the last contact with group %d: %w", group, err)
	}
	if len(last) == 0 {
		return analysis.NoDay, nil
	}
	return last[0].Day, nil
}

// typeOf is the client type of a group, empty where segment or potential is not
// known yet.
func (s *surveyed) typeOf(h held) analysis.ClientType {
	if _, ok := s.row(h.group); !ok || h.segment == "" {
		return ""
	}
	return value.TypeOf(h.segment, s.high(h.group))
}

// standingNow returns the segments that count today: of the newest final
// segmentation, else of the draft; nil where there is neither.
func standingNow(ctx context.Context, segments storage.Segments) (*analysis.SegmentVersion, map[analysis.GroupID]analysis.Segment, error) {
	versions, err := segments.Versions(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the segmentations: %w", err)
	}
	if len(versions) == 0 {
		return nil, nil, nil
	}
	v := versions[0]
	if i := slices.IndexFunc(versions, func(v analysis.SegmentVersion) bool { return v.State == analysis.Final }); i >= 0 {
		v = versions[i]
	}
	whole, err := Segmentation{Segments: segments}.whole(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	return &v, whole.Standing, nil
}
