package commands

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"klantbot/prompts"
)

// Drafting is a prompts.Summarizer that keeps nobody waiting: it answers without a
// model at once and, where the office turned its model on, has that write meanwhile.
// What is being written is written once, however many ask for it.
type Drafting struct {
	offline prompts.Summarizer
	written prompts.Summarizer // nil: no model is configured
	on      func(ctx context.Context) (bool, error)
	wall    func() time.Time

	mu      sync.Mutex
	drafts  map[string]*draft
	running sync.WaitGroup
	base    context.Context // of what is being written
	stop    context.CancelFunc
}

var _ prompts.Summarizer = (*Drafting)(nil)

// draft is one summary a model writes.
type draft struct {
	done  chan struct{}
	made  prompts.Summary // once done; so is err
	err   error
	until time.Time // when it is forgotten; zero while it is written
}

const (
	// atOnce is how long somebody who is not patient waits: what was answered before
	// comes from the cache well within it.
	atOnce = 1500 * time.Millisecond
	// After these a draft is asked for anew. What a model wrote lies in the cache by
	// then; where it failed, nobody hammers at it.
	draftKept  = 10 * time.Minute
	failedKept = time.Minute
	mostDrafts = 64
)

// NewDrafting returns one that answers as offline does and, while on says that it
// may, as written does: the summarizer with a model, or nil where none is configured.
// wall is wall time.
func NewDrafting(offline, written prompts.Summarizer, on func(ctx context.Context) (bool, error), wall func() time.Time) *Drafting {
	d := &Drafting{offline: offline, written: written, on: on, wall: wall, drafts: map[string]*draft{}}
	d.base, d.stop = context.WithCancel(context.Background())
	return d
}

// Run stops what is being written when ctx ends, and returns when nothing is.
func (d *Drafting) Run(ctx context.Context) {
	<-ctx.Done()
	d.stop()
	d.running.Wait()
}

// Summarize fulfils prompts.Summarizer. A patient request waits until the model
// wrote; for others a summary that a model is still writing is Pending.
func (d *Drafting) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	plain, err := d.offline.Summarize(ctx, ask)
	if err != nil || d.written == nil || ask.Offline || len(ask.Answers) == 0 {
		return plain, err
	}
	if on, err := d.on(ctx); err != nil || !on {
		return plain, err
	}
	one, began, err := d.begin(ask)
	if err != nil {
		return plain, err
	}
	var enough <-chan time.Time
	if !ask.Patient {
		wait := atOnce
		if !began { // who turns a page meanwhile waited before
			wait = 0
		}
		timer := time.NewTimer(wait)
		defer timer.Stop()
		enough = timer.C
	}
	select {
	case <-one.done:
		return one.of(plain), nil
	case <-enough:
		select {
		case <-one.done:
			return one.of(plain), nil
		default:
		}
		plain.Pending = true
		return plain, nil
	case <-ctx.Done():
		return plain, ctx.Err()
	}
}

// of is what was drafted, or plain with the reason why nothing was.
func (one *draft) of(plain prompts.Summary) prompts.Summary {
	if one.err != nil {
		plain.Fallback = "failed"
		return plain
	}
	return one.made
}

// begin returns the draft of ask, and whether it has it written from now on: where
// nobody asked before.
func (d *Drafting) begin(ask prompts.Request) (one *draft, began bool, err error) {
	key, err := draftKey(ask)
	if err != nil {
		return nil, false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.wall()
	for k, one := range d.drafts {
		if !one.until.IsZero() && now.After(one.until) {
			delete(d.drafts, k)
		}
	}
	if one := d.drafts[key]; one != nil {
		return one, false, nil
	}
	one = &draft{done: make(chan struct{})}
	if len(d.drafts) >= mostDrafts {
		one.err = context.DeadlineExceeded
		close(one.done)
		return one, true, nil
	}
	d.drafts[key] = one
	d.running.Go(func() { d.write(one, ask) })
	return one, true, nil
}

// write has the model write. A panic in it is a draft that failed.
func (d *Drafting) write(one *draft, ask prompts.Request) {
	defer close(one.done)
	defer func() {
		if p := recover(); p != nil {
			one.err = fmt.Errorf("summarise with a model: panic %T", p)
		}
		kept := draftKept
		if one.err != nil || one.made.Mode != prompts.Model {
			kept = failedKept
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		one.until = d.wall().Add(kept)
	}()
	one.made, one.err = d.written.Summarize(d.base, ask)
}

// draftKey names what is asked, whoever asks it.
func draftKey(ask prompts.Request) (string, error) {
	ask.By, ask.Patient = "", false
	raw, err := json.Marshal(ask)
	if err != nil {
		return "", fmt.Errorf("name a summary: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
