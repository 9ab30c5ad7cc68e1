package sqlite_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
)

// TestRestoreLanded: a backup of each landed schema is brought to today's and
// answers; the backup itself stays as it was, also on a disk that is read only.
func TestRestoreLanded(t *testing.T) {
	for schema, name := range storetest.LandedSchemas(t) {
		t.Run(name, func(t *testing.T) {
			dump, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			old, backup, path := filepath.Join(dir, "old.db"), filepath.Join(dir, "backup.db"), filepath.Join(dir, "office.db")
			run(t, old, string(dump))
			held, err := sqlite.Backup(t.Context(), old, backup, quietly)
			if err != nil || held.Schema != int64(schema) {
				t.Fatalf("Backup = %+v, %v; want schema %d", held, err, schema)
			}
			if err := os.Chmod(backup, 0o400); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(backup)
			if err != nil {
				t.Fatal(err)
			}
			done, err := sqlite.Restore(t.Context(), backup, path, path+".before", false, quietly)
			if err != nil || done.Was != int64(schema) || done.Schema < 9 || done.Aside != "" {
				t.Fatalf("Restore = %+v, %v", done, err)
			}
			wantFiles(t, dir, "backup.db", "office.db", "old.db")
			if after, err := os.ReadFile(backup); err != nil || string(after) != string(before) {
				t.Errorf("the backup was changed: %v", err)
			}
			db, err := sqlite.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			storetest.Landed(t, db, schema)
		})
	}
}

// TestRestoreOver: what is there is never lost: an office is refused without
// replace, kept with it, and nothing happens to one that a program has open.
func TestRestoreOver(t *testing.T) {
	old := large(t)
	dir := filepath.Dir(old)
	backup, office := filepath.Join(dir, "backup.db"), filepath.Join(dir, "other.db")
	if _, err := sqlite.Backup(t.Context(), old, backup, quietly); err != nil {
		t.Fatal(err)
	}
	closed(t, office) // a schema and no office: free to be taken
	restore := func(aside string, replace bool) (sqlite.Restored, error) {
		return sqlite.Restore(t.Context(), backup, office, aside, replace, quietly)
	}
	if done, err := restore(office+".a", false); err != nil || done.Aside != "" {
		t.Fatalf("over a database without an office: %+v, %v", done, err)
	}
	if n := wantPairs(t, office); n != beforehand {
		t.Errorf("%d pairs were restored", n)
	}
	db, err := sqlite.Open(t.Context(), office)
	if err != nil {
		t.Fatal(err)
	}
	writePairs(t, db, beforehand+1, beforehand+7)
	for _, replace := range []bool{false, true} {
		_, err = restore(office+".b", replace)
		wantKey(t, "while it is open", err, "storage.restore.in_use")
	}
	if err := db.Ping(t.Context()); err != nil {
		t.Errorf("the program that had it open: %v", err)
	}
	writePairs(t, db, beforehand+8, beforehand+8)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = restore(office+".b", false)
	wantKey(t, "without replace", err, "storage.restore.occupied")
	done, err := restore(office+".b", true)
	if err != nil || done.Aside != office+".b" {
		t.Fatalf("with replace: %+v, %v", done, err)
	}
	if n, m := wantPairs(t, office), wantPairs(t, office+".b"); n != beforehand || m != beforehand+8 {
		t.Errorf("restored %d, kept %d", n, m)
	}
	_, err = restore(office+".b", true)
	wantKey(t, "where something is kept", err, "storage.backup.exists")
	run(t, office, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	if _, err := restore(office+".future", true); err != nil {
		t.Errorf("over one of a newer program: %v", err)
	}
	damage(t, old, office)
	if done, err := restore(office+".c", true); err != nil || done.Aside != office+".c" {
		t.Errorf("over a damaged one: %+v, %v", done, err)
	}
	if err := os.WriteFile(office, []byte(strings.Repeat("x", 9000)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = restore(office+".d", false)
	wantKey(t, "over what is no database, without replace", err, "storage.restore.occupied")
	if _, err := restore(office+".d", true); err != nil {
		t.Errorf("over what is no database: %v", err)
	}
	foreign := filepath.Join(dir, "foreign.db")
	run(t, foreign, `CREATE TABLE album (title TEXT)`)
	_, err = sqlite.Restore(t.Context(), backup, foreign, foreign+".a", true, quietly)
	wantKey(t, "over another program's", err, "storage.schema.foreign")
	if err := os.Remove(office); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(office+"-wal", []byte("left"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = restore(office+".e", true)
	wantKey(t, "beside a journal without its database", err, "storage.restore.journal")
	left, _ := filepath.Glob(filepath.Join(dir, ".klantbot-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestRestoreKeepsJournal: what a killed program wrote and SQLite had not yet put
// in the database itself is in what is kept.
func TestRestoreKeepsJournal(t *testing.T) {
	path := large(t)
	backup := path + ".backup"
	if _, err := sqlite.Backup(t.Context(), path, backup, quietly); err != nil {
		t.Fatal(err)
	}
	cmd := beside(t, writing, path)
	for n := 0; n < beforehand+20; n = soFar(t, path) {
		time.Sleep(10 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if wal, err := os.Stat(path + "-wal"); err != nil || wal.Size() == 0 {
		t.Fatalf("it left no journal: %v, %v", wal, err)
	}
	n := wantPairs(t, path)
	if _, err := sqlite.Restore(t.Context(), backup, path, path+".kept", true, quietly); err != nil {
		t.Fatal(err)
	}
	if restored, kept := wantPairs(t, path), wantPairs(t, path+".kept"); restored != beforehand || kept != n {
		t.Errorf("restored %d of %d, kept %d of %d", restored, beforehand, kept, n)
	}
}

// TestRestoreKilled: whenever it is killed, there is an office, and a whole one.
func TestRestoreKilled(t *testing.T) {
	path := large(t)
	if _, err := sqlite.Backup(t.Context(), path, path+".backup", quietly); err != nil {
		t.Fatal(err)
	}
	for i := range 6 {
		cmd := beside(t, restoring, path)
		time.Sleep(time.Duration(40+70*i) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if _, err := sqlite.Inspect(t.Context(), path); err != nil {
			t.Errorf("the office: %v", err)
		}
		if n := wantPairs(t, path); n != beforehand {
			t.Errorf("%d pairs", n)
		}
		kept, _ := filepath.Glob(path + ".0*")
		for _, k := range kept {
			if err := os.Remove(k); err != nil {
				t.Fatal(err)
			}
		}
	}
}
