package main

import (
	"path/filepath"
	"strings"
	"testing"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/storage"
	"klantbot/storage/postgres/pgtest"
)

// TestForgetColleague: a colleague's contributions stay without their name, what only
// they read goes, and a try changes nothing.
func TestForgetColleague(t *testing.T) {
	t.Parallel()
	forgetsColleague(t, filepath.Join(t.TempDir(), "office.db"))
}

// TestForgetColleaguePostgres: the same of the other engine.
func TestForgetColleaguePostgres(t *testing.T) { forgetsColleague(t, pgtest.DSN(t)) }

func forgetsColleague(t *testing.T, dsn string) {
	at := "--db=" + dsn
	verb(t, "import", write(t, "clients.csv", forgettable), at)
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	id, err := numbered(&session{ctx: t.Context(), at: asOf, lang: "nl"}, db, "0777")
	if err != nil {
		t.Fatal(err)
	}
	rememberEverywhere(t, db, id)
	err = db.Write(t.Context(), func(tx storage.Tx) error {
		_, err := tx.AddReflection(t.Context(), discussion.Reflection{User: "U2", At: asOf, Lesson: "Geheim van U2"})
		return err
	})
	if err = firstError(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before := dump(t, dsn)
	dry, _ := verb(t, "forget", "--user=U2", "--dry-run", at)
	if after := dump(t, dsn); after != before {
		t.Error("a try changed the database")
	}
	got, _ := verb(t, "forget", "--user=U2", at)
	for _, said := range []map[string]any{dry, got} {
		removed, _ := said["removed"].(map[string]any)
		if n, _ := removed["session_event"].(float64); n < 4 || removed["reflection"] != 1.0 || said["kept"] == nil {
			t.Errorf("it says %v", said)
		}
	}
	after := dump(t, dsn)
	if strings.Contains(after, "U2") || !strings.Contains(before, "U2") {
		i := strings.Index(after, "U2")
		t.Errorf("the colleague is still there: …%s…", after[max(0, i-200):min(len(after), i+60)])
	}
	for _, stays := range []string{"Dit gaat over vergeetmij", "colleague.forget", string(analysis.UserID("U3"))} {
		if !strings.Contains(after, stays) {
			t.Errorf("%q is gone", stays)
		}
	}
	for _, args := range [][]string{{"--user=niemand@voorbeeld.nl"}, {}, {"--user=U2", "--client=0777"}} {
		if _, status := verb(t, append([]string{"forget", at}, args...)...); status != failed {
			t.Errorf("forget %v: status %d", args, status)
		}
	}
}
