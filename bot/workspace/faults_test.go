package workspace

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestFaults(t *testing.T) {
	o := newOffice(t)
	post := func() error {
		_, _, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false))
		return err
	}
	set := func(f Faults) {
		t.Helper()
		if err := o.SetFaults(f); err != nil {
			t.Fatal(err)
		}
	}
	count := func() int { return len(o.Messages("C1", "U1")) }
	set(Faults{RateLimited: 1, RetryAfter: 7})
	var limited *slack.RateLimitedError
	if err := post(); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("429: %v", err)
	}
	set(Faults{ServerError: 1})
	var status slack.StatusCodeError
	if err := post(); !errors.As(err, &status) || status.Code != 503 {
		t.Errorf("5xx: %v", err)
	}
	if count() != 0 {
		t.Error("a refused call had an effect")
	}
	set(Faults{DropAnswer: 1})
	if err := post(); err == nil || count() != 1 {
		t.Errorf("dropped answer: %v, %d messages, want an error and the message", err, count())
	}
	set(Faults{DropAnswer: 1, Methods: []string{"chat.update"}})
	if err := post(); err != nil || count() != 2 {
		t.Errorf("another method suffers: %v", err)
	}
	if err := o.SetFaults(Faults{RateLimited: 1.5}); err == nil {
		t.Error("a probability of 1.5 was taken")
	}
}

// TestFaultsAreRepeatable: the same seed gives the same row of failures.
func TestFaultsAreRepeatable(t *testing.T) {
	row := func(seed uint64) string {
		o := newOffice(t, func(c *Config) { c.Seed = seed; c.Faults = Faults{ServerError: 0.5} })
		var b strings.Builder
		for range 30 {
			if _, err := o.api.AuthTest(); err != nil {
				b.WriteByte('x')
			} else {
				b.WriteByte('.')
			}
		}
		return b.String()
	}
	a, b, c := row(3), row(3), row(4)
	if a != b || a == c || !strings.Contains(a, "x.") {
		t.Errorf("%s %s %s", a, b, c)
	}
}

func TestDuplicateAndDisconnect(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.Faults = Faults{Duplicate: 1} })
	var seen atomic.Int32
	app := o.connect(func(b *bot, e socketmode.Event) { seen.Add(1); b.ack(e, nil) })
	if err := o.Command("U1", "C1", "/klant", "x"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the second delivery", func() bool { return seen.Load() == 2 })
	if err := o.SetFaults(Faults{Disconnect: true}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "coming back", func() bool { return app.hellos() == 2 })
	if o.Faults().Disconnect {
		t.Error("disconnect stays on")
	}
}

// TestManyAtOnce runs people, the app and the clock side by side, for the race detector.
func TestManyAtOnce(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 5 * time.Second })
	o.connect(func(b *bot, e socketmode.Event) { b.ack(e, nil) })
	o.page("U2")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 20 {
				if err := o.Command("U1", "C1", "/klant", "x"); err != nil {
					t.Error(err)
				}
				_, ts, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false), slack.MsgOptionBlocks(buttonBlocks("a", "Knop")...))
				if err != nil {
					t.Error(err)
					continue
				}
				if err := o.Press("U2", On("C1", ts), "Knop"); err != nil {
					t.Error(err)
				}
				_, _ = o.Say("U2", "C1", "hoi", ts)
				o.Jump(time.Second)
				o.Messages("C1", "U1")
				_ = o.React("U2", "C1", ts, "tada")
			}
		})
	}
	wg.Wait()
	if n := len(o.Messages("C1", "U1")); n != 160 {
		t.Errorf("%d messages, want 160", n)
	}
}

// TestNothingLeaks: after Close every goroutine of the server is gone, and
// whoever waits is told.
func TestNothingLeaks(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Run("life", func(t *testing.T) {
		o := newOffice(t, func(c *Config) { c.AckTimeout = time.Minute })
		o.dial()
		o.page("U1")
		answer := make(chan error, 1)
		go func() { answer <- o.Command("U1", "C1", "/klant", "x") }()
		eventually(t, "a command under way", func() bool { o.mu.Lock(); defer o.mu.Unlock(); return len(o.inflight) == 1 })
		if err := o.Close(); err != nil {
			t.Error(err)
		}
		if err := <-answer; code(err) != "service_unavailable" {
			t.Errorf("the waiting command got %v", err)
		}
	})
	eventually(t, "the goroutines to end", func() bool { return runtime.NumGoroutine() <= before+4 })
}
