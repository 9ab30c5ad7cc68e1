package main

import "fmt"

type migrateCmd struct{}

// Run opens the database, which brings it to this version's schema.
func (m *migrateCmd) Run(s *session) error {
	db, err := s.open(false)
	if err != nil {
		return err
	}
	defer db.Close()
	version, err := db.SchemaVersion(s.ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if s.json {
		return printJSON(s.out, map[string]any{"schema": version})
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("migrate.done", map[string]any{"version": version}))
	return err
}
