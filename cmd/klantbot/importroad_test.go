package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWhatAnImportSays reads what an office reads: refusals in the order of the
// file, the tab by its name, and what to look at although all went well.
func TestWhatAnImportSays(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	say := func(name, content string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if status := run(context.Background(), []string{"import", db, write(t, name, content)}, &out, &errs); status != done {
			t.Fatalf("%s: status %d: %s", name, status, &errs)
		}
		return out.String()
	}
	has := func(text string, parts ...string) {
		t.Helper()
		rest := text
		for _, part := range parts {
			at := strings.Index(rest, part)
			if at < 0 {
				t.Fatalf("%q is missing, or stands too early, in\n%s", part, text)
			}
			rest = rest[at:]
		}
	}
	has(say("klanten.csv", "Klantnummer\tNaam\tRelatiemanager\n1\tA\tFleur <f@x.nl>\n2\tB\tJan Smit\n1\tC\t\n\tD\t\n"),
		"scheidingsteken tab", "regel 4: Klantnummer 1", "regel 5: ", "alleen bij naam", "Jan Smit")
	has(say("facturen.csv", "Klantnr;Datum;Bedrag;D/C\n1;05-01-2026;100,00;C\n2;06-01-2026;40,00;D\n"), "€ 60,00", "Credit is als omzet gelezen")

	answer, _ := verb(t, "import", db, "--source=ander boek", write(t, "f2.csv", "Klantnr;Datum;Bedrag\n1;06-01-2026;1,00\n1;07-01-2026;1,00\n"))
	warnings, _ := answer["warnings"].([]any)
	if len(warnings) != 1 {
		t.Fatalf("warnings %v, want one", warnings)
	}
	has(warnings[0].(string), "6 jan", "6 jan", "(facturen)", "(ander boek)")
	answer, status := verb(t, "import", db, write(t, "incl.csv", "Klantnr;Datum;Bedrag incl. btw\n1;05-01-2026;121,00\n"))
	if status != failed || !strings.Contains(answer["error"].(map[string]any)["message"].(string), "inclusief btw") {
		t.Errorf("status %d, %v; want a refusal of amounts including VAT", status, answer)
	}
}

// TestInterruptedImport ends an import halfway: one sentence, status 1, and the
// database as it was.
func TestInterruptedImport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "office.db")
	var out, errs bytes.Buffer
	if status := run(context.Background(), []string{"import", "--db=" + path, write(t, "k.csv", "Klantnummer;Naam\n1;A\n")}, &out, &errs); status != done {
		t.Fatal(errs.String())
	}
	before, _ := verb(t, "import", "list", "--db="+path)
	big := write(t, "f.csv", "Klantnr;Datum;Factuurnummer;Bedrag\n"+strings.Repeat("1;05-01-2026;F1;1,00\n", 600_000))
	ctx, cancel := context.WithTimeout(context.Background(), 80*time.Millisecond)
	defer cancel()
	interrupted, stop := context.WithCancel(context.Background())
	defer stop()
	context.AfterFunc(ctx, stop)
	errs.Reset()
	if status := run(interrupted, []string{"import", "--db=" + path, big}, &out, &errs); status != failed || strings.Count(errs.String(), "\n") != 1 ||
		!strings.Contains(errs.String(), "Onderbroken") {
		t.Errorf("status %d, %q; want one sentence and status 1", status, errs.String())
	}
	after, _ := verb(t, "import", "list", "--db="+path)
	if a, b := len(before["imports"].([]any)), len(after["imports"].([]any)); a != b {
		t.Errorf("%d imports, want %d", b, a)
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "klantbot-import-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
