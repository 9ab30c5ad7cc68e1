package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/postgres"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

type copyCmd struct {
	From string `arg:"--from" placeholder:"PATH" help:"The database to copy, a file or postgres://...; that of --db when not given. Stop its bot first."`
	To   string `arg:"--to,required" placeholder:"PATH" help:"The database to copy it to, which must be empty or not there."`
}

// Run copies the office to a database of either engine.
func (c *copyCmd) Run(s *session) error {
	origin := cmp.Or(c.From, s.dsn())
	from, err := s.openToCopy(origin)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := s.openToFill(c.To)
	if err != nil {
		return err
	}
	defer to.Close()
	bar := newProgress(s)
	made, err := sqlstore.Copy(s.ctx, from, to, bar.show)
	bar.clear()
	if err != nil {
		return err
	}
	if err := s.keepsForgotten(to, origin, c.To); err != nil {
		return err
	}
	return s.reportCopy(to, made)
}

// keepsForgotten has to forget who was forgotten in the databases that stood at dsns,
// of which the last is its own, and know of it there from now on.
func (s *session) keepsForgotten(to *sqlstore.DB, dsns ...string) error {
	for _, dsn := range dsns {
		if err := s.forgetAgain(to, dsn); err != nil {
			return err
		}
	}
	marks, err := to.Forgotten(s.ctx)
	if err != nil || len(marks) == 0 {
		return err
	}
	return keepForgotten(s.ctx, to, dsns[len(dsns)-1])
}

// openToCopy opens the database at dsn as it is: what is copied is not changed.
func (s *session) openToCopy(dsn string) (*sqlstore.DB, error) {
	if isPostgres(dsn) {
		return postgres.Open(s.ctx, dsn, postgres.WithoutMigrating())
	}
	if _, err := os.Stat(dsn); errors.Is(err, fs.ErrNotExist) {
		return nil, analysis.Fail(analysis.NotFound, "database.absent", analysis.Args{"path": filepath.Clean(dsn)})
	}
	return sqlite.Open(s.ctx, dsn, sqlite.WithoutMigrating())
}

// openToFill opens the database at dsn for what must be empty. One that is not, of an
// earlier version, stays what it was.
func (s *session) openToFill(dsn string) (*sqlstore.DB, error) {
	if isPostgres(dsn) {
		return postgres.Open(s.ctx, dsn, postgres.ToFill())
	}
	return sqlite.Open(s.ctx, dsn, sqlite.ToFill())
}

// copiedTableJSON is a table in the output of copy.
type copiedTableJSON struct {
	Table string           `json:"table"`
	Rows  int64            `json:"rows"`
	Sums  map[string]int64 `json:"sums"` // of columns of money, in cents
}

func (s *session) reportCopy(to *sqlstore.DB, made sqlstore.Copied) error {
	schema, err := to.SchemaVersion(s.ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	tables, clients, lines := []copiedTableJSON{}, int64(0), sqlstore.CopiedTable{}
	for _, t := range made.Tables {
		tables = append(tables, copiedTableJSON{t.Name, t.Rows, t.Cents})
		switch t.Name {
		case "client":
			clients = t.Rows
		case "invoice_line":
			lines = t
		}
	}
	if s.json {
		return printJSON(s.out, map[string]any{"engine": to.Dialect.String(), "schema": schema, "rows": made.Rows(), "clients": clients,
			"lines": lines.Rows, "total_cents": lines.Cents["cents"], "tables": tables,
			"audit": map[string]any{"batches": made.Trail.Batches, "sealed": made.Trail.Sealed, "unsealed": made.Trail.Unsealed, "broken": made.Trail.Broken}})
	}
	p := s.printer()
	fmt.Fprintln(s.out, p.T("copy.done", analysis.Args{"rows": made.Rows(), "tables": len(tables), "clients": clients, "lines": lines.Rows,
		"total": analysis.Cents(lines.Cents["cents"]), "engine": to.Dialect.String()}))
	if made.Trail.Broken > 0 {
		fmt.Fprintln(s.out, p.T("copy.broken", analysis.Args{"batch": made.Trail.Broken}))
	}
	_, err = fmt.Fprintln(s.out, p.T("copy.next", nil))
	return err
}
