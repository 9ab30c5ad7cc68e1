package main

import (
	"fmt"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
)

type restoreCmd struct {
	File    string `arg:"positional,required" help:"A file that klantbot backup made."`
	Replace bool   `arg:"--replace" help:"Take the place of the office that is there; it is kept beside it."`
}

// Run restores a backup while nobody has the database open.
func (c *restoreCmd) Run(s *session) error {
	path := s.dsn()
	if isPostgres(path) {
		return analysis.Fail(analysis.Invalid, "restore.postgres", analysis.Args{"file": c.File})
	}
	if s.db == "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("make the folder of the database: %w", err)
		}
	}
	// The day on the wall: who looks for the old one knows when they restored.
	aside := path + ".before-restore-" + wallTime().Format("20060102-150405")
	bar := newProgress(s)
	done, err := sqlite.Restore(s.ctx, c.File, path, aside, c.Replace, bar.show)
	bar.clear()
	if err != nil {
		return err
	}
	db, err := s.open(true) // who was forgotten since is forgotten again at once
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	if s.json {
		said := contentJSON(path, done.Content)
		said["backup"], said["backup_schema"], said["kept"] = c.File, done.Was, nil
		if done.Aside != "" {
			said["kept"] = done.Aside
		}
		return printJSON(s.out, said)
	}
	args := contentArgs(path, done.Content)
	args["backup"], args["was"], args["kept"] = c.File, done.Was, done.Aside
	p := s.printer()
	fmt.Fprintln(s.out, p.T("restore.done", args))
	if done.Was < done.Schema {
		fmt.Fprintln(s.out, p.T("restore.migrated", args))
	}
	if done.Aside != "" {
		fmt.Fprintln(s.out, p.T("restore.kept", args))
	}
	return nil
}
