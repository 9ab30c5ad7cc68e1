package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testFutures: the last decision about a group counts, with how far it is.
func testFutures(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	_, err := s.Future(ctx, a)
	wantKind(t, "Future nobody decided", err, analysis.NotFound)
	decide := func(f storage.Future) error {
		f.By, f.At = "U2", morning
		return s.Write(ctx, func(tx storage.Tx) error { return tx.Decide(ctx, f) })
	}
	for _, f := range []storage.Future{
		{Group: b, Decision: storage.Keep, Reason: "familie van"},
		{Group: a, Decision: storage.Develop},
		{Group: a, Decision: storage.Part, Reason: "past niet", Done: []string{"letter"}},
		{Group: a, Decision: storage.Part, Reason: "past niet", Done: []string{"letter", `"notice"`}},
	} {
		if err := decide(f); err != nil {
			t.Fatal(err)
		}
	}
	wantKind(t, "unknown decision", decide(storage.Future{Group: a, Decision: "weg"}), analysis.Invalid)
	wantKind(t, "no decision", decide(storage.Future{Group: a}), analysis.Invalid)
	wantKind(t, "no group", decide(storage.Future{Group: 4711, Decision: storage.Keep}), analysis.NotFound)
	parting := fmt.Sprint(storage.Future{Group: a, Decision: storage.Part, Reason: "past niet", By: "U2",
		At: morning.In(time.UTC), Done: []string{"letter", `"notice"`}})
	keep := fmt.Sprint(storage.Future{Group: b, Decision: storage.Keep, Reason: "familie van", By: "U2", At: morning})
	want := func(when string, futures ...string) {
		t.Helper()
		all, err := s.Futures(ctx)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, f := range all {
			got = append(got, fmt.Sprint(f))
			one, err := s.Future(ctx, f.Group)
			if err != nil || fmt.Sprint(one) != fmt.Sprint(f) {
				t.Errorf("Future %s = %+v, %v; want %+v", when, one, err, f)
			}
		}
		wantEqual(t, "Futures "+when, fmt.Sprint(got), fmt.Sprint(futures))
	}
	want("at first", parting, keep)
	merge(t, s, p.ID)
	want("of the whole", parting)
	if one, err := s.Future(ctx, b); err != nil || fmt.Sprint(one) != parting {
		t.Errorf("Future by an old button = %+v, %v; want %s", one, err, parting)
	}
}
