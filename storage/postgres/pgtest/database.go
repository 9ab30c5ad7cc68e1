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
	return create(t, "template0")
}

// Template is a database that is filled once in a process and then copied, which is a
// matter of files for the server, however long filling it took.
type Template struct {
	Fill func(dsn string) error // it must leave no connection open

	once sync.Once
	name string
	err  error
}

// DSN returns the URL of a new database that holds what Fill put in it.
func (m *Template) DSN(t testing.TB) string {
	t.Helper()
	m.once.Do(func() {
		// Not of t: others copy it when t is over. On a server that was given it is
		// left behind when the process is killed, as any database of a test.
		var server string
		if server, m.err = serverURL(); m.err != nil {
			return
		}
		name := newName()
		if m.err = run(server, `CREATE DATABASE `+name+` ENCODING 'UTF8' TEMPLATE template0`); m.err != nil {
			return
		}
		m.name, m.err = name, m.Fill(databaseURL(t, server, name))
	})
	if m.err != nil && !errors.Is(m.err, errNoBinaries) {
		t.Fatalf("fill the database to copy: %v", m.err)
	}
	return create(t, m.name)
}

// Drop removes what was filled, from a server that was given.
func (m *Template) Drop() error {
	server := os.Getenv(Variable)
	if m.name == "" || server == "" {
		return nil
	}
	return run(server, `DROP DATABASE IF EXISTS `+m.name+` WITH (FORCE)`)
}

func newName() string { return "klantbot_test_" + strings.ToLower(rand.Text()) }

// create makes a database like template.
func create(t testing.TB, template string) string {
	t.Helper()
	server, err := serverURL()
	if errors.Is(err, errNoBinaries) {
		t.Skipf("PostgreSQL is not here: set %s to a server, or install its binaries (Debian: postgresql)", Variable)
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	name := newName()
	if err := run(server, `CREATE DATABASE `+name+` ENCODING 'UTF8' TEMPLATE `+template); err != nil {
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
