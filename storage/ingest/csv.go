package ingest

import (
	"bytes"
	"errors"
	"io"

	"klantbot/analysis"
)

// maxRecord bounds one row of a CSV file, with its quoted line ends: what is
// longer has lost a closing quote, or is no table at all.
const maxRecord = 1 << 20

// row is one row of a table. line is the physical line it starts on. The slice
// is used again for the next row; the strings stay.
type row struct {
	line  int
	cells []string
}

// rowReader hands out the rows of a table, io.EOF at the end. Blank rows are
// handed out by XLSX and left out by CSV.
type rowReader interface {
	next() (row, error)
}

// csvReader reads delimited text as encoding/csv does with LazyQuotes and any
// number of fields, at several times its speed: a quote counts as a quote only
// at the start of a field, a quoted field may hold line ends, and empty lines
// are left out. It differs in what it refuses: 0x00 bytes and records above
// maxRecord.
type csvReader struct {
	src       io.Reader
	delimiter byte
	decoder   lineDecoder

	buf        []byte // buf[start:end] was read and not handed out yet
	start, end int
	line       int // physical lines handed out
	done       bool
	cells      []string
	ends       []int
	field      []byte
}

func newCSVReader(src io.Reader, delimiter byte, western bool) *csvReader {
	return &csvReader{src: src, delimiter: delimiter, decoder: lineDecoder{western: western}, buf: make([]byte, 128<<10)}
}

// next returns the next record that is not an empty line.
func (r *csvReader) next() (row, error) {
	for {
		line := r.line + 1
		raw, err := r.readLine()
		if err != nil {
			return row{}, err
		}
		if len(raw) == 0 || len(raw) == 1 && raw[0] == '\n' {
			continue
		}
		if bytes.IndexByte(raw, '"') < 0 {
			return row{line, r.split(r.decoder.decode(raw, line))}, nil
		}
		return r.quoted(raw, line)
	}
}

// readLine returns the next physical line with a single \n at its end, unless
// the file ends without. It is valid until the next call.
func (r *csvReader) readLine() ([]byte, error) {
	scanned := 0
	for {
		if i := bytes.IndexByte(r.buf[r.start+scanned:r.end], '\n'); i >= 0 {
			line := r.buf[r.start : r.start+scanned+i+1]
			r.start += len(line)
			r.line++
			if n := len(line); n > 1 && line[n-2] == '\r' {
				line[n-2] = '\n'
				line = line[:n-1]
			}
			return r.checked(line)
		}
		scanned = r.end - r.start
		if scanned > maxRecord {
			return nil, fileError("import.line_too_long", analysis.Args{"line": r.line + 1}, nil)
		}
		if r.done {
			if scanned == 0 {
				return nil, io.EOF
			}
			line := r.buf[r.start:r.end]
			r.start = r.end
			r.line++
			return r.checked(bytes.TrimSuffix(line, []byte("\r")))
		}
		if err := r.fill(); err != nil {
			return nil, err
		}
	}
}

func (r *csvReader) checked(line []byte) ([]byte, error) {
	if bytes.IndexByte(line, 0) >= 0 {
		return nil, fileError("import.nul", analysis.Args{"line": r.line}, nil)
	}
	return line, nil
}

// fill reads more, making room by moving what is unread to the front.
func (r *csvReader) fill() error {
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.end -= r.start
		r.start = 0
	}
	if r.end == len(r.buf) {
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.src.Read(r.buf[r.end:])
	r.end += n
	if errors.Is(err, io.EOF) {
		r.done = true
		return nil
	}
	return err
}

// split cuts a line without quotes. All cells share one string.
func (r *csvReader) split(line []byte) []string {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	s := string(line)
	r.cells = r.cells[:0]
	start := 0
	for i := 0; i < len(s); i++ {
		if s[i] == r.delimiter {
			r.cells = append(r.cells, s[start:i])
			start = i + 1
		}
	}
	r.cells = append(r.cells, s[start:])
	return r.cells
}

// quoted reads a record that has quotes, which may go on over following lines.
func (r *csvReader) quoted(raw []byte, line int) (row, error) {
	r.field, r.ends = r.field[:0], r.ends[:0]
	text := r.decoder.decode(raw, line)
	for {
		if len(text) == 0 || text[0] != '"' {
			rest, last := r.bare(text)
			if last {
				break
			}
			text = rest
			continue
		}
		text = text[1:]
		rest, closed, last := r.inQuotes(text)
		for !closed {
			more, err := r.readLine()
			if errors.Is(err, io.EOF) {
				last = true
				break
			}
			if err != nil {
				return row{}, err
			}
			if len(r.field)+len(more) > maxRecord {
				return row{}, fileError("import.quote_open", analysis.Args{"line": line}, nil)
			}
			rest, closed, last = r.inQuotes(r.decoder.decode(more, r.line))
		}
		r.ends = append(r.ends, len(r.field))
		if last {
			break
		}
		text = rest
	}
	return row{line, r.take()}, nil
}

// bare adds a field that does not start with a quote.
func (r *csvReader) bare(text []byte) (rest []byte, last bool) {
	i := bytes.IndexByte(text, r.delimiter)
	field := text
	if i >= 0 {
		field = text[:i]
	} else if n := len(text); n > 0 && text[n-1] == '\n' {
		field = text[:n-1]
	}
	r.field = append(r.field, field...)
	r.ends = append(r.ends, len(r.field))
	if i < 0 {
		return nil, true
	}
	return text[i+1:], false
}

// inQuotes adds text up to the closing quote. closed reports that the field is
// complete, last that the record is.
func (r *csvReader) inQuotes(text []byte) (rest []byte, closed, last bool) {
	for {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			r.field = append(r.field, text...)
			return nil, false, false
		}
		r.field = append(r.field, text[:i]...)
		text = text[i+1:]
		switch {
		case len(text) == 0 || len(text) == 1 && text[0] == '\n':
			return nil, true, true
		case text[0] == '"':
			r.field = append(r.field, '"')
			text = text[1:]
		case text[0] == r.delimiter:
			return text[1:], true, false
		default: // a quote inside a quoted field, not doubled
			r.field = append(r.field, '"')
		}
	}
}

// take cuts the collected fields out of one string.
func (r *csvReader) take() []string {
	s := string(r.field)
	r.cells = r.cells[:0]
	start := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, s[start:end])
		start = end
	}
	return r.cells
}
