package main

import (
	"database/sql"
	"strings"
	"testing"
)

// clientNumbers are n clients that are not called like another's number.
func clientNumbers(t testing.TB, path string, n int) []string {
	t.Helper()
	var all []string
	each(t, path, `SELECT number FROM client ORDER BY number`, func(scan func(...any) error) error {
		var number string
		if err := scan(&number); err != nil {
			return err
		}
		all = append(all, number)
		return nil
	})
	if len(all) < n {
		t.Fatalf("%d clients for %d shares", len(all), n)
	}
	return all[:n]
}

// each reads the database dsn, of either engine, beside the program.
func each(t testing.TB, dsn, query string, row func(scan func(...any) error) error) {
	t.Helper()
	read(t, dsn, query, func(r *sql.Rows) error { return row(r.Scan) })
}

func read(t testing.TB, dsn, query string, row func(*sql.Rows) error) {
	t.Helper()
	db := inside(t, dsn)
	defer db.Close()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			t.Fatal(err)
		}
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
}

func count(t testing.TB, path, query string) (n int) {
	t.Helper()
	each(t, path, query, func(scan func(...any) error) error { return scan(&n) })
	return n
}

// inside opens a database beside the bot that has it, to look into it only.
func inside(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	driver, source := "sqlite3", "file:"+dsn+"?mode=ro&_busy_timeout=30000"
	if strings.HasPrefix(dsn, "postgres") {
		driver, source = "pgx", dsn
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	return db
}
