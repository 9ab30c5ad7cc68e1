package delivery_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"klantbot/bot/delivery"
	"klantbot/bot/workspace"
	"klantbot/storage"
)

// posted returns when each message of a channel was posted.
func (o *office) posted(channel string) (at []time.Duration) {
	for _, m := range o.Messages(channel, "UBOT") {
		seconds, err := strconv.ParseFloat(m.TS, 64)
		if err != nil {
			o.t.Fatal(err)
		}
		at = append(at, time.Duration(seconds*float64(time.Second)))
	}
	return at
}

// A backlog for one channel goes out at the pace that Slack takes it, without a
// pause beyond that, and keeps nobody else's message waiting. Nothing is
// attempted in vain.
func TestPace(t *testing.T) {
	const pace = 300 * time.Millisecond
	o := newOffice(t, 1, func(c *workspace.Config) {
		c.Channels = append(c.Channels, workspace.Channel{ID: "C9", Name: "rustig", Members: []string{"UBOT"}})
	})
	const backlog = 8
	for i := range backlog {
		o.queue(storage.LedgerEntry{Key: fmt.Sprint("m", i), Channel: "C1"})
	}
	o.queue(storage.LedgerEntry{Key: "ander", Channel: "C9"})
	began := time.Duration(time.Now().UnixNano())
	c, stop := o.run(func(c *delivery.Config) { c.Pace, c.Poll = pace, time.Hour }) // unasked it would look in an hour
	defer stop()
	until(t, "all sent", 10*time.Second, func() bool { return c.Counts().Sent == backlog+1 })
	at := o.posted("C1")
	for i, posted := range at { // each may come late on a busy machine, none early
		if took := posted - began; took < time.Duration(i)*pace-time.Millisecond {
			t.Errorf("message %d came after %v", i+1, took)
		}
	}
	if other := o.posted("C9")[0]; other > at[backlog-1] {
		t.Errorf("the other channel waited for all of the backlog: %v", other-at[backlog-1])
	}
	for i := range backlog {
		if e := o.entry(fmt.Sprint("m", i)); e.Attempts != 1 {
			t.Errorf("%s took %d attempts", e.Key, e.Attempts)
		}
	}
}

// TestReconcileByAnotherClock: where Slack's clock is not the wall's - the local
// workspace lives in the year of --as-of, and jumps - a message whose answer was
// lost is found all the same, and not posted a second time.
func TestReconcileByAnotherClock(t *testing.T) {
	for name, off := range map[string]time.Duration{"last year": -365 * 24 * time.Hour, "next year": 365 * 24 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			business := func() time.Time { return time.Now().Add(off) }
			o := newOffice(t, 1, func(c *workspace.Config) { c.Now = business })
			lose := workspace.Faults{DropAnswer: 1, Methods: []string{"chat.postMessage"}}
			if err := o.SetFaults(lose); err != nil {
				t.Fatal(err)
			}
			o.queue(storage.LedgerEntry{Key: "kaart", Channel: "C1", At: business()})
			c, stop := o.run()
			defer stop()
			until(t, "the lost answer", 5*time.Second, func() bool { return c.Counts().Uncertain == 1 })
			if err := o.SetFaults(workspace.Faults{}); err != nil {
				t.Fatal(err)
			}
			o.Jump(40 * 24 * time.Hour)
			until(t, "the end", 10*time.Second, func() bool { return c.Counts().Sent == 1 })
			if n := len(o.Messages("C1", "UBOT")); n != 1 || c.Counts().Found != 1 {
				t.Errorf("it stands there %d times; counts %+v", n, c.Counts())
			}
		})
	}
}
