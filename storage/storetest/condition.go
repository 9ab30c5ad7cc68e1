package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/storage"
)

// testCondition: what did not arrive is counted by what it is and why; what is
// under way and what arrived is not.
func testCondition(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	if ok, err := s.Sound(ctx); err != nil || !ok {
		t.Errorf("Sound = %v, %v", ok, err)
	}
	if held, err := s.Held(ctx, morning); err != nil || len(held) != 0 {
		t.Errorf("Held of an empty ledger = %v, %v", held, err)
	}
	if got, err := s.Backlog(ctx, morning); err != nil || got != (storage.Backlog{}) {
		t.Errorf("Backlog of nothing = %+v, %v", got, err)
	}
	someWork(t, s)
	want := storage.Backlog{Inbox: 1, InboxAge: 2 * time.Hour, Due: 1, DueAge: 2 * time.Hour, Later: 1, Sending: 1, Unknown: 1, Failed: 2,
		ModelCalls: 2, ModelFailed: 1, ModelTokens: 42}
	if got, err := s.Backlog(ctx, hour(3)); err != nil || got != want {
		t.Errorf("Backlog = %+v, %v; want %+v", got, err, want)
	}
	testHeld(t, s)
	sent, err := s.Delivered(ctx, 10)
	if err != nil || fmt.Sprint(keysOf(sent)) != "[k/4 k/3]" || sent[0].TS != "1.000002" {
		t.Errorf("Delivered = %v, %v; want the newest two that stand in no thread", sent, err)
	}
	if sent, err := s.Delivered(ctx, 1); err != nil || fmt.Sprint(keysOf(sent)) != "[k/4]" {
		t.Errorf("Delivered of one = %v, %v", sent, err)
	}
}

// hour is so many hours after morning.
func hour(n int) time.Time { return morning.Add(time.Duration(n) * time.Hour) }

// someWork leaves s in the midst of its work: of six cards three did not arrive, two did,
// k/3 and k/4, and one is being sent; a digest is late, one is for later and one stands
// in a thread; a request waits; and one of two calls of a model failed.
func someWork(t *testing.T, s Store) {
	t.Helper()
	ctx := t.Context()
	add := func(key, kind, parent string, due time.Time) {
		enqueue(t, s, storage.LedgerEntry{Key: key, Kind: kind, Channel: "C1", Lang: "nl", Parent: parent, At: morning, Due: due})
	}
	for n := range 6 {
		add(fmt.Sprintf("k/%d", n), "client.card", "", hour(0))
	}
	claimed := claim(t, s, "a", hour(0), 6) // leased for a minute
	id := map[string]int64{}
	for _, e := range claimed {
		id[e.Key] = e.ID
	}
	settle := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	settle(s.Park(ctx, id["k/0"], storage.Failed, "channel_not_found"))
	settle(s.Park(ctx, id["k/1"], storage.Failed, "channel_not_found"))
	settle(s.Park(ctx, id["k/2"], storage.Unknown, "missing_scope"))
	settle(s.MarkSent(ctx, id["k/3"], "1.000001"))
	settle(s.MarkSent(ctx, id["k/4"], "1.000002"))
	// k/5 is being sent.
	add("late", "digest", "", hour(1))
	add("tomorrow", "digest", "", hour(30))
	add("reply", "digest", "k/3", hour(0))
	settle(s.MarkSent(ctx, claim(t, s, "a", hour(0), 1)[0].ID, "1.000003"))

	for n, key := range []string{"done", "open"} {
		_, err := s.Accept(ctx, storage.Envelope{Key: key, Kind: "interactive", Payload: []byte("{}"), Received: hour(n)}, "a", hour(1))
		settle(err)
	}
	settle(s.Finish(ctx, "done", hour(1)))
	settle(s.RecordCall(ctx, storage.ModelCall{At: hour(0), Model: "m", Input: 40, Output: 2, Verdict: "ok"}))
	settle(s.RecordCall(ctx, storage.ModelCall{At: hour(0), Model: "m", Verdict: "timeout"}))
}

// testHeld: see testCondition, after someWork.
func testHeld(t *testing.T, s Store) {
	wantHeld := func(what string, late time.Time, want ...storage.Held) {
		t.Helper()
		got, err := s.Held(t.Context(), late)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: Held = %v, %v; want %v", what, got, err, want)
		}
	}
	ended := []storage.Held{
		{State: storage.Failed, Kind: "client.card", Reason: "channel_not_found", Count: 2, Newest: hour(0)},
		{State: storage.Unknown, Kind: "client.card", Reason: "missing_scope", Count: 1, Newest: hour(0)},
	}
	wantHeld("at once", hour(0), ended...)
	wantHeld("later", hour(2), ended[0],
		storage.Held{State: storage.Queued, Kind: "digest", Count: 1},
		storage.Held{State: storage.Sending, Kind: "client.card", Count: 1, Newest: hour(0)}, ended[1])
}
