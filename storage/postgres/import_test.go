package postgres_test

import (
	"database/sql"
	"io"
	"testing"

	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/storetest"
)

// freshRaw is fresh with a connection beside the store.
func freshRaw(t testing.TB) (func() storetest.Store, *sql.DB) {
	dsn := pgtest.DSN(t)
	open := func() storetest.Store {
		db, err := postgres.Open(t.Context(), dsn)
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	if err := open().(io.Closer).Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return open, raw
}

func TestImports(t *testing.T) {
	pgtest.DSN(t) // skips here, once, where there is no PostgreSQL
	storetest.Imports(t, freshRaw)
}
