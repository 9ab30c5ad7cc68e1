package sqlite_test

import (
	"database/sql"
	"io"
	"path/filepath"
	"testing"

	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
)

// freshRaw is fresh with a connection beside the store.
func freshRaw(t testing.TB) (func() storetest.Store, *sql.DB) {
	path := filepath.Join(t.TempDir(), "office.db")
	open := func() storetest.Store {
		db, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("Open: %v", err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	if err := open().(io.Closer).Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite3", "file:"+path+"?mode=ro&_busy_timeout=30000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return open, raw
}

func TestImports(t *testing.T) { storetest.Imports(t, freshRaw) }
