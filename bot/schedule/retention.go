package schedule

import (
	"context"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// Kept is how long the bot's messages keep what they say about clients, and how long
// is remembered what somebody asked: eight weeks (DOMAIN.md §6).
const Kept = 8 * 7 * 24 * time.Hour

// Retention replaces old messages about clients by a stub and removes reflections
// and questions that were kept long enough, every night, and at a start in daytime
// the first time that it is looked.
type Retention struct {
	Kinds []string // of ledger entries
	Store storage.Writer
	Zone  *time.Location // of the office
	// Stubbed is called after messages were marked; may be nil.
	Stubbed func()
	// Chosen takes out what the office chose not to keep longer, some at a time, and
	// reports whether that was all; nil: it chose nothing.
	Chosen func(ctx context.Context, today analysis.Day) (all bool, err error)

	mu   sync.Mutex
	done analysis.Day // the night that is finished
}

const (
	nightFrom = 2  // o'clock
	stubsEach = 20 // a minute: Slack changes 50 messages a minute, and people press buttons too

	forgetEach = 500 // reflections, and questions, a minute
)

// Run marks some of what is too old at at. delivery then changes it.
func (r *Retention) Run(ctx context.Context, at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	local := at.In(r.Zone)
	day := analysis.DayOf(local)
	if day == r.done || local.Hour() < nightFrom {
		return nil
	}
	stubbed, forgotten, asked := 0, 0, 0
	err := r.Store.Write(ctx, func(tx storage.Tx) (err error) {
		if forgotten, err = tx.ForgetReflections(ctx, at.AddDate(0, 0, -session.KeptDays), forgetEach); err != nil {
			return err
		}
		if asked, err = tx.ForgetQuestions(ctx, at.Add(-Kept), forgetEach); err != nil {
			return err
		}
		stubbed, err = tx.Stub(ctx, r.Kinds, at.Add(-Kept), at, stubsEach)
		return err
	})
	if err != nil {
		return err
	}
	if stubbed > 0 && r.Stubbed != nil {
		r.Stubbed()
	}
	all := true
	if r.Chosen != nil {
		if all, err = r.Chosen(ctx, day); err != nil {
			return err
		}
	}
	if all && stubbed < stubsEach && forgotten < forgetEach && asked < forgetEach {
		r.done = day
	}
	return nil
}
