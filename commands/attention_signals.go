package commands

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/value"
	"klantbot/storage"
)

// Signals are what clients said by name and what the office's own figures say
// about groups that may be leaving: a low rating, a service that stopped, revenue
// that fell against the season. They are worked out for the groups that are asked
// about, kept, and made anew when the store says that something changed. A nil
// Signals says nothing. It is safe for concurrent use.
type Signals struct {
	Portfolio storage.Portfolio
	Revenue   storage.Revenue
	Invoiced  storage.Invoiced
	Rated     Rated // nil: nobody was asked yet

	mu    sync.Mutex
	mark  string
	looks []*look // by day, the one that was made last in front
}

// Of returns the signals as of asOf of those of groups that have any. What
// figures say is dated on the first day of asOf's quarter, so that who called
// about it is not asked again before the next; a low rating on the day of the
// answer.
func (s *Signals) Of(ctx context.Context, asOf analysis.Day, groups ...analysis.GroupID) (map[analysis.GroupID][]attention.Signal, error) {
	if s == nil || len(groups) == 0 {
		return nil, nil
	}
	l, err := s.look(ctx, asOf)
	if err != nil {
		return nil, err
	}
	return l.of(ctx, s.Invoiced, groups)
}

// signalsChunk is how many groups are looked at together.
const signalsChunk = 1000

// With adds the signals as of asOf to those of groups of whom plan asks
// somebody's time: to the others they say nothing, and for half of an office they
// need not be worked out.
func (s *Signals) With(ctx context.Context, asOf analysis.Day, plan attention.Plan, groups iter.Seq2[attention.Group, error]) iter.Seq2[attention.Group, error] {
	if s == nil {
		return groups
	}
	return func(yield func(attention.Group, error) bool) {
		l, err := s.look(ctx, asOf)
		if err != nil {
			yield(attention.Group{}, err)
			return
		}
		chunk, ids := make([]attention.Group, 0, signalsChunk), make([]analysis.GroupID, 0, signalsChunk)
		flush := func() bool {
			found, err := l.of(ctx, s.Invoiced, ids)
			for _, g := range chunk {
				if !yield(signalled(g, found[g.ID]), err) || err != nil {
					return false
				}
			}
			chunk, ids = chunk[:0], ids[:0]
			return true
		}
		personal := plan.Personal()
		for g, err := range groups {
			if err != nil {
				yield(g, err)
				return
			}
			chunk = append(chunk, g)
			if personal(&g) {
				ids = append(ids, g.ID)
			}
			if len(chunk) == signalsChunk && !flush() {
				return
			}
		}
		flush()
	}
}

// signalled is g with signals.
func signalled(g attention.Group, signals []attention.Signal) attention.Group {
	if len(signals) == 0 {
		return g
	}
	more := attention.More{}
	if g.More != nil {
		more = *g.More
	}
	more.Signals = append(slices.Clip(more.Signals), signals...)
	g.More = &more
	return g
}

// looksKept is how many days are kept: a digest is drawn as of its Monday, Home
// as of today.
const looksKept = 3

// look returns what is known of the signals as of asOf.
func (s *Signals) look(ctx context.Context, asOf analysis.Day) (*look, error) {
	mark, err := s.Portfolio.PortfolioVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the version of the portfolio: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mark != mark {
		s.mark, s.looks = mark, nil
	}
	if i := slices.IndexFunc(s.looks, func(l *look) bool { return l.asOf == asOf }); i >= 0 {
		return s.looks[i], nil
	}
	services, err := s.Revenue.Services(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the services: %w", err)
	}
	l := &look{asOf: asOf, names: make(map[analysis.ServiceID]string, len(services)), found: map[analysis.GroupID][]attention.Signal{}}
	for _, service := range services {
		l.names[service.ID] = service.Name
	}
	if l.low, err = s.low(ctx, asOf); err != nil {
		return nil, err
	}
	s.looks = append([]*look{l}, s.looks[:min(len(s.looks), looksKept-1)]...)
	return l, nil
}

// low is who rates the office low. Low is what is not high, as on the card, in
// the portfolio and in the matrix: under an 8. Which groups are called about it
// is the plan's: those that get somebody's attention by it, whatever their
// segment. To a C group it brings the call of the year forward.
func (s *Signals) low(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]attention.Signal, error) {
	if s.Rated == nil {
		return nil, nil
	}
	rated, err := s.Rated.Ratings(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("read the ratings: %w", err)
	}
	low := map[analysis.GroupID]attention.Signal{}
	for group, r := range rated {
		if !r.High && r.Day > asOf-attention.SignalDays {
			low[group] = attention.Signal{Kind: attention.LowRating, Day: r.Day, Contact: r.Contact}
		}
	}
	return low, nil
}

// look is what is known of the signals as of one day.
type look struct {
	asOf  analysis.Day
	names map[analysis.ServiceID]string
	low   map[analysis.GroupID]attention.Signal

	mu    sync.Mutex
	seen  []uint64 // a bit for each group that was looked at: ids are close together
	found map[analysis.GroupID][]attention.Signal
}

// of returns the signals of groups; it works out those of whom nobody asked yet.
func (l *look) of(ctx context.Context, lines storage.Invoiced, groups []analysis.GroupID) (map[analysis.GroupID][]attention.Signal, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var fresh []analysis.GroupID
	for _, g := range groups {
		if word := int(g / 64); word >= len(l.seen) || l.seen[word]&(1<<(g%64)) == 0 {
			fresh = append(fresh, g)
		}
	}
	slices.Sort(fresh)
	if fresh = slices.Compact(fresh); len(fresh) > 0 {
		invoiced, err := lines.Invoiced(ctx, fresh, l.asOf)
		if err != nil {
			return nil, err
		}
		for _, g := range invoiced {
			l.add(g)
		}
		for _, g := range fresh {
			if low, ok := l.low[g]; ok {
				l.found[g] = append(l.found[g], low)
			}
			for int(g/64) >= len(l.seen) {
				l.seen = append(l.seen, 0)
			}
			l.seen[g/64] |= 1 << (g % 64)
		}
	}
	found := map[analysis.GroupID][]attention.Signal{}
	for _, g := range groups {
		if signals := l.found[g]; len(signals) > 0 {
			found[g] = signals
		}
	}
	return found, nil
}

// add looks for the signs in what was invoiced to one group. To plan nothing for
// who left is the plan's business.
func (l *look) add(g storage.GroupMonths) {
	d := value.DepartureOf(g.Months, nil, analysis.NoDay, l.asOf)
	on := attention.PeriodOf(4, l.asOf).From
	if len(d.Stopped) > 0 {
		l.found[g.Group] = append(l.found[g.Group], attention.Signal{Kind: attention.ServiceStopped, Day: on,
			Args: analysis.Args{"service": l.names[d.Stopped[0]], "services": len(d.Stopped)}})
	}
	if d.Drop > 0 {
		l.found[g.Group] = append(l.found[g.Group], attention.Signal{Kind: attention.RevenueDrop, Day: on,
			Args: analysis.Args{"percent": int(math.Round(d.Drop))}})
	}
}
