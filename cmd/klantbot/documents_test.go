package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// What is kept, how long, who else gets it and why the app asks what it asks is in the
// documents in both languages: a new table, kind, scope or address without a line there
// fails.
func TestDocumentsTellOfEverything(t *testing.T) {
	t.Parallel()
	some, none := sqlstore.DossierTables()
	for _, lang := range locale.Langs() {
		read := func(name string) string {
			text, err := document(name, string(lang))
			if err != nil {
				t.Fatal(err)
			}
			if at := strings.Index(text, "{"); at >= 0 {
				t.Errorf("%s.%s: %q is no time that anything is kept", name, lang, text[at:min(len(text), at+20)])
			}
			return text
		}
		tells := func(name, what, quoted string) {
			if !strings.Contains(read(name), "`"+quoted+"`") {
				t.Errorf("%s.%s says nothing of %s %s", name, lang, what, quoted)
			}
		}
		for _, table := range slices.Concat(some, none) {
			tells("register", "table", table)
		}
		for _, kind := range storage.RetainedKinds() {
			tells("register", "kind", string(kind))
		}
		for kind, n := range fixedRetention() {
			tells("register", "kind", kind)
			if !strings.Contains(read("register"), fmt.Sprintf("| %d ", n)) {
				t.Errorf("register.%s does not say that %s stay %d days", lang, kind, n)
			}
		}
		for _, scope := range commands.New(commands.Needs{}).Manifest(lang).OAuth.Scopes.Bot {
			tells("processors", "scope", scope)
		}
		for _, host := range hostsCalled(t) {
			tells("processors", "address", host)
		}
		for _, name := range documentNames {
			read(name)
		}
	}
}

// hostsCalled are the hosts that stand in the program, but for its tests, the workspace
// that plays Slack, and examples.
func hostsCalled(t *testing.T) (hosts []string) {
	host := regexp.MustCompile(`https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)`)
	for _, room := range []string{"../../analysis", "../../bot", "../../commands", "../../prompts", "../../storage", "."} {
		err := filepath.WalkDir(room, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "bot/workspace/") || strings.Contains(path, "test/") {
				return err
			}
			raw, err := os.ReadFile(path)
			for _, m := range host.FindAllStringSubmatch(string(raw), -1) {
				if example := strings.Contains(m[1], "voorbeeld") || strings.Contains(m[1], "kantoor"); !example && !slices.Contains(hosts, m[1]) {
					hosts = append(hosts, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(hosts) == 0 {
		t.Fatal("no address was found in the program")
	}
	return hosts
}

// What somebody filled in is never written over.
func TestDocumentsAreWrittenOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "avg")
	got, status := verb(t, "documents", "--dir="+dir)
	if files, _ := got["written"].([]any); status != done || len(files) != len(documentNames) {
		t.Fatalf("status %d, %v", status, got)
	}
	path := filepath.Join(dir, "klantbot-dpia.nl.md")
	if err := os.WriteFile(path, []byte("ingevuld"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _ = verb(t, "documents", "--dir="+dir)
	raw, err := os.ReadFile(path)
	if kept, _ := got["kept"].([]any); err != nil || string(raw) != "ingevuld" || len(kept) != len(documentNames) {
		t.Errorf("%q, %v; %v", raw, err, got)
	}
	if _, status = verb(t, "documents", "--dir="+path); status != failed {
		t.Errorf("a file for a folder: status %d", status)
	}
}
