package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlite"
)

func quietly(int64, int64) {}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	var worded *analysis.Error
	if !errors.As(err, &worded) || worded.Kind != analysis.Invalid || worded.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

// wantFiles holds what lies in dir.
func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if fmt.Sprint(names) != fmt.Sprint(want) {
		t.Errorf("in %s lie %v, want %v", dir, names, want)
	}
}

// writing is the process that TestBackup* have beside them: it writes in pairs,
// as fast as it can, until it is killed.
const (
	writing     = "KLANTBOT_TEST_WRITING"
	backing     = "KLANTBOT_TEST_BACKING"
	restoring   = "KLANTBOT_TEST_RESTORING"
	beforehand  = 40_000 // entries that are there already: some 10 MB
	oneWritten  = `SELECT COUNT(*) FROM ledger WHERE key LIKE 'one/%'`
	twoWritten  = `SELECT COUNT(*) FROM ledger WHERE key LIKE 'two/%'`
	lastWritten = `SELECT COALESCE(MAX(CAST(subject AS INTEGER)), 0) FROM ledger`
)

// TestBackupProcess is what the tests below run in processes of their own.
func TestBackupProcess(t *testing.T) {
	path := os.Getenv(writing) + os.Getenv(backing) + os.Getenv(restoring)
	if path == "" {
		return // nobody asks for it
	}
	fmt.Println("begun")
	switch {
	case os.Getenv(backing) != "":
		for n := 0; ; n++ {
			if _, err := sqlite.Backup(t.Context(), path, fmt.Sprintf("%s.%06d", path, n), quietly); err != nil {
				t.Fatal(err)
			}
		}
	case os.Getenv(restoring) != "":
		for n := 0; ; n++ {
			if _, err := sqlite.Restore(t.Context(), path+".backup", path, fmt.Sprintf("%s.%06d", path, n), true, quietly); err != nil {
				t.Fatal(err)
			}
		}
	}
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for n := beforehand + 1; ; n++ {
		writePairs(t, db, n, n)
	}
}

type writer interface {
	Write(context.Context, func(storage.Tx) error) error
}

// writePairs writes the entries one/N and two/N for every N in one transaction.
func writePairs(t *testing.T, db writer, from, to int) {
	t.Helper()
	err := db.Write(t.Context(), func(tx storage.Tx) error {
		for n := from; n <= to; n++ {
			for _, key := range []string{"one", "two"} {
				e := storage.LedgerEntry{Key: fmt.Sprintf("%s/%d", key, n), Kind: "client.card", Channel: "C1", Lang: "nl", Subject: fmt.Sprint(n),
					At: time.Unix(1, 0), Due: time.Unix(1, 0)}
				if _, err := tx.Enqueue(t.Context(), e); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// beside starts a process that does what env names with path.
func beside(t *testing.T, env, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestBackupProcess$", "-test.timeout=5m")
	cmd.Env = append(os.Environ(), env+"="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	bufio.NewScanner(out).Scan()
	return cmd
}

// large makes an office with something in it.
func large(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.db")
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	writePairs(t, db, 1, beforehand)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func number(t *testing.T, path, query string) int {
	t.Helper()
	if _, err := os.Stat(path + "-wal"); err != nil {
		return counted(t, path+"?mode=ro&immutable=1", query) // nobody writes, and nothing is to appear beside it
	}
	return counted(t, path+"?mode=ro&_busy_timeout=30000", query)
}

// soFar is the last that was written to the office at path, which somebody writes to,
// or will in a moment.
func soFar(t *testing.T, path string) int {
	t.Helper()
	return counted(t, path+"?_query_only=1&_busy_timeout=30000", lastWritten)
}

func counted(t *testing.T, uri, query string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+uri)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// wantPairs holds that what was written together is there together, and with it
// all that was written before.
func wantPairs(t *testing.T, path string) (n int) {
	t.Helper()
	one, two, last := number(t, path, oneWritten), number(t, path, twoWritten), number(t, path, lastWritten)
	if one != two || one != last {
		t.Errorf("%s holds %d of one, %d of two, and the last is %d", filepath.Base(path), one, two, last)
	}
	return one
}

// TestBackupWhileWriting: backups of a database that another process writes to as
// fast as it can are each of one moment, and that process goes on meanwhile.
func TestBackupWhileWriting(t *testing.T) {
	path, out := large(t), t.TempDir()
	beside(t, writing, path)
	for before := 0; before <= beforehand; time.Sleep(10 * time.Millisecond) { // until it writes
		before = soFar(t, path)
	}
	for i := range 3 {
		before := soFar(t, path)
		began := time.Now()
		to := filepath.Join(out, fmt.Sprintf("%d.db", i))
		content, err := sqlite.Backup(t.Context(), path, to, quietly)
		if err != nil {
			t.Fatal(err)
		}
		took, after := time.Since(began), soFar(t, path)
		n := wantPairs(t, to)
		if n < before || n > after {
			t.Errorf("the backup is of moment %d, begun at %d and ended at %d", n, before, after)
		}
		if content.Rows["ledger"] != int64(2*n) || content.Schema < 9 || content.Bytes < 1<<20 {
			t.Errorf("it says it holds %+v", content)
		}
		t.Logf("%d KB in %v, %d transactions meanwhile", content.Bytes/1024, took, after-before)
		if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the file is %v, %v; want it for its owner only", info, err)
		}
	}
	wantFiles(t, out, "0.db", "1.db", "2.db")
	for after := soFar(t, path); soFar(t, path) == after; time.Sleep(10 * time.Millisecond) { // until it wrote again
	}
	_, err := sqlite.Backup(t.Context(), path, filepath.Join(out, "1.db"), quietly)
	wantKey(t, "over another backup", err, "storage.backup.exists")
	_, err = sqlite.Backup(t.Context(), path, path, quietly)
	wantKey(t, "over itself", err, "storage.backup.exists")
}

// TestBackupKilled: a backup that is killed is not there; what is there is whole.
func TestBackupKilled(t *testing.T) {
	path := large(t)
	beside(t, writing, path)
	for i := range 6 {
		cmd := beside(t, backing, path)
		time.Sleep(time.Duration(40+60*i) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		there, err := filepath.Glob(path + ".0*")
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range there {
			if _, err := sqlite.Inspect(t.Context(), to); err != nil {
				t.Errorf("%s: %v", filepath.Base(to), err)
			}
			wantPairs(t, to)
			if err := os.Remove(to); err != nil {
				t.Fatal(err)
			}
		}
	}
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".klantbot-*.partial"))
	if len(left) == 0 {
		return // none died on its way
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(left[0], yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Backup(t.Context(), path, path+".last", quietly); err != nil {
		t.Fatal(err)
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".klantbot-*.partial")); len(rest) != len(left)-1 {
		t.Errorf("%v is left of %v; want only what is of today", rest, left)
	}
}

// TestBackupRefuses: what can not be a backup is said in a sentence.
func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	office := filepath.Join(dir, "office.db")
	closed(t, office)
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte("nummer;naam\n1;Jansen\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	foreign, bare, future := filepath.Join(dir, "foreign.db"), filepath.Join(dir, "bare.db"), filepath.Join(dir, "future.db")
	run(t, foreign, `CREATE TABLE album (title TEXT)`)
	run(t, bare, `CREATE TABLE album (title TEXT); DROP TABLE album`)
	closed(t, future)
	run(t, future, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`)
	damaged := filepath.Join(dir, "damaged.db")
	damage(t, large(t), damaged)
	for _, refused := range []struct{ path, backup, restore string }{
		{filepath.Join(dir, "none.db"), "storage.path.not_there", "storage.backup.not_there"},
		{text, "storage.path.not_database", "storage.backup.not_office"},
		{empty, "storage.backup.not_office", "storage.backup.not_office"},
		{bare, "storage.backup.not_office", "storage.backup.not_office"},
		{dir, "storage.path.is_folder", "storage.backup.not_office"},
		{foreign, "storage.schema.foreign", "storage.schema.foreign"},
		{future, "storage.schema.future", "storage.schema.future"},
		{damaged, "storage.backup.damaged", "storage.backup.damaged"},
	} {
		out := t.TempDir()
		_, err := sqlite.Backup(t.Context(), refused.path, filepath.Join(out, "b.db"), quietly)
		wantKey(t, "backup of "+filepath.Base(refused.path), err, refused.backup)
		_, err = sqlite.Restore(t.Context(), refused.path, filepath.Join(out, "o.db"), filepath.Join(out, "aside"), true, quietly)
		wantKey(t, "restore of "+filepath.Base(refused.path), err, refused.restore)
		wantFiles(t, out)
	}
	_, err := sqlite.Backup(t.Context(), office, filepath.Join(dir, "no", "b.db"), quietly)
	wantKey(t, "no folder", err, "storage.backup.no_folder")
	_, err = sqlite.Backup(t.Context(), office, filepath.Join(forbidden(t), "b.db"), quietly)
	wantKey(t, "not allowed", err, "storage.backup.not_allowed")
	_, err = sqlite.Restore(t.Context(), office, office, office+".aside", true, quietly)
	wantKey(t, "itself", err, "storage.restore.same")
}

// damage writes nonsense in the middle of a copy of the database at from.
func damage(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(raw) / 2 &^ 4095; i < len(raw)/2+40960; i++ {
		raw[i] = 0x5a
	}
	if err := os.WriteFile(to, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
