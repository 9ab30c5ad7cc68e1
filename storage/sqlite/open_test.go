package sqlite_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
)

// run executes statements on the file at path, beside the program.
func run(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// TestOpenRefuses: what is wrong with a path is said in a sentence, and nothing
// is made or changed.
func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte("nummer;naam\n1;Jansen\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	run(t, foreign, `CREATE TABLE album (title TEXT)`)
	future := filepath.Join(dir, "future.db")
	closed(t, future)
	run(t, future, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	for _, refused := range []struct{ name, path, key string }{
		{"no folder", filepath.Join(dir, "none", "office.db"), "storage.path.no_folder"},
		{"folder is a file", filepath.Join(text, "office.db"), "storage.path.no_folder"},
		{"a folder", dir, "storage.path.is_folder"},
		{"not allowed", filepath.Join(forbidden(t), "office.db"), "storage.path.not_allowed"},
		{"a text file", text, "storage.path.not_database"},
		{"another program's", foreign, "storage.schema.foreign"},
		{"a newer program's", future, "storage.schema.future"},
	} {
		t.Run(refused.name, func(t *testing.T) {
			wantRefused(t, refused.path, refused.key)
		})
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a folder was made")
	}
}

// TestOpenDamaged: a file that begins like a database and goes on as something
// else.
func TestOpenDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	if err := os.WriteFile(path, append([]byte("SQLite format 3\x00"), make([]byte, 4096)...), 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, path, "storage.path.not_database")
}

func wantRefused(t *testing.T, path, key string, options ...sqlite.Option) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, options...)
	if err == nil {
		db.Close()
	}
	var worded *analysis.Error
	if !errors.As(err, &worded) || worded.Kind != analysis.Invalid || worded.Key != key {
		t.Errorf("Open = %v, want %s", err, key)
	}
}

// closed makes a database at path and closes it.
func closed(t *testing.T, path string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// forbidden is a folder in which this user can make no file; root is stopped
// only by a file system that has none to make.
func forbidden(t *testing.T) string {
	if os.Getuid() == 0 {
		return "/sys/kernel"
	}
	dir := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOpenWithoutMigrating(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	wantRefused(t, path, "storage.path.not_there", sqlite.WithoutMigrating())
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, path, "storage.schema.behind", sqlite.WithoutMigrating())
	closed(t, path)
	db, err := sqlite.Open(t.Context(), path, sqlite.WithoutMigrating())
	if err != nil {
		t.Fatalf("Open of what is current: %v", err)
	}
	db.Close()
}

// TestOpenPath: a path is a path, whatever is in it, and only its owner reads it.
func TestOpenPath(t *testing.T) {
	for _, name := range []string{"kantoor van Jansen.db", "wat?mode=memory.db", "100%41.db", "kantoor#1&a=b.db", "Łódź 北京.db", ":memory:"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			closed(t, path)
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("file = %v, %v; want it there for its owner only", info, err)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
				t.Errorf("files = %v, %v; want one", files, err)
			}
		})
	}
}

// TestOpenAtOnce: programs that make the same database at the same moment all
// end up with it.
func TestOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	failed := make(chan error)
	const programs = 6
	for range programs {
		go func() {
			db, err := sqlite.Open(t.Context(), path)
			if err == nil {
				err = errors.Join(db.Ping(t.Context()), db.Close())
			}
			failed <- err
		}()
	}
	for range programs {
		if err := <-failed; err != nil {
			t.Errorf("Open: %v", err)
		}
	}
}

// TestOpenIsQuick: opening what is current does not cost what migrating costs.
// It takes about a millisecond, migrating a hundred.
func TestOpenIsQuick(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	began := time.Now()
	closed(t, path)
	migrating, best := time.Since(began), time.Hour
	for range 5 {
		began := time.Now()
		closed(t, path)
		best = min(best, time.Since(began))
	}
	if best > migrating/2 {
		t.Errorf("Open and Close took %v at best, migrating %v", best, migrating)
	}
}

// TestLanded opens what `sqlite3 office.db .dump` wrote of each landed schema.
func TestLanded(t *testing.T) {
	for schema, name := range storetest.LandedSchemas(t) {
		t.Run(name, func(t *testing.T) {
			dump, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "office.db")
			run(t, path, string(dump))
			db, err := sqlite.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			storetest.Landed(t, db, schema)
		})
	}
}
