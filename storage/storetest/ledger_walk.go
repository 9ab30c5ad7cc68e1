package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
	"klantbot/storage"
)

// testLedgerWalks: whatever is done to messages, in whatever order, every one
// is as the rules of storage.LedgerState leave it, and nobody is handed one out
// of turn.
func testLedgerWalks(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++ // keys are unique for ever
		w := &ledgerWalk{ctx: t.Context(), s: s, round: round, now: morning}
		defer w.deliverAll(r)
		r.Repeat(map[string]func(*rapid.T){
			"enqueue": w.enqueue, "claim": w.claim, "stale": w.stale, "settle": w.settle, "wait": w.wait, "": w.compare,
		})
	})
}

// ledgerWalk is the model: what every message should be by now.
type ledgerWalk struct {
	ctx      context.Context
	s        Store
	round    int
	now      time.Time
	messages []*storage.LedgerEntry
}

func (w *ledgerWalk) wait(r *rapid.T) {
	w.now = w.now.Add(time.Duration(rapid.IntRange(1, 90).Draw(r, "seconds")) * time.Second)
}

func (w *ledgerWalk) enqueue(r *rapid.T) {
	e := entry(fmt.Sprintf("walk/%d/%d", w.round, rapid.IntRange(0, 4).Draw(r, "key")))
	e.Due = w.now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(r, "due")) * time.Second)
	var added bool
	err := w.s.Write(w.ctx, func(tx storage.Tx) (err error) {
		added, err = tx.Enqueue(w.ctx, e)
		return err
	})
	known := slices.ContainsFunc(w.messages, func(m *storage.LedgerEntry) bool { return m.Key == e.Key })
	if err != nil || added == known {
		r.Fatalf("Enqueue %s = %v, %v; known: %v", e.Key, added, err, known)
	}
	if added {
		stored, err := w.s.Entry(w.ctx, e.Key)
		if err != nil {
			r.Fatal(err)
		}
		e.ID, e.State = stored.ID, storage.Queued
		w.messages = append(w.messages, &e)
	}
}

func (w *ledgerWalk) claim(r *rapid.T) {
	owner, limit := rapid.SampledFrom([]string{"a", "b"}).Draw(r, "owner"), rapid.IntRange(1, 3).Draw(r, "limit")
	until := w.now.Add(30 * time.Second)
	got, err := w.s.Claim(w.ctx, owner, w.now, until, limit)
	w.leased(r, got, err, limit, func(m *storage.LedgerEntry) bool {
		return m.State == storage.Queued && !m.Due.After(w.now)
	}, func(m *storage.LedgerEntry) {
		m.State, m.Owner, m.Lease, m.Attempt = storage.Sending, owner, until, w.now
		m.Attempts++
	})
}

func (w *ledgerWalk) stale(r *rapid.T) {
	until := w.now.Add(30 * time.Second)
	got, err := w.s.Stale(w.ctx, "c", w.now, until, 2)
	w.leased(r, got, err, 2, func(m *storage.LedgerEntry) bool {
		return m.State == storage.Sending && m.Lease.Before(w.now)
	}, func(m *storage.LedgerEntry) { m.Owner, m.Lease = "c", until })
}

// leased checks that got is the first limit messages for which free holds, the
// longest due first, as become leaves them.
func (w *ledgerWalk) leased(r *rapid.T, got []storage.LedgerEntry, err error, limit int, free func(*storage.LedgerEntry) bool, become func(*storage.LedgerEntry)) {
	var want []*storage.LedgerEntry
	for _, m := range w.messages {
		if free(m) {
			want = append(want, m)
		}
	}
	slices.SortFunc(want, func(a, b *storage.LedgerEntry) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	want = want[:min(limit, len(want))]
	if err != nil || len(got) != len(want) {
		r.Fatalf("leased %d messages, %v; want %d", len(got), err, len(want))
	}
	for i, m := range want {
		become(m)
		if got[i] != *m {
			r.Fatalf("leased %+v, want %+v", got[i], *m)
		}
	}
}

// settle ends the sending of any message, which only one that is sending obeys.
func (w *ledgerWalk) settle(r *rapid.T) {
	if len(w.messages) == 0 {
		r.Skip("no message yet")
	}
	m := rapid.SampledFrom(w.messages).Draw(r, "message")
	after := *m
	after.Owner, after.Lease, after.Reason = "", time.Time{}, "timeout"
	var err error
	switch how := rapid.SampledFrom([]storage.LedgerState{storage.Sent, storage.Queued, storage.Unknown, storage.Failed}).Draw(r, "how"); how {
	case storage.Sent:
		after.State, after.TS, after.Reason = how, "17.1", ""
		err = w.s.MarkSent(w.ctx, m.ID, after.TS)
	case storage.Queued:
		after.State, after.Due = how, w.now.Add(time.Minute)
		err = w.s.Requeue(w.ctx, m.ID, after.Due, after.Reason)
	default:
		after.State = how
		err = w.s.Park(w.ctx, m.ID, how, after.Reason)
	}
	switch {
	case m.State == storage.Sending && err == nil:
		*m = after
	case m.State == storage.Sent && after.State == storage.Sent && err == nil: // said again
	case m.State != storage.Sending && analysis.KindOf(err) == analysis.NotFound:
	default:
		r.Fatalf("settling %+v as %s: %v", *m, after.State, err)
	}
}

func (w *ledgerWalk) compare(r *rapid.T) {
	for _, m := range w.messages {
		if got, err := w.s.Entry(w.ctx, m.Key); err != nil || got != *m {
			r.Fatalf("Entry = %+v, %v; want %+v", got, err, *m)
		}
	}
}

// deliverAll leaves nothing to lease for the walks after this one.
func (w *ledgerWalk) deliverAll(r *rapid.T) {
	for _, m := range w.messages {
		if m.State != storage.Queued && m.State != storage.Sending {
			continue
		}
		far := w.now.Add(time.Hour)
		if _, err := w.s.Claim(w.ctx, "end", far, far, 100); err != nil {
			r.Fatal(err)
		}
		if err := w.s.MarkSent(w.ctx, m.ID, "17.2"); err != nil {
			r.Fatal(err)
		}
	}
}
