package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
)

// unwritable words why the file at path could not be written.
func unwritable(err error, path string) error {
	var e sqlite3.Error
	engine := errors.As(err, &e)
	switch {
	case engine && (e.Code&0xff == sqlite3.ErrFull || e.Code&0xff == sqlite3.ErrIoErr),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT):
		return refuse("storage.backup.full", filepath.Dir(path), err)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return refuse("storage.backup.not_allowed", filepath.Dir(path), err)
	}
	return err
}

// stepPages are copied between two looks at the context: 4 MB.
const stepPages = 1024

// copied writes what the one connection from holds to the new file to, which has
// to be empty, and makes sure that it is on the disk. from reads one moment all the
// while, so that nobody who writes makes it begin again.
func copied(ctx context.Context, from *sql.Conn, to string, progress func(done, total int64)) error {
	// The file counts only once it is whole: no journal is left beside one that is not.
	db, err := pool(to, "mode=rw&_journal_mode=OFF&_synchronous=OFF", 1)
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return unwritable(fmt.Errorf("open copy: %w", err), to)
	}
	defer conn.Close()
	err = from.Raw(func(source any) error {
		return conn.Raw(func(target any) error {
			return stepped(ctx, source.(*sqlite3.SQLiteConn), target.(*sqlite3.SQLiteConn), progress)
		})
	})
	if err = errors.Join(err, conn.Close(), db.Close()); err != nil {
		return unwritable(fmt.Errorf("copy database: %w", err), to)
	}
	return unwritable(onDisk(to), to)
}

func stepped(ctx context.Context, from, to *sqlite3.SQLiteConn, progress func(done, total int64)) error {
	b, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	for {
		done, err := b.Step(stepPages)
		if err != nil {
			b.Close() // it only says the same again
			return err
		}
		progress(int64(b.PageCount()-b.Remaining()), int64(b.PageCount()))
		if done {
			return b.Close()
		}
		if ctx.Err() != nil {
			b.Close()
			return ctx.Err()
		}
	}
}

// onDisk flushes the file or folder at path.
func onDisk(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// halfway is how a file is called that is not whole yet, and longestHalfway how
// long nobody leaves one untouched that is still writing it.
const (
	halfway        = ".klantbot-*.partial"
	longestHalfway = 24 * time.Hour
)

// begun makes an empty file in folder for its owner only, and removes what
// programs that were killed left there long ago, by the clock of that disk.
func begun(folder string) (path string, err error) {
	f, err := os.CreateTemp(folder, halfway)
	if err != nil {
		return "", unwritable(err, filepath.Join(folder, halfway))
	}
	defer f.Close()
	own, err := f.Stat()
	if err != nil {
		return "", err
	}
	there, _ := os.ReadDir(folder) // what can not be listed stays
	for _, entry := range there {
		if ours, _ := filepath.Match(halfway, entry.Name()); !ours {
			continue
		}
		if info, err := entry.Info(); err == nil && own.ModTime().Sub(info.ModTime()) > longestHalfway {
			os.Remove(filepath.Join(folder, entry.Name()))
		}
	}
	return f.Name(), nil
}

// unfinished removes the file that begun made, and what SQLite kept beside it.
func unfinished(path string) {
	for _, file := range []string{path, path + "-wal", path + "-shm", path + "-journal"} {
		os.Remove(file)
	}
}
