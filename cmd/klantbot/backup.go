package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
)

type backupCmd struct {
	File string `arg:"positional,required" help:"The file to make; it must not be there yet."`
}

// Run backs the database up, also while a server writes to it.
func (c *backupCmd) Run(s *session) error {
	if isPostgres(s.dsn()) {
		return analysis.Fail(analysis.Invalid, "backup.postgres", analysis.Args{"file": c.File})
	}
	bar := newProgress(s)
	content, err := sqlite.Backup(s.ctx, s.dsn(), c.File, bar.show)
	bar.clear()
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, contentJSON(c.File, content))
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("backup.done", contentArgs(c.File, content)))
	return err
}

func contentJSON(file string, c sqlite.Content) map[string]any {
	return map[string]any{"file": file, "bytes": c.Bytes, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}

func contentArgs(file string, c sqlite.Content) analysis.Args {
	return analysis.Args{"path": file, "kilobytes": (c.Bytes + 1023) / 1024, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}
