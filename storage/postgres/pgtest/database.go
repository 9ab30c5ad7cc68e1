package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Variable names the server to test on, as a postgres:// URL whose user may
// create databases. Without it a private server is started.
const Variable = "KLANTBOT_TEST_POSTGRES"

var (
	starting sync.Mutex
	started  string // URL of the server, once there is one
	failed   error  // why there is none
)

// DSN returns the postgres:// URL of a new empty database. On a server that was
// given it is dropped when t ends; a private server goes as a whole.
func DSN(t testing.TB) string {
	t.Helper()
	server, err := serverURL()
	if errors.Is(err, errNoBinaries) {
		t.Skipf("PostgreSQL is not here: set %s to a server, or install its binaries (Debian: postgresql)", Variable)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	name := "klantbot_test_" + strings.ToLower(rand.Text())
	if err := run(server, `CREATE DATABASE `+name+` ENCODING 'UTF8' TEMPLATE template0`); err != nil {
		t.Fatalf("create database: %v", err)
	}
	if os.Getenv(Variable) == "" {
		return databaseURL(t, server, name) // dropping waits for a checkpoint
	}
	t.Cleanup(func() {
		if err := run(server, `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`); err != nil {
			t.Errorf("drop database: %v", err)
		}
	})
	return databaseURL(t, server, name)
}

func databaseURL(t testing.TB, server, name string) string {
	t.Helper()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("read %s: not a postgres:// URL", Variable)
	}
	u.Path = "/" + name
	return u.String()
}

// serverURL starts the server the first time, once for the process.
func serverURL() (string, error) {
	if given := os.Getenv(Variable); given != "" {
		return given, nil
	}
	starting.Lock()
	defer starting.Unlock()
	if started == "" && failed == nil {
		started, failed = start()
	}
	return started, failed
}

func run(server, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
