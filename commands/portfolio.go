package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
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
	Market    *Market // says the client types; nil: nobody has one
	Judging   Judging // says whom the asker is asked to judge
	Store     storage.Writer
}

// shelf is which relatiegroepen are listed: those a manager holds or answers
// for, or all; of one segment, or of all.
type shelf struct {
	manager analysis.ManagerID
	segment analysis.Segment
	title   string // as people read it; empty for the office
}

// value names s in a button: ids only.
func (s shelf) value(offset int) string {
	return fmt.Sprintf("%d/%s/%d", s.manager, s.segment, offset)
}

// shelfOf reads a button's value back. What it says is looked up again.
func shelfOf(v string) (s shelf, offset int, err error) {
	gone := analysis.Fail(analysis.NotFound, "portfolio.gone", nil)
	parts := strings.Split(v, "/")
	if len(parts) != 3 {
		return s, 0, gone
	}
	manager, err := strconv.ParseInt(parts[0], 10, 64)
	offset, wrong := strconv.Atoi(parts[2])
	s.manager, s.segment = analysis.ManagerID(manager), analysis.Segment(parts[1])
	if err != nil || wrong != nil || manager < 0 || offset < 0 || s.segment != "" && !slices.Contains(analysis.Segments(), s.segment) {
		return s, 0, gone
	}
	return s, offset, nil
}

// Show answers /portefeuille [mij|kantoor|e-mail of a manager] [A|B|C|D].
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

// Page answers the page and segment buttons.
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

// typed reads what stands after the command, in any order.
func (c Portfolio) typed(ctx context.Context, actor analysis.Actor, words string) (shelf, error) {
	var s shelf
	office := false
	for _, word := range strings.Fields(words) {
		letter := analysis.Segment(strings.ToUpper(word))
		switch lower := strings.ToLower(word); {
		case slices.Contains(analysis.Segments(), letter):
			s.segment = letter
		case lower == "segment":
		case lower == "kantoor" || lower == "office":
			office = true
		case lower == "mij" || lower == "mijn" || lower == "ik" || lower == "me" || lower == "mine":
			if actor.Manager == 0 {
				return s, analysis.Fail(analysis.Invalid, "portfolio.none", nil)
			}
			s.manager = actor.Manager
		case strings.Contains(word, "@"):
			m, err := c.Managers.ManagerByEmail(ctx, strings.TrimPrefix(word, "@"))
			if err != nil && analysis.KindOf(err) == analysis.NotFound {
				return s, analysis.Fail(analysis.Invalid, "portfolio.unknown", analysis.Args{"typed": word})
			}
			if err != nil {
				return s, fmt.Errorf("find the manager: %w", err)
			}
			s.manager = m.ID
		default:
			return s, analysis.Fail(analysis.Invalid, "portfolio.unknown", analysis.Args{"typed": word})
		}
	}
	return c.settled(ctx, actor, s, office)
}

// settled fills in whose portfolio is meant where nobody was named: one's own,
// else the office's for whoever leads it.
func (c Portfolio) settled(ctx context.Context, actor analysis.Actor, s shelf, office bool) (shelf, error) {
	if s.manager == 0 && !office {
		leads := analysis.Allow(actor, analysis.DraftSegments, analysis.Subject{})
		if actor.Manager == 0 && !leads && s.segment == "" {
			return s, analysis.Fail(analysis.Invalid, "portfolio.none", nil)
		}
		s.manager = actor.Manager
	}
	if s.manager == 0 {
		return s, nil
	}
	m, err := c.Managers.Manager(ctx, s.manager)
	if err != nil {
		return s, fmt.Errorf("read manager %d: %w", s.manager, err)
	}
	s.title = nameOf(m)
	return s, nil
}

// held is one relatiegroep of a portfolio.
type held struct {
	group   analysis.GroupID
	number  string
	yearly  value.Yearly
	segment analysis.Segment
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
	page := view.PortfolioPage{Scope: s.title, Segment: s.segment, Version: version, AsOf: req.today(), Size: portfolioShown,
		Value: s.value, Segmentation: maySegment(req.Actor)}
	page.Filter = func(segment analysis.Segment) string { return shelf{manager: s.manager, segment: segment}.value(0) }
	all, err := c.gather(ctx, s, standing, &page)
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
	return Say(view.Portfolio(locale.New(req.Lang, req.Zone), page)), nil
}

// gather reads the portfolio once: it counts what stands above the list and
// returns what is listed, the most attention and revenue first.
func (c Portfolio) gather(ctx context.Context, s shelf, standing map[analysis.GroupID]analysis.Segment, page *view.PortfolioPage) ([]held, error) {
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
		page.Office += y.Amount
		if s.manager != 0 && h.Manager != s.manager && h.Partner != s.manager {
			continue
		}
		segment := standing[h.ID]
		share := count[segment]
		share.Groups++
		share.Revenue += y.Amount
		page.Groups++
		page.Revenue += y.Amount
		if s.segment == "" || s.segment == segment {
			all = append(all, held{h.ID, h.Number, y, segment})
		}
	}
	for _, segment := range append(analysis.Segments(), "") {
		page.Shares = append(page.Shares, *count[segment])
	}
	order := func(h held) int { return slices.Index(append(analysis.Segments(), ""), h.segment) }
	slices.SortFunc(all, func(a, b held) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(b.yearly.Amount, a.yearly.Amount), cmp.Compare(a.number, b.number))
	})
	return all, nil
}

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
	by := make(map[analysis.GroupID]storage.Listed, len(listed))
	for _, g := range listed {
		by[g.ID] = g
	}
	rows := make([]view.PortfolioRow, 0, len(page))
	for _, h := range page {
		if g, ok := by[h.group]; ok { // else merged since the figures were read
			rows = append(rows, view.PortfolioRow{Client: g.First, Name: g.Name, Number: g.Number, Manager: g.ManagerName,
				Segment: h.segment, Type: office.typeOf(h), Yearly: h.yearly})
		}
	}
	return rows, nil
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
