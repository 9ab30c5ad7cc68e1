package storetest

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/storage"
)

func envelope(key string, received time.Time) storage.Envelope {
	return storage.Envelope{Key: key, Kind: "slash_commands", Payload: []byte(`{"text":"Jansen"}`), Received: received}
}

func accept(t *testing.T, s Store, e storage.Envelope, owner string, until time.Time) bool {
	t.Helper()
	added, err := s.Accept(t.Context(), e, owner, until)
	if err != nil {
		t.Fatalf("Accept: %v", err)
	}
	return added
}

func take(t *testing.T, s Store, owner string, now, notBefore time.Time, limit int) []string {
	t.Helper()
	taken, err := s.Take(t.Context(), owner, now, now.Add(time.Minute), notBefore, limit)
	if err != nil {
		t.Fatalf("Take: %v", err)
	}
	var keys []string
	for _, e := range taken {
		keys = append(keys, e.Key)
	}
	return keys
}

func wantKeys(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	wantEqual(t, what, fmt.Sprint(got), fmt.Sprint(want))
}

func testInbox(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	lease := morning.Add(time.Minute)
	long := morning.Add(-time.Hour)

	e := envelope("E1", morning)
	e.Payload = []byte("{\"text\":\"\x00\xff👩‍👧\"}") // as received, whatever it is
	wantEqual(t, "first delivery", accept(t, s, e, "a", lease), true)
	changed := e
	changed.Payload = []byte("{}")
	wantEqual(t, "second delivery", accept(t, s, changed, "b", lease.Add(time.Hour)), false)
	accept(t, s, envelope("E0", morning.Add(-time.Second)), "a", lease)
	wantEqual(t, "an envelope without payload", accept(t, s, storage.Envelope{Key: "E2", Received: morning.Add(time.Second)}, "a", lease), true)

	wantKeys(t, "while leased", take(t, s, "b", morning, long, 10))
	after := lease.Add(time.Second)
	wantKeys(t, "received long ago", take(t, s, "b", after, morning.Add(time.Hour), 10))
	wantKeys(t, "oldest first", take(t, s, "b", after, long, 1), "E0")
	taken, err := s.Take(ctx, "b", after, after.Add(time.Minute), long, 1)
	if err != nil || len(taken) != 1 || taken[0].Kind != e.Kind || !taken[0].Received.Equal(morning) || !bytes.Equal(taken[0].Payload, e.Payload) {
		t.Errorf("Take = %+v, %v; want %+v", taken, err, e)
	}

	held, err := s.Extend(ctx, "E1", "a", after.Add(time.Hour))
	if err != nil || held {
		t.Errorf("Extend by who lost it = %v, %v; want false", held, err)
	}
	held, err = s.Extend(ctx, "E1", "b", after.Add(time.Hour))
	if err != nil || !held {
		t.Errorf("Extend by who holds it = %v, %v; want true", held, err)
	}
	for _, key := range []string{"E0", "unknown"} {
		if err := s.Finish(ctx, key, after); err != nil {
			t.Errorf("Finish %s: %v", key, err)
		}
	}
	if held, err := s.Extend(ctx, "E0", "b", after); err != nil || held {
		t.Errorf("Extend of what is finished = %v, %v; want false", held, err)
	}
	wantEqual(t, "delivery of what is finished", accept(t, s, envelope("E0", after), "c", after), false)
	later := after.Add(10 * time.Minute)
	wantKeys(t, "finished, extended and free", take(t, s, "c", later, long, 10), "E2")

	write(t, s, func(tx storage.Tx) error { _, err := tx.Once(ctx, "effect", morning); return err })
	unfinished, err := s.Prune(ctx, morning.Add(time.Second))
	if err != nil || unfinished != 1 {
		t.Errorf("Prune = %d, %v; want 1: E1, for E0 was finished and E2 is younger", unfinished, err)
	}
	wantEqual(t, "delivery of what was forgotten", accept(t, s, envelope("E1", later), "c", later), true)
	wantEqual(t, "delivery of what is younger", accept(t, s, envelope("E2", later), "c", later), false)
	write(t, s, func(tx storage.Tx) error {
		first, err := tx.Once(ctx, "effect", later)
		wantEqual(t, "an effect that was forgotten is first again", first, true)
		return err
	})
}

// testInboxRaces: one delivery in many is new, and nobody shares an envelope.
func testInboxRaces(t *testing.T, fresh Fresh) {
	open := fresh(t)
	stores := []Store{open(), open()}
	const envelopes, goroutines = 40, 8
	var added atomic.Int32
	err := atOnce(goroutines, func(i int) error {
		for n := range envelopes {
			isNew, err := stores[i%2].Accept(t.Context(), envelope(numbered("E", n), morning), "a", morning)
			if err != nil {
				return err
			}
			if isNew {
				added.Add(1)
			}
		}
		return nil
	})
	if err != nil || added.Load() != envelopes {
		t.Fatalf("%d deliveries were new, %v; want %d", added.Load(), err, envelopes)
	}
	var mu sync.Mutex
	owners := map[string]string{}
	err = atOnce(goroutines, func(i int) error {
		owner := fmt.Sprint("owner ", i)
		for {
			now := morning.Add(time.Minute)
			taken, err := stores[i%2].Take(t.Context(), owner, now, now.Add(time.Hour), morning.Add(-time.Hour), 3)
			if err != nil || len(taken) == 0 {
				return err
			}
			mu.Lock()
			for _, e := range taken {
				if owners[e.Key] != "" {
					t.Errorf("%s went to %s and %s", e.Key, owners[e.Key], owner)
				}
				owners[e.Key] = owner
			}
			mu.Unlock()
		}
	})
	if err != nil || len(owners) != envelopes {
		t.Errorf("%d envelopes were taken, %v; want %d", len(owners), err, envelopes)
	}
}
