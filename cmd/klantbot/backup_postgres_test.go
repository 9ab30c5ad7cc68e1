package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klantbot/storage/postgres/pgtest"
)

// wantRefusal plays a verb that must fail with a sentence of these parts, and without
// the password of a server.
func wantRefusal(t *testing.T, args []string, parts ...string) {
	t.Helper()
	wantRefused(t, "invalid", args, parts...)
}

// wantRefused is the same of an error of any kind.
func wantRefused(t *testing.T, kind string, args []string, parts ...string) {
	t.Helper()
	got, status := verb(t, args...)
	e, _ := got["error"].(map[string]any)
	message, _ := e["message"].(string)
	for _, part := range parts {
		if status != failed || e["kind"] != kind || !strings.Contains(message, part) || strings.Contains(message, ":geheim") {
			t.Errorf("%v: %v; want a sentence with %q", args, got, part)
		}
	}
}

// TestBackupOfPostgres: an office in PostgreSQL is backed up to a file, open or
// sealed, which puts it back in an empty database of either engine.
func TestBackupOfPostgres(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	public, secret := keyFile(t)
	office, folder := samplePostgres(t), t.TempDir()
	want := answers(t, office)
	open, sealed := filepath.Join(folder, "office.db"), filepath.Join(folder, "office.age")
	made, status := verb(t, "backup", open, "--db="+office)
	again, status2 := verb(t, "backup", sealed, "--encrypt", public, "--db="+office)
	if status != done || status2 != done || made["rows"].(float64) < 20_000 || made["rows"] != again["rows"] || again["encrypted"] != true {
		t.Fatalf("backup: %v, %v", made, again)
	}
	if raw, err := os.ReadFile(sealed); err != nil || !strings.HasPrefix(string(raw), sealedMark) || strings.Contains(string(raw), "Jansen") {
		t.Errorf("it is not sealed: %v", err)
	}
	server, file := pgtest.DSN(t), filepath.Join(folder, "other.db")
	for dsn, args := range map[string][]string{server: {sealed, "--identity", secret}, file: {open}} {
		back, status := verb(t, append([]string{"restore", "--db=" + dsn}, args...)...)
		if status != done || back["clients"] != made["clients"] || back["rows"] != made["rows"] {
			t.Errorf("restore: %v", back)
		}
		if answers(t, dsn) != want {
			t.Error("the restored office answers differently")
		}
	}
	nothingLeft(t, home(), folder)

	before := everything(t, server)
	dumped := write(t, "office.dump", "PGDMP\x01\x0e\x00")
	wantRefusal(t, []string{"restore", open, "--replace", "--db=" + server}, "RENAME TO")
	wantRefusal(t, []string{"restore", dumped, "--db=" + server}, "pg_restore ", dumped)
	wantRefusal(t, []string{"restore", sealed, "--db=" + server}, "--identity")
	wantRefusal(t, []string{"backup", open, "--db=" + server}, open)
	wantRefusal(t, []string{"backup", filepath.Join(folder, "no", "x.db"), "--db=" + server}, filepath.Join(folder, "no"))
	wantRefusal(t, []string{"backup", filepath.Join(folder, "x.db"), "--encrypt", "age1", "--db=postgres://anna:geheim@127.0.0.1:1/office"}, "age-keygen")
	if everything(t, server) != before {
		t.Error("what was refused changed the database")
	}
}
