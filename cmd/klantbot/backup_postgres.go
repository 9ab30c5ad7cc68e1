package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage/postgres"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// A backup of an office in PostgreSQL is a file as every other: it can be sealed,
// looked at and put back by the same verbs, in either engine, without the server's
// tools. Those work as well (pg_dump); what they wrote is put back by them.

// server opens the office to be backed up, as it is.
func (c *backupCmd) server(s *session) (*sqlstore.DB, error) {
	from, err := postgres.Open(s.ctx, s.dsn(), postgres.WithoutMigrating())
	if hasKey(err, "storage.schema.behind") {
		return nil, analysis.Fail(analysis.Invalid, "backup.postgres_behind", analysis.Args{"file": c.File})
	}
	return from, err
}

// fromServer copies one moment of the office behind from to a file at path, and
// checks it.
func fromServer(ctx context.Context, from *sqlstore.DB, path string, progress func(done, total int64)) (content sqlite.Content, err error) {
	to, err := sqlite.Open(ctx, path)
	if err != nil {
		return content, err
	}
	_, err = sqlstore.Copy(ctx, from, to, progress)
	if err = errors.Join(err, to.Close()); err != nil {
		return content, err
	}
	return sqlite.Inspect(ctx, path)
}

// toServer puts the backup in the empty database of a server. It is checked and
// brought to today's schema in a file first.
func (c *restoreCmd) toServer(s *session) (restored sqlite.Restored, err error) {
	if isDumped(c.File) {
		return restored, analysis.Fail(analysis.Invalid, "restore.postgres", analysis.Args{"file": c.File})
	}
	beside, err := s.besideDatabase("restore")
	if err != nil {
		return restored, err
	}
	defer os.RemoveAll(beside)
	path := filepath.Join(beside, "office.db")
	from, done, err := c.opened(path)
	if err != nil {
		return restored, err
	}
	defer done()
	bar := newProgress(s)
	defer bar.clear()
	if restored, err = sqlite.Restore(s.ctx, from, path, path+".aside", false, bar.show); err != nil {
		return restored, err
	}
	office, err := sqlite.Open(s.ctx, path)
	if err != nil {
		return restored, err
	}
	defer office.Close()
	to, err := s.openToFill(s.dsn())
	if err == nil {
		defer to.Close()
		_, err = sqlstore.Copy(s.ctx, office, to, bar.show)
	}
	if hasKey(err, "copy.occupied") {
		return restored, analysis.Fail(analysis.Invalid, "restore.postgres_occupied", nil)
	}
	if err != nil {
		return restored, err
	}
	return restored, s.keepsForgotten(to, s.dsn())
}

// hasKey reports whether err is what key words.
func hasKey(err error, key string) bool {
	known, is := errors.AsType[*analysis.Error](err)
	return is && known.Key == key
}

// dumpedMark is how a file of pg_dump --format=custom begins.
var dumpedMark = []byte("PGDMP")

// isDumped reports whether pg_dump wrote the file at path.
func isDumped(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(dumpedMark))
	_, err = io.ReadFull(f, head)
	return err == nil && bytes.Equal(head, dumpedMark)
}
