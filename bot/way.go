package bot

import (
	"context"
	"sync/atomic"
	"time"
)

// headStart is what an acknowledgement has before its answer is begun on. Working one
// out takes every processor for a moment, and on two of them one acknowledgement in
// fifty arrived one to three milliseconds later for it where who waits for it is on the
// same machine. With a fifth of this one or two in a hundred still did, with this none of
// sixteen hundred.
const headStart = 500 * time.Microsecond

// begin queues j, which holds a place, once its acknowledgement had its start. Where Run
// ends before that, j was put back as all that is held, and nobody takes it any more.
func (d *Dispatcher) begin(j *job) {
	time.AfterFunc(headStart, func() { d.jobs <- j })
}

// How long work that nobody waits for stays out of the way.
const (
	quietFor = 20 * time.Millisecond // since somebody was last waited for
	justNow  = time.Millisecond      // the same, after an answer
	mostWay  = 20 * time.Millisecond // at a time, however many wait
	wayLooks = time.Millisecond      // at least between two looks whether somebody does
)

// asking is what is known of who waits, beside what is held.
type asking struct {
	now  atomic.Int64 // envelopes being taken in
	last atomic.Int64 // wall time in nanoseconds of the last thing taken in or answered, or of the start

	answers, between atomic.Int64  // how many were given, and when it was last between two
	given            chan struct{} // holds one thing when an answer was given that AwaitAnswer told nobody of
}

// gave notes that an answer was given.
func (a *asking) gave(at time.Time) {
	a.last.Store(at.UnixNano())
	a.answers.Add(1)
	select {
	case a.given <- struct{}{}:
	default: // nobody looked since the one before
	}
}

// taking notes that an envelope is being taken in, until the function it returns is called.
func (d *Dispatcher) taking() (taken func()) {
	d.asking.now.Add(1)
	return func() {
		d.asking.last.Store(d.cfg.Wall().UnixNano())
		d.asking.now.Add(-1)
	}
}

// quiet reports whether nobody has waited for anything for a while.
func (d *Dispatcher) quiet(while time.Duration) bool {
	d.mu.Lock()
	waiting := len(d.held)
	d.mu.Unlock()
	return waiting == 0 && d.asking.now.Load() == 0 && d.cfg.Wall().UnixNano()-d.asking.last.Load() >= int64(while)
}

// betweenAnswers reports, once after each answer, that nobody waits for another: who read
// it mostly takes a while to ask more.
func (d *Dispatcher) betweenAnswers() bool {
	given := d.asking.answers.Load()
	return d.quiet(justNow) && d.asking.between.Swap(given) != given
}

// GiveWay returns as soon as nobody has waited for an answer for 20 ms, once right after
// each answer, and after 20 ms in any case: who works beside the answers, a little at a
// time, calls it between, and still comes to an end where there is always somebody.
func (d *Dispatcher) GiveWay(ctx context.Context) { d.AwaitPause(ctx, mostWay) }

// AwaitPause is GiveWay for what takes some milliseconds and has time: it waits for at
// most as long as it is told.
func (d *Dispatcher) AwaitPause(ctx context.Context, most time.Duration) {
	await(ctx, most, wayLooks, func() bool { return d.quiet(quietFor) || d.betweenAnswers() })
}

// AwaitAnswer returns once an answer was given after it returned the last time, or with
// false when ctx ends. One goroutine may call it.
func (d *Dispatcher) AwaitAnswer(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-d.asking.given:
		return true
	}
}

// AwaitQuiet waits until nobody has waited for an answer for a while, but at most as
// long as it is told, and reports whether that is so.
func (d *Dispatcher) AwaitQuiet(ctx context.Context, while, most time.Duration) (quiet bool) {
	return await(ctx, most, max(wayLooks, while/8), func() bool { return d.quiet(while) })
}

// await looks every so often whether is holds, for at most as long, and reports whether
// it does.
func await(ctx context.Context, most, every time.Duration, is func() bool) bool {
	if is() {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	looks := time.NewTicker(every)
	defer looks.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-looks.C:
			if is() {
				return true
			}
		}
	}
}
