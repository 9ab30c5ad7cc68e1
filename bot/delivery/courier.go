package delivery

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/storage"
)

// Ledger is what delivery needs of the store; see storage.Ledger.
type Ledger interface {
	Claim(ctx context.Context, owner string, now, until time.Time, limit int, rest ...analysis.ChannelID) ([]storage.LedgerEntry, error)
	Stale(ctx context.Context, owner string, settled, until time.Time, limit int) ([]storage.LedgerEntry, error)
	MarkSent(ctx context.Context, id int64, ts string) error
	Requeue(ctx context.Context, id int64, due time.Time, reason string) error
	Park(ctx context.Context, id int64, state storage.LedgerState, reason string) error
	Entry(ctx context.Context, key string) (storage.LedgerEntry, error)
	Revised(ctx context.Context, owner string, now, until time.Time, limit int) ([]storage.LedgerEntry, error)
	MarkShown(ctx context.Context, id int64, wanted int, refused string) error
	Defer(ctx context.Context, id int64, due time.Time, reason string) error
}

// Renderer words an entry at the moment it is sent. A subject that is gone is
// an analysis.NotFound error.
type Renderer interface {
	Render(ctx context.Context, e storage.LedgerEntry) (bot.Message, error)
}

// Config is what a Courier is made of. Everything up to Log is needed.
type Config struct {
	Team     analysis.TeamID // only its full members get direct messages
	Ledger   Ledger
	Files    storage.Files
	Renderer Renderer
	Poster   bot.Poster
	History  bot.History
	Channels bot.Channels
	People   bot.People
	Log      *slog.Logger

	Wall    func() time.Time // time.Now when nil
	Workers int              // messages under way at the same time; 4
	// Lease is how long an attempt owns its entry; 60 s. An attempt may take half
	// of it, so an HTTP time-out must be shorter still. Settle is how long after
	// that Slack may still show what it took; 30 s.
	Lease, Settle time.Duration
	Poll          time.Duration // how often the ledger is looked at unasked; 2 s
	Pace          time.Duration // between two messages in a channel; 1 s, as Slack takes them
}

func (c *Config) fill() error {
	if c.Ledger == nil || c.Files == nil || c.Renderer == nil || c.Poster == nil || c.History == nil || c.Channels == nil ||
		c.People == nil || c.Log == nil || c.Team == "" {
		return errors.New("delivery: an incomplete Config")
	}
	if c.Wall == nil {
		c.Wall = time.Now
	}
	if c.Workers <= 0 {
		c.Workers = 4
	}
	for _, d := range []struct {
		p *time.Duration
		v time.Duration
	}{{&c.Lease, time.Minute}, {&c.Settle, 30 * time.Second}, {&c.Poll, 2 * time.Second}, {&c.Pace, time.Second}} {
		if *d.p <= 0 {
			*d.p = d.v
		}
	}
	return nil
}

// Counts says what a Courier did since it started.
type Counts struct {
	Sent       int64 // posted and heard back
	Found      int64 // of which it was found in the history that they had arrived
	Requeued   int64 // put back: certainly not arrived
	Uncertain  int64 // left for reconciling
	Parked     int64 // given to a person, as unknown or failed
	Amended    int64 // changed in place
	Simplified int64 // taken only without the newer kinds of block
}

// Courier delivers the ledger's entries.
type Courier struct {
	cfg   Config
	owner string
	wake  chan struct{}
	// changed says that a message may have to be changed in place.
	changed chan struct{}

	claiming sync.Mutex                       // from reading resting until what was claimed stands in it
	mu       sync.Mutex                       // of resting
	resting  map[analysis.ChannelID]time.Time // no message goes there before then

	sent, found, requeued, uncertain, parked, amended, simplified atomic.Int64
}

// New returns a Courier that delivers nothing yet: see Run.
func New(cfg Config) (*Courier, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	return &Courier{cfg: cfg, owner: rand.Text(), wake: make(chan struct{}, cfg.Workers), changed: make(chan struct{}, 1),
		resting: map[analysis.ChannelID]time.Time{}}, nil
}

// Poke says that something may have been queued or changed. It never blocks.
func (c *Courier) Poke() {
	for _, wake := range []chan struct{}{c.wake, c.changed} {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
}

// Counts returns the counts so far.
func (c *Courier) Counts() Counts {
	return Counts{Sent: c.sent.Load(), Found: c.found.Load(), Requeued: c.requeued.Load(),
		Uncertain: c.uncertain.Load(), Parked: c.parked.Load(), Amended: c.amended.Load(), Simplified: c.simplified.Load()}
}

// Run delivers until ctx ends, and then finishes the attempts under way.
func (c *Courier) Run(ctx context.Context) {
	var all sync.WaitGroup
	for range c.cfg.Workers {
		all.Go(func() { c.work(ctx) })
	}
	all.Go(func() { c.tend(ctx) })
	all.Go(func() { c.keepShown(ctx) })
	all.Wait()
}

// work delivers one entry after the other while there are any. Each one found
// wakes another worker, so that they all help when there is much to do and only
// one of them looks when there is nothing.
func (c *Courier) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		}
		for ctx.Err() == nil && c.next(ctx) {
			c.Poke()
		}
	}
}

// next claims and delivers one entry, and reports whether there was one.
func (c *Courier) next(ctx context.Context) bool {
	claimed, err := c.claim(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.cfg.Log.Error("ledger can not be read", "error", err)
		}
		return false
	}
	for _, e := range claimed {
		c.attempt(ctx, e)
	}
	return len(claimed) > 0
}

// claim takes the entry that is longest due, of those whose channel may have a
// message now: the others wait in the ledger and keep no worker from its work.
func (c *Courier) claim(ctx context.Context) ([]storage.LedgerEntry, error) {
	c.claiming.Lock()
	defer c.claiming.Unlock()
	now := c.cfg.Wall()
	claimed, err := c.cfg.Ledger.Claim(ctx, c.owner, now, now.Add(c.cfg.Lease), 1, c.atRest(now)...)
	for _, e := range claimed {
		c.rest(e, c.cfg.Pace)
	}
	return claimed, err
}

// atRest returns the channels that may have no message yet.
func (c *Courier) atRest(now time.Time) []analysis.ChannelID {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.resting, func(_ analysis.ChannelID, until time.Time) bool { return !until.After(now) })
	return slices.Collect(maps.Keys(c.resting))
}

// rest lets the channel of e rest for d and has the ledger looked at again afterwards.
// The direct messages are not one channel, and are left to the Poster's pace.
func (c *Courier) rest(e storage.LedgerEntry, d time.Duration) {
	if direct(e) {
		return
	}
	channel := e.Channel
	until := c.cfg.Wall().Add(d)
	c.mu.Lock()
	defer c.mu.Unlock()
	if until.After(c.resting[channel]) {
		c.resting[channel] = until
		time.AfterFunc(d, c.Poke)
	}
}

// tend wakes the workers now and then and finds out what became of attempts
// that nobody heard back from.
func (c *Courier) tend(ctx context.Context) {
	poll := time.NewTicker(c.cfg.Poll)
	defer poll.Stop()
	for {
		c.Poke()
		for ctx.Err() == nil && c.reconcileSome(ctx) {
		}
		select {
		case <-ctx.Done():
			return
		case <-poll.C:
		}
	}
}

// atOnce bounds the entries reconciled under one lease: each asks Slack once.
const atOnce = 8

func (c *Courier) reconcileSome(ctx context.Context) bool {
	now := c.cfg.Wall()
	stale, err := c.cfg.Ledger.Stale(ctx, c.owner, now.Add(-c.cfg.Settle), now.Add(c.cfg.Lease), atOnce)
	if err != nil {
		if ctx.Err() == nil {
			c.cfg.Log.Error("ledger can not be read", "error", err)
		}
		return false
	}
	// What is not reached within the lease becomes stale again, so stopping
	// early is safe.
	bounded, cancel := context.WithTimeout(ctx, c.cfg.Lease/2)
	defer cancel()
	for _, e := range stale {
		if bounded.Err() != nil {
			return false
		}
		c.reconcile(bounded, e)
	}
	return len(stale) == atOnce
}
