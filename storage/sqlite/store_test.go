package sqlite_test

import (
	"path/filepath"
	"testing"

	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
)

// fresh is a database in a folder of its own.
func fresh(t testing.TB) func() storetest.Store {
	path := filepath.Join(t.TempDir(), "office.db")
	return func() storetest.Store {
		db, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
}

func TestStore(t *testing.T) { storetest.Run(t, fresh) }

func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, fresh) }

func BenchmarkPortfolio(b *testing.B) { storetest.BenchmarkPortfolio(b, fresh) }
