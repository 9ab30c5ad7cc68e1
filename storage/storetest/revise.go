package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"klantbot/storage"
)

func testRevise(t *testing.T, fresh Fresh) {
	s, ctx := fresh(t)(), t.Context()
	later := morning.Add(time.Minute)
	revise := func(key string) {
		t.Helper()
		write(t, s, func(tx storage.Tx) error { return tx.Revise(ctx, key) })
	}
	revised := func(owner string, now time.Time) []storage.LedgerEntry {
		t.Helper()
		got, err := s.Revised(ctx, owner, now, now.Add(time.Minute), 10)
		if err != nil {
			t.Fatalf("Revised: %v", err)
		}
		return got
	}
	enqueue(t, s, storage.LedgerEntry{Key: "digest/1", Kind: "digest", User: "U1", Parent: "digest/0", Thread: "7.1", At: morning, Due: morning})
	revise("digest/1")
	revise("nothing")
	wantEqual(t, "queued is not revised", len(revised("a", later)), 0)

	e := claim(t, s, "a", later, 1)[0]
	wantEqual(t, "parent", e.Parent, "digest/0")
	wantEqual(t, "thread", e.Thread, "7.1")
	wantEqual(t, "wanted when claimed", e.Wanted, 1)
	if err := s.MarkSent(ctx, e.ID, "1.0"); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "sent as wanted", len(revised("a", later)), 0)

	revise("digest/1")
	got := revised("a", later)
	wantEqual(t, "revised", strings.Join(keysOf(got), " "), "digest/1")
	wantEqual(t, "leased", len(revised("b", later)), 0)
	wantEqual(t, "state while revised", got[0].State, storage.Sent)
	revise("digest/1") // while the first is rendered
	if err := s.MarkShown(ctx, got[0].ID, got[0].Wanted, ""); err != nil {
		t.Fatal(err)
	}
	got = revised("b", later)
	wantEqual(t, "revised meanwhile", strings.Join(keysOf(got), " "), "digest/1")
	if err := s.Defer(ctx, got[0].ID, later.Add(time.Hour), "ratelimited"); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "deferred", len(revised("b", later.Add(2*time.Minute))), 0)
	wantEqual(t, "why", entryOf(t, s, "digest/1").Reason, "ratelimited")
	got = revised("c", later.Add(2*time.Hour)) // a killed process keeps it for its lease only
	wantEqual(t, "lease over", len(revised("d", later.Add(2*time.Hour+2*time.Minute))), 1)
	if err := s.MarkShown(ctx, got[0].ID, got[0].Wanted, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.MarkShown(ctx, got[0].ID, 1, ""); err != nil { // an older rendering comes in late
		t.Fatal(err)
	}
	wantEqual(t, "shown", len(revised("d", later.Add(5*time.Hour))), 0)
}

func testStub(t *testing.T, fresh Fresh) {
	s, ctx := fresh(t)(), t.Context()
	for i, kind := range []string{"client.card", "client.card", "digest", "other"} {
		at := morning.Add(time.Duration(i) * 24 * time.Hour)
		enqueue(t, s, storage.LedgerEntry{Key: numbered("stub", i), Kind: kind, Channel: "C1", At: at, Due: morning})
	}
	for _, e := range claim(t, s, "a", morning, 9) {
		if err := s.MarkSent(ctx, e.ID, "1.0"); err != nil {
			t.Fatal(err)
		}
	}
	enqueue(t, s, storage.LedgerEntry{Key: "unsent", Kind: "digest", Channel: "C1", At: morning, Due: morning})
	stub := func(before time.Time, limit int) (n int) {
		t.Helper()
		write(t, s, func(tx storage.Tx) (err error) {
			n, err = tx.Stub(ctx, []string{"client.card", "digest"}, before, morning, limit)
			return err
		})
		return n
	}
	wantEqual(t, "before the second", stub(morning.Add(24*time.Hour), 9), 1)
	wantEqual(t, "one at a time", stub(morning.Add(9*24*time.Hour), 1), 1)
	wantEqual(t, "the rest", stub(morning.Add(9*24*time.Hour), 9), 1)
	wantEqual(t, "nothing left", stub(morning.Add(9*24*time.Hour), 9), 0)
	got, err := s.Revised(ctx, "a", morning, morning.Add(time.Minute), 9)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "to be shown", len(got), 3)
	for _, e := range got {
		wantEqual(t, e.Key+" is a stub", e.Stubbed, true)
	}
	write(t, s, func(tx storage.Tx) error {
		return errors.Join(tx.Withdraw(ctx, "unsent", morning), tx.Withdraw(ctx, numbered("stub", 0), morning), tx.Withdraw(ctx, numbered("stub", 3), morning), tx.Withdraw(ctx, "nothing", morning))
	})
	unsent := entryOf(t, s, "unsent")
	wantEqual(t, "withdrawn before it was sent", unsent.Stubbed, true)
	wantEqual(t, "withdrawn though it was a stub", entryOf(t, s, numbered("stub", 0)).Wanted, 1)
	if got, err := s.Revised(ctx, "b", morning, morning.Add(time.Minute), 9); err != nil || len(got) != 1 || got[0].Key != numbered("stub", 3) || !got[0].Stubbed {
		t.Errorf("Revised = %+v, %v; want the one that was withdrawn", got, err)
	}
}
