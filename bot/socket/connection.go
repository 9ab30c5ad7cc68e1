package socket

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/semaphore"

	"klantbot/analysis"
	"klantbot/bot"
)

// connection is one place at Socket Mode, connected over and over again.
type connection struct {
	cfg  Config
	log  *slog.Logger
	turn func(context.Context) bool // waits until this one may begin

	mu    sync.Mutex
	state State
}

func newConnection(cfg Config, number int) *connection {
	return &connection{cfg: cfg, log: cfg.Log.With("connection", number),
		state: State{Number: number, Since: time.Now()}}
}

func (c *connection) current() State {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state
}

func (c *connection) change(f func(*State)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.state.Connected
	f(&c.state)
	if c.state.Connected != before {
		c.state.Since = time.Now()
	}
}

// fatalError ends the whole Wire.
type fatalError struct{ err *analysis.Error }

func (e *fatalError) Error() string { return e.err.Error() }

const (
	firstPause = time.Second
	longestOff = 30 * time.Second
	shortLife  = 2 * time.Second        // a connection that Slack ends sooner is not opened again at once
	lingering  = 2 * time.Second        // for what is being handled when we stop
	flushing   = 100 * time.Millisecond // for the last acknowledgements to leave
)

// run keeps the place connected until ctx ends or a person must mend something.
// Each life has a slack-go client of its own: its queue of acknowledgements
// must not spill into the next connection.
func (c *connection) run(ctx context.Context) error {
	off := firstPause
	for c.turn(ctx) {
		began := time.Now()
		err := c.live(ctx)
		var fatal *fatalError
		if errors.As(err, &fatal) {
			return err
		}
		lasted := time.Since(began)
		if lasted > time.Minute {
			off = firstPause
		}
		if errors.Is(err, errRefreshed) && lasted > shortLife {
			continue
		}
		wait := off
		var passing *passingError
		if errors.As(err, &passing) {
			wait = max(off, passing.after)
		}
		if !pause(ctx, wait) {
			return nil
		}
		off = min(2*off, longestOff)
	}
	return nil
}

// passingError is trouble that may be over the next time.
type passingError struct {
	trouble string
	after   time.Duration // Slack's Retry-After; 0: it did not say
}

func (e *passingError) Error() string { return e.trouble }

// errRefreshed ends a life that Slack, or the network, ended: the next begins
// at once.
var errRefreshed = errors.New("the connection was refreshed")

// live is one connection from opening it until it is lost.
func (c *connection) live(ctx context.Context) error {
	client := socketmode.New(c.cfg.API, socketmode.OptionPingInterval(c.cfg.PingWithin),
		socketmode.OptionReadLimit(largestMessage))
	// The connection outlives ctx by a moment, for the last acknowledgements.
	open, closing := context.WithCancelCause(context.WithoutCancel(ctx))
	defer closing(nil)
	var reader sync.WaitGroup
	var ended error
	finished := make(chan struct{})
	reader.Go(func() { ended = client.RunContext(open); close(finished) })
	defer c.change(func(s *State) { s.Connected = false })

	cause := c.listen(ctx, client, finished)
	closing(cause)
	reader.Wait()
	if cause == nil {
		cause = c.judge(ended)
	}
	return cause
}

// listen hands over what comes in until the connection ends or ctx does. Then it
// waits for what is being handled.
func (c *connection) listen(ctx context.Context, client *socketmode.Client, finished <-chan struct{}) error {
	places := semaphore.NewWeighted(handledAtOnce)
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lingering)
		defer cancel()
		if places.Acquire(last, handledAtOnce) == nil && ctx.Err() != nil {
			pause(context.WithoutCancel(ctx), flushing)
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-finished:
			return nil
		case e := <-client.Events:
			if err := c.on(ctx, client, places, e); err != nil {
				return err
			}
		}
	}
}

// on reacts to one of slack-go's events. An error ends this life.
func (c *connection) on(ctx context.Context, client *socketmode.Client, places *semaphore.Weighted, e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeConnecting:
		if d, ok := e.Data.(*slack.ConnectingEvent); ok && d.ConnectionCount > 0 {
			return errRefreshed // slack-go would go on with the old queue
		}
		c.change(func(s *State) { s.Attempts++ })
	case socketmode.EventTypeConnected, socketmode.EventTypeHello:
		c.log.Info("connected to slack", "event", e.Type)
		c.change(func(s *State) { s.Connected, s.Heard, s.Attempts, s.Trouble = true, time.Now(), 0, "" })
	case socketmode.EventTypeConnectionError:
		d, _ := e.Data.(*slack.ConnectionErrorEvent)
		if d == nil {
			return nil
		}
		return c.judge(d.ErrorObj)
	case socketmode.EventTypeErrorWriteFailed:
		c.log.Warn("an acknowledgement could not be written")
	case socketmode.EventTypeErrorBadMessage:
		if d, ok := e.Data.(*socketmode.ErrorBadMessage); ok {
			c.take(ctx, client, places, unknown(d.Message))
		}
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		if e.Request != nil {
			c.take(ctx, client, places, *e.Request)
		}
	}
	return nil
}

// judge tells errors that end the program from those that pass. What passes
// ends this life too, after which run pauses: slack-go's own pauses grow to
// five minutes.
func (c *connection) judge(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	passing := &passingError{trouble: "unreachable"}
	var limited *slack.RateLimitedError
	var said slack.SlackErrorResponse
	switch {
	case errors.As(err, &limited):
		passing.trouble, passing.after = "ratelimited", limited.RetryAfter
	case errors.As(err, &said):
		passing.trouble = said.Err
		fatal := bot.Fatal("SLACK_APP_TOKEN", &bot.Refusal{Method: "apps.connections.open", Code: said.Err,
			Needed: said.Needed, Provided: said.Provided})
		if fatal != nil {
			return &fatalError{fatal}
		}
	}
	c.change(func(s *State) { s.Trouble = passing.trouble })
	c.log.Warn("no connection to slack", "trouble", passing.trouble)
	return passing
}
