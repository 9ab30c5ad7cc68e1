package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"klantbot/storage"
	"klantbot/storage/sqlite"
)

// BenchmarkAccept measures what the acknowledgement of a command waits for: storing its
// envelope, in a database whose log has room, as after the first quiet moment. It is
// mostly the disk's time, of the folder that TMPDIR names.
func BenchmarkAccept(b *testing.B) {
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "office.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	e := storage.Envelope{Kind: "slash_commands", Payload: make([]byte, 800), Received: time.Now()}
	accept := func(key string, n int) {
		e.Key = fmt.Sprint(key, n)
		if added, err := db.Accept(b.Context(), e, "us", e.Received); err != nil || !added {
			b.Fatal(added, err)
		}
	}
	for n := range 2000 {
		accept("before", n)
	}
	if err := db.Tidy(b.Context()); err != nil {
		b.Fatal(err)
	}
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		time.Sleep(10 * time.Millisecond) // what comes at once after another shares its clock's tick
		b.StartTimer()
		accept("now", n)
	}
}
