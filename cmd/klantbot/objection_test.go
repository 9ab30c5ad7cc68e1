package main

import (
	"path/filepath"
	"strings"
	"testing"

	"klantbot/storage/postgres/pgtest"
)

// emptyOnes are new databases, by engine.
var emptyOnes = map[string]func(*testing.T) string{
	"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "office.db") },
	"postgres": func(t *testing.T) string { return pgtest.DSN(t) },
}

// TestObjection: what the command line writes down of who objects to profiling is what
// the card says, once, and is taken back; who is not there is not guessed.
func TestObjection(t *testing.T) {
	t.Parallel()
	for engine, at := range emptyOnes {
		t.Run(engine, func(t *testing.T) {
			dsn, number, name := at(t), "0101", "P. Jansen"
			db := "--db=" + dsn
			if got, status := verb(t, "import", write(t, "klanten.csv", clientsCSV), db); status != done {
				t.Fatal(got)
			}
			objects := func(args ...string) (all []any) {
				t.Helper()
				got, status := verb(t, append([]string{"objection", "--client=" + number, db}, args...)...)
				if status != done || got["number"] != number {
					t.Fatalf("%v: %v", args, got)
				}
				for _, c := range got["contacts"].([]any) {
					if one := c.(map[string]any); one["objects"] == true {
						if one["since"] != "2026-11-21" || one["by"] != "" {
							t.Errorf("recorded %v", one)
						}
						all = append(all, one["name"])
					}
				}
				return all
			}
			if before := objects(); len(before) != 0 {
				t.Fatalf("%v object before anybody did", before)
			}
			for range 2 { // the second time changes nothing
				if got := objects("--contact=" + strings.ToUpper(name)); len(got) != 1 || got[0] != name {
					t.Errorf("%v object; want %s", got, name)
				}
			}
			if n := count(t, dsn, `SELECT COUNT(*) FROM objection WHERE stands = 1`); n < 1 {
				t.Error("nothing is kept")
			}
			if got := objects("--contact="+name, "--withdraw"); len(got) != 0 {
				t.Errorf("%v object after it was taken back", got)
			}
			wantRefused(t, "not_found", []string{"objection", "--client=" + number, db, "--contact=Niemand Bekend"}, "Dat zijn")
			wantRefused(t, "invalid", []string{"objection", "--client=" + number, db, "--withdraw"}, "--contact")
			wantRefused(t, "not_found", []string{"objection", "--client=geen", db}, "")
			if n := count(t, dsn, `SELECT COUNT(*) FROM audit WHERE action IN ('objection.record', 'objection.withdraw')`); n != 3 { // what changed nothing was asked for as well
				t.Errorf("%d lines of audit", n)
			}
		})
	}
}

// TestObjectionImported: the column of a client list records who objects, once, also of
// who was there already; no list takes it back, nor the undo of one, and a word that is
// neither yes nor no is refused with its line.
func TestObjectionImported(t *testing.T) {
	t.Parallel()
	for engine, at := range emptyOnes {
		t.Run(engine, func(t *testing.T) {
			dsn := at(t)
			list := func(rows ...string) map[string]any {
				t.Helper()
				text := "Klantnummer;Naam;Contactpersoon;Bezwaar profilering\n" + strings.Join(rows, "\n") + "\n"
				got, status := verb(t, "import", write(t, "klanten.csv", text), "--db="+dsn)
				if status != done {
					t.Fatal(got)
				}
				return got
			}
			objectors := func() (names string) {
				t.Helper()
				for _, number := range []string{"1", "2"} {
					got, _ := verb(t, "objection", "--client="+number, "--db="+dsn)
					for _, c := range got["contacts"].([]any) {
						if one := c.(map[string]any); one["objects"] == true {
							names += one["name"].(string) + ";"
						}
					}
				}
				return names
			}
			list("1;Bakkerij Smit;A. Smit;", "1;Bakkerij Smit;B. Smit;nee", "2;Slager;C. Slager;Ja")
			if got := objectors(); got != "C. Slager;" {
				t.Errorf("the first list: %s object", got)
			}
			second := list("1;Bakkerij Smit;A. Smit;", "1;Bakkerij Smit;B. Smit;x", "2;Slager;C. Slager;nee")
			if got := objectors(); got != "B. Smit;C. Slager;" || second["changed"] != 1.0 {
				t.Errorf("the second: %s object, %v", got, second)
			}
			if again := list("1;Bakkerij Smit;B. Smit;ja"); again["changed"] != 0.0 || count(t, dsn, `SELECT COUNT(*) FROM objection`) != 2 {
				t.Errorf("the third, which says it again: %v", again)
			}
			if bad := list("1;Bakkerij Smit;A. Smit;misschien"); len(bad["refused"].([]any)) != 1 || objectors() != "B. Smit;C. Slager;" {
				t.Errorf("a word that is neither: %v", bad)
			}
			if got, status := verb(t, "import", "undo", "2", "--db="+dsn); status != done || objectors() != "B. Smit;C. Slager;" {
				t.Errorf("after the undo %s object: %v", objectors(), got)
			}
			if got, _ := verb(t, "objection", "--client=2", "--contact=C. Slager", "--withdraw", "--db="+dsn); objectors() != "B. Smit;" {
				t.Error(got)
			}
			if list("2;Slager;C. Slager;ja"); objectors() != "B. Smit;C. Slager;" {
				t.Errorf("who objects again: %s", objectors())
			}
		})
	}
}
