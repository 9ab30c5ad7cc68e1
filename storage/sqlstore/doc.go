// Package sqlstore fulfils every contract of package storage in the SQL that
// SQLite and PostgreSQL share. DB is the whole of it; what the engines do not
// share is told apart in Dialect and nowhere else. Opening, pools and
// migrations of one engine live in storage/sqlite and storage/postgres.
//
// A statement is a constant beside the one function that runs it. Text is
// compared and ordered by its bytes on both engines.
package sqlstore
