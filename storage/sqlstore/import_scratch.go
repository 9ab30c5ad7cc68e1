package sqlstore

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// scratchPattern names the files an import stages in.
const scratchPattern = "klantbot-import-*.tmp"

// scratch is a file that belongs to one staged import. Where the system allows
// it the file has no name from the first moment, so that neither a killed
// process nor a curious neighbour finds it; elsewhere close removes it and
// sweepScratch removes what a killed process left.
type scratch struct {
	*os.File
	path string // empty once the name is gone
}

// newScratch makes an empty file in dir, readable by this user only.
func newScratch(dir string) (*scratch, error) {
	f, err := os.CreateTemp(dir, scratchPattern)
	if err != nil {
		return nil, fmt.Errorf("make staging file: %w", err)
	}
	s := &scratch{File: f, path: f.Name()}
	// Another process may have swept it away in between, which is as good.
	if err := os.Remove(s.path); err == nil || errors.Is(err, fs.ErrNotExist) {
		s.path = ""
	}
	return s, nil
}

// Close closes the file and removes it.
func (s *scratch) Close() error {
	err := s.File.Close()
	if s.path != "" {
		err = errors.Join(err, os.Remove(s.path))
	}
	return err
}

// scratchDir returns the folder to stage in: the database's own, which has room
// for what is going to be in it, or the system's.
func (db *DB) scratchDir(ctx context.Context) (string, error) {
	const file = `SELECT file FROM pragma_database_list WHERE name = 'main'`
	if db.Dialect != SQLite {
		return os.TempDir(), nil
	}
	var path string
	if err := db.reader().row(ctx, file).Scan(&path); err != nil {
		return "", fmt.Errorf("find the database's folder: %w", err)
	}
	return filepath.Dir(path), nil
}

// sweepScratch removes staging files that a killed process left in dir. A file
// that another process still reads can not be removed where files keep their
// name, and does not need its name elsewhere.
func sweepScratch(dir string) {
	left, err := fs.Glob(os.DirFS(dir), scratchPattern)
	if err != nil {
		return
	}
	for _, name := range left {
		_ = os.Remove(filepath.Join(dir, name)) // whoever still uses it removes it
	}
}

// spool is a sequence of records on disk, in the order they were added.
type spool struct {
	file *scratch
	w    *bufio.Writer
	n    int
}

// newSpool makes an empty spool in dir.
func newSpool(dir string) (*spool, error) {
	f, err := newScratch(dir)
	if err != nil {
		return nil, err
	}
	return &spool{file: f, w: bufio.NewWriterSize(f, 1<<18)}, nil
}

// add appends rec, which it does not keep.
func (s *spool) add(rec []byte) error {
	s.n++
	return writeRecord(s.w, rec)
}

// all yields the records. A record is valid until the next one.
func (s *spool) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if err := s.w.Flush(); err != nil {
			yield(nil, fmt.Errorf("write staging file: %w", err))
			return
		}
		r := recordReader{r: bufio.NewReaderSize(io.NewSectionReader(s.file, 0, 1<<62), 1<<18)}
		for r.next() {
			if !yield(r.rec, nil) {
				return
			}
		}
		if r.err != nil {
			yield(nil, r.err)
		}
	}
}

// close drops the spool.
func (s *spool) close() error { return s.file.Close() }

// writeRecord writes the length of rec and rec.
func writeRecord(w *bufio.Writer, rec []byte) error {
	var head [binary.MaxVarintLen32]byte
	if _, err := w.Write(head[:binary.PutUvarint(head[:], uint64(len(rec)))]); err != nil {
		return fmt.Errorf("write staging file: %w", err)
	}
	if _, err := w.Write(rec); err != nil {
		return fmt.Errorf("write staging file: %w", err)
	}
	return nil
}

// recordReader reads what writeRecord wrote.
type recordReader struct {
	r   *bufio.Reader
	rec []byte // the current record, overwritten by next
	err error
}

// next reads the next record and reports whether there was one.
func (r *recordReader) next() bool {
	n, err := binary.ReadUvarint(r.r)
	if errors.Is(err, io.EOF) {
		return false
	}
	if err == nil {
		if uint64(cap(r.rec)) < n {
			r.rec = make([]byte, n, 2*n)
		}
		r.rec = r.rec[:n]
		_, err = io.ReadFull(r.r, r.rec)
	}
	if err != nil {
		r.err = fmt.Errorf("read staging file: %w", err)
		return false
	}
	return true
}
