package storetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testTelling: while an answer is being written its asker alone stops it, from
// whichever process, and one that nobody goes on with is found.
func testTelling(t *testing.T, fresh Fresh) {
	open := fresh(t)
	here, elsewhere := open(), open()
	ctx := t.Context()
	for _, request := range []string{"r1", "r2"} {
		write(t, here, func(tx storage.Tx) error {
			_, err := tx.AddQuestion(ctx, storage.Question{Request: request, Channel: "D1", Thread: "1." + request[1:], User: "U1", Intent: "unknown", At: morning})
			return err
		})
	}
	tell := func(request string, until time.Time) bool {
		t.Helper()
		stopped, err := here.Tell(ctx, request, until)
		wantEqual(t, "Tell", err, nil)
		return stopped
	}
	stop := func(request string, user analysis.UserID) bool {
		t.Helper()
		was, err := elsewhere.StopTelling(ctx, request, user)
		wantEqual(t, "StopTelling", err, nil)
		return was
	}
	coming := func(thread string, user analysis.UserID) string {
		t.Helper()
		all, err := elsewhere.Coming(ctx, "D1", thread, user)
		wantEqual(t, "Coming", err, nil)
		return strings.Join(all, " ")
	}
	wantEqual(t, "before it begins nothing is coming", coming("1.1", "U1"), "")
	wantEqual(t, "stopped what did not begin", stop("r1", "U1"), false)
	wantEqual(t, "nobody's answer is stopped", tell("none", morning), true)
	wantEqual(t, "begun", tell("r1", morning.Add(time.Minute)), false)
	wantEqual(t, "begun", tell("r2", morning), false)
	wantEqual(t, "stopped by somebody else", stop("r1", "U2"), false)
	wantEqual(t, "coming", coming("1.1", "U1"), "r1")
	wantEqual(t, "coming in another thread", coming("1.2", "U1"), "r2")
	wantEqual(t, "coming for somebody else", coming("1.1", "U2"), "")
	wantEqual(t, "renewed", tell("r1", morning.Add(2*time.Minute)), false)
	wantEqual(t, "stopped", stop("r1", "U1"), true)
	wantEqual(t, "nothing comes of what was stopped", coming("1.1", "U1"), "")
	wantEqual(t, "told so", tell("r1", morning.Add(3*time.Minute)), true)
	left := func(now time.Time) []string {
		t.Helper()
		all, err := elsewhere.Untold(ctx, now, 9)
		wantEqual(t, "Untold", err, nil)
		var requests []string
		for _, one := range all {
			wantEqual(t, "where", one, storage.Told{Request: one.Request, Channel: "D1", Thread: "1." + one.Request[1:], User: "U1"})
			requests = append(requests, one.Request)
		}
		return requests
	}
	if got := left(morning); len(got) != 0 {
		t.Errorf("Untold = %v; want none yet", got)
	}
	if got := left(morning.Add(time.Hour)); !slices.Equal(got, []string{"r2", "r1"}) {
		t.Errorf("Untold = %v; want r2 and r1", got)
	}
	for range 2 {
		wantEqual(t, "Told", here.Told(ctx, "r1"), nil)
	}
	write(t, here, func(tx storage.Tx) error { return tx.EndTelling(ctx, "r2") })
	if got := left(morning.Add(time.Hour)); len(got) != 0 {
		t.Errorf("Untold = %v; want none any more", got)
	}
	wantEqual(t, "stopped what came", stop("r1", "U1"), false)
}

// landedTold checks what schema 13 added.
func landedTold(t *testing.T, s Store) {
	if left, err := s.Untold(t.Context(), morning.AddDate(100, 0, 0), 9); err != nil || len(left) != 1 || left[0].Request != "r1" {
		t.Errorf("Untold = %v, %v; want the one of U1", left, err)
	}
	wantEqual(t, "thread", entryOf(t, s, "share/1").Thread, "1.1")
}
