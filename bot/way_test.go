package bot

import (
	"context"
	"testing"
	"time"
)

// TestAwaitQuiet: who works beside the answers waits while somebody is being answered,
// and a while after, but never longer than told.
func TestAwaitQuiet(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	d := &Dispatcher{cfg: Config{Wall: func() time.Time { return now }}, held: map[string]*job{}}
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
	d.held["somebody"] = &job{}
	if d.quiet(quietFor) {
		t.Error("it is quiet while somebody waits for an answer")
	}
	d.GiveWay(t.Context()) // which does not wait until nobody does
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if d.AwaitQuiet(ended, quietFor, time.Hour) {
		t.Error("it is quiet because nobody awaits it any more")
	}
}
