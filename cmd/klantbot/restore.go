package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
)

type restoreCmd struct {
	File    string `arg:"positional,required" help:"A file that klantbot backup made."`
	Replace bool   `arg:"--replace" help:"Take the place of the office that is there; it is kept beside it."`
	Key     string `arg:"--identity" placeholder:"FILE" help:"The age secret key with which a sealed backup is opened."`
}

// Run restores a backup while nobody has the database open.
func (c *restoreCmd) Run(s *session) error {
	path := s.dsn()
	put := c.toFile
	if isPostgres(path) {
		path, put = "PostgreSQL", c.toServer
	}
	restored, err := put(s)
	if err != nil {
		return err
	}
	if s.json {
		said := contentJSON(path, restored.Content)
		said["backup"], said["backup_schema"], said["kept"] = c.File, restored.Was, nil
		if restored.Aside != "" {
			said["kept"] = restored.Aside
		}
		return printJSON(s.out, said)
	}
	args := contentArgs(path, restored.Content)
	args["backup"], args["was"], args["kept"] = c.File, restored.Was, restored.Aside
	p := s.printer()
	fmt.Fprintln(s.out, p.T("restore.done", args))
	if restored.Was < restored.Schema {
		fmt.Fprintln(s.out, p.T("restore.migrated", args))
	}
	if restored.Aside != "" {
		fmt.Fprintln(s.out, p.T("restore.kept", args))
	}
	return nil
}

// toFile puts the backup in the place of the database, a file.
func (c *restoreCmd) toFile(s *session) (restored sqlite.Restored, err error) {
	path := s.dsn()
	if s.db == "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return restored, fmt.Errorf("make the folder of the database: %w", err)
		}
	}
	from, done, err := c.opened(path)
	if err != nil {
		return restored, err
	}
	defer done()
	// The day on the wall: who looks for the old one knows when they restored.
	aside := path + ".before-restore-" + wallTime().Format("20060102-150405")
	bar := newProgress(s)
	restored, err = sqlite.Restore(s.ctx, from, path, aside, c.Replace, bar.show)
	bar.clear()
	if err != nil {
		return restored, err
	}
	db, err := s.open(true) // who was forgotten since is forgotten again at once
	if err != nil {
		return restored, err
	}
	return restored, db.Close()
}

// opened is the backup as SQLite reads it: the file itself, or what was sealed in
// it, written beside the database at path until done is called.
func (c *restoreCmd) opened(path string) (from string, done func(), err error) {
	if !isSealed(c.File) {
		return c.File, func() {}, nil
	}
	if c.Key == "" {
		return "", nil, analysis.Fail(analysis.Invalid, "restore.sealed", analysis.Args{"path": c.File})
	}
	with, err := identities(c.Key)
	if err != nil {
		return "", nil, err
	}
	beside, err := os.MkdirTemp(filepath.Dir(path), ".klantbot-restore-")
	if err != nil {
		return "", nil, fmt.Errorf("make room beside the database: %w", err)
	}
	done = func() { _ = os.RemoveAll(beside) }
	from = filepath.Join(beside, "plain.db")
	switch err := openSealed(c.File, from, with); {
	case errors.Is(err, errNotOurs):
		done()
		return "", nil, analysis.Fail(analysis.Invalid, "restore.other_key", analysis.Args{"path": c.File, "file": c.Key})
	case err != nil:
		done()
		return "", nil, &analysis.Error{Kind: analysis.Invalid, Key: "storage.backup.damaged", Args: analysis.Args{"path": c.File}, Cause: err}
	}
	return from, done, nil
}
