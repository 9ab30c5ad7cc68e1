package bot

import (
	"context"
	"testing"
	"time"

	"golang.org/x/sync/semaphore"
)

// TestAwaitQuiet: who works beside the answers waits while somebody is being answered,
// and a while after, but never longer than told.
func TestAwaitQuiet(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	d := &Dispatcher{cfg: Config{Wall: func() time.Time { return now }}, held: map[string]*job{}, places: semaphore.NewWeighted(1)}
	awaited := func() bool { return d.AwaitQuiet(t.Context(), quietFor, 5*time.Millisecond) }
	if !d.quiet(quietFor) || !awaited() {
		t.Error("nobody came yet, and it is not quiet")
	}
	taken := d.taking()
	if d.quiet(quietFor) || awaited() {
		t.Error("it is quiet while somebody is being taken in")
	}
	taken()
	if d.quiet(quietFor) {
		t.Error("it is quiet at once after somebody was taken in")
	}
	if now = now.Add(quietFor); !d.quiet(quietFor) {
		t.Error("it is not quiet a while after")
	}
	d.held["somebody"] = &job{in: interaction{key: "somebody"}, lost: func(error) {}}
	if d.quiet(quietFor) {
		t.Error("it is quiet while somebody waits for an answer")
	}
	d.GiveWay(t.Context()) // which does not wait until nobody does
	d.places.TryAcquire(1)
	d.letGo(d.held["somebody"])
	if d.betweenAnswers() {
		t.Error("it is between two answers at the very moment of one")
	}
	if now = now.Add(justNow); !d.betweenAnswers() {
		t.Error("it is not between two answers right after one")
	}
	if d.betweenAnswers() {
		t.Error("it is between two answers twice after one")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if d.AwaitQuiet(ended, quietFor, time.Hour) {
		t.Error("it is quiet because nobody awaits it any more")
	}
	now = now.Add(quietFor)
	d.AwaitPause(t.Context(), time.Hour) // nobody waits any more
}

// TestAwaitAnswer: an answer is told of once, also when nobody listened at the time, and
// who listened meanwhile hears of several as of one.
func TestAwaitAnswer(t *testing.T) {
	d := &Dispatcher{asking: asking{given: make(chan struct{}, 1)}}
	at := time.Unix(1_800_000_000, 0)
	for range 3 {
		d.asking.gave(at)
	}
	if !d.AwaitAnswer(t.Context()) {
		t.Error("nobody is told of three answers")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if d.AwaitAnswer(ended) {
		t.Error("three answers are told of twice")
	}
	go d.asking.gave(at)
	if !d.AwaitAnswer(t.Context()) {
		t.Error("an answer is not told of while it is waited for")
	}
}
