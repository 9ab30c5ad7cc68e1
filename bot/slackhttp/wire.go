package slackhttp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"klantbot/bot"
)

// Handler takes an envelope in; see bot.Dispatcher.Handle.
type Handler interface {
	Handle(ctx context.Context, e bot.Incoming) (ack []byte, err error)
}

// Config is what a Wire is made of.
type Config struct {
	Secret  string // the app's signing secret
	Handler Handler
	Log     *slog.Logger
	// Now is wall time, against which the age of a signature is held; time.Now when
	// nil.
	Now func() time.Time
}

// The addresses, below the one that the manifest was printed for.
const (
	Commands      = "/slack/commands"
	Interactivity = "/slack/interactivity"
	Options       = "/slack/options"
	Events        = "/slack/events"
	Install       = "/slack/install"
	Redirect      = "/slack/oauth"
)

// What a request may be, and how much of them there may be at a time.
const (
	largestBody  = 4 << 20  // bytes; Slack's largest payload is well below
	largestPart  = 64 << 10 // bytes; of a body, read at once
	bodiesAtOnce = 32 << 20 // bytes; the others wait as long as ackWithin
	ackWithin    = 3 * time.Second
)

// Wire is the four addresses that Slack posts to.
type Wire struct {
	cfg    Config
	seen   seen
	bodies *semaphore.Weighted
	counts counts
}

// New returns a Wire. A Config without secret, handler or log is an error: nothing
// is ever taken in unsigned.
func New(cfg Config) (*Wire, error) {
	if cfg.Secret == "" || cfg.Handler == nil || cfg.Log == nil {
		return nil, errors.New("slackhttp: an incomplete Config")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Wire{cfg: cfg, bodies: semaphore.NewWeighted(bodiesAtOnce)}, nil
}

// Routes are the addresses and what answers there.
func (w *Wire) Routes() map[string]http.Handler {
	return map[string]http.Handler{
		Commands:      w.taking(formType, command),
		Interactivity: w.taking(formType, interaction),
		Options:       w.taking(formType, interaction),
		Events:        w.taking(jsonType, event),
	}
}

// taking answers requests of one content type whose body decode reads.
func (w *Wire) taking(contentType string, decode decoder) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Cache-Control", "no-store")
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		ctx, cancel := context.WithTimeout(r.Context(), ackWithin)
		defer cancel()
		body, done, refused := w.admit(ctx, rw, r, contentType)
		if refused != 0 {
			w.refuse(rw, refused)
			return
		}
		defer done()
		proof := r.Header.Get(signatureHeader)
		if !w.seen.first(proof, w.cfg.Now()) {
			w.counts.replays.Add(1)
			w.cfg.Log.Warn("a request came a second time", "path", r.URL.Path)
			w.again(rw, contentType)
			return
		}
		if err := w.answer(rw, r, body, decode); err != nil {
			w.seen.forget(proof)
		}
	})
}

// again answers what was taken in before. An event is simply had, or Slack would
// send it for a day; of anything else only who signed it may have the answer.
func (w *Wire) again(rw http.ResponseWriter, contentType string) {
	if contentType == jsonType {
		rw.WriteHeader(http.StatusOK)
		return
	}
	http.Error(rw, "it was taken in already", http.StatusConflict)
}

// answer hands over what body holds and writes the acknowledgement. An error means
// that nothing was taken in, so that the same request may come again.
func (w *Wire) answer(rw http.ResponseWriter, r *http.Request, body []byte, decode decoder) error {
	e, said, err := decode(body)
	switch {
	case err != nil:
		w.counts.refused.Add(1)
		w.cfg.Log.Warn("a signed request could not be read", "path", r.URL.Path, "bytes", len(body))
		http.Error(rw, "it can not be read", http.StatusBadRequest)
		return err
	case e.Kind == "":
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = rw.Write(said)
		return nil
	}
	// What was read is taken in also when the client hangs up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), ackWithin)
	defer cancel()
	ack, err := w.handle(ctx, e)
	if err != nil {
		w.counts.failed.Add(1)
		http.Error(rw, "it could not be taken in", http.StatusServiceUnavailable)
		return err
	}
	w.counts.taken.Add(1)
	if len(ack) > 0 {
		rw.Header().Set("Content-Type", jsonType)
		_, _ = rw.Write(ack)
	}
	return nil
}

// handle calls the Handler and survives its panics, of which it logs no value.
func (w *Wire) handle(ctx context.Context, e bot.Incoming) (ack []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.cfg.Log.Error("panic while taking in a request", "kind", e.Kind, "what", fmt.Sprintf("%T", p))
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return w.cfg.Handler.Handle(ctx, e)
}

// refuse writes status and nothing about why: who forges learns nothing.
func (w *Wire) refuse(rw http.ResponseWriter, status int) {
	w.counts.refused.Add(1)
	http.Error(rw, http.StatusText(status), status)
}

type counts struct{ taken, refused, replays, failed atomic.Int64 }

// Counts says what a Wire did since it started, for metrics.
type Counts struct {
	Taken   int64 // requests of Slack's, acknowledged
	Refused int64 // requests that were not Slack's, or could not be read
	Replays int64 // requests that came a second time
	Failed  int64 // requests that could not be taken in; Slack was told
}

// Counts returns the counts so far.
func (w *Wire) Counts() Counts {
	c := &w.counts
	return Counts{Taken: c.taken.Load(), Refused: c.refused.Load(), Replays: c.replays.Load(), Failed: c.failed.Load()}
}
