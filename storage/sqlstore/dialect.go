package sqlstore

import (
	"database/sql"
	"strings"
	"sync"
)

// Dialect tells the two engines apart.
type Dialect int

// The dialects.
const (
	SQLite Dialect = iota
	PostgreSQL
)

// String names the dialect, for instance in the output of doctor.
func (d Dialect) String() string {
	if d == PostgreSQL {
		return "PostgreSQL"
	}
	return "SQLite"
}

// Statements are written once, in a language that is nearly SQLite's: ?1
// placeholders and json_each over a JSON array of scalars. Row locks are
// written as PostgreSQL wants them, and SQLite, whose only writer needs none,
// has them taken out.
var (
	toSQLite   = strings.NewReplacer(" FOR UPDATE SKIP LOCKED", "", " FOR UPDATE", "")
	toPostgres = strings.NewReplacer("?", "$", "json_each(", "json_array_elements_text(")
)

// rewritten remembers statements by dialect; they are constants, so it stays
// as small as the program.
var rewritten [2]sync.Map

// SQL returns statement in the dialect's own words. Only constants may be
// given to it: it remembers them for ever, and a question mark may only be a
// placeholder.
func (d Dialect) SQL(statement string) string {
	if s, ok := rewritten[d].Load(statement); ok {
		return s.(string)
	}
	s := d.rewrite(statement)
	rewritten[d].Store(statement, s)
	return s
}

func (d Dialect) rewrite(statement string) string {
	if d == PostgreSQL {
		return toPostgres.Replace(statement)
	}
	return toSQLite.Replace(statement)
}

// snapshot is how a transaction is begun in which every read sees the same
// moment. A deferred transaction of SQLite is one anyway.
func (d Dialect) snapshot() *sql.TxOptions {
	if d == PostgreSQL {
		return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	return nil
}
