package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testPortfolioVersion: every change of what figures of the office are made of
// gives another mark, also to another program, and nothing else does.
func testPortfolioVersion(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	seen := map[string]string{}
	mark := func() string {
		t.Helper()
		v, err := other.PortfolioVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	moved := func(after string) {
		t.Helper()
		v := mark()
		if before, same := seen[v]; same {
			t.Errorf("after %s the mark is %q, as it was after %s", after, v, before)
		}
		seen[v] = after
	}
	moved("nothing")
	p := family(t, s, "vandermeulen", "201", "202")
	moved("a client list")
	lines := addLines(t, s, "Exact", analysis.StagedLine{Number: "201", Day: 20000, Amount: 5})
	moved("revenue")
	merge(t, s, p.ID)
	moved("a merge")
	judge(t, s, p.Groups[0].ID, "strategie", 3)
	moved("a judgement")
	for version := range 2 {
		if err := set(t, s, "criteria/mkb", version, "[]"); err != nil {
			t.Fatal(err)
		}
		moved("a setting")
	}
	before := mark()
	write(t, s, func(tx storage.Tx) error {
		return tx.Audit(ctx, storage.AuditLine{At: morning, Action: "client.show", Client: 1})
	})
	wantEqual(t, "mark after an audit line", mark(), before)
	if _, err := s.UndoImport(ctx, lines.ID, "U1", morning); err != nil {
		t.Fatal(err)
	}
	moved("an undone import")
}
