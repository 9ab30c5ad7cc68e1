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
	answers := map[string]string{}
	moved := func(after string) {
		t.Helper()
		v := mark()
		if before, same := seen[v]; same {
			t.Errorf("after %s the mark is %q, as it was after %s", after, v, before)
		}
		seen[v] = after
		v, err := other.AnswersVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if before, same := answers[v]; same {
			t.Errorf("after %s the mark of the answers is %q, as it was after %s", after, v, before)
		}
		answers[v] = after
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

// testAnswersVersion: contacts, absences and segmentations give another mark of what
// answers are made of, and none of what the portfolio is.
func testAnswersVersion(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	portfolio, err := other.PortfolioVersion(ctx)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	moved := func(after string) {
		t.Helper()
		v, err := other.AnswersVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if before, same := seen[v]; same {
			t.Errorf("after %s the mark is %q, as it was after %s", after, v, before)
		}
		seen[v] = after
	}
	moved("a client list")
	addTouch(t, s, called(p.Groups[0].ID, 20000))
	moved("a contact")
	var absence int64
	write(t, s, func(tx storage.Tx) (err error) {
		absence, err = tx.AddAbsence(ctx, storage.Absence{Manager: clientOf(t, s, "201").Manager, From: 20454, To: 20460})
		return err
	})
	moved("an absence")
	write(t, s, func(tx storage.Tx) error { return tx.RemoveAbsence(ctx, absence) })
	moved("an absence taken back")
	if v, err := other.PortfolioVersion(ctx); err != nil || v != portfolio {
		t.Errorf("the mark of the portfolio went from %q to %q, %v", portfolio, v, err)
	}
}
