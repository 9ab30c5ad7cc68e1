package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

// How many connections one program holds, and how long a statement may take. With one
// more that listens, ten replicas stay within PostgreSQL's own 100, and leave room for
// the command line. A transaction that nobody goes on with is ended, so that its locks
// do not stay.
const (
	readers      = 5
	writers      = 3
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

// oldest is the oldest version of PostgreSQL that is known to do.
const oldest = 15

// Open opens the database that dsn names (a postgres:// URL or key=value words)
// and brings its schema up to date, waiting for another program that is doing so.
// Errors that a person can mend are analysis.Errors of kind Invalid:
// storage.postgres.dsn, .unreachable, .login, .absent, .tls, .crowded, .version,
// .encoding, .rights, .readonly, storage.schema.future, storage.schema.foreign and,
// with WithoutMigrating, storage.schema.behind. No error holds the password.
func Open(ctx context.Context, dsn string, options ...Option) (*sqlstore.DB, error) {
	var o opening
	for _, option := range options {
		option(&o)
	}
	config, err := pgx.ParseConfig(dsn)
	if errors.Is(err, fs.ErrNotExist) { // of sslrootcert, sslcert or sslkey
		return nil, analysis.Fail(analysis.Invalid, "storage.postgres.tls", nil)
	}
	if err != nil {
		// The cause quotes dsn, and what can not be parsed can not be masked.
		return nil, analysis.Fail(analysis.Invalid, "storage.postgres.dsn", nil)
	}
	write := pool(config, writers, writeTimeout, false)
	if err := ready(ctx, write, o); err != nil {
		write.Close()
		return nil, unopened(err, config)
	}
	read := pool(config, readers, readTimeout, true)
	office := sqlstore.New(sqlstore.PostgreSQL, write, read, busy)
	office.Load, office.Word, office.Listen = load, word, listener(config)
	return office, nil
}

// Option changes how a database is opened.
type Option func(*opening)

type opening struct{ asItIs, unused bool }

// ToFill refuses with copy.occupied, before anything of it is changed, a database whose
// schema is not current and that holds anything: it is not this program's to bring up
// to date for what is then refused.
func ToFill() Option { return func(o *opening) { o.unused = true } }

// WithoutMigrating refuses a database whose schema is not current instead of
// bringing it up to date.
func WithoutMigrating() Option { return func(o *opening) { o.asItIs = true } }

func pool(config *pgx.ConnConfig, size int, timeout time.Duration, readOnly bool) *sql.DB {
	db := stdlib.OpenDB(*prepared(config, timeout, readOnly))
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	db.SetConnMaxIdleTime(spare)
	return db
}

// prepared is config for a connection on which a statement may take timeout; 0: as long
// as it wants.
func prepared(config *pgx.ConnConfig, timeout time.Duration, readOnly bool) *pgx.ConnConfig {
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
	return c
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// ready finds out whether the server can be reached and used, and migrates.
func ready(ctx context.Context, db *sql.DB, o opening) error {
	const server = `SELECT current_setting('server_version_num'), current_setting('server_version'), current_setting('server_encoding')`
	var number, version, encoding string
	if err := db.QueryRowContext(ctx, server).Scan(&number, &version, &encoding); err != nil {
		return fmt.Errorf("read version: %w", err)
	}
	if n, err := strconv.Atoi(number); err != nil || n < oldest*10_000 {
		return analysis.Fail(analysis.Invalid, "storage.postgres.version", analysis.Args{"version": version, "oldest": oldest})
	}
	if encoding != "UTF8" {
		return analysis.Fail(analysis.Invalid, "storage.postgres.encoding", analysis.Args{"encoding": encoding})
	}
	if err := migrate(ctx, db, o); err != nil || o.asItIs {
		return err
	}
	return usable(ctx, db)
}

// usable finds out whether this user may do what the program does, which may be other
// than whoever made the tables.
func usable(ctx context.Context, db *sql.DB) error {
	const closed = `
		SELECT COUNT(*) FROM pg_tables
		WHERE schemaname = current_schema() AND NOT (
			has_table_privilege(quote_ident(tablename), 'SELECT') AND has_table_privilege(quote_ident(tablename), 'INSERT') AND
			has_table_privilege(quote_ident(tablename), 'UPDATE') AND has_table_privilege(quote_ident(tablename), 'DELETE'))`
	const standby = `SELECT current_setting('transaction_read_only') = 'on'`
	var tables int
	if err := db.QueryRowContext(ctx, closed).Scan(&tables); err != nil {
		return fmt.Errorf("read rights: %w", err)
	}
	if tables > 0 {
		return &pgconn.PgError{Code: "42501", Message: "tables of another user"}
	}
	var readOnly bool
	if err := db.QueryRowContext(ctx, standby).Scan(&readOnly); err != nil {
		return fmt.Errorf("read whether it can be written: %w", err)
	}
	if readOnly {
		return analysis.Fail(analysis.Invalid, "storage.postgres.readonly", nil)
	}
	return nil
}

// busy is never: PostgreSQL waits for row locks by itself.
func busy(error) bool { return false }
