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
}
