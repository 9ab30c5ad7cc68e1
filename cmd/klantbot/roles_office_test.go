package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mattn/go-sqlite3"

	"klantbot/storage/sample"
)

// smallTemplate is an office with three managers, which is enough to press
// everything in.
var smallTemplate = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "klantbot-sample-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "small.db")
	if err := furnishSmall(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func furnishSmall(dsn string) error {
	ctx := context.Background()
	db, err := openStore(ctx, dsn)
	if err != nil {
		return err
	}
	size := sample.Size{Groups: 180, Seed: 4711, AsOf: theSize().AsOf, Years: 3}
	return firstError(furnishOffice(ctx, db, size, asOf, partner), db.Close())
}

func smallDB(t testing.TB) string {
	t.Helper()
	raw, err := smallTemplate()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("/dev/shm", "klantbot-roles-") // what is pressed need not survive a power cut
	if err != nil {
		dir = t.TempDir()
	} else {
		t.Cleanup(func() { os.RemoveAll(dir) })
	}
	path := filepath.Join(dir, "office.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// quiet are the tables that reading writes in, and the program's own.
var quiet = []string{"audit", "audit_seal", "subject_token", "processed", "inbox", "survey_shown", "goose_db_version", "sqlite_sequence", "pressed"}

// stir has the database count how often a press changed something that is not in
// quiet.
func (d *desk) stir() {
	if strings.HasPrefix(d.dsn, "postgres") {
		return
	}
	d.beside = connection(d.t, "file:"+d.dsn+"?_busy_timeout=30000")
	var tables []string
	each(d.t, d.dsn, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('`+strings.Join(quiet, "','")+`')`, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		tables = append(tables, name)
		return err
	})
	all := `CREATE TABLE pressed (times INTEGER NOT NULL); INSERT INTO pressed VALUES (0);`
	for _, name := range tables {
		for _, how := range []string{"INSERT", "UPDATE", "DELETE"} {
			all += `CREATE TRIGGER pressed_` + name + `_` + how + ` AFTER ` + how + ` ON ` + name + ` BEGIN UPDATE pressed SET times = times + 1; END;`
		}
	}
	if _, err := d.beside.ExecContext(d.t.Context(), all); err != nil {
		d.t.Fatal(err)
	}
}

// changed reports whether anything that is not quiet was written since times and
// version were before.
func (d *desk) changed(version int64, times int) bool {
	return d.version() != version && d.times() != times
}

// times counts what was changed, since ever.
func (d *desk) times() (n int) {
	if d.stands != nil && d.version() == d.wrote {
		return d.counted
	}
	if err := d.beside.QueryRowContext(d.t.Context(), `SELECT times FROM pressed`).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

// version is another number after anything was written.
func (d *desk) version() (n int64) {
	if err := d.beside.QueryRowContext(d.t.Context(), `PRAGMA data_version`).Scan(&n); err != nil {
		d.t.Fatal(err)
	}
	return n
}

func connection(t *testing.T, source string) *sql.Conn {
	db, err := sql.Open("sqlite3", source)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); db.Close() })
	return conn
}

// keep copies the database as it stands.
func (d *desk) keep() *sql.Conn {
	kept := connection(d.t, ":memory:")
	d.copied(kept, d.beside)
	d.stands, d.counted = nil, d.times()
	d.wrote, d.stands = d.version(), kept
	return kept
}

// back makes the database what it was when it was kept, unless it is.
func (d *desk) back(kept *sql.Conn) {
	if d.stands == kept && d.version() == d.wrote {
		return
	}
	d.copied(d.beside, kept)
	d.stands = nil
	d.counted = d.times()
	d.wrote, d.stands = d.version(), kept
}

func (d *desk) copied(to, from *sql.Conn) {
	d.t.Helper()
	err := to.Raw(func(to any) error {
		return from.Raw(func(from any) error {
			b, err := to.(*sqlite3.SQLiteConn).Backup("main", from.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			_, err = b.Step(-1)
			return firstError(err, b.Finish())
		})
	})
	if err != nil {
		d.t.Fatal(err)
	}
}
