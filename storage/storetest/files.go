package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/storage"
)

// testFiles: a file goes with its message, or after a message that went before it was
// sent, and is not asked for again once Slack deleted it or refused to.
func testFiles(t *testing.T, fresh Fresh) {
	s, ctx := fresh(t)(), t.Context()
	enqueue(t, s, storage.LedgerEntry{Key: "outcome", Kind: "session.outcome", Channel: "C1", At: morning, Due: morning})
	enqueue(t, s, storage.LedgerEntry{Key: "stays", Kind: "session.outcome", Channel: "C1", At: morning, Due: morning})
	outcome, stays := entryOf(t, s, "outcome").ID, entryOf(t, s, "stays").ID
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	unwanted := func(limit int) string {
		t.Helper()
		files, err := s.UnwantedFiles(ctx, limit)
		check(err)
		return strings.Join(files, " ")
	}
	for _, file := range []string{"F1", "F2", "F1"} {
		check(s.KeepFile(ctx, outcome, file))
	}
	check(s.KeepFile(ctx, stays, "F3"))
	wantEqual(t, "while they are wanted", unwanted(9), "")
	check(s.KeepFile(ctx, stays+100, "F4")) // of an entry that is not there
	write(t, s, func(tx storage.Tx) error { return tx.Withdraw(ctx, "outcome", morning) })
	wantEqual(t, "of a stub, and of nothing", unwanted(9), "F1 F2 F4")
	wantEqual(t, "at most", unwanted(2), "F1 F2")
	behind := func(limit int) string {
		t.Helper()
		left, n, err := s.LeftBehind(ctx, limit)
		check(err)
		said := fmt.Sprint(n)
		for _, l := range left {
			said += " " + l.File + string(l.Channel) + l.TS + "=" + l.Code
		}
		return said
	}
	wantEqual(t, "while nothing is refused", behind(9), "0")
	check(s.FileRefused(ctx, "F1", "cant_delete_file"))
	check(s.FileGone(ctx, "F2"))
	check(s.FileGone(ctx, "F2"))
	wantEqual(t, "handled", unwanted(9), "F4")

	check(s.FileRefused(ctx, "F3", "cant_delete_file")) // of a message that stays: it need not go
	refuse := func(key, code string) {
		t.Helper()
		enqueue(t, s, storage.LedgerEntry{Key: key, Kind: "client.card", Channel: "C1", At: morning, Due: morning})
		e := entryOf(t, s, key).ID
		_, err := s.Claim(ctx, "t", morning.Add(time.Hour), morning.Add(2*time.Hour), 9)
		check(err)
		check(s.MarkSent(ctx, e, key))
		write(t, s, func(tx storage.Tx) error { return tx.Withdraw(ctx, key, morning) })
		check(s.MarkShown(ctx, e, entryOf(t, s, key).Wanted, code))
	}
	refuse("1.1", "edit_window_closed")
	refuse("1.2", "message_not_found")
	refuse("1.3", "")
	wantEqual(t, "left behind", behind(9), "2 F1=cant_delete_file C11.1=edit_window_closed")
	wantEqual(t, "at most", behind(1), "2 F1=cant_delete_file")
}
