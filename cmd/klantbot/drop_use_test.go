package main

import (
	"bytes"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// TestDropPressedTwice: a press that Slack delivers twice imports once and is
// answered the same; a file that is another one by then is shown anew; and who may
// not import can press nothing.
func TestDropPressedTwice(t *testing.T) {
	t.Parallel()
	db, err := openStore(t.Context(), sampleDB(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	use := commands.Drop{Imports: db, Surveys: db}
	const file = "Respondent ID;Klantnummer;Hoe waarschijnlijk is het dat u ons aanbeveelt?;Waarom wij?\nx1;0101;9;snel\nx2;0101;8;goed\n"
	ask := func(key, value, content string) commands.Request {
		return commands.Request{Key: key, Value: value, At: asOf, Lang: locale.Dutch,
			Actor: analysis.Actor{User: "U01", Roles: analysis.RolesOf(analysis.Administrator)},
			File:  &commands.File{ID: "F1", Name: "lente.csv", Size: int64(len(content)), At: bytes.NewReader([]byte(content))}}
	}
	value := func(m *view.Message, action string) string {
		t.Helper()
		for _, b := range buttons(encoded(t, m.Blocks)) {
			if strings.HasPrefix(b.action, action) {
				return b.value
			}
		}
		t.Fatalf("no %s in %s", action, m.Text)
		return ""
	}
	shown, err := use.Sent(t.Context(), ask("e1", "F1", file))
	if err != nil {
		t.Fatal(err)
	}
	press := value(shown.Now, "drop.apply")
	if strings.Contains(press, "lente") || strings.Contains(press, "snel") {
		t.Errorf("the button carries %q", press)
	}

	other := ask("p0", press, strings.Replace(file, "snel", "traag", 1))
	if changed, err := use.Apply(t.Context(), other); err != nil || !strings.Contains(texts(encoded(t, changed.Now.Blocks)), "een ander dan u net zag") {
		t.Errorf("another file: %v", err)
	}
	nobody := ask("p1", press, file)
	nobody.Actor.Roles = analysis.RolesOf(analysis.ManagerRole)
	if _, err := use.Apply(t.Context(), nobody); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a manager imports: %v", err)
	}
	var undo string
	for range 2 {
		done, err := use.Apply(t.Context(), ask("p2", press, file))
		if err != nil || !strings.Contains(string(encoded(t, done.Now.Blocks)), "2 nieuw") {
			t.Fatalf("Apply: %v", err)
		}
		undo = value(done.Now, "drop.undo")
	}
	imports, err := db.ListImports(t.Context(), 2)
	if err != nil || imports[0].File != "lente.csv" || imports[0].Added != 2 || imports[1].File == "lente.csv" {
		t.Errorf("imports %+v, %v", imports, err)
	}
	for _, key := range []string{"u1", "u1", "u2"} {
		if _, err := use.Undo(t.Context(), ask(key, undo, file)); err != nil {
			t.Errorf("Undo: %v", err)
		}
	}
	if _, err := use.Undo(t.Context(), ask("u3", "99999", file)); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("an import that is not there: %v", err)
	}
}
