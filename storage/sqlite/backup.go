package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
)

// Backup copies what the database at from holds at one moment to the new file to,
// which only its owner may read, while others go on writing: it reads a snapshot,
// and waits for nobody. It is there whole and checked, or not at all, whatever
// happens on the way. progress is told of pages.
//
// SQLite's backup API does the copying, from inside one read transaction. Without
// that it begins anew at every commit of another program: beside one that writes as
// fast as it can, 92 MB took 3 s, 5 s, and never ended, against .1 s. VACUUM INTO
// took .2 to .7 s, and does not flush what it writes.
//
// Errors that a person can mend are analysis.Errors of kind Invalid: those of
// Inspect about from, and storage.backup.exists, storage.backup.no_folder,
// storage.backup.not_allowed and storage.backup.full about to.
func Backup(ctx context.Context, from, to string, progress func(done, total int64)) (Content, error) {
	to, err := filepath.Abs(to)
	if err != nil {
		return Content{}, fmt.Errorf("resolve path: %w", err)
	}
	if err := free(to); err != nil {
		return Content{}, err
	}
	if err := present(from); err != nil {
		return Content{}, err
	}
	part, err := begun(filepath.Dir(to))
	if err != nil {
		return Content{}, err
	}
	defer unfinished(part)
	held, err := snapshotTo(ctx, from, living, part, progress)
	if err != nil {
		return Content{}, err
	}
	content, err := proven(ctx, part, held)
	if err != nil {
		return Content{}, err
	}
	return content, put(part, to)
}

// free refuses a path at which something is, or that has no folder.
func free(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return refuse("storage.backup.no_folder", filepath.Dir(path), err)
	}
	if _, err := os.Lstat(path); err == nil {
		return refuse("storage.backup.exists", path, nil)
	}
	return nil
}

// present refuses a database that is not there: SQLite would only say that it can
// not open it.
func present(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("resolve path: %w", err)
	}
	return prepare(path, true)
}

// snapshotTo copies one moment of the database at from, opened in mode, to the
// empty file to and returns what was there at that moment.
func snapshotTo(ctx context.Context, from, mode, to string, progress func(done, total int64)) (Content, error) {
	db, err := pool(from, mode, 1)
	if err != nil {
		return Content{}, err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return Content{}, unreadable(fmt.Errorf("open database: %w", err), from)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `BEGIN`); err != nil {
		return Content{}, unreadable(fmt.Errorf("begin: %w", err), from)
	}
	defer ended(conn)
	held, err := contentOf(ctx, conn)
	if err != nil {
		return held, unreadable(err, from)
	}
	return held, copied(ctx, conn, to, progress)
}

// ended ends the transaction of conn, also when its context did.
func ended(conn *sql.Conn) {
	_, _ = conn.ExecContext(context.Background(), `ROLLBACK`)
}

// proven opens the copy at path, checks it and compares what it holds with what
// was to be copied.
func proven(ctx context.Context, path string, want Content) (Content, error) {
	got, err := Inspect(ctx, path)
	if err != nil {
		return got, err
	}
	if got.Schema != want.Schema || !maps.Equal(got.Rows, want.Rows) {
		return got, errors.New("the copy does not hold what the database held")
	}
	return got, nil
}

// put gives the whole file at part its name, unless something has that name by
// now, and makes sure that it stays so.
func put(part, to string) error {
	err := os.Link(part, to) // unlike a rename it never takes the place of a file
	switch {
	case errors.Is(err, os.ErrExist):
		return refuse("storage.backup.exists", to, nil)
	case err != nil: // a disk without links, for instance a memory stick
		if err := free(to); err != nil {
			return err
		}
		if err := os.Rename(part, to); err != nil {
			return unwritable(fmt.Errorf("name copy: %w", err), to)
		}
	}
	return unwritable(onDisk(filepath.Dir(to)), to)
}
