package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"klantbot/storage"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// TestTidy: what was committed goes into the file beside whoever has it open, and a
// copy of the file alone then has it.
func TestTidy(t *testing.T) {
	db, path := opened(t)
	dir := filepath.Dir(path)
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	for n := range 3 {
		for _, key := range []string{"a", "b"} {
			e := storage.Envelope{Key: fmt.Sprint(key, n), Payload: []byte("x"), Received: at}
			if added, err := db.Accept(t.Context(), e, "us", at); err != nil || !added {
				t.Fatal(added, err)
			}
		}
		if err := db.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := inCopy(t, path, filepath.Join(dir, fmt.Sprint(n, ".db"))); got != 2*(n+1) {
			t.Errorf("after tidying %d times the file has %d envelopes, want %d", n+1, got, 2*(n+1))
		}
	}
}

// opened is a new database, and where it is.
func opened(t *testing.T) (db *sqlstore.DB, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "office.db")
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, path
}

// inCopy is how many envelopes are to be answered in a copy of the file at from,
// without its log.
func inCopy(t *testing.T, from, to string) int {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	later := time.Date(2026, time.November, 21, 10, 0, 0, 0, time.UTC)
	held, err := db.Take(t.Context(), "others", later, later, time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(held)
}

// TestTidyBeginsTheLogAnew: after a long log was moved the next start has nothing of it to
// read, and an idle database is not written to again.
func TestTidyBeginsTheLogAnew(t *testing.T) {
	db, path := opened(t)
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	for n := range 200 {
		e := storage.Envelope{Key: fmt.Sprint(n), Payload: make([]byte, 8192), Received: at}
		if added, err := db.Accept(t.Context(), e, "us", at); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	salt := func() string {
		t.Helper()
		log, err := os.ReadFile(path + "-wal")
		if err != nil || len(log) < 24 {
			t.Fatal(len(log), err)
		}
		return string(log[16:24]) // by the file format of SQLite, 4.1
	}
	before := salt()
	if err := db.Tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := salt()
	if after == before {
		t.Error("a log that was moved is not begun anew")
	}
	for range 3 {
		if err := db.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if salt() != after {
		t.Error("where nothing happened the log is begun anew again")
	}
}
