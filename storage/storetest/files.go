package storetest

import (
	"strings"
	"testing"

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
	check(s.FileRefused(ctx, "F1", "cant_delete_file"))
	check(s.FileGone(ctx, "F2"))
	check(s.FileGone(ctx, "F2"))
	wantEqual(t, "handled", unwanted(9), "F4")
}
