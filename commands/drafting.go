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
	*drafts[prompts.Summary]
}

// Sorting is the same for a prompts.Grouper.
type Sorting struct {
	offline prompts.Grouper
	written prompts.Grouper // nil: no model is configured
	*drafts[prompts.Grouping]
}

var (
	_ prompts.Summarizer = (*Drafting)(nil)
	_ prompts.Grouper    = (*Sorting)(nil)
)

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
	return &Drafting{offline, written, newDrafts(on, wall, func(s prompts.Summary) bool { return s.Mode == prompts.Model })}
}

// NewSorting is NewDrafting for groupers.
func NewSorting(offline, written prompts.Grouper, on func(ctx context.Context) (bool, error), wall func() time.Time) *Sorting {
	return &Sorting{offline, written, newDrafts(on, wall, func(g prompts.Grouping) bool { return g.Mode == prompts.Model })}
}

// Summarize fulfils prompts.Summarizer. A patient request waits until the model
// wrote; for others a summary that a model is still writing is Pending.
func (d *Drafting) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	plain, err := d.offline.Summarize(ctx, ask)
	if err != nil || d.written == nil || ask.Offline || len(ask.Answers) == 0 {
		return plain, err
	}
	alike := ask
	alike.By, alike.Patient = "", false // whoever asks
	return d.orPlain(ctx, alike, ask.Patient, plain, func(s *prompts.Summary) standIn { return standIn{&s.Pending, &s.Fallback} },
		func(ctx context.Context) (prompts.Summary, error) { return d.written.Summarize(ctx, ask) })
}

// Group fulfils prompts.Grouper as Summarize does.
func (d *Sorting) Group(ctx context.Context, ask prompts.GroupRequest) (prompts.Grouping, error) {
	plain, err := d.offline.Group(ctx, ask)
	if err != nil || d.written == nil || ask.Offline || len(ask.Cards) == 0 {
		return plain, err
	}
	alike := ask
	alike.By, alike.Patient = "", false
	return d.orPlain(ctx, alike, ask.Patient, plain, func(g *prompts.Grouping) standIn { return standIn{&g.Pending, &g.Fallback} },
		func(ctx context.Context) (prompts.Grouping, error) { return d.written.Group(ctx, ask) })
}

// standIn is where something made without a model says why it stands there.
type standIn struct {
	pending  *bool
	fallback *string
}

// orPlain is what a model wrote of alike, or plain that says why it is not.
func (d *drafts[T]) orPlain(ctx context.Context, alike any, patient bool, plain T, in func(*T) standIn, write func(context.Context) (T, error)) (T, error) {
	made, how, err := d.ask(ctx, alike, patient, write)
	switch how {
	case draftMade:
		return made, err
	case draftWaits:
		*in(&plain).pending = true
	case draftFailed:
		*in(&plain).fallback = "failed"
	}
	return plain, err
}

// drafts are what a model is writing, or wrote a while ago.
type drafts[T any] struct {
	on   func(ctx context.Context) (bool, error)
	wall func() time.Time
	good func(T) bool // a model had a part in it

	mu      sync.Mutex
	all     map[string]*draft[T]
	running sync.WaitGroup
	base    context.Context // of what is being written
	stop    context.CancelFunc
}

// draft is one thing a model writes.
type draft[T any] struct {
	done  chan struct{}
	made  T // once done; so is err
	err   error
	until time.Time // when it is forgotten; zero while it is written
}

// draftMade and its like say what became of asking for a draft.
type becameOfDraft int

const (
	notAsked    becameOfDraft = iota // the model is off
	draftMade                        // it wrote
	draftWaits                       // it is writing
	draftFailed                      // it could not be asked
)

func newDrafts[T any](on func(ctx context.Context) (bool, error), wall func() time.Time, good func(T) bool) *drafts[T] {
	d := &drafts[T]{on: on, wall: wall, good: good, all: map[string]*draft[T]{}}
	d.base, d.stop = context.WithCancel(context.Background())
	return d
}

// Run stops what is being written when ctx ends, and returns when nothing is.
func (d *drafts[T]) Run(ctx context.Context) {
	<-ctx.Done()
	d.stop()
	d.running.Wait()
}

// ask returns what write makes, where it is made in time for who asks.
func (d *drafts[T]) ask(ctx context.Context, alike any, patient bool, write func(context.Context) (T, error)) (made T, how becameOfDraft, err error) {
	if on, err := d.on(ctx); err != nil || !on {
		return made, notAsked, err
	}
	one, began, err := d.begin(alike, write)
	if err != nil {
		return made, notAsked, err
	}
	var enough <-chan time.Time
	if !patient {
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
	case <-enough:
		select {
		case <-one.done:
		default:
			return made, draftWaits, nil
		}
	case <-ctx.Done():
		return made, notAsked, ctx.Err()
	}
	if one.err != nil {
		return made, draftFailed, nil
	}
	return one.made, draftMade, nil
}

// begin returns the draft of what is asked, and whether it has it written from now on:
// where nobody asked the same before.
func (d *drafts[T]) begin(alike any, write func(context.Context) (T, error)) (one *draft[T], began bool, err error) {
	key, err := draftKey(alike)
	if err != nil {
		return nil, false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.wall()
	for k, one := range d.all {
		if !one.until.IsZero() && now.After(one.until) {
			delete(d.all, k)
		}
	}
	if one := d.all[key]; one != nil {
		return one, false, nil
	}
	one = &draft[T]{done: make(chan struct{})}
	if len(d.all) >= mostDrafts {
		one.err = context.DeadlineExceeded
		close(one.done)
		return one, true, nil
	}
	d.all[key] = one
	d.running.Go(func() { d.write(one, write) })
	return one, true, nil
}

// write has the model write. A panic in it is a draft that failed.
func (d *drafts[T]) write(one *draft[T], write func(context.Context) (T, error)) {
	defer close(one.done)
	defer func() {
		if p := recover(); p != nil {
			one.err = fmt.Errorf("ask a model: panic %T", p)
		}
		kept := draftKept
		if one.err != nil || !d.good(one.made) {
			kept = failedKept
		}
		d.mu.Lock()
		defer d.mu.Unlock()
		one.until = d.wall().Add(kept)
	}()
	one.made, one.err = write(d.base)
}

// draftKey names what is asked, whoever asks it.
func draftKey(alike any) (string, error) {
	raw, err := json.Marshal(alike)
	if err != nil {
		return "", fmt.Errorf("name a draft: %w", err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}
