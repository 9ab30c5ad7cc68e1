package postgres_test

import (
	"context"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
)

// TestHearNames: who listens hears of names that another program brings, also after
// the connection broke.
func TestHearNames(t *testing.T) {
	dsn := pgtest.DSN(t)
	db, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	other, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	ctx, stop := context.WithCancel(t.Context())
	heard, ended := make(chan struct{}, 100), make(chan struct{})
	go func() {
		defer close(ended)
		db.HearNames(ctx, func() { heard <- struct{}{} })
	}()
	await(t, heard, "to be connected")
	brought(t, other, "1", "Een")
	await(t, heard, "the first name")
	run(t, dsn, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
	await(t, heard, "to be connected again")
	brought(t, other, "2", "Twee")
	await(t, heard, "the second name")
	stop()
	await(t, ended, "the end")
}

func await(t *testing.T, done <-chan struct{}, what string) {
	t.Helper()
	select {
	case <-done:
	case <-time.After(3 * time.Minute):
		t.Fatalf("waited in vain for %s", what)
	}
}

// brought imports one client.
func brought(t *testing.T, db storage.Imports, number, name string) {
	t.Helper()
	s, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportClients, File: "test.csv", At: time.Unix(1, 0)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	client := analysis.Client{Number: number, Name: name, FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay, Status: analysis.Current}
	if err := s.AddClients(t.Context(), []analysis.StagedClient{{Client: client}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
}
