package postgres_test

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/sqlstore"
)

// TestFullDisk has the disk of the server become full in the middle of an import: a
// sentence says so, nothing of the import is there and all that was is; with room again
// the same import succeeds on the same connections.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	server := pgtest.NewServer(t, nil)
	folder := server.SmallDisk(t, 48)
	server.Run("postgres", `CREATE TABLESPACE small LOCATION '`+folder+`'`, `CREATE DATABASE office TABLESPACE small`)
	db, err := postgres.Open(t.Context(), server.URL("postgres", "office"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if out, err := importClients(t, db, 0, 100); err != nil || out.Added != 100 {
		t.Fatalf("the first import: %+v, %v", out, err)
	}
	others := fill(t, filepath.Dir(folder), 1<<20)
	_, err = importClients(t, db, 100, 20_000)
	wantFull(t, err)
	// Until there is room even reading may fail: the server writes what it has no more
	// memory for. That is told in the same words.
	if err := firstOf(db.Names(t.Context())); err != nil {
		wantFull(t, err)
	}
	if err := os.Remove(others); err != nil {
		t.Fatal(err)
	}
	wantClients(t, db, 100)
	if imports, err := db.ListImports(t.Context(), 10); err != nil || len(imports) != 1 {
		t.Errorf("%d imports are listed (%v), want the first", len(imports), err)
	}
	if out, err := importClients(t, db, 100, 20_000); err != nil || out.Added != 20_000 {
		t.Errorf("with room again: %+v, %v", out, err)
	}
	wantClients(t, db, 20_100)
}

// fill leaves no more than so many bytes on the disk of dir, by the file that it
// returns.
func fill(t *testing.T, dir string, free int64) string {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, "others"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size := int64(0)
	for some := make([]byte, 1<<20); err == nil; {
		var n int
		n, err = f.Write(some)
		size += int64(n)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	if err := f.Truncate(size - free); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// importClients imports so many clients from the first number on.
func importClients(t *testing.T, db *sqlstore.DB, first, n int) (storage.ImportOutcome, error) {
	t.Helper()
	staging, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportClients, File: "clients.csv"})
	if err != nil {
		t.Fatal(err)
	}
	defer staging.Close()
	rows := make([]analysis.StagedClient, n)
	for i := range rows {
		number := fmt.Sprintf("%06d", first+i)
		rows[i] = analysis.StagedClient{Line: i + 2, Client: analysis.Client{Number: number, Name: "Klant met een lange naam om de schijf te vullen " + number,
			FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay}}
	}
	if err := staging.AddClients(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
	return staging.Apply(t.Context())
}

func wantFull(t *testing.T, err error) {
	t.Helper()
	var worded *analysis.Error
	if !errors.As(err, &worded) || worded.Kind != analysis.Internal || worded.Key != "storage.full" {
		t.Errorf("a full disk is told as %v", err)
	}
}

// firstOf returns the first error of all.
func firstOf(all iter.Seq2[storage.NameEntry, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

func wantClients(t *testing.T, db *sqlstore.DB, want int) {
	t.Helper()
	n := 0
	for _, err := range db.Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != want {
		t.Errorf("%d clients are there, want %d", n, want)
	}
}
