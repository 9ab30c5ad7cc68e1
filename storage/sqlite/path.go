package sqlite

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"klantbot/analysis"
)

// header opens every SQLite file that is not empty.
var header = []byte("SQLite format 3\x00")

// prepare makes the file when it is not there, unless it must be, readable by
// its owner only, and finds out what SQLite would only call "unable to open
// database file".
func prepare(path string, mustBeThere bool) error {
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return refuse("storage.path.no_folder", folder, err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return refuse("storage.path.is_folder", path, nil)
	}
	flags := os.O_RDWR | os.O_CREATE
	if mustBeThere {
		flags = os.O_RDWR
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) && mustBeThere {
			return refuse("storage.path.not_there", path, nil)
		}
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
			return refuse("storage.path.not_allowed", path, err)
		}
		return fmt.Errorf("open database file: %w", err)
	}
	defer f.Close()
	start := make([]byte, len(header))
	n, err := io.ReadFull(f, start)
	if n > 0 && !bytes.Equal(start, header) {
		return refuse("storage.path.not_database", path, nil)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read database file: %w", err)
	}
	return nil
}

// worded turns what SQLite found wrong with the file into a sentence.
func worded(err error, path string) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
		return refuse("storage.path.not_database", path, err)
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
		return refuse("storage.path.not_allowed", path, err)
	}
	return full(err)
}

// full says of a disk on which nothing more can be written that it is so.
func full(err error) error {
	var known *analysis.Error
	var e sqlite3.Error
	if errors.As(err, &known) || !errors.As(err, &e) || e.Code != sqlite3.ErrFull && e.Code != sqlite3.ErrIoErr {
		return err
	}
	return &analysis.Error{Kind: analysis.Internal, Key: "storage.full", Cause: err}
}

func refuse(key, path string, cause error) error {
	return &analysis.Error{Kind: analysis.Invalid, Key: key, Args: analysis.Args{"path": path}, Cause: cause}
}
