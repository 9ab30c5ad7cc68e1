package delivery_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/workspace"
	"klantbot/commands/view"
	"klantbot/storage"
)

func (o *office) revise(key string) {
	o.t.Helper()
	err := o.db.Write(o.t.Context(), func(tx storage.Tx) error { return tx.Revise(o.t.Context(), key) })
	if err != nil {
		o.t.Fatal(err)
	}
}

// dmTexts are the texts of the messages that user has in the DM with the bot.
func (o *office) dmTexts(user string) (texts []string) {
	o.t.Helper()
	dm, err := o.DM(user)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, m := range o.Messages(dm, user) {
		texts = append(texts, m.Text)
	}
	return texts
}

// TestAmend: what a message is about changes 40 times while two processes run
// and answers are dropped, fail and are refused; in the end there is one
// message, and it says what is.
func TestAmend(t *testing.T) {
	o := newOffice(t, 1)
	var version atomic.Int64
	o.render = func(context.Context, storage.LedgerEntry) (bot.Message, error) {
		return view.Say(fmt.Sprintf("stand %d", version.Load())), nil
	}
	o.queue(storage.LedgerEntry{Key: "week", User: "U0"})
	for range 2 {
		o.run(func(c *delivery.Config) { c.Lease = 600 * time.Millisecond })
	}
	until(t, "sent", 5*time.Second, func() bool { return o.entry("week").State == storage.Sent })
	err := o.SetFaults(workspace.Faults{DropAnswer: .2, ServerError: .2, Methods: []string{"chat.update"}})
	if err != nil {
		t.Fatal(err)
	}
	for range 40 {
		version.Add(1)
		o.revise("week")
		time.Sleep(10 * time.Millisecond)
	}
	until(t, "the last state", 20*time.Second, func() bool {
		texts := o.dmTexts("U0")
		return len(texts) == 1 && texts[0] == "stand 40"
	})
}

// TestAmendRefused: a message that was deleted, or whose channel is archived,
// stays as it is; nobody tries for ever, and a stub reaches it where it can.
func TestAmendRefused(t *testing.T) {
	o := newOffice(t, 1)
	o.queue(storage.LedgerEntry{Key: "kanaal", Channel: "C1"}, storage.LedgerEntry{Key: "dm", User: "U0"})
	c, _ := o.run()
	until(t, "sent", 5*time.Second, func() bool { return c.Counts().Sent == 2 })
	if err := o.ShareChannel("C1", true); err != nil {
		t.Fatal(err)
	}
	o.api.ForgetChannel("C1")
	o.render = func(_ context.Context, e storage.LedgerEntry) (bot.Message, error) {
		if e.Stubbed {
			return view.Say("vervallen"), nil
		}
		return view.Say("gewijzigd"), nil
	}
	o.revise("kanaal")
	o.revise("dm")
	until(t, "the DM", 5*time.Second, func() bool { return o.dmTexts("U0")[0] == "gewijzigd" })
	until(t, "giving up", 5*time.Second, func() bool {
		left, err := o.db.Revised(t.Context(), "test", time.Now().Add(time.Hour), time.Now(), 9)
		return err == nil && len(left) == 0
	})
	if got := o.Messages("C1", "UBOT")[0].Text; got != "kanaal" {
		t.Errorf("outsiders read %q", got)
	}
	err := o.db.Write(t.Context(), func(tx storage.Tx) error {
		n, err := tx.Stub(t.Context(), []string{"test"}, time.Now(), time.Now(), 9)
		if n != 2 {
			t.Errorf("%d stubbed", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the stubs", 5*time.Second, func() bool {
		return o.dmTexts("U0")[0] == "vervallen" && o.Messages("C1", "UBOT")[0].Text == "vervallen"
	})
}

// TestThread: answers wait for their parent and stand in its thread, also when
// nobody heard back from posting them.
func TestThread(t *testing.T) {
	o := newOffice(t, 0)
	o.queue(storage.LedgerEntry{Key: "antwoord", Channel: "C1", Parent: "begin"},
		storage.LedgerEntry{Key: "wees", Channel: "C1", Parent: "niets"},
		storage.LedgerEntry{Key: "begin", Channel: "C1", Due: time.Now().Add(300 * time.Millisecond)})
	if err := o.SetFaults(workspace.Faults{DropAnswer: .7, Methods: []string{"chat.postMessage"}}); err != nil {
		t.Fatal(err)
	}
	o.run()
	until(t, "both", 20*time.Second, func() bool {
		return o.entry("begin").State == storage.Sent && o.entry("antwoord").State == storage.Sent
	})
	if e := o.entry("wees"); e.State != storage.Failed || e.Reason != "parent_gone" {
		t.Errorf("without a parent: %+v", e)
	}
	all := o.Messages("C1", "UBOT")
	if len(all) != 2 {
		t.Fatalf("%d messages", len(all))
	}
	if all[1].ThreadTS != o.entry("begin").TS || analysis.ChannelID("C1") != o.entry("antwoord").Channel {
		t.Errorf("the answer stands in thread %q, not %q", all[1].ThreadTS, o.entry("begin").TS)
	}
}

// TestAmendAfterManyAttempts: a message that was hard to send is as soon changed as any
// other: how long it rests after a failure does not grow with what sending took.
func TestAmendAfterManyAttempts(t *testing.T) {
	o := newOffice(t, 1)
	o.queue(storage.LedgerEntry{Key: "bord", Channel: "C1"})
	for range 9 {
		taken, err := o.db.Claim(t.Context(), "killed", time.Now(), time.Now(), 1)
		if err != nil || len(taken) != 1 {
			t.Fatalf("%d claimed, %v", len(taken), err)
		}
		if err := o.db.Requeue(t.Context(), taken[0].ID, time.Now(), "unreached"); err != nil {
			t.Fatal(err)
		}
	}
	_, stop := o.run()
	until(t, "sent", 5*time.Second, func() bool { return o.entry("bord").State == storage.Sent })
	stop()
	if err := o.SetFaults(workspace.Faults{ServerError: 1, Methods: []string{"conversations.info"}}); err != nil {
		t.Fatal(err)
	}
	o.api.ForgetChannel("C1") // so that it is asked whether it is shared by now
	o.revise("bord")
	c, stop := o.run()
	until(t, "a failure that is recorded", 5*time.Second, func() bool { return o.entry("bord").Reason != "" })
	stop()
	if rest := time.Until(o.entry("bord").Lease); rest > 10*time.Second || c.Counts().Amended != 0 {
		t.Errorf("after %d attempts it rests %s", o.entry("bord").Attempts, rest)
	}
}
