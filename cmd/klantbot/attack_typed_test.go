package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// restrict keeps a group for one person.
func restrict(t *testing.T, db *sqlstore.DB, group, user string) {
	t.Helper()
	var id analysis.GroupID
	if _, err := fmt.Sscan(group, &id); err != nil {
		t.Fatal(err)
	}
	err := db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Restrict(t.Context(), storage.Restriction{Group: id, People: []analysis.UserID{analysis.UserID(user)}, At: asOf})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// typedWords are that are commands elsewhere, or not what they look like.
var typedWords = []struct{ name, text string }{
	{"SQL that ends a string", "' OR '1'='1"},
	{"SQL that begins another statement", "'; DROP TABLE client; --"},
	{"SQL that joins another table", "x' UNION SELECT name FROM contact --"},
	{"SQL wildcards", "%_%"},
	{"a zero byte", "Jan\x00sen"},
	{"bytes that are no text", "Jan\xff\xfesen"},
	{"letters from right to left", "\u202enesnaJ"},
	{"letters without width", "J\u200ba\u200bn\u200bs\u200be\u200bn"},
	{"a call to everybody", "<!channel> <!here> <@U01>"},
	{"a link in disguise", "<https://evil.example|Jansen>"},
	{"marks of a terminal", "\x1b[2J\x1b]0;x\x07"},
	{"a path", "../../../../etc/passwd"},
	{"a template", "{{.}} ${jndi:ldap://x} %s%n"},
	{"accents without end", "z" + strings.Repeat("\u0301", 3000)},
}

// typedAttacks: each is typed wherever people type.
func typedAttacks(t *testing.T) (all []attack) {
	a := newAssault(t)
	tables := func() (n int) {
		each(t, a.dsn, `SELECT COUNT(*) FROM sqlite_master`, func(scan func(...any) error) error { return scan(&n) })
		return n
	}
	there, clients := tables(), len(a.names)
	for _, what := range typedWords {
		var places []deed
		for _, e := range a.registry.Entries {
			switch e.On {
			case commands.Slash:
				places = append(places, deed{on: e.On, id: e.Names["nl"], text: what.text})
			case commands.Mention, commands.OnMessage:
				places = append(places, deed{on: e.On, id: e.ActionID(), text: what.text, thread: "1.1"})
			case commands.Suggestion:
				places = append(places, deed{on: e.On, id: e.ActionID(), text: what.text, window: true, private: what.text})
			case commands.Submission:
				fields := map[string]map[string]any{}
				for _, name := range []string{"note", "reason", "text", "words", "goal", "name", "amount"} {
					fields[name] = map[string]any{name: map[string]any{"type": "plain_text_input", "value": what.text}}
				}
				places = append(places, deed{on: e.On, id: e.ActionID(), window: true, private: what.text, fields: fields})
			case commands.Action:
				if e.ID != "pyramid.send" { // a picture to oneself, whatever the button says
					places = append(places, deed{on: e.On, id: e.ActionID(), value: what.text, window: true})
				}
			}
		}
		all = append(all, attack{what.name, func(t *testing.T) {
			for _, on := range places {
				version, times := a.version(), a.times()
				out := a.press(on.by("U02", deskChannel))
				a.at(t, out)
				if said := out.reads(); on.on != commands.OnMessage && strings.ContainsFunc(said, disguised) {
					t.Errorf("%s %s repeats letters that hide others: %q", on.on, on.id, said)
				}
				if on.on != commands.OnMessage && on.on != commands.Mention && a.changed(version, times) {
					t.Errorf("%s %s changed something", on.on, on.id)
				}
			}
			if tables() != there || len(a.clientNames()) != clients {
				t.Error("the database is not what it was")
			}
		}})
	}
	return all
}

// disguised are characters that change what is read without being seen.
func disguised(r rune) bool {
	return r == 0 || r == 0x1b || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// Stored is what somebody got into the office's own files.
const (
	storedName = `=HYPERLINK("http://evil.example";"Jansen") <!channel> *vet* <script>alert(1)</script> <https://evil.example|hier>`
	storedCell = `@SUM(1+1)*cmd|'/C calc'!A0`
)

// storedAttacks: what stands in imported files and notes comes back in screens, letters,
// exports and terminals, and does nothing there.
func storedAttacks(t *testing.T) (all []attack) {
	a := newAssault(t)
	quoted := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	list := "Klantnummer;Naam;Relatiemanager;Contactpersoon;Soort\n90001;" + quoted(storedName) + ";f.devries@voorbeeld.nl;" + quoted(storedCell) + ";" + quoted("+1+1") + "\n"
	lines := "Klantnummer;Factuurdatum;Bedrag excl.;Dienst;Factuurnummer\n90001;05-05-2026;99.999,00;" + quoted("-2+3") + ";" + quoted("=1") + "\n"
	touches := "Klantnummer;Datum;Soort;Notitie\n90001;05-05-2026;bezoek;" + quoted(storedCell) + "\n90001;06-05-2026;bezoek;" + quoted("\t=1+1") + "\n"
	for i, f := range []struct{ name, content, kind string }{{"klanten.csv", list, "clients"}, {"facturen.csv", lines, "revenue"}, {"contact.csv", touches, "touches"}} {
		var out, errs bytes.Buffer
		if status := run(context.Background(), []string{"import", "--db=" + a.dsn, "--kind=" + f.kind, write(t, f.name, f.content)}, &out, &errs); status != done {
			t.Fatalf("import %d: %s%s", i, &out, &errs)
		}
	}
	refreshed(t, a.desk)
	var id string
	each(t, a.dsn, `SELECT id FROM client WHERE number = '90001'`, func(scan func(...any) error) error { return scan(&id) })
	screen := func(name string, on deed) attack {
		return attack{name, func(t *testing.T) {
			out := a.press(on.by("U02", deskChannel))
			if !strings.Contains(out.reads(), "HYPERLINK") {
				t.Fatalf("it is not on this screen: %s", out.reads())
			}
			a.at(t, out)
		}}
	}
	all = append(all, screen("a name with commands on its card", deed{on: commands.Slash, id: "/klant", text: "90001"}),
		screen("a name with commands in a search", deed{on: commands.Slash, id: "/klant", text: "HYPERLINK evil"}),
		screen("a name with commands beside its moments", deed{on: commands.Action, id: "touch.list.v1", value: "c=" + id + "&g=" + groupOf(t, a, id) + "&s=card"}),
		screen("a name with commands in a window", deed{on: commands.Action, id: "touch.open.v1", value: "c=" + id + "&g=" + groupOf(t, a, id) + "&s=card"}),
		screen("a name with commands beside objections", deed{on: commands.Action, id: "objection.open.v1", value: "c=" + id + "&g=" + groupOf(t, a, id)}))
	exported := func(name, needle string, look func(t *testing.T, raw string), args ...string) attack {
		return attack{name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), args[0])
			var out, errs bytes.Buffer
			if status := run(context.Background(), append(args[1:], "--db="+a.dsn, path), &out, &errs); status != done {
				t.Fatalf("%s%s", &out, &errs)
			}
			raw, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(raw), needle) {
				t.Fatalf("it is not in the file: %v\n%.2000s", err, raw)
			}
			look(t, string(raw))
		}}
	}
	return append(all, exported("a formula in the export of moments", "cmd|", inert, "contact.csv", "export", "touches"),
		attack{"a formula in the export of segments", func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "segmenten.csv")
			for _, args := range [][]string{{"segment", "draft"}, {"segment", "show", "--csv", path}} {
				var out, errs bytes.Buffer
				if status := run(context.Background(), append(args, "--db="+a.dsn, "--as-of=2026-11-21"), &out, &errs); status != done {
					t.Fatalf("%s%s", &out, &errs)
				}
			}
			raw, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(raw), "HYPERLINK") {
				t.Fatalf("it is not in the file: %v", err)
			}
			inert(t, string(raw))
		}},
		exported("a script in the page of what is kept", "alert(1)", func(t *testing.T, raw string) {
			if strings.Contains(raw, "<script>alert") {
				t.Error("the page runs it")
			}
		}, "dossier.html", "export", "--client=90001"),
		attack{"a name with commands on a terminal", func(t *testing.T) {
			var out, errs bytes.Buffer
			if status := run(context.Background(), []string{"client", "90001", "--db=" + a.dsn}, &out, &errs); status != done || strings.ContainsFunc(out.String(), func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
				t.Errorf("status %d: %q %s", status, &out, &errs)
			}
		}})
}

// inert holds that no cell of a CSV file is a formula.
func inert(t *testing.T, raw string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(raw, "\ufeff")))
	r.Comma = ';'
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("no table: %v", err)
	}
	for _, row := range rows {
		for _, cell := range row {
			formula := strings.IndexFunc(cell, func(r rune) bool { return strings.ContainsRune("=+-@\t\r", r) }) == 0
			if number := strings.Trim(cell, "+-0123456789.,") == ""; formula && !number {
				t.Errorf("a spreadsheet would work this out: %q", cell)
			}
		}
	}
}

// refreshed has the desk find what was imported.
func refreshed(t *testing.T, d *desk) {
	t.Helper()
	if err := d.directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func groupOf(t *testing.T, a *assault, client string) (group string) {
	each(t, a.dsn, `SELECT group_id FROM client WHERE id = `+client, func(scan func(...any) error) error { return scan(&group) })
	return group
}
