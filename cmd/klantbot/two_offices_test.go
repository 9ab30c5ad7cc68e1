package main

import (
	"path/filepath"
	"strings"
	"testing"

	"klantbot/storage/postgres/pgtest"
)

// TestTwoOfficesOneDatabase: a bot that is pointed at the database of another workspace
// says so and ends, and changes nothing.
func TestTwoOfficesOneDatabase(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { refusesAnothersOffice(t, filepath.Join(t.TempDir(), "office.db")) })
	t.Run("postgres", func(t *testing.T) { refusesAnothersOffice(t, pgtest.DSN(t)) })
}

func refusesAnothersOffice(t *testing.T, dsn string) {
	if _, status := verb(t, "migrate", "--db", dsn); status != done {
		t.Fatal("there is no database")
	}
	if err := statement(t, dsn, `UPDATE office SET team_id = 'T0ANDERS'`); err != nil {
		t.Fatal(err)
	}
	st := newStage(t, dsn)
	cmd, log := st.serving(t)
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != failed {
		t.Errorf("serve ended with %v", err)
	}
	if said := log.String(); !strings.Contains(said, "Deze database hoort bij een andere Slack-werkruimte") {
		t.Errorf("it says %s", said)
	}
	if n := count(t, dsn, `SELECT COUNT(*) FROM office WHERE team_id = 'T0ANDERS'`); n != 1 {
		t.Error("the office has another workspace now")
	}
}
