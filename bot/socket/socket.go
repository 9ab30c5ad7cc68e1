package socket

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"klantbot/bot"
)

// Handler takes an envelope in; see bot.Dispatcher.Handle.
type Handler interface {
	Handle(ctx context.Context, e bot.Incoming) (ack []byte, err error)
}

// Config is what a Wire is made of.
type Config struct {
	API         *slack.Client // with the app-level token
	Handler     Handler
	Log         *slog.Logger
	Connections int           // 1 to 10; 2 when 0
	Stagger     time.Duration // between the starts of two connections; 20 s when 0
	// PingWithin is how long Slack may be silent before a connection counts as
	// dead; 30 s when 0.
	PingWithin time.Duration
}

// Slack's own bound, and ours on what one connection handles at a time.
const (
	mostConnections = 10
	handledAtOnce   = 32
	largestMessage  = 4 << 20 // bytes; Slack's largest payload is well below
)

// Wire is the connections to Socket Mode.
type Wire struct {
	cfg   Config
	conns []*connection

	mu    sync.Mutex
	began map[*connection]time.Time // when each last began to connect
}

// New returns a Wire that is not connected yet: see Run.
func New(cfg Config) (*Wire, error) {
	if cfg.API == nil || cfg.Handler == nil || cfg.Log == nil {
		return nil, errors.New("socket: an incomplete Config")
	}
	if cfg.Connections == 0 {
		cfg.Connections = 2
	}
	if cfg.Connections < 1 || cfg.Connections > mostConnections {
		return nil, errors.New("socket: Connections is not between 1 and 10")
	}
	if cfg.Stagger <= 0 {
		cfg.Stagger = 20 * time.Second
	}
	if cfg.PingWithin <= 0 {
		cfg.PingWithin = 30 * time.Second
	}
	w := &Wire{cfg: cfg, began: map[*connection]time.Time{}}
	for i := range cfg.Connections {
		c := newConnection(cfg, i+1)
		c.turn = func(ctx context.Context) bool { return w.turn(ctx, c) }
		w.conns = append(w.conns, c)
	}
	return w, nil
}

// Run stays connected until ctx ends, through everything that passes. An error
// that only a person can mend ends all connections and is returned as an
// *analysis.Error with a slack.* key. When ctx ends, what is being handled is
// still acknowledged, and Run returns nil.
func (w *Wire) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var all sync.WaitGroup
	for _, c := range w.conns {
		all.Go(func() {
			if err := c.run(ctx); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	var fatal *fatalError
	if errors.As(context.Cause(ctx), &fatal) {
		return fatal.err
	}
	return nil
}

// turn waits until c may begin: no sooner than Stagger after any other
// connection began, so that Slack never refreshes two together, also after an
// outage. It reports whether ctx still lasts.
func (w *Wire) turn(ctx context.Context, c *connection) bool {
	for {
		wait := w.reserve(c)
		if wait <= 0 {
			return ctx.Err() == nil
		}
		if !pause(ctx, wait) {
			return false
		}
	}
}

func (w *Wire) reserve(c *connection) (wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for other, began := range w.began {
		if other != c {
			wait = max(wait, w.cfg.Stagger-time.Since(began))
		}
	}
	if wait <= 0 {
		w.began[c] = time.Now()
	}
	return wait
}

// States says how each connection is doing, for health.
func (w *Wire) States() []State {
	states := make([]State, len(w.conns))
	for i, c := range w.conns {
		states[i] = c.current()
	}
	return states
}

// Connected reports whether at least one connection is up.
func (w *Wire) Connected() bool {
	for _, s := range w.States() {
		if s.Connected {
			return true
		}
	}
	return false
}

// State is how one connection is doing.
type State struct {
	Number    int // 1 for the first
	Connected bool
	Since     time.Time // of being connected, or not
	// Heard is when Slack last said anything. Pings are not in it: slack-go gives
	// a connection up when they stay away, so Connected vouches for them.
	Heard    time.Time
	Attempts int    // to connect since it was last up
	Trouble  string // why it is not connected, as an error code
}

// pause waits d and reports whether ctx still lasts.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
