package sample

import (
	"bufio"
	"io"
	"strings"

	"klantbot/analysis"
)

// sheet writes a CSV file as Dutch packages do: UTF-8 with a byte order mark,
// semicolons, CRLF, quotes only where needed. The first error stays and comes
// out of close.
type sheet struct {
	w   *bufio.Writer
	row []byte
	err error
}

func newSheet(w io.Writer, header ...string) *sheet {
	s := &sheet{w: bufio.NewWriterSize(w, 1<<16)}
	_, s.err = s.w.WriteString("\ufeff")
	for _, h := range header {
		s.text(h)
	}
	s.end()
	return s
}

// text adds a cell.
func (s *sheet) text(cell string) {
	if strings.ContainsAny(cell, "\";\r\n") {
		cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	s.row = append(append(s.row, cell...), ';')
}

// digits adds a cell with n in at least width digits.
func (s *sheet) digits(n, width int) {
	s.row = append(appendDigits(s.row, n, width), ';')
}

// day adds a date as dd-mm-yyyy; an unknown one is an empty cell.
func (s *sheet) day(d analysis.Day) {
	if d.Known() {
		y, m, n := d.Time().Date()
		s.row = append(appendDigits(s.row, n, 2), '-')
		s.row = append(appendDigits(s.row, int(m), 2), '-')
		s.row = appendDigits(s.row, y, 4)
	}
	s.row = append(s.row, ';')
}

// money adds an amount as 1.234,56, a credit as -1.234,56.
func (s *sheet) money(c int64) {
	if c < 0 {
		s.row = append(s.row, '-')
		c = -c
	}
	s.row = appendGrouped(s.row, int(c/100))
	s.row = append(appendDigits(append(s.row, ','), int(c%100), 2), ';')
}

// tenths adds a number with one decimal.
func (s *sheet) tenths(n int) {
	s.row = append(appendDigits(s.row, n/10, 1), ',', byte('0'+n%10), ';')
}

// end writes the row.
func (s *sheet) end() {
	if s.err == nil && len(s.row) > 0 {
		_, s.err = s.w.Write(append(s.row[:len(s.row)-1], '\r', '\n'))
	}
	s.row = s.row[:0]
}

// close writes what is buffered and returns the first error.
func (s *sheet) close() error {
	if s.err != nil {
		return s.err
	}
	return s.w.Flush()
}

func appendDigits(b []byte, n, width int) []byte {
	if n >= 10 || width > 1 {
		b = appendDigits(b, n/10, width-1)
	}
	return append(b, byte('0'+n%10))
}

func appendGrouped(b []byte, n int) []byte {
	if n < 1000 {
		return appendDigits(b, n, 1)
	}
	return appendDigits(append(appendGrouped(b, n/1000), '.'), n%1000, 3)
}
