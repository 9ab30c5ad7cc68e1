package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// forgottenFile is where it is kept, beside the database, who was forgotten: a
// backup that is put back does not know of it. For PostgreSQL it is in the folder of
// this user's databases, under a name of server and database.
func forgottenFile(dsn string) string {
	if isPostgres(dsn) {
		where, err := url.Parse(dsn)
		if err != nil {
			where = &url.URL{Path: dsn}
		}
		sum := sha256.Sum256([]byte(where.Host + where.Path))
		return filepath.Join(home(), "postgres-"+hex.EncodeToString(sum[:6])+".forgotten")
	}
	return dsn + ".forgotten"
}

// keepForgotten writes down all that were forgotten, here and in databases that stood
// here before.
func keepForgotten(ctx context.Context, db *sqlstore.DB, dsn string) error {
	path := forgottenFile(dsn)
	all, err := readForgotten(path)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, m := range all {
		known[m.Digest] = true
	}
	marks, err := db.Forgotten(ctx)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if !known[m.Digest] {
			all = append(all, m)
		}
	}
	content, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	beside := path + ".new"
	if err := os.WriteFile(beside, content, 0o600); err != nil {
		return err
	}
	return os.Rename(beside, path)
}

func readForgotten(path string) (marks []storage.Forgotten, err error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &marks)
	}
	if err != nil {
		return nil, fmt.Errorf("read who was forgotten: %w", err)
	}
	return marks, nil
}

// forgetAgain forgets in db who was forgotten in the database that stood at dsn
// before, and says so.
func (s *session) forgetAgain(db *sqlstore.DB, dsn string) error {
	marks, err := readForgotten(forgottenFile(dsn))
	if err != nil || len(marks) == 0 {
		return err
	}
	n, err := db.ForgetAgain(s.ctx, marks, s.at)
	if n > 0 {
		fmt.Fprintln(s.errs, s.printer().T("forget.again", analysis.Args{"n": n}))
	}
	return err
}
