package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

// How many connections one program holds, and how long a statement may take. A
// transaction that nobody goes on with is ended, so that its locks do not stay.
const (
	readers      = 8
	writers      = 4
	readTimeout  = 30 * time.Second
	writeTimeout = 30 * time.Minute // the largest import is one transaction of few statements
	idleTimeout  = 10 * time.Minute
	spare        = 5 * time.Minute // after which an unused connection is given back
	dialTimeout  = 10 * time.Second
)

// randomPageCost tells the planner that a page anywhere costs hardly more than
// the next one, as on any disk of today. With the server's default, made for
// spinning disks, a card scans all invoice lines until the tables are analyzed.
const randomPageCost = "1.1"

// Open opens the database that dsn names (a postgres:// URL or key=value words)
// and brings its schema up to date, waiting for another program that is doing so.
// Errors that a person can mend are analysis.Errors of kind Invalid:
// storage.postgres.dsn, storage.postgres.unreachable, storage.postgres.encoding,
// storage.schema.future, storage.schema.foreign and, with WithoutMigrating,
// storage.schema.behind. No error holds the password.
func Open(ctx context.Context, dsn string, options ...Option) (*sqlstore.DB, error) {
	var o opening
	for _, option := range options {
		option(&o)
	}
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The cause quotes dsn, and what can not be parsed can not be masked.
		return nil, analysis.Fail(analysis.Invalid, "storage.postgres.dsn", nil)
	}
	write := pool(config, writers, writeTimeout, false)
	if err := ready(ctx, write, o); err != nil {
		write.Close()
		return nil, err
	}
	read := pool(config, readers, readTimeout, true)
	office := sqlstore.New(sqlstore.PostgreSQL, write, read, busy)
	office.Load = load
	return office, nil
}

// Option changes how a database is opened.
type Option func(*opening)

type opening struct{ asItIs bool }

// WithoutMigrating refuses a database whose schema is not current instead of
// bringing it up to date.
func WithoutMigrating() Option { return func(o *opening) { o.asItIs = true } }

func pool(config *pgx.ConnConfig, size int, timeout time.Duration, readOnly bool) *sql.DB {
	c := config.Copy()
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = dialTimeout
	}
	for name, value := range map[string]string{
		"application_name":                    "klantbot",
		"statement_timeout":                   milliseconds(timeout),
		"idle_in_transaction_session_timeout": milliseconds(idleTimeout),
		"random_page_cost":                    randomPageCost,
	} {
		if _, given := c.RuntimeParams[name]; !given {
			c.RuntimeParams[name] = value
		}
	}
	if readOnly {
		c.RuntimeParams["default_transaction_read_only"] = "on"
	}
	db := stdlib.OpenDB(*c)
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(spare)
	return db
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// ready finds out whether the server can be reached and used, and migrates.
func ready(ctx context.Context, db *sql.DB, o opening) error {
	const encoding = `SELECT current_setting('server_encoding')`
	var name string
	if err := db.QueryRowContext(ctx, encoding).Scan(&name); err != nil {
		var connect *pgconn.ConnectError
		if errors.As(err, &connect) {
			return &analysis.Error{Kind: analysis.Invalid, Key: "storage.postgres.unreachable", Cause: err}
		}
		return fmt.Errorf("read encoding: %w", err)
	}
	if name != "UTF8" {
		return analysis.Fail(analysis.Invalid, "storage.postgres.encoding", analysis.Args{"encoding": name})
	}
	return migrate(ctx, db, o)
}

// busy is never: PostgreSQL waits for row locks by itself.
func busy(error) bool { return false }
