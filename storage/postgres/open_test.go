package postgres_test

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"klantbot/analysis"
	"klantbot/storage/postgres"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/storetest"
)

// run executes statements on the database at dsn, beside the program.
func run(t *testing.T, dsn, statements string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // also when t cleans up
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.PgConn().Exec(ctx, statements).ReadAll(); err != nil {
		t.Fatal(err)
	}
}

func wantRefused(t *testing.T, dsn, key string, options ...postgres.Option) {
	t.Helper()
	db, err := postgres.Open(t.Context(), dsn, options...)
	if err == nil {
		db.Close()
	}
	var worded *analysis.Error
	if !errors.As(err, &worded) || worded.Kind != analysis.Invalid || worded.Key != key {
		t.Errorf("Open = %v, want %s", err, key)
	}
	if err != nil && strings.Contains(err.Error(), "geheim") {
		t.Errorf("the error holds the password: %v", err)
	}
}

// TestOpenRefuses: what is wrong with a server is said in a sentence, without
// the password.
func TestOpenRefuses(t *testing.T) {
	wantRefused(t, "postgres://anna:geheim@127.0.0.1:port/office", "storage.postgres.dsn")
	wantRefused(t, "host=127.0.0.1 password='geheim port=x", "storage.postgres.dsn")
	wantRefused(t, "postgres://anna:geheim@127.0.0.1:1/office?sslmode=disable", "storage.postgres.unreachable")

	dsn := pgtest.DSN(t)
	wantRefused(t, otherDatabase(t, dsn, "not_there"), "storage.postgres.absent")
	wantRefused(t, dsn, "storage.schema.behind", postgres.WithoutMigrating())
	run(t, dsn, `CREATE TABLE album (title TEXT)`)
	wantRefused(t, dsn, "storage.schema.foreign")

	future := pgtest.DSN(t)
	closed(t, future)
	run(t, future, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)`)
	wantRefused(t, future, "storage.schema.future")

	latin := "klantbot_test_latin_" + strings.TrimPrefix(strings.TrimLeft(mustURL(t, dsn).Path, "/"), "klantbot_test_")
	run(t, dsn, `CREATE DATABASE `+latin+` ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`)
	t.Cleanup(func() { run(t, dsn, `DROP DATABASE `+latin+` WITH (FORCE)`) })
	wantRefused(t, otherDatabase(t, dsn, latin), "storage.postgres.encoding")
}

func mustURL(t *testing.T, dsn string) *url.URL {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal("the server of the tests is not given as a URL")
	}
	return u
}

func otherDatabase(t *testing.T, dsn, name string) string {
	u := mustURL(t, dsn)
	u.Path = "/" + name
	return u.String()
}

func closed(t *testing.T, dsn string) {
	t.Helper()
	db, err := postgres.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestOpenAtOnce: of programs that start together one migrates and the others
// wait.
func TestOpenAtOnce(t *testing.T) {
	dsn := pgtest.DSN(t)
	failed := make(chan error)
	const programs = 4
	for range programs {
		go func() {
			db, err := postgres.Open(t.Context(), dsn)
			if err == nil {
				err = errors.Join(db.Ping(t.Context()), db.Close())
			}
			failed <- err
		}()
	}
	for range programs {
		if err := <-failed; err != nil {
			t.Errorf("Open: %v", err)
		}
	}
}

// TestLanded opens what pg_dump --inserts wrote of each landed schema.
func TestLanded(t *testing.T) {
	for schema, name := range storetest.LandedSchemas(t) {
		t.Run(name, func(t *testing.T) {
			dump, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			dsn := pgtest.DSN(t)
			run(t, dsn, string(dump))
			db, err := postgres.Open(t.Context(), dsn)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			storetest.Landed(t, db, schema)
		})
	}
}
