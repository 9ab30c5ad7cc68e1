package main

import (
	"fmt"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

type backupCmd struct {
	File    string   `arg:"positional,required" help:"The file to make; it must not be there yet."`
	Encrypt []string `arg:"--encrypt,separate" placeholder:"RECIPIENT" help:"Seal it for this age public key (age1...), or for those in this file; may be given several times."`
}

// Run backs the database up, also while a server writes to it.
func (c *backupCmd) Run(s *session) error {
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
// backup; an office in PostgreSQL becomes a file in the folder of this user.
func (c *backupCmd) copy(s *session) (sqlite.Content, error) {
	bar := newProgress(s)
	defer bar.clear()
	origin := s.dsn()
	if len(c.Encrypt) == 0 && !isPostgres(origin) {
		return sqlite.Backup(s.ctx, origin, c.File, bar.show)
	}
	to, err := recipients(c.Encrypt)
	if err != nil {
		return sqlite.Content{}, err
	}
	if err := c.free(); err != nil {
		return sqlite.Content{}, err
	}
	var server *sqlstore.DB
	if isPostgres(origin) {
		if server, err = c.server(s); err != nil {
			return sqlite.Content{}, err
		}
		defer server.Close()
	}
	beside, err := s.besideDatabase("backup")
	if err != nil {
		return sqlite.Content{}, err
	}
	defer os.RemoveAll(beside)
	plain := filepath.Join(beside, "plain.db")
	var content sqlite.Content
	if server != nil {
		content, err = fromServer(s.ctx, server, plain, bar.show)
	} else {
		content, err = sqlite.Backup(s.ctx, origin, plain, bar.show)
	}
	if err != nil {
		return content, err
	}
	if len(c.Encrypt) == 0 {
		return sqlite.Backup(s.ctx, plain, c.File, bar.show)
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

// free refuses a place where the backup can not stand, before anything is read.
func (c *backupCmd) free() error {
	if _, err := os.Lstat(c.File); err == nil {
		return analysis.Fail(analysis.Invalid, "storage.backup.exists", analysis.Args{"path": c.File})
	}
	if info, err := os.Stat(filepath.Dir(c.File)); err != nil || !info.IsDir() {
		return analysis.Fail(analysis.Invalid, "storage.backup.no_folder", analysis.Args{"path": filepath.Dir(c.File)})
	}
	return nil
}

// besideDatabase makes a folder beside the database, or where this user's databases
// are, for what may lie open only there and only meanwhile.
func (s *session) besideDatabase(what string) (string, error) {
	folder := filepath.Dir(s.dsn())
	if isPostgres(s.dsn()) {
		folder = home()
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", fmt.Errorf("make the folder of this user's databases: %w", err)
		}
	}
	beside, err := os.MkdirTemp(folder, ".klantbot-"+what+"-")
	if err != nil {
		return "", fmt.Errorf("make room beside the database: %w", err)
	}
	return beside, nil
}

func contentJSON(file string, c sqlite.Content) map[string]any {
	return map[string]any{"file": file, "bytes": c.Bytes, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}

func contentArgs(file string, c sqlite.Content) analysis.Args {
	return analysis.Args{"path": file, "kilobytes": (c.Bytes + 1023) / 1024, "schema": c.Schema, "clients": c.Rows["client"], "rows": c.Total()}
}
