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
	"strings"
	"syscall"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
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
		t.Skip("only the process of another test: none asks for it")
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

func number(t *testing.T, path, query string) (n int) {
	t.Helper()
	mode := "?mode=ro&_busy_timeout=30000"
	if _, err := os.Stat(path + "-wal"); err != nil {
		mode = "?mode=ro&immutable=1" // nobody writes, and nothing is to appear beside it
	}
	db, err := sql.Open("sqlite3", "file:"+path+mode)
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
		before = number(t, path, lastWritten)
	}
	for i := range 3 {
		before := number(t, path, lastWritten)
		began := time.Now()
		to := filepath.Join(out, fmt.Sprintf("%d.db", i))
		content, err := sqlite.Backup(t.Context(), path, to, quietly)
		if err != nil {
			t.Fatal(err)
		}
		took, after := time.Since(began), number(t, path, lastWritten)
		n := wantPairs(t, to)
		if n < before || n > after || after == before {
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
		t.Skip("no backup died on its way")
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

// TestBackupFullDisk: on a disk that is full there is a sentence and no file.
func TestBackupFullDisk(t *testing.T) {
	path, disk := large(t), smallDisk(t)
	_, err := sqlite.Backup(t.Context(), path, filepath.Join(disk, "backup.db"), quietly)
	wantKey(t, "backup", err, "storage.backup.full")
	wantFiles(t, disk)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := sqlite.Backup(t.Context(), path, backup, quietly); err != nil {
		t.Fatal(err)
	}
	small := filepath.Join(disk, "office.db")
	closed(t, small)
	_, err = sqlite.Restore(t.Context(), backup, small, small+".before", true, quietly)
	wantKey(t, "restore", err, "storage.backup.full")
	wantFiles(t, disk, "office.db")
	if _, err := sqlite.Inspect(t.Context(), small); err != nil {
		t.Errorf("what was there: %v", err)
	}
}

// smallDisk is a disk of 4 MB, or a process that can write no more in a file.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("a small disk is missing: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
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
	for n := 0; n < beforehand+20; n = number(t, path, lastWritten) {
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
