package ingest

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
)

// Bounds of a sheet. Source: Excel specifications and limits.
const (
	maxSheetRows    = 1 << 20
	maxSheetColumns = 1 << 14
	maxSheetRow     = 16 << 20 // bytes of its cells together
)

// sheetRows hands out the rows of a sheet that hold something, and reads the
// part to its end: one that is cut off is refused, not taken for a shorter list.
type sheetRows struct {
	book   *spreadsheet
	x      *xmlReader
	close  func() error
	line   int
	inside bool // of sheetData
	ended  bool
}

func (s *spreadsheet) rows(part string) (rowReader, error) {
	x, done, err := s.open(part)
	if err != nil {
		return nil, brokenSheet(err)
	}
	return &sheetRows{book: s, x: x, close: done}, nil
}

// SheetRows yields the rows of a workbook's first sheet that can be seen, those
// without anything left out, for a reader that knows its columns itself. It ends
// with the first error, an analysis.Error as of Open.
func SheetRows(at io.ReaderAt, size int64) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		book, err := openParts(at, size)
		if err != nil {
			yield(nil, err)
			return
		}
		shown := slices.IndexFunc(book.sheets, func(s sheetPart) bool { return s.visible && s.part != "" })
		if shown < 0 {
			yield(nil, fileError("import.empty", nil, nil))
			return
		}
		rows, err := book.rows(book.sheets[shown].part)
		for err == nil {
			var r row
			if r, err = rows.next(); errors.Is(err, io.EOF) || err == nil && !yield(r.cells, nil) {
				return
			}
		}
		yield(nil, err)
	}
}

func brokenSheet(err error) error { return fileError("import.workbook_broken", nil, err) }

func (s *sheetRows) next() (row, error) {
	for !s.ended {
		t, err := s.x.next()
		switch {
		case errors.Is(err, io.EOF):
			s.ended = true
			if err := s.close(); err != nil {
				return row{}, brokenSheet(err)
			}
		case err != nil:
			return row{}, brokenSheet(err)
		case string(t.local) == "sheetData":
			s.inside = t.kind == xmlStart
		case s.inside && t.kind == xmlStart && string(t.local) == "row":
			r, err := s.row(t)
			if err != nil {
				return row{}, brokenSheet(err)
			}
			if len(r.cells) > 0 {
				return r, nil
			}
		}
	}
	return row{}, io.EOF
}

// row reads the row that t opens. Rows and cells that do not say where they
// stand come after the one before.
func (s *sheetRows) row(t xmlToken) (row, error) {
	s.line++
	if at := attribute(t, "r"); at != "" {
		n, err := strconv.Atoi(at)
		if err != nil || n < 1 || n > maxSheetRows {
			return row{}, fmt.Errorf("row %q", at)
		}
		s.line = n
	}
	r, size := row{line: s.line}, 0
	for column := 0; ; {
		t, err := s.x.next()
		if err != nil {
			return row{}, err
		}
		switch {
		case t.kind == xmlEnd && string(t.local) == "row":
			return r, nil
		case t.kind != xmlStart || string(t.local) != "c":
			continue
		}
		column++
		if at := attribute(t, "r"); at != "" {
			if column = columnOf(at); column == 0 {
				return row{}, fmt.Errorf("cell %q", at)
			}
		}
		kind, style := attribute(t, "t"), attribute(t, "s")
		value, err := s.cell(kind)
		if err != nil {
			return row{}, err
		}
		if kind == "" || kind == "n" {
			value = s.book.styles.shown(numeral(value), style)
		}
		if value == "" {
			continue
		}
		if size += len(value); size > maxSheetRow {
			return row{}, errors.New("a row of more than 16 MiB")
		}
		for len(r.cells) < column {
			r.cells = append(r.cells, "")
		}
		r.cells[column-1] = value
	}
}

// cell reads what the cell that was just opened holds, by its kind: s a shared
// text, inlineStr a text of its own, str the text of a formula, b 1 or 0, n and
// none a number with a point, d a date, e an error like #N/A.
func (s *sheetRows) cell(kind string) (string, error) {
	var value []byte
	for depth, inValue := 1, false; depth > 0; {
		t, err := s.x.next()
		if err != nil {
			return "", err
		}
		switch t.kind {
		case xmlStart:
			if string(t.local) == "is" && kind == "inlineStr" {
				if value, err = richText(s.x, value); err != nil {
					return "", err
				}
				continue
			}
			depth++
			inValue = depth == 2 && string(t.local) == "v"
		case xmlEnd:
			depth, inValue = depth-1, false
		case xmlText:
			if inValue {
				value = append(value, t.text...)
			}
			if len(value) > maxCell {
				return "", errLongText
			}
		}
	}
	switch {
	case kind == "s" && len(value) > 0:
		return s.book.texts.at(string(value))
	case kind == "str":
		value = unescaped(value)
	}
	return string(value), nil
}

// columnOf is the column of a cell named like BC12, 1 for A; 0 for no name.
func columnOf(name string) int {
	n := 0
	for i, c := range []byte(name) {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' {
			if i == 0 || c < '1' || c > '9' {
				return 0
			}
			break
		}
		if n = n*26 + int(c-'A') + 1; n > maxSheetColumns {
			return 0
		}
	}
	return n
}
