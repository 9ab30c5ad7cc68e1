package main

import (
	"fmt"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
)

type backupCmd struct {
	File    string   `arg:"positional,required" help:"The file to make; it must not be there yet."`
	Encrypt []string `arg:"--encrypt,separate" placeholder:"RECIPIENT" help:"Seal it for this age public key (age1...), or for those in this file; may be given several times."`
}

// Run backs the database up, also while a server writes to it.
func (c *backupCmd) Run(s *session) error {
	if isPostgres(s.dsn()) {
		return analysis.Fail(analysis.Invalid, "backup.postgres", analysis.Args{"file": c.File})
	}
	content, err := c.copy(s)
	if err != nil {
		return err
	}
	if s.json {
		said := contentJSON(c.File, content)
		said["encrypted"] = len(c.Encrypt) > 0
		return printJSON(s.out, said)
	}
	if _, err := fmt.Fprintln(s.out, s.printer().T("backup.done", contentArgs(c.File, content))); err != nil || len(c.Encrypt) == 0 {
		return err
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("backup.sealed", nil))
	return err
}

// copy makes the backup. What is to be sealed is copied and checked beside the
// database first, where everything lies open anyway, and never on the disk of the
// backup.
func (c *backupCmd) copy(s *session) (sqlite.Content, error) {
	bar := newProgress(s)
	defer bar.clear()
	if len(c.Encrypt) == 0 {
		return sqlite.Backup(s.ctx, s.dsn(), c.File, bar.show)
	}
	to, err := recipients(c.Encrypt)
	if err != nil {
		return sqlite.Content{}, err
	}
	if _, err := os.Lstat(c.File); err == nil {
		return sqlite.Content{}, analysis.Fail(analysis.Invalid, "storage.backup.exists", analysis.Args{"path": c.File})
	}
	if info, err := os.Stat(filepath.Dir(c.File)); err != nil || !info.IsDir() {
		return sqlite.Content{}, analysis.Fail(analysis.Invalid, "storage.backup.no_folder", analysis.Args{"path": filepath.Dir(c.File)})
	}
	beside, err := os.MkdirTemp(filepath.Dir(s.dsn()), ".klantbot-backup-")
	if err != nil {
		return sqlite.Content{}, fmt.Errorf("make room beside the database: %w", err)
	}
	defer os.RemoveAll(beside)
	plain := filepath.Join(beside, "plain.db")
	content, err := sqlite.Backup(s.ctx, s.dsn(), plain, bar.show)
	if err != nil {
		return content, err
	}
	if err := sealFile(plain, c.File, to); err != nil {
		return content, err
	}
	info, err := os.Stat(c.File)
	if err == nil {
		content.Bytes = info.Size()
	}
	return content, err
}

func contentJSON(file string, c sqlite.Content) map[string]any {
	return map[string]any{"file": file, "bytes": c.Bytes, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}

func contentArgs(file string, c sqlite.Content) analysis.Args {
	return analysis.Args{"path": file, "kilobytes": (c.Bytes + 1023) / 1024, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}
