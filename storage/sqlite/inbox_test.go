package sqlite_test

import (
	"database/sql"
	"testing"
	"time"

	"klantbot/storage"
)

// TestFinishEmpties: what was answered leaves nothing in the file of what
// people typed, which no contract can read back.
func TestFinishEmpties(t *testing.T) {
	db, path := opened(t)
	at := time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
	e := storage.Envelope{Key: "E1", Payload: []byte(`{"text":"Jansen"}`), Received: at}
	if _, err := db.Accept(t.Context(), e, "a", at); err != nil {
		t.Fatal(err)
	}
	if err := db.Finish(t.Context(), "E1", at); err != nil {
		t.Fatal(err)
	}
	beside, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer beside.Close()
	var left int
	if err := beside.QueryRowContext(t.Context(), `SELECT SUM(LENGTH(payload)) FROM inbox`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d bytes left, %v; want none", left, err)
	}
}
