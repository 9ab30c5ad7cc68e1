package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage"
)

// Config is what a Dispatcher is made of. Everything up to Log is needed; the
// numbers have defaults.
type Config struct {
	Team      analysis.TeamID // whose members get answers
	Registry  *commands.Registry
	Inbox     storage.Inbox
	People    People
	Channels  Channels
	Roles     Roles
	Responder Responder
	Whisperer Whisperer
	Views     Views
	Files     Files   // nil where no entry is about files
	Threads   Threads // nil where no entry reads threads
	Letters   Letters // nil where no answer stands in a message of the ledger
	Poster    Amender // likewise
	Agents    Agents  // nil: nobody is shown that an answer is being made
	Domain    string  // of the workspace, for links to its messages; empty: not known
	Log       *slog.Logger

	// Now is business time, for Request.At. Wall is for leases, ages and
	// deadlines; time.Now when nil.
	Now, Wall func() time.Time

	// Ran is called after every use-case with its entry's id and how long it took,
	// because it may have queued messages for delivery, and for metrics. It must not
	// block; nil is allowed.
	Ran func(entry string, took time.Duration)

	// Away reports whether an error of a use-case says that the store was away, so
	// that the same request may be answered soon; nil: it never is.
	Away func(error) bool

	Workers  int           // requests that run at the same time; 16
	Queue    int           // requests that wait in memory; the rest waits in the inbox; 64
	Deadline time.Duration // of one request, its answer included; 30 s
	Lease    time.Duration // how long a killed process keeps what it had; 10 s
	Drain    time.Duration // how long shutting down waits for what runs; 10 s
	Poll     time.Duration // how often the inbox is looked through; 2 s

	// What Slack allows and takes. Only a test, which must not depend on how busy
	// its machine is, has others.
	Decide  time.Duration // for validation and suggestions, within an acknowledgement; 250 ms
	Trigger time.Duration // life of a trigger_id: 3 s at Slack, minus the way there; 2.8 s
	Settle  time.Duration // until Slack shows what an acknowledgement carried: an answer that overtook it would be painted over; 400 ms

	// Burst is how much one person may ask at once, and Every in how long one more;
	// 300 and a tenth of a second, far beyond hands.
	Burst int
	Every time.Duration
}

// How long things hold, by SLACK.md.
const (
	answerWithin = 30 * time.Minute        // life of a response_url
	KeysKept     = 25 * time.Hour          // Slack redelivers for 24 h
	storeWithin  = 2500 * time.Millisecond // the acknowledgement is due in 3 s
)

func (c *Config) fill() error {
	if c.Registry == nil || c.Inbox == nil || c.People == nil || c.Channels == nil || c.Roles == nil ||
		c.Responder == nil || c.Whisperer == nil || c.Views == nil || c.Log == nil || c.Now == nil || c.Team == "" {
		return errors.New("bot: an incomplete Config")
	}
	if c.Wall == nil {
		c.Wall = time.Now
	}
	setDefault(&c.Workers, 16)
	setDefault(&c.Queue, 64)
	setDefault(&c.Deadline, 30*time.Second)
	setDefault(&c.Lease, 10*time.Second)
	setDefault(&c.Drain, 10*time.Second)
	setDefault(&c.Poll, 2*time.Second)
	setDefault(&c.Decide, 250*time.Millisecond)
	setDefault(&c.Trigger, 2800*time.Millisecond)
	setDefault(&c.Settle, 400*time.Millisecond)
	setDefault(&c.Burst, 300)
	setDefault(&c.Every, 100*time.Millisecond)
	return nil
}

func setDefault[T int | time.Duration](p *T, v T) {
	if *p <= 0 {
		*p = v
	}
}

// Dispatcher stores, acknowledges and answers requests. Handle may be called
// from several goroutines; Run does the answering.
type Dispatcher struct {
	cfg    Config
	owner  string
	counts counts

	// places bounds what this process took upon itself: running and waiting.
	// Who holds a place may put one job in jobs without blocking.
	places *semaphore.Weighted
	jobs   chan *job
	wake   chan struct{} // a place came free, or the inbox holds work for us

	suggesting *semaphore.Weighted // bounds questions that are answered in the acknowledgement

	base    context.Context // of everything that runs; cancelled when draining took too long
	stop    context.CancelCauseFunc
	running sync.WaitGroup

	asking  asking
	rates   rates
	behinds behinds
	touched touched
	talks   talks
	lacking lacking

	awaited context.Context // of what answers wait for after they were given; ends with Run's
	waiting atomic.Int64    // how many do

	mu   sync.Mutex
	held map[string]*job // by key: leased to us, waiting or running
}

// New returns a Dispatcher that answers nothing yet: see Run.
func New(cfg Config) (*Dispatcher, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	d := &Dispatcher{
		cfg: cfg, owner: rand.Text(), held: map[string]*job{}, wake: make(chan struct{}, 1),
		places:     semaphore.NewWeighted(int64(cfg.Workers + cfg.Queue)),
		jobs:       make(chan *job, cfg.Workers+cfg.Queue),
		suggesting: semaphore.NewWeighted(int64(cfg.Workers)),
		rates:      rates{burst: cfg.Burst, every: cfg.Every},
		asking:     asking{given: make(chan struct{}, 1)},
	}
	d.asking.last.Store(cfg.Wall().UnixNano()) // a start is no quiet moment
	d.base, d.stop = context.WithCancelCause(context.Background())
	return d, nil
}

// errStopping cancels what still runs when draining took too long. It stays in
// the inbox for the next start.
var errStopping = errors.New("the dispatcher stops")

// Run answers what Handle accepted and what an earlier process left behind,
// until ctx ends. Then it finishes what runs, for at most Config.Drain; the rest
// stays in the inbox. It returns when nothing runs any more. It is called once.
func (d *Dispatcher) Run(ctx context.Context) {
	stopped := make(chan struct{})
	d.awaited = ctx
	for range d.cfg.Workers {
		d.running.Go(func() { d.work(stopped) })
	}
	var tending sync.WaitGroup
	tending.Go(func() { d.tend(ctx) })
	keeping, endKeeping := context.WithCancel(context.Background())
	tending.Go(func() { d.keep(keeping) })

	<-ctx.Done()
	close(stopped)
	drained := make(chan struct{})
	go func() { d.running.Wait(); close(drained) }()
	timer := time.NewTimer(d.cfg.Drain)
	defer timer.Stop()
	select {
	case <-drained:
	case <-timer.C:
		d.cfg.Log.Warn("draining took too long; what still runs stays in the inbox", "after", d.cfg.Drain)
	}
	d.stop(errStopping)
	<-drained
	_ = d.suggesting.Acquire(context.Background(), int64(d.cfg.Workers)) // their time is Config.Decide
	d.suggesting.Release(int64(d.cfg.Workers))
	endKeeping()
	tending.Wait()
	d.release()
}
