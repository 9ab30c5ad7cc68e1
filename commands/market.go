package commands

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// mostGroups is the largest office whose Market is held: some 15 MB. In a
// larger one similar clients are not sought, and potential and client type are
// "nog te bepalen" by design: a card must not cost a machine.
const mostGroups = 50_000

// Market is what the whole office says about one group: who is like it, what
// those buy, and how its value is scored. It is worked out from every history,
// kept in memory and made anew when the store says that something changed or
// the day is another; questions meanwhile are answered from the old one. It is
// safe for concurrent use. A nil Market knows nothing.
type Market struct {
	choices  Segmentation // for what it reads
	patience time.Duration
	most     int           // groups
	building chan struct{} // holds a token while somebody builds
	current  atomic.Pointer[surveyed]
}

// surveyed is the office as it was on one day.
type surveyed struct {
	mark      string // storage.Portfolio's version
	asOf      analysis.Day
	settings  value.Settings
	market    *value.Market // nil: the office is too large
	scores    *value.Scores
	groups    []analysis.GroupID // by row, rising
	kinds     []string           // by row
	standings []standing         // by row
	holders   []holders          // by row
	mandates  value.Mandates     // services that come back every year
	records   analysis.Day       // first invoice of the office
}

// standing is what a group is laid beside its peers by.
type standing struct {
	yearly   float64 // cents; NaN: nothing invoiced yet
	growth   float32 // fraction; NaN: says nothing
	fte      float32 // NaN: unknown
	services uint16
}

// holders are who holds the relationship and who answers for it.
type holders struct{ manager, partner analysis.ManagerID }

// NewMarket returns a Market that knows nothing until Refresh, or until the
// first question, which then waits for it, but no longer than patience.
func NewMarket(p storage.Portfolio, j storage.Judgements, s storage.Settings, patience time.Duration) *Market {
	return &Market{choices: Segmentation{Portfolio: p, Judgements: j, Settings: s}, patience: patience, most: mostGroups,
		building: make(chan struct{}, 1)}
}

// Refresh brings the Market up to date with the store as of asOf, and does
// nothing where it is. Callers poll it, for the command line may import beside
// a running server. Of several at once one builds and the others wait for it.
func (m *Market) Refresh(ctx context.Context, asOf analysis.Day) error {
	select {
	case m.building <- struct{}{}:
		defer func() { <-m.building }()
	case <-ctx.Done():
		return ctx.Err()
	}
	// The mark is read first: what changes while we read makes us read again.
	mark, err := m.choices.Portfolio.PortfolioVersion(ctx)
	if err != nil {
		return fmt.Errorf("ask for the version of the portfolio: %w", err)
	}
	if now := m.current.Load(); now != nil && now.mark == mark && now.asOf == asOf {
		return nil
	}
	next, err := m.survey(ctx, mark, asOf)
	if err != nil {
		return err
	}
	m.current.Store(next)
	return nil
}

// now returns the office as it is known, nil where it is not yet. A day that
// differs is the last one's: Refresh follows within a second, and what similar
// clients buy does not change overnight.
func (m *Market) now(ctx context.Context, asOf analysis.Day) (*surveyed, error) {
	if m == nil {
		return nil, nil
	}
	if known := m.current.Load(); known != nil {
		return known, nil
	}
	// What is worked out here is about the whole office, whoever asks first.
	first, cancel := context.WithTimeout(storage.Everything(ctx), m.patience)
	defer cancel()
	err := m.Refresh(first, asOf)
	if err != nil && !(errors.Is(first.Err(), context.DeadlineExceeded) && ctx.Err() == nil) {
		return nil, err
	}
	return m.current.Load(), nil
}

// survey reads the whole office.
func (m *Market) survey(ctx context.Context, mark string, asOf analysis.Day) (*surveyed, error) {
	chosen, err := readChosen(ctx, m.choices.Settings)
	if err != nil {
		return nil, err
	}
	groups, err := m.choices.Portfolio.CountGroups(ctx, m.most+1)
	if err != nil {
		return nil, err
	}
	if groups > m.most {
		return &surveyed{mark: mark, asOf: asOf, settings: chosen.office}, nil
	}
	judged, err := m.choices.judged(ctx)
	if err != nil {
		return nil, err
	}
	forbidden, err := m.choices.Portfolio.ForbiddenServices(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what independence forbids: %w", err)
	}
	s := &surveyed{mark: mark, asOf: asOf, settings: chosen.office}
	t, renewals := newTable(), value.NewRenewals(asOf)
	var profiles []value.Profile
	var purchases []value.Purchase
	for h, err := range m.choices.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		if h.Objects {
			continue
		}
		y := value.YearlyRevenue(h.Months, asOf)
		t.add(h, y, judged[h.ID], asOf)
		renewals.Add(h.Months)
		profile := value.ProfileOf(h)
		profile.Kind = t.Kinds[t.Kind[len(s.groups)]] // one string a kind
		if judgement, ok := judged[h.ID][value.KeyPotential]; ok {
			profile.Judged = value.ChanceOf(judgement)
		}
		s.groups, s.kinds = append(s.groups, h.ID), append(s.kinds, profile.Kind)
		s.standings = append(s.standings, standingOf(h, y, asOf))
		s.holders = append(s.holders, holders{h.Manager, h.Partner})
		profiles = append(profiles, profile)
		purchases = append(purchases, purchasesOf(h, asOf)...)
	}
	if s.scores, err = value.Valuate(t.finish(asOf, s.settings.Loyalty), s.settings.Criteria); err != nil {
		return nil, fmt.Errorf("value the office: %w", err)
	}
	s.market = value.NewMarket(profiles, purchases, forbidden)
	s.mandates, s.records = renewals.Mandates(), t.first
	return s, nil
}

// purchasesOf is what a group buys in a year. A service that began in a service
// year that is not over has no yearly revenue yet; it counts as half of what was
// invoiced in the last 24 months, for a card must not offer what is bought.
func purchasesOf(h analysis.GroupHistory, asOf analysis.Day) []value.Purchase {
	purchases := value.YearlyByService(h.ID, h.Months, asOf)
	begun := len(purchases)
	for _, service := range value.Bought(h.Months, asOf) {
		if slices.ContainsFunc(purchases[:begun], func(p value.Purchase) bool { return p.Service == service }) {
			continue
		}
		var sum analysis.Cents
		for _, m := range h.Months {
			if m.Service == service && m.Month <= asOf && m.Month > asOf.AddMonths(-24) {
				sum += m.Amount
			}
		}
		purchases = append(purchases, value.Purchase{Group: h.ID, Service: service, Yearly: max(1, sum/2)})
	}
	return purchases
}

func standingOf(h analysis.GroupHistory, y value.Yearly, asOf analysis.Day) standing {
	nan := float32(math.NaN())
	s := standing{yearly: math.NaN(), growth: nan, fte: nan, services: uint16(len(value.Bought(h.Months, asOf)))}
	if y.Known {
		s.yearly = float64(y.Amount)
	}
	if growth, ok := value.Growth(h.Months, asOf); ok {
		s.growth = float32(growth)
	}
	if h.FTE >= 0 {
		s.fte = float32(h.FTE)
	}
	return s
}

func (s standing) shown() view.Standing {
	return view.Standing{Yearly: s.yearly, Services: float64(s.services), Growth: float64(s.growth), FTE: float64(s.fte)}
}

// high reports whether the potential of a group is high, by the amount that the
// office chose.
func (s *surveyed) high(group analysis.GroupID) value.Truth {
	return s.market.High(group, s.settings.Potential.High)
}

// kind is the soort klant of a row.
func (s *surveyed) kind(row int) string { return s.kinds[row] }

// row returns the place of a group; false where it was not there.
func (s *surveyed) row(id analysis.GroupID) (int, bool) {
	if s == nil || s.market == nil {
		return 0, false
	}
	return slices.BinarySearch(s.groups, id)
}
