package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"klantbot/storage/sqlite"
	"klantbot/storage/storetest"
)

// TestFinalKept: the file itself keeps what is final, whoever opens it.
func TestFinalKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	beside, err := sql.Open("sqlite3", path+"?_busy_timeout=30000")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { beside.Close() })
	storetest.Kept(t, s, func(statement string) error {
		_, err := beside.ExecContext(t.Context(), statement)
		return err
	})
}
