package storetest

import (
	"errors"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testImportAlso: what goes with an import or its undo is committed with it, and
// where that fails nothing was imported or undone.
func testImportAlso(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, someone("1", "Een"))
	client := clientOf(t, s, "1")
	stage := func(respondent string) storage.Staging {
		t.Helper()
		staging, err := s.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportSurvey, File: "a.csv", Wave: "W", ByName: true, At: morning})
		if err != nil {
			t.Fatal(err)
		}
		row := said(respondent, 9, "goed")
		row.Line, row.Number = 2, "1"
		if err := staging.AddResponses(t.Context(), []analysis.StagedResponse{row}); err != nil {
			t.Fatal(err)
		}
		return staging
	}
	line := storage.AuditLine{At: morning, User: "U1", Action: "drop.apply", Client: client.ID, Group: client.Group, Request: "r1"}
	note := func(tx storage.Tx) error { return tx.Audit(t.Context(), line) }
	broken := errors.New("broken")
	failing := func(storage.Tx) error { return broken }
	audited := func() int {
		t.Helper()
		lines, err := s.AuditOf(t.Context(), client.Group, 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(lines)
	}

	staging := stage("a1")
	if _, err := staging.Apply(t.Context(), note, failing); !errors.Is(err, broken) {
		t.Errorf("Apply = %v, want what failed", err)
	}
	if waves, err := s.Waves(t.Context()); err != nil || len(waves) != 0 || audited() != 0 {
		t.Errorf("%v, %v, %d audit lines; want nothing", waves, err, audited())
	}
	staging = stage("a1")
	out, err := staging.Apply(t.Context(), note)
	if err != nil || out.Added != 1 || out.Named != 1 || out.Matched != 1 || audited() != 1 {
		t.Fatalf("Apply = %+v, %v, %d audit lines", out, err, audited())
	}
	again := stage("a2")
	if out, err := again.Compare(t.Context()); err != nil || out.Named != 1 || out.Matched != 1 {
		t.Errorf("into the same wave: %+v, %v; want one of one with a client", out, err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
	line.Request = "r2"
	if _, err := s.UndoImport(t.Context(), out.ID, "U1", morning.Add(time.Hour), note, failing); !errors.Is(err, broken) {
		t.Errorf("UndoImport = %v, want what failed", err)
	}
	if w := oneWave(t, s); w.Responses != 1 || audited() != 1 {
		t.Errorf("%d answers, %d audit lines; want one and one", w.Responses, audited())
	}
	if n, err := s.UndoImport(t.Context(), out.ID, "U1", morning.Add(time.Hour), note); err != nil || n != 1 || audited() != 2 {
		t.Errorf("UndoImport = %d, %v, %d audit lines", n, err, audited())
	}
}
