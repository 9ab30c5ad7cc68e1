package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"klantbot/analysis"
)

// Restored is what Restore did.
type Restored struct {
	Content        // of the database as it is now
	Was     int64  // schema of the backup; lower than Schema when it was migrated
	Aside   string // where the database is that was there before; empty: there was none
}

// Restore puts the office of the file backup in the database at path. Everything
// that can go wrong with the backup, its migration among it, happens to a copy,
// before path is touched; path has the old office or the new one at every moment.
//
// An office that is there already is kept at aside, and only with replace; a
// database without one is replaced as it is. A database that another program has
// open is refused: SQLite's own locks tell.
//
// Errors that a person can mend are analysis.Errors of kind Invalid: those of
// Inspect about backup, and storage.restore.same, storage.restore.occupied,
// storage.restore.in_use, storage.backup.exists about aside, and those that Backup
// has about the disk.
func Restore(ctx context.Context, backup, path, aside string, replace bool, progress func(done, total int64)) (Restored, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Restored{}, fmt.Errorf("resolve path: %w", err)
	}
	if same(backup, path) {
		return Restored{}, refuse("storage.restore.same", path, nil)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return Restored{}, refuse("storage.path.no_folder", filepath.Dir(path), err)
	}
	held, err := Inspect(ctx, backup)
	if err != nil {
		return Restored{}, err
	}
	part, err := begun(filepath.Dir(path))
	if err != nil {
		return Restored{}, err
	}
	defer unfinished(part)
	done := Restored{Was: held.Schema}
	if done.Content, err = ready(ctx, backup, part, held, progress); err != nil {
		return Restored{}, err
	}
	done.Aside, err = replaced(ctx, part, path, aside, replace)
	return done, err
}

// same reports whether both paths lead to one file.
func same(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// ready makes a copy of backup at part with today's schema, checked.
func ready(ctx context.Context, backup, part string, held Content, progress func(done, total int64)) (Content, error) {
	copied, err := snapshotTo(ctx, backup, modeOf(backup), part, progress)
	if err != nil {
		return copied, err
	}
	content, err := proven(ctx, part, copied)
	if err != nil {
		return content, err
	}
	db, err := Open(ctx, part)
	if err != nil {
		return content, unwritable(fmt.Errorf("migrate backup: %w", err), part)
	}
	if err := db.Close(); err != nil {
		return content, unwritable(fmt.Errorf("close backup: %w", err), part)
	}
	if content, err = Inspect(ctx, part); err != nil {
		return content, err
	}
	return content, unwritable(onDisk(part), part)
}

// replaced puts the whole file part at path, with what is there at aside, and
// returns where that went.
func replaced(ctx context.Context, part, path, aside string, replace bool) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		// A journal without its database would be taken for that of the new one.
		for _, left := range []string{path + "-wal", path + "-shm", path + "-journal"} {
			if _, err := os.Stat(left); err == nil {
				return "", refuse("storage.restore.journal", left, nil)
			}
		}
		return "", put(part, path)
	}
	if err != nil {
		return "", refuse("storage.path.not_allowed", path, err)
	}
	if info.IsDir() {
		return "", refuse("storage.path.is_folder", path, nil)
	}
	lock, err := alone(ctx, path)
	if lock != nil {
		defer lock.Close()
	}
	office, err := occupied(ctx, lock, err)
	switch {
	case err != nil:
		return "", worded(err, path)
	case office && !replace:
		return "", refuse("storage.restore.occupied", path, nil)
	case office:
		if err := keptAt(path, aside, lock == nil); err != nil {
			return "", err
		}
	default:
		aside = ""
	}
	if err := os.Rename(part, path); err != nil {
		return aside, unwritable(fmt.Errorf("put backup in place: %w", err), path)
	}
	return aside, unwritable(onDisk(filepath.Dir(path)), path)
}

// alone opens the database at path as the only one, its journal taken in, and
// nobody else can open it until the pool is closed.
func alone(ctx context.Context, path string) (*sql.DB, error) {
	db, err := pool(path, "mode=rw&_busy_timeout=1000&_locking_mode=EXCLUSIVE", 1)
	if err != nil {
		return nil, err
	}
	// Whoever has a WAL database open holds a lock on it, idle or not, which this
	// runs into.
	var mode string
	err = db.QueryRowContext(ctx, `PRAGMA journal_mode=DELETE`).Scan(&mode)
	if err == nil {
		_, err = db.ExecContext(ctx, `BEGIN EXCLUSIVE`)
	}
	if err == nil {
		return db, nil
	}
	db.Close()
	if busy(err) {
		return nil, refuse("storage.restore.in_use", path, err)
	}
	return nil, err
}

// occupied reports whether the database behind lock has an office in it. One
// that can not be read, which failed says, may well have had one; another
// program's is not ours to move.
func occupied(ctx context.Context, lock *sql.DB, failed error) (bool, error) {
	var e sqlite3.Error
	var content Content
	if failed == nil {
		content, failed = contentOf(ctx, lock)
	}
	var known *analysis.Error
	switch {
	case failed == nil:
		return content.Total() > 0, nil
	case errors.Is(failed, errNothing):
		return false, nil
	case errors.As(failed, &known) && known.Key == "storage.schema.future":
		return true, nil
	case errors.As(failed, &e) && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt):
		return true, nil
	}
	return false, failed
}

// keptAt gives the database at path a second name, or moves it and its journal
// where that is not possible or where SQLite could not take the journal in.
func keptAt(path, aside string, damaged bool) error {
	if err := free(aside); err != nil {
		return err
	}
	if !damaged && os.Link(path, aside) == nil {
		return nil
	}
	if err := os.Rename(path, aside); err != nil {
		return unwritable(fmt.Errorf("keep the database there was: %w", err), aside)
	}
	for _, kind := range []string{"-wal", "-journal"} {
		if err := os.Rename(path+kind, aside+kind); err != nil && !errors.Is(err, os.ErrNotExist) {
			return unwritable(fmt.Errorf("keep the journal there was: %w", err), aside)
		}
	}
	if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return unwritable(fmt.Errorf("remove the index of the journal: %w", err), path)
	}
	return nil
}
