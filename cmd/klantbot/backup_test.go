package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// answers is what an office says of itself, by its verbs.
func answers(t *testing.T, db string) string {
	t.Helper()
	return spoken(t, db, [][]string{{"client", "1001"}, {"client", "Jansen"}, {"pyramid"}, {"segment", "show"}, {"attention"}, {"survey", "list"}, {"import", "list"}})
}

// spoken is what these verbs answer.
func spoken(t *testing.T, db string, questions [][]string) string {
	t.Helper()
	var all []any
	for _, question := range questions {
		got, status := verb(t, append(question, "--db="+db)...)
		if status != done {
			t.Fatalf("%v: %v", question, got)
		}
		all = append(all, got)
	}
	raw, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A backup is made while a bot serves; restored elsewhere, the office answers the
// same; and it can not be restored under that bot.
func TestBackupOfServedOffice(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	want := answers(t, st.dsn)
	cmd, log := st.serving(t)
	st.await("the bot", func() bool { return st.slack.Connections() > 0 })
	dir := t.TempDir()
	backup, other := filepath.Join(dir, "backup.db"), filepath.Join(dir, "other.db")
	made, status := verb(t, "backup", backup, "--db="+st.dsn)
	if status != done || made["file"] != backup || made["schema"].(float64) < 9 || made["clients"].(float64) < 600 || made["rows"].(float64) < 20_000 || made["bytes"].(float64) < 1<<20 {
		t.Fatalf("backup: %v", made)
	}
	got, status := verb(t, "restore", backup, "--db="+other)
	if status != done || got["kept"] != nil || got["rows"] != made["rows"] || got["backup"] != backup {
		t.Fatalf("restore: %v", got)
	}
	if answers(t, other) != want {
		t.Error("the restored office answers differently")
	}
	for _, refused := range [][]string{{"restore", backup, "--replace", "--db=" + st.dsn}, {"restore", backup, "--db=" + other}, {"backup", backup, "--db=" + other}} {
		if got, status := verb(t, refused...); status != failed || got["error"].(map[string]any)["kind"] != "invalid" {
			t.Errorf("%v: %v", refused, got)
		}
	}
	if err := st.slack.Command("U01", st.channel("U01", "#kantoor"), "/klant", "1001"); err != nil {
		t.Errorf("the bot does not answer any more: %v\n%s", err, log)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	got, status = verb(t, "restore", backup, "--replace", "--db="+st.dsn)
	kept, _ := got["kept"].(string)
	if status != done || !strings.HasPrefix(kept, st.dsn+".before-restore-") {
		t.Fatalf("restore after it stopped: %v", got)
	}
	if answers(t, st.dsn) != want || answers(t, kept) != want {
		t.Error("the office or what was kept answers differently")
	}
}
