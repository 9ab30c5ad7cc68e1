package commands

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// Books keeps in memory what questions about many clients are answered from, so that
// the next question does not read the whole office again. It is made anew when the
// store says that something changed or the day is another, and is safe for concurrent
// use. Who may not see all clients has books of their own, which know no others. A nil
// Books keeps nothing.
type Books struct {
	mu   sync.Mutex
	kept []*booked // one for each sight, the newest last
}

// booked is the office as it was on one day, for the eyes of who asks.
type booked struct {
	mark     string
	hidden   map[analysis.GroupID]bool // what those eyes are not shown
	asOf     analysis.Day
	rows     []bookRow
	standing map[analysis.GroupID]analysis.Segment

	mu   sync.Mutex
	said map[string]any // what was worked out of it, by what was asked
}

// bookRow is a relatiegroep with all that is asked of many.
type bookRow struct {
	held
	manager, partner analysis.ManagerID
	layer            analysis.Layer
	months           []analysis.MonthRevenue
}

// mostBooked is the largest office that is kept, some 20 MB; mostSaid how many
// answers of it are, and mostSights for how many pairs of eyes: nearly everybody has
// the same.
const mostBooked, mostSaid, mostSights = 20_000, 24, 2

// books are the office on today: those kept, or made anew.
func (c Ask) books(ctx context.Context, today analysis.Day) (*booked, error) {
	mark, err := c.Portfolio.Portfolio.AnswersVersion(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the version of the answers: %w", err)
	}
	hidden, err := c.Client.Directory.Hides(ctx)
	if err != nil {
		return nil, err
	}
	if c.Books != nil {
		c.Books.mu.Lock()
		defer c.Books.mu.Unlock()
		c.Books.kept = slices.DeleteFunc(c.Books.kept, func(b *booked) bool { return b.mark != mark || b.asOf != today })
		for _, kept := range c.Books.kept {
			if maps.Equal(kept.hidden, hidden) {
				return kept, nil
			}
		}
	}
	made := &booked{mark: mark, hidden: hidden, asOf: today, said: map[string]any{}}
	if _, made.standing, err = standingNow(ctx, c.Portfolio.Segments); err != nil {
		return nil, err
	}
	var yearly []value.Yearly
	var status []analysis.ClientStatus
	for h, err := range c.Portfolio.Portfolio.Histories(ctx, today) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		y := value.YearlyRevenue(h.Months, today)
		yearly, status = append(yearly, y), append(status, h.Status)
		if !y.Known {
			y.Amount = 0
		}
		made.rows = append(made.rows, bookRow{held: held{group: h.ID, number: h.Number, name: h.Name, yearly: y, segment: made.standing[h.ID], score: -1},
			manager: h.Manager, partner: h.Partner, months: h.Months})
	}
	for i, layer := range value.LayersOf(yearly, status) {
		made.rows[i].layer = layer
	}
	if c.Books != nil && len(made.rows) <= mostBooked {
		kept := append(c.Books.kept, made)
		c.Books.kept = kept[max(0, len(kept)-mostSights):]
	}
	return made, nil
}

// fromBooks is what was worked out before of the same books, under key, or what work
// makes now.
func fromBooks[T any](ctx context.Context, c Ask, today analysis.Day, key string, work func() (T, error)) (T, error) {
	b, err := c.books(ctx, today)
	if err != nil || c.Books == nil {
		var nothing T
		if err != nil {
			return nothing, err
		}
		return work()
	}
	b.mu.Lock()
	said, ok := b.said[key].(T)
	b.mu.Unlock()
	if ok {
		return said, nil
	}
	made, err := work()
	if err != nil {
		return made, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.said) < mostSaid {
		b.said[key] = made
	}
	return made, nil
}
