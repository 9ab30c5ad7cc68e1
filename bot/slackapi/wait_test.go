package slackapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot"
)

// TestPacer spreads calls by Slack's rates, a channel at a time.
func TestPacer(t *testing.T) {
	now := time.Unix(1000, 0)
	p := newPacer(false)
	p.now = func() time.Time { return now }
	post := func(channel string) time.Duration {
		return p.reserve(turn{"chat.postMessage", channel}, time.Hour, ahead)
	}
	for i, want := range []time.Duration{0, time.Second, 2 * time.Second} {
		if got := post("C1"); got != want {
			t.Errorf("post %d waits %v, want %v", i, got, want)
		}
	}
	if got := post("C2"); got != 0 {
		t.Errorf("another channel waits %v", got)
	}
	if got := p.reserve(turn{"chat.postMessage", "C1"}, time.Second, ahead); got != 3*time.Second {
		t.Errorf("too long: %v", got)
	}
	if got := post("C1"); got != 3*time.Second {
		t.Errorf("a refused turn was reserved: %v", got)
	}
	now = now.Add(time.Hour)
	for i := range 21 { // a burst of 20, then one each .6 s
		want := time.Duration(0)
		if i == 20 {
			want = 600 * time.Millisecond
		}
		if got := p.reserve(turn{"users.info", ""}, time.Hour, ahead); got != want {
			t.Errorf("call %d waits %v, want %v", i, got, want)
		}
	}
	p.block("users.info", 7*time.Second)
	if got := p.reserve(turn{"users.info", ""}, time.Hour, ahead); got != 7*time.Second {
		t.Errorf("blocked: %v", got)
	}
	for i := range 2 * mostTurns {
		now = now.Add(2 * time.Second)
		post(fmt.Sprint(i))
	}
	if len(p.due) > mostTurns {
		t.Errorf("%d channels are remembered", len(p.due))
	}
}

// TestCache shares one call, forgets on demand also while loading, keeps no
// failures, and expires.
func TestCache(t *testing.T) {
	var loads atomic.Int64
	var fail atomic.Bool
	release := make(chan struct{})
	c := newCache(time.Hour, func(context.Context, standing, string) (int64, error) {
		<-release
		if fail.Load() {
			return 0, errors.New("no")
		}
		return loads.Add(1), nil
	})
	now := time.Now()
	c.now = func() time.Time { return now }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := c.get(t.Context(), "a"); v != 1 || err != nil {
				t.Errorf("%d, %v", v, err)
			}
		})
	}
	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := c.get(short, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an impatient caller: %v", err)
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	all.Wait()
	get := func(want int64) {
		t.Helper()
		if v, err := c.get(t.Context(), "a"); v != want || err != nil {
			t.Errorf("%d, %v; want %d", v, err, want)
		}
	}
	get(1)
	c.forget("a")
	get(2)
	now = now.Add(2 * time.Hour)
	fail.Store(true)
	if _, err := c.get(t.Context(), "a"); err == nil {
		t.Error("a failure was hidden")
	}
	fail.Store(false)
	get(3)

}

// TestCacheForgetsWhileLoading: Slack says that it changed while we were asking.
func TestCacheForgetsWhileLoading(t *testing.T) {
	var loads atomic.Int64
	release := make(chan struct{})
	c := newCache(time.Hour, func(context.Context, standing, string) (int64, error) { <-release; return loads.Add(1), nil })
	done := make(chan struct{})
	go func() { _, _ = c.get(t.Context(), "a"); close(done) }()
	time.Sleep(20 * time.Millisecond)
	c.forget("a")
	close(release)
	<-done
	if v, err := c.get(t.Context(), "a"); v != 2 || err != nil {
		t.Errorf("%d, %v; want it loaded anew", v, err)
	}
	for i := range mostCached + 10 {
		c.mu.Lock()
		c.keep(fmt.Sprint(i), 0, c.now())
		c.mu.Unlock()
	}
	if len(c.entries) > mostCached {
		t.Errorf("%d entries", len(c.entries))
	}
}

// TestBehind: who can wait takes half the burst, then what others leave, and
// reserves nothing ahead of them.
func TestBehind(t *testing.T) {
	now := time.Unix(1000, 0)
	p := newPacer(false)
	p.now = func() time.Time { return now }
	info := func(who standing) error {
		return p.wait(t.Context(), "conversations.info", "", longestWait, who)
	}
	for i := range 5 {
		if err := info(behind); err != nil {
			t.Errorf("question %d: %v", i+1, err)
		}
	}
	var limited *bot.RateLimited
	for range 20 {
		if err := info(behind); !errors.As(err, &limited) || limited.After > 1200*time.Millisecond {
			t.Fatalf("beyond half the burst: %v", err)
		}
	}
	for i := range 5 {
		if after := p.reserve(turn{"conversations.info", ""}, 0, ahead); after != 0 {
			t.Errorf("person %d waits %v", i+1, after)
		}
	}
	now = now.Add(6 * time.Second)
	if err := info(behind); !errors.As(err, &limited) {
		t.Errorf("right behind five people: %v", err)
	}
	now = now.Add(1200 * time.Millisecond)
	if err := info(behind); err != nil {
		t.Errorf("its turn: %v", err)
	}
}

// TestRecheck: asking anew takes nothing from those who may know it as it was.
func TestRecheck(t *testing.T) {
	var loads atomic.Int64
	release := make(chan struct{}, 1)
	release <- struct{}{}
	c := newCache(time.Hour, func(_ context.Context, who standing, _ string) (int64, error) {
		<-release
		if who == behind {
			return 100 + loads.Add(1), nil
		}
		return loads.Add(1), nil
	})
	now := time.Now()
	c.now = func() time.Time { return now }
	get := func(want int64) {
		t.Helper()
		if v, err := c.get(t.Context(), "a"); v != want || err != nil {
			t.Errorf("%d, %v; want %d", v, err, want)
		}
	}
	within := func(age time.Duration, want int64) {
		t.Helper()
		if v, err := c.getWithin(t.Context(), "a", age); v != want || err != nil {
			t.Errorf("within %v: %d, %v; want %d", age, v, err, want)
		}
	}
	get(1)
	now = now.Add(10 * time.Second)
	within(15*time.Second, 1)
	now = now.Add(10 * time.Second)
	done := make(chan struct{})
	go func() { defer close(done); within(15*time.Second, 102) }()
	time.Sleep(20 * time.Millisecond)
	get(1) // while it is asked anew
	release <- struct{}{}
	<-done
	get(102)
	c.forget("a")
	release <- struct{}{}
	within(15*time.Second, 103)
}
