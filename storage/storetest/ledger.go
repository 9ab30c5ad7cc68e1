package storetest

import (
	"fmt"
	"maps"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

func enqueue(t *testing.T, s Store, e storage.LedgerEntry) (added bool) {
	t.Helper()
	write(t, s, func(tx storage.Tx) (err error) {
		added, err = tx.Enqueue(t.Context(), e)
		return err
	})
	return added
}

func entryOf(t *testing.T, s Store, key string) storage.LedgerEntry {
	t.Helper()
	e, err := s.Entry(t.Context(), key)
	if err != nil {
		t.Fatalf("Entry: %v", err)
	}
	return e
}

func claim(t *testing.T, s Store, owner string, now time.Time, limit int) []storage.LedgerEntry {
	t.Helper()
	claimed, err := s.Claim(t.Context(), owner, now, now.Add(time.Minute), limit)
	if err != nil {
		t.Fatalf("Claim: %v", err)
	}
	return claimed
}

func keysOf(entries []storage.LedgerEntry) (keys []string) {
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	return keys
}

func testLedger(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	_, err := s.Entry(t.Context(), "share/1")
	wantKind(t, "Entry", err, analysis.NotFound)
	want := storage.LedgerEntry{
		Key: "share/1", Kind: "client.card", Channel: "C1", User: "U1", Lang: "nl", Client: 3, Group: 4, Subject: "kind/mkb", Author: "U2",
		At: morning.Add(-24 * time.Hour), Due: morning, State: storage.Queued,
	}
	wantEqual(t, "first", enqueue(t, s, want), true)
	again := want
	again.Channel, again.Due = "C2", morning.Add(-time.Hour)
	wantEqual(t, "again", enqueue(t, s, again), false)
	got := entryOf(t, s, "share/1")
	want.ID = got.ID
	wantEqual(t, "queued", got, want)

	wantKeys(t, "before it is due", keysOf(claim(t, s, "a", morning.Add(-time.Second), 10)))
	now := morning.Add(time.Second)
	claimed := claim(t, s, "a", now, 10)
	want.State, want.Attempts, want.Attempt, want.Owner, want.Lease = storage.Sending, 1, now, "a", now.Add(time.Minute)
	if len(claimed) != 1 {
		t.Fatalf("Claim = %v, want one", claimed)
	}
	wantEqual(t, "claimed", claimed[0], want)
	wantEqual(t, "stored", entryOf(t, s, "share/1"), want)
	wantKeys(t, "while it is sent", keysOf(claim(t, s, "b", now.Add(time.Hour), 10)))

	t.Run("order", func(t *testing.T) { testLedgerOrder(t, s, now) })
	t.Run("stale", func(t *testing.T) { testLedgerStale(t, s, want) })
	t.Run("ends", func(t *testing.T) { testLedgerEnds(t, s) })
}

// testLedgerOrder: the oldest first, and in order of queueing what is due at once.
func testLedgerOrder(t *testing.T, s Store, now time.Time) {
	for i, due := range []time.Duration{0, -time.Minute, 0, time.Hour} {
		e := entry(numbered("order", i))
		e.Due = morning.Add(due)
		enqueue(t, s, e)
	}
	testLedgerRest(t, s, now)
	wantKeys(t, "two", keysOf(claim(t, s, "a", now, 2)), "order-0001", "order-0000")
	wantKeys(t, "rest", keysOf(claim(t, s, "a", now, 10)), "order-0002")
	wantKeys(t, "later", keysOf(claim(t, s, "a", now.Add(time.Hour), 10)), "order-0003")
	for i := range 4 {
		if err := s.MarkSent(t.Context(), entryOf(t, s, numbered("order", i)).ID, "1.0"); err != nil {
			t.Fatal(err)
		}
	}
}

// testLedgerRest: what goes to a channel that rests is passed over, direct
// messages and other channels are not.
func testLedgerRest(t *testing.T, s Store, now time.Time) {
	for key, channel := range map[string]analysis.ChannelID{"rest/1": "C8", "rest/2": "C9", "rest/3": ""} {
		e := entry(key)
		e.Channel, e.Due = channel, morning.Add(-time.Hour)
		enqueue(t, s, e)
	}
	resting := func(channels ...analysis.ChannelID) []string {
		t.Helper()
		claimed, err := s.Claim(t.Context(), "a", morning.Add(-time.Hour), now, 10, channels...)
		if err != nil {
			t.Fatalf("Claim: %v", err)
		}
		for _, e := range claimed {
			if err := s.MarkSent(t.Context(), e.ID, "1.0"); err != nil {
				t.Fatal(err)
			}
		}
		return keysOf(claimed)
	}
	wantKeys(t, "while both rest", resting("C8", "C9", `C"7`), "rest/3")
	wantKeys(t, "while one rests", resting("C9"), "rest/1")
	wantKeys(t, "when none rests", resting(), "rest/2")
}

// testLedgerStale: what nobody holds any more goes to one other, unchanged.
func testLedgerStale(t *testing.T, s Store, lost storage.LedgerEntry) {
	stale := func(settled time.Time) []storage.LedgerEntry {
		t.Helper()
		entries, err := s.Stale(t.Context(), "b", settled, settled.Add(time.Minute), 10)
		if err != nil {
			t.Fatalf("Stale: %v", err)
		}
		return entries
	}
	wantKeys(t, "while leased", keysOf(stale(lost.Lease)))
	settled := lost.Lease.Add(time.Second)
	found := stale(settled)
	if len(found) != 1 {
		t.Fatalf("Stale = %v, want one", found)
	}
	lost.Owner, lost.Lease = "b", settled.Add(time.Minute)
	wantEqual(t, "stale", found[0], lost)
	wantKeys(t, "leased again", keysOf(stale(settled)))
}

// testLedgerEnds: sending ends in the queue, in Slack or with a person, and
// nothing else moves.
func testLedgerEnds(t *testing.T, s Store) {
	ctx := t.Context()
	id := entryOf(t, s, "share/1").ID
	due := morning.Add(time.Hour)
	if err := s.Requeue(ctx, id, due, "ratelimited"); err != nil {
		t.Fatal(err)
	}
	e := entryOf(t, s, "share/1")
	if e.State != storage.Queued || !e.Due.Equal(due) || e.Reason != "ratelimited" || e.Attempts != 1 || e.Owner != "" {
		t.Errorf("requeued %+v", e)
	}
	wantKind(t, "MarkSent of what is queued", s.MarkSent(ctx, id, "1.0"), analysis.NotFound)
	wantKind(t, "Requeue of what is queued", s.Requeue(ctx, id, due, ""), analysis.NotFound)
	wantKind(t, "Park of what is queued", s.Park(ctx, id, storage.Failed, ""), analysis.NotFound)
	wantEqual(t, "attempts", claim(t, s, "a", due, 10)[0].Attempts, 2)
	for range 2 { // the second time because the first answer was lost
		if err := s.MarkSent(ctx, id, "1763.42"); err != nil {
			t.Errorf("MarkSent: %v", err)
		}
	}
	e = entryOf(t, s, "share/1")
	if e.State != storage.Sent || e.TS != "1763.42" || e.Reason != "" {
		t.Errorf("sent %+v", e)
	}
	wantKind(t, "MarkSent as another message", s.MarkSent(ctx, id, "2.0"), analysis.NotFound)
	wantKind(t, "Requeue of what is sent", s.Requeue(ctx, id, due, ""), analysis.NotFound)
	wantKind(t, "MarkSent of nothing", s.MarkSent(ctx, 4711, "1.0"), analysis.NotFound)

	for _, key := range []string{"unknown", "failed", "sending", "queued"} {
		enqueue(t, s, entry(key))
		if key == "queued" {
			continue
		}
		id := claim(t, s, "a", due, 1)[0].ID
		if key == "sending" {
			if err := s.Park(ctx, id, storage.Sent, ""); err == nil {
				t.Error("Park as sent: no error")
			}
			continue
		}
		if err := s.Park(ctx, id, storage.LedgerState(key), "channel_not_found"); err != nil {
			t.Errorf("Park: %v", err)
		}
		wantEqual(t, "reason", entryOf(t, s, key).Reason, "channel_not_found")
	}
	got, err := s.Undelivered(ctx)
	want := map[storage.LedgerState]int{storage.Unknown: 1, storage.Failed: 1, storage.Sending: 1, storage.Queued: 1}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("Undelivered = %v, %v; want %v", got, err, want)
	}
	stranded, all, err := s.Stranded(ctx, entry("failed").At, 1)
	if err != nil || all != 2 || len(stranded) != 1 || stranded[0].Key != "failed" || stranded[0].Reason != "channel_not_found" {
		t.Errorf("Stranded = %+v of %d, %v", stranded, all, err)
	}
	if stranded, all, err := s.Stranded(ctx, entry("failed").At.Add(time.Millisecond), 9); err != nil || all != 0 || len(stranded) != 0 {
		t.Errorf("Stranded later = %+v of %d, %v", stranded, all, err)
	}
}

// testLedgerRaces: however many claim at once, in however many programs, each
// message goes to one of them; so it does when all of them are lost.
func testLedgerRaces(t *testing.T, fresh Fresh) {
	open := fresh(t)
	stores := []Store{open(), open()}
	const messages, goroutines = 60, 8
	write(t, stores[0], func(tx storage.Tx) error {
		for i := range messages {
			if _, err := tx.Enqueue(t.Context(), entry(numbered("M", i))); err != nil {
				return err
			}
		}
		return nil
	})
	for _, lease := range []struct {
		name string
		do   func(s Store, owner string) ([]storage.LedgerEntry, error)
	}{
		{"Claim", func(s Store, owner string) ([]storage.LedgerEntry, error) {
			return s.Claim(t.Context(), owner, morning, morning.Add(time.Minute), 4)
		}},
		{"Stale", func(s Store, owner string) ([]storage.LedgerEntry, error) {
			return s.Stale(t.Context(), owner, morning.Add(time.Hour), morning.Add(2*time.Hour), 4)
		}},
	} {
		var mu sync.Mutex
		owners := map[string]string{}
		err := atOnce(goroutines, func(i int) error {
			owner := fmt.Sprint(lease.name, i)
			for {
				leased, err := lease.do(stores[i%2], owner)
				if err != nil || len(leased) == 0 {
					return err
				}
				mu.Lock()
				for _, e := range leased {
					if owners[e.Key] != "" || e.Owner != owner || e.Attempts != 1 {
						t.Errorf("%s: %s went to %q before %s, attempt %d", lease.name, e.Key, owners[e.Key], e.Owner, e.Attempts)
					}
					owners[e.Key] = owner
				}
				mu.Unlock()
			}
		})
		if err != nil || len(owners) != messages {
			t.Errorf("%s leased %d messages, %v; want %d", lease.name, len(owners), err, messages)
		}
	}
}
