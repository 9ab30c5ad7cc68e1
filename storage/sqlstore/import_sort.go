package sqlstore

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"slices"
)

// runBytes bounds what a sorter holds before it writes a sorted run. Two runs
// are in memory at most: one filling, one being sorted.
const runBytes = 8 << 20

// sorter puts any number of byte strings in order in little memory: it writes
// sorted runs to disk and merges them. Sorting a run and filling the next one
// happen side by side. Rows that reach a b-tree in the order of its key are
// appended to it, which is three times as fast as finding a place for each.
type sorter struct {
	dir  string
	size int // bytes in a run
	fill run
	file *scratch // the runs on disk, one after the other; nil while all is in memory
	runs []extent
	busy chan sorted // the run being sorted; nil when there is none
	done bool
}

// run is records one after the other and where each of them is.
type run struct {
	data []byte
	at   []span
}

// span is one record of a run. head is its first eight bytes, which decide
// most comparisons without a look at the record.
type span struct {
	head   uint64
	off, n uint32
}

// extent is one sorted run in the file.
type extent struct{ off, n int64 }

// sorted is the end of a run's sorting.
type sorted struct {
	run  run
	ends extent
	err  error
}

// newSorter returns an empty sorter whose runs of size bytes go to dir.
func newSorter(dir string, size int) *sorter { return &sorter{dir: dir, size: size} }

// add adds a copy of rec.
func (s *sorter) add(rec []byte) error {
	if len(s.fill.data)+len(rec) > s.size && len(s.fill.at) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.fill.at = append(s.fill.at, span{head: headOf(rec), off: uint32(len(s.fill.data)), n: uint32(len(rec))})
	s.fill.data = append(s.fill.data, rec...)
	return nil
}

// headOf returns the first eight bytes of rec as a number that compares as they
// do.
func headOf(rec []byte) uint64 {
	if len(rec) >= 8 {
		return binary.BigEndian.Uint64(rec)
	}
	var b [8]byte
	copy(b[:], rec)
	return binary.BigEndian.Uint64(b[:])
}

// spill hands the filled run to a goroutine that sorts and writes it, once the
// one before is on disk.
func (s *sorter) spill() error {
	free, err := s.settle()
	if err != nil {
		return err
	}
	if s.file == nil {
		if s.file, err = newScratch(s.dir); err != nil {
			return err
		}
	}
	var off int64
	if n := len(s.runs); n > 0 {
		off = s.runs[n-1].off + s.runs[n-1].n
	}
	full, file := s.fill, s.file
	s.fill = run{data: free.data[:0], at: free.at[:0]}
	s.busy = make(chan sorted, 1)
	go func(busy chan<- sorted) {
		full.sort()
		n, err := full.write(io.NewOffsetWriter(file, off))
		busy <- sorted{run: full, ends: extent{off: off, n: n}, err: err}
	}(s.busy)
	return nil
}

// settle waits for the run that is being written and returns its memory.
func (s *sorter) settle() (run, error) {
	if s.busy == nil {
		return run{}, nil
	}
	end := <-s.busy
	s.busy = nil
	s.runs = append(s.runs, end.ends)
	return end.run, end.err
}

// sort puts the records of r in order.
func (r run) sort() {
	// Equal records are the same bytes, so their order does not matter.
	slices.SortFunc(r.at, func(a, b span) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return bytes.Compare(r.data[a.off:a.off+a.n], r.data[b.off:b.off+b.n])
	})
}

// write writes the records of r and returns how many bytes that took.
func (r run) write(to io.Writer) (int64, error) {
	count := &countWriter{w: to}
	w := bufio.NewWriterSize(count, 1<<18)
	for _, a := range r.at {
		if err := writeRecord(w, r.data[a.off:a.off+a.n]); err != nil {
			return 0, err
		}
	}
	if err := w.Flush(); err != nil {
		return 0, fmt.Errorf("write staging file: %w", err)
	}
	return count.n, nil
}

// countWriter counts what goes through it.
type countWriter struct {
	w io.Writer
	n int64
}

func (c *countWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// finish ends the adding; all may then be called as often as needed.
func (s *sorter) finish() error {
	if s.done {
		return nil
	}
	if s.file == nil && s.busy == nil {
		s.fill.sort()
	} else {
		if err := s.spill(); err != nil {
			return err
		}
		if _, err := s.settle(); err != nil {
			return err
		}
		s.fill = run{}
	}
	s.done = true
	return nil
}

// all yields every record in order, after finish. A record is valid until the
// next one.
func (s *sorter) all() iter.Seq2[[]byte, error] {
	if s.file == nil {
		return func(yield func([]byte, error) bool) {
			for _, a := range s.fill.at {
				if !yield(s.fill.data[a.off:a.off+a.n], nil) {
					return
				}
			}
		}
	}
	return s.merge
}

// close drops the runs.
func (s *sorter) close() error {
	_, err := s.settle()
	s.fill = run{}
	if s.file != nil {
		if e := s.file.Close(); err == nil {
			err = e
		}
	}
	return err
}
