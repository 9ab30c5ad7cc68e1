package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"klantbot/storage/postgres/pgtest"
)

// landedSchemas are those of which there is a dump: what offices had, and the newest.
func landedSchemas(t *testing.T) []string {
	t.Helper()
	dumps, err := filepath.Glob(filepath.Join(repository(t), "storage", "sqlite", "testdata", "schema_*.sql"))
	if err != nil || len(dumps) < 4 {
		t.Fatalf("dumps of landed schemas: %v, %v", dumps, err)
	}
	for i := range dumps {
		dumps[i] = filepath.Base(dumps[i])
	}
	return dumps
}

// TestUpgrade: an office that an older program left behind is brought to today's
// schema, worked with, and brought back by the backup from before; and an older
// program leaves the newer database alone.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	for _, dump := range landedSchemas(t) {
		t.Run(strings.TrimSuffix(dump, ".sql"), func(t *testing.T) {
			t.Parallel()
			office := landed(t, dump)
			schema := count(t, office, `SELECT MAX(version_id) FROM goose_db_version`)
			backup := filepath.Join(t.TempDir(), "before.db")
			made, status := verb(t, "backup", backup, "--db="+office)
			if status != done || made["schema"] != float64(schema) || count(t, backup, `SELECT MAX(version_id) FROM goose_db_version`) != schema {
				t.Fatalf("backup before the upgrade: %v", made)
			}
			upgraded := workedWith(t, office)
			tooNew(t, office)
			back, status := verb(t, "restore", backup, "--replace", "--db="+office)
			if status != done || back["backup_schema"] != float64(schema) || back["clients"] != made["clients"] {
				t.Fatalf("restore of the backup: %v", back)
			}
			wantBefore(t, office, upgraded)
		})
	}
}

// TestUpgradePostgres: the same with the server's own tools, as the README has it.
func TestUpgradePostgres(t *testing.T) {
	t.Parallel()
	dumping, restoring := tool(t, "pg_dump"), tool(t, "pg_restore")
	for _, dump := range landedSchemas(t) {
		t.Run(strings.TrimSuffix(dump, ".sql"), func(t *testing.T) {
			t.Parallel()
			statements, err := os.ReadFile(filepath.Join(repository(t), "storage", "postgres", "testdata", dump))
			if err != nil {
				t.Fatal(err)
			}
			office, empty, backup := pgtest.DSN(t), pgtest.DSN(t), filepath.Join(t.TempDir(), "before.dump")
			if err := statement(t, office, string(statements)); err != nil {
				t.Fatal(err)
			}
			if newest := landedSchemas(t); dump != newest[len(newest)-1] {
				wantRefusal(t, []string{"backup", filepath.Join(t.TempDir(), "old.db"), "--db=" + office}, "pg_dump ")
			}
			command(t, dumping, "--format=custom", "--file="+backup, office)
			upgraded := workedWith(t, office)
			tooNew(t, office)
			command(t, restoring, "--no-owner", "--single-transaction", "--dbname="+empty, backup)
			wantBefore(t, empty, upgraded)
		})
	}
}

// tool is a program of PostgreSQL's, which stand beside the server's.
func tool(t *testing.T, name string) string {
	t.Helper()
	pgtest.DSN(t) // skips here, once, where there is no PostgreSQL
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name); len(found) > 0 {
		return found[len(found)-1]
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("PostgreSQL's %s is missing", name)
	}
	return path
}

func command(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", filepath.Base(name), err, out)
	}
}

// works are what an office does the day after an upgrade, without importing.
var works = [][]string{{"client", "0101"}, {"client", "Jansen"}, {"pyramid"}, {"survey", "list"}, {"attention"}, {"import", "list"}}

// workedWith migrates the office, plays what people do and returns what it said of
// itself before anything was imported.
func workedWith(t *testing.T, dsn string) string {
	t.Helper()
	if got, status := verb(t, "migrate", "--db="+dsn); status != done || got["schema"].(float64) < 11 {
		t.Fatalf("migrate: %v", got)
	}
	said := spoken(t, dsn, works)
	list := write(t, "klanten.csv", "Klantnummer;Naam;Relatiemanager\n0900;Nieuw na de upgrade;rm@voorbeeld.nl\n")
	got, status := verb(t, "import", list, "--db="+dsn)
	if status != done || got["added"] != 1.0 {
		t.Fatalf("import of clients: %v", got)
	}
	first := got["import_id"].(float64)
	got, status = verb(t, "import", write(t, "facturen.csv", "Klantnummer;Factuurdatum;Bedrag excl.;Dienst;Factuurnummer\n0900;05-05-2026;100,00;Advies;F9\n0101;05-05-2026;50,00;Advies;F10\n"), "--db="+dsn)
	if status != done || got["added"] != 2.0 || got["total_cents"] != 15_000.0 {
		t.Fatalf("import of revenue: %v", got)
	}
	if got, status := verb(t, "import", "undo", fmt.Sprint(got["import_id"]), "--db="+dsn); status != done || got["restored"].(float64) < 2 {
		t.Errorf("undo: %v", got)
	}
	if got, status := verb(t, "client", "0900", "--db="+dsn); status != done {
		t.Errorf("the client of import %v: %v", first, got)
	}
	checks := doctor(t, nil, "--db="+dsn)
	for _, name := range []string{"schema", "database", "trail", "names"} {
		if !checks[name].OK {
			t.Errorf("doctor: %+v", checks[name])
		}
	}
	return said
}

// tooNew has a newer program than this one have been at the database: every verb
// says so in one sentence and changes nothing.
func tooNew(t *testing.T, dsn string) {
	t.Helper()
	if err := statement(t, dsn, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`); err != nil {
		t.Fatal(err)
	}
	before := dump(t, dsn)
	list := write(t, "k.csv", "Klantnummer;Naam\n0901;Te laat\n")
	for _, args := range [][]string{{"client", "0101"}, {"migrate"}, {"import", list}, {"import", "undo", "1"}, {"forget", "--client", "0101"},
		{"backup", filepath.Join(t.TempDir(), "new.db")}} {
		wantRefusal(t, append(args, "--db="+dsn), "nieuwere versie", "schema 999")
	}
	if after := dump(t, dsn); after != before {
		t.Errorf("an older program changed a newer database: %s", firstDifference(before, after))
	}
}

// wantBefore: brought to today's schema once more, the office says what it said
// before anything was imported.
func wantBefore(t *testing.T, dsn, said string) {
	t.Helper()
	if got, status := verb(t, "migrate", "--db="+dsn); status != done {
		t.Fatalf("migrate: %v", got)
	}
	if again := spoken(t, dsn, works); again != said {
		t.Errorf("after the backup was put back the office says\n%s\nand said\n%s", again, said)
	}
}

// TestOccupiedIsNotUpgraded: a database of an earlier version with an office in it is
// refused as the target of copy and restore as it stands, not brought up to date first.
func TestOccupiedIsNotUpgraded(t *testing.T) {
	t.Parallel()
	dump := landedSchemas(t)[0]
	dir, from := t.TempDir(), sampleDB(t)
	backup := filepath.Join(dir, "backup.db")
	if made, status := verb(t, "backup", backup, "--db="+from); status != done {
		t.Fatal(made)
	}
	for engine, at := range map[string]func(*testing.T) string{"SQLite": func(t *testing.T) string { return landed(t, dump) }, "PostgreSQL": func(t *testing.T) string { return pgtest.DSN(t) }} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			office, schema := at(t), `SELECT CAST(MAX(version_id) AS VARCHAR) FROM goose_db_version`
			into := [][]string{{"copy", "--from=" + from, "--to=" + office}}
			if isPostgres(office) {
				statements, err := os.ReadFile(filepath.Join(repository(t), "storage", "postgres", "testdata", dump))
				if err := firstError(err, statement(t, office, string(statements))); err != nil {
					t.Fatal(err)
				}
				into = append(into, []string{"restore", backup, "--db=" + office})
			}
			var was, is string
			each(t, office, schema, func(scan func(...any) error) error { return scan(&was) })
			for _, args := range into {
				wantRefusal(t, args, "staat al iets")
			}
			each(t, office, schema, func(scan func(...any) error) error { return scan(&is) })
			if was == "" || was != is {
				t.Errorf("the schema was %s and is %s", was, is)
			}
		})
	}
}
