package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/sqlstore"
)

// versions is what dump says of the migrations, which differ in when they ran.
var versions = regexp.MustCompile(`(?s)goose_db_version: .*?\nimport`)

// everything is all that a database holds but when it was migrated.
func everything(t *testing.T, dsn string) string {
	return versions.ReplaceAllString(dump(t, dsn), "import")
}

// statement runs one beside the program.
func statement(t *testing.T, dsn, sentence string) error {
	t.Helper()
	driver, source := "sqlite3", "file:"+dsn
	if isPostgres(dsn) {
		driver, source = "pgx", dsn
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.Exec(sentence)
	return err
}

// TestCopy moves the sample office to PostgreSQL and back: it is the same office in
// all three, down to the ids that it will give out, and as well guarded.
func TestCopy(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir()) // where it is kept who was forgotten
	from, server, back := sampleDB(t), pgtest.DSN(t), filepath.Join(t.TempDir(), "back.db")
	ready(t, from)

	there, status := verb(t, "copy", "--from", from, "--to", server)
	again, status2 := verb(t, "copy", "--db", server, "--to", back)
	if status != done || status2 != done || there["engine"] != "PostgreSQL" || again["engine"] != "SQLite" {
		t.Fatalf("copy: %v, %v", there, again)
	}
	one, _ := json.Marshal(there["tables"])
	two, _ := json.Marshal(again["tables"])
	if string(one) != string(two) {
		t.Errorf("it says that it holds\n%s\nand back\n%s", one, two)
	}
	trail := there["audit"].(map[string]any)
	if there["rows"].(float64) < 20_000 || there["total_cents"].(float64) < 1e8 || trail["sealed"].(float64) == 0 || trail["unsealed"].(float64) == 0 || trail["broken"].(float64) != 0 {
		t.Errorf("copied %v rows, %v cents, and the trail %v", there["rows"], there["total_cents"], trail)
	}
	if before, after := everything(t, from), everything(t, back); before != after {
		t.Errorf("there and back: %s", firstDifference(before, after))
	}
	if want := answers(t, from); answers(t, server) != want || answers(t, back) != want {
		t.Error("the office answers differently")
	}
	for _, dsn := range []string{server, back} {
		wantNextID(t, dsn)
		wantGuarded(t, dsn)
		if marks, err := readForgotten(forgottenFile(dsn)); err != nil || len(marks) != 1 {
			t.Errorf("beside the copy stand %d who were forgotten, %v; want 1", len(marks), err)
		}
	}
}

// lastGathering is the highest id of an event that ready gave out and took away.
const lastGathering = 7000

// ready gives the office a sealed trail with something after it, somebody who was
// forgotten, and ids that are gone.
func ready(t *testing.T, dsn string) {
	t.Helper()
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, sealed, err := db.SealAudit(t.Context(), asOf, 1); err != nil || !sealed {
		t.Fatalf("SealAudit = %v, %v", sealed, err)
	}
	if _, status := verb(t, "forget", "--client", "1001", "--db", dsn); status != done {
		t.Fatal("nobody was forgotten")
	}
	if _, status := verb(t, "client", "1002", "--db", dsn); status != done {
		t.Fatal("nobody was looked up after the seals")
	}
	for _, sentence := range []string{
		`INSERT INTO gathering (id, name, activity, day, at) VALUES (7000, 'x', 'x', 1, 1)`, `DELETE FROM gathering WHERE id = 7000`} {
		if err := statement(t, dsn, sentence); err != nil {
			t.Fatal(err)
		}
	}
}

// wantNextID: an id that is gone is not given out again.
func wantNextID(t *testing.T, dsn string) {
	t.Helper()
	if err := statement(t, dsn, `INSERT INTO gathering (name, activity, day, at) VALUES ('y', 'y', 1, 1)`); err != nil {
		t.Fatal(err)
	}
	if id := count(t, dsn, `SELECT MAX(id) FROM gathering`); id != lastGathering+1 {
		t.Errorf("the next event has id %d, want %d", id, lastGathering+1)
	}
}

// wantGuarded: the triggers stand again.
func wantGuarded(t *testing.T, dsn string) {
	t.Helper()
	for _, forbidden := range []string{
		`UPDATE audit SET user_id = 'U9'`, `DELETE FROM audit_seal`, `DELETE FROM segment_item`, `INSERT INTO client (group_id, number, name) VALUES (0, 'x', 'x')`} {
		if !isPostgres(dsn) && strings.HasPrefix(forbidden, "INSERT") {
			continue // SQLite holds foreign keys for who asks it to, as the program does
		}
		if statement(t, dsn, forbidden) == nil {
			t.Errorf("%s allows %s", dsn, forbidden)
		}
	}
}

// TestCopyRefuses: what can not be copied, or not there, is said in a sentence, and
// nothing of it is there afterwards.
func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	from, dir := sampleDB(t), t.TempDir()
	occupied, foreign, future := filepath.Join(dir, "occupied.db"), filepath.Join(dir, "foreign.db"), filepath.Join(dir, "future.db")
	for dsn, sentences := range map[string][]string{
		occupied: {`UPDATE office SET team_id = 'T1'`}, future: {`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`}} {
		verb(t, "migrate", "--db", dsn)
		for _, sentence := range sentences {
			if err := statement(t, dsn, sentence); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := statement(t, foreign, `CREATE TABLE album (title TEXT)`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, kind, word string }{
		{from, from, "invalid", "staat al iets"},
		{from, occupied, "invalid", "staat al iets"},
		{from, future, "invalid", "nieuwere versie"},
		{from, foreign, "invalid", "niet van Klantbot"},
		{future, filepath.Join(dir, "new.db"), "invalid", "nieuwere versie"},
		{filepath.Join(dir, "absent.db"), filepath.Join(dir, "new.db"), "not_found", "absent.db"},
		{from, filepath.Join(dir, "no", "folder.db"), "invalid", "map"},
		{from, "postgres://anna:geheim@127.0.0.1:1/office", "invalid", "bereik"},
	} {
		got, status := verb(t, "copy", "--from", c.from, "--to", c.to)
		e, _ := got["error"].(map[string]any)
		if message, _ := e["message"].(string); status != failed || e["kind"] != c.kind || !strings.Contains(message, c.word) || strings.Contains(message, "geheim") {
			t.Errorf("copy %s to %s: %v", filepath.Base(c.from), filepath.Base(c.to), got)
		}
	}
}

// TestWithoutPassword: what is printed of an address has no password in it.
func TestWithoutPassword(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"office.db": "office.db", "postgres://anna:geheim@db.example/office": "postgres://anna:xxxxx@db.example/office", "postgres://anna:ge%heim@db/x": "postgres://..."} {
		if got := withoutPassword(dsn); got != want {
			t.Errorf("%s is printed as %s", dsn, got)
		}
	}
}

// TestCopyInterrupted: of a copy that is stopped half-way nothing is there, and it
// can be made again.
func TestCopyInterrupted(t *testing.T) {
	t.Parallel()
	for name, to := range map[string]string{"sqlite": filepath.Join(t.TempDir(), "to.db"), "postgres": ""} {
		t.Run(name, func(t *testing.T) {
			if to == "" {
				to = pgtest.DSN(t)
			}
			interrupted(t, sampleDB(t), to)
		})
	}
}

func interrupted(t *testing.T, from, to string) {
	origin, err := openStore(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	defer origin.Close()
	target, err := openStore(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if _, sealed, err := origin.SealAudit(t.Context(), asOf, 1); err != nil || !sealed {
		t.Fatalf("SealAudit = %v, %v", sealed, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err = sqlstore.Copy(ctx, origin, target, func(done, total int64) {
		if done > total/2 {
			stop()
		}
	})
	if err == nil {
		t.Fatal("it went on to the end")
	}
	if n := count(t, to, `SELECT (SELECT COUNT(*) FROM client) + (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM invoice_line)`); n != 0 {
		t.Errorf("%d rows are there", n)
	}
	if _, err := sqlstore.Copy(t.Context(), origin, target, func(int64, int64) {}); err != nil {
		t.Errorf("the second time: %v", err)
	}
	wantGuarded(t, to)
}
