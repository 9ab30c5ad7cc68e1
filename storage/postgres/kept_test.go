package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/storetest"
)

// TestFinalKept: the database itself keeps what is final, whoever connects.
func TestFinalKept(t *testing.T) {
	dsn := pgtest.DSN(t)
	s, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	beside, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close(t.Context())
	storetest.Kept(t, s, func(statement string) error {
		_, err := beside.Exec(t.Context(), statement)
		return err
	})
}
