package postgres_test

import (
	"testing"

	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/storetest"
)

// fresh is a database of its own on the server of the tests.
func fresh(t testing.TB) func() storetest.Store {
	dsn := pgtest.DSN(t)
	return func() storetest.Store {
		db, err := postgres.Open(t.Context(), dsn)
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
}

func TestStore(t *testing.T) {
	pgtest.DSN(t) // skips here, once, where there is no PostgreSQL
	storetest.Run(t, fresh)
}

func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, fresh) }

func BenchmarkPortfolio(b *testing.B) { storetest.BenchmarkPortfolio(b, fresh) }
