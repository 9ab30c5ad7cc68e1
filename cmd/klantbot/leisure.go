package main

import (
	"context"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands"
	"klantbot/storage"
)

// leisure is the work that nobody waits for. What reads the whole office is done one
// thing at a time, on one processor, and gives way to whoever waits for an answer: in an
// office of half a million clients acknowledgements took up to twenty milliseconds
// beside it. What is over in a moment waits for one in which nobody does.
type leisure struct {
	service
	answers *bot.Dispatcher
	one     sync.Mutex // held by what reads the whole office
}

// keep does all of it until ctx ends; known closes when the names are.
func (l *leisure) keep(ctx context.Context, market *commands.Market, known <-chan struct{}) {
	var all sync.WaitGroup
	all.Go(func() { l.keepSurveyed(ctx, market, known) })
	all.Go(func() { l.keepFitted(ctx) })
	all.Go(func() { l.keepTidy(ctx) })
	all.Go(func() { l.keepCollected(ctx) })
	all.Wait()
}

// do does one thing that reads the whole office, when no other does.
func (l *leisure) do(ctx context.Context, work func(context.Context)) {
	l.one.Lock()
	defer l.one.Unlock()
	work(storage.Unhurried(ctx, l.answers.GiveWay))
}

// Right after a start whoever asks something goes first: the whole office is looked at,
// and what a start left is tidied, when nobody has asked anything for a moment.
const (
	moment   = 250 * time.Millisecond
	mostSoon = 5 * time.Second
)

// keepSurveyed keeps what the whole office says about a client up to date, once the
// names are known: both at once would take twice the memory.
func (l *leisure) keepSurveyed(ctx context.Context, market *commands.Market, known <-chan struct{}) {
	select {
	case <-ctx.Done():
		return
	case <-known:
	}
	l.answers.AwaitQuiet(ctx, moment, mostSoon)
	l.tidy(ctx)     // before the whole office is read, beside which the log is not begun anew
	l.giveBack(ctx) // what a start and the names left behind
	tick := time.NewTicker(l.tempo.refresh)
	defer tick.Stop()
	for first := true; ; first = false {
		l.do(ctx, func(ctx context.Context) {
			if err := market.Refresh(ctx, analysis.DayOf(l.now().In(officeZone()))); err != nil && ctx.Err() == nil {
				l.log.Error("the office could not be surveyed anew; cards go on with what is known", "error", err)
			}
		})
		if first {
			l.giveBack(ctx) // what the histories left behind
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// When it is looked whether the lifetime of clients is to be fitted anew: soon
// after a start, which it must not slow down, and every minute.
const (
	firstFit = 3 * time.Second
	fitEvery = time.Minute
)

// What reads a whole office for long, and would do as well tomorrow, waits until nobody
// has asked anything for a while, but not for ever.
const (
	lull       = 2 * time.Second
	mostWaited = 10 * time.Minute
)

// keepFitted keeps the office's lifetime fits up to date.
func (l *leisure) keepFitted(ctx context.Context) {
	use := commands.Lifetime{Portfolio: l.db, Fits: l.db, Segments: l.db, Store: l.db}
	for wait := firstFit; ; wait = fitEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		l.answers.AwaitQuiet(ctx, lull, mostWaited)
		fitted := false
		l.do(ctx, func(ctx context.Context) {
			var err error
			if fitted, err = use.Keep(ctx, l.now()); err != nil && ctx.Err() == nil {
				l.log.Error("the lifetime of clients could not be fitted; cards go on with the fit before", "error", err)
			}
		})
		if fitted {
			l.giveBack(ctx) // what the histories left behind
		}
	}
}

// tidyEvery is how often the database is tidied.
const tidyEvery = 5 * time.Second

// keepTidy does what would otherwise be done while somebody waits.
func (l *leisure) keepTidy(ctx context.Context) {
	if l.db.Tidy == nil {
		return // its engine does so by itself
	}
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		// Its flushes and those of who is answered would wait for each other.
		l.answers.AwaitQuiet(ctx, moment, mostSoon)
		l.answers.AwaitPause(ctx, mostPause)
		l.tidy(ctx)
	}
}

// tidy tidies the database, where that is ours to do.
func (l *leisure) tidy(ctx context.Context) {
	if l.db.Tidy == nil {
		return
	}
	if err := l.db.Tidy(ctx); err != nil && ctx.Err() == nil {
		l.log.Warn("the database could not be tidied; it does so itself, later", "error", err)
	}
}
