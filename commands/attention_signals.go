package commands

import (
	"context"
	"fmt"
	"math"
	"sync"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/storage"
)

// Signals are what clients said by name and what the office's own figures say
// about groups that may be leaving: a low rating, a service that stopped, revenue
// that fell against the season. They are worked out from every history, kept, and
// made anew when the store says that something changed or the day is another. A
// nil Signals says nothing. It is safe for concurrent use.
type Signals struct {
	Portfolio storage.Portfolio
	Revenue   storage.Revenue
	Rated     Rated // nil: nobody was asked yet

	mu    sync.Mutex
	mark  string
	asOf  analysis.Day
	known map[analysis.GroupID][]attention.Signal
}

// Rated is klantwaardering by group: what its people answered by name, never
// what was promised to stay anonymous.
type Rated interface {
	Ratings(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]survey.Rating, error)
}

// Of returns the signals as of asOf by group; it is not to be changed. What
// figures say is dated on the first day of asOf's quarter, so that who called
// about it is not asked again before the next; a low rating on the day of the
// answer.
func (s *Signals) Of(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID][]attention.Signal, error) {
	if s == nil {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	mark, err := s.Portfolio.PortfolioVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the version of the portfolio: %w", err)
	}
	if s.known != nil && s.mark == mark && s.asOf == asOf {
		return s.known, nil
	}
	services, err := s.Revenue.Services(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the services: %w", err)
	}
	names := make(map[analysis.ServiceID]string, len(services))
	for _, service := range services {
		names[service.ID] = service.Name
	}
	known := map[analysis.GroupID][]attention.Signal{}
	for h, err := range s.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the histories: %w", err)
		}
		if found := signalsOf(h, names, asOf); len(found) > 0 {
			known[h.ID] = found
		}
	}
	if err := s.addRatings(ctx, known, asOf); err != nil {
		return nil, err
	}
	s.mark, s.asOf, s.known = mark, asOf, known
	return known, nil
}

// addRatings adds who rates the office low. Low is what is not high, as on the
// card, in the portfolio and in the matrix: under an 8. Which groups are called
// about it is the plan's: those that get somebody's attention by it, whatever
// their segment. To a C group it brings the call of the year forward.
func (s *Signals) addRatings(ctx context.Context, known map[analysis.GroupID][]attention.Signal, asOf analysis.Day) error {
	if s.Rated == nil {
		return nil
	}
	rated, err := s.Rated.Ratings(ctx, asOf)
	if err != nil {
		return fmt.Errorf("read the ratings: %w", err)
	}
	for group, r := range rated {
		if !r.High && r.Day > asOf-attention.SignalDays {
			known[group] = append(known[group], attention.Signal{Kind: attention.LowRating, Day: r.Day, Contact: r.Contact})
		}
	}
	return nil
}

// signalsOf looks for the signs in one history. Who left gives none: that is
// known.
func signalsOf(h analysis.GroupHistory, names map[analysis.ServiceID]string, asOf analysis.Day) []attention.Signal {
	if h.Status != analysis.Current || h.Until.Known() && h.Until <= asOf {
		return nil
	}
	d := value.DepartureOf(h.Months, nil, analysis.NoDay, asOf)
	on := attention.PeriodOf(4, asOf).From
	var found []attention.Signal
	if len(d.Stopped) > 0 {
		found = append(found, attention.Signal{Kind: attention.ServiceStopped, Day: on,
			Args: analysis.Args{"service": names[d.Stopped[0]], "services": len(d.Stopped)}})
	}
	if d.Drop > 0 {
		found = append(found, attention.Signal{Kind: attention.RevenueDrop, Day: on,
			Args: analysis.Args{"percent": int(math.Round(d.Drop))}})
	}
	return found
}
