package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/analysis/lifetime"
)

// columns is the columns of a CSV file that a model asks for, as numbers.
type columns struct {
	names   []string
	rows    [][]float64
	lines   []int // physical line of each row
	percent bool  // some cell had a percent sign
}

// longestFile bounds what is read into memory; it is some ten million clients.
const longestFile = 1 << 28

// readColumns reads the named columns of the CSV file at path, perhaps
// compressed; others are left alone. Columns are separated by commas, semicolons
// or tabs, decimals by a point or a comma.
func readColumns(path string, names ...string) (columns, error) {
	text, err := readText(path)
	if err != nil {
		return columns{}, err
	}
	head, _, _ := bytes.Cut(bytes.TrimLeft(text, "\r\n"), []byte("\n"))
	delimiter := ','
	for _, d := range []rune{';', '\t'} {
		if bytes.ContainsRune(head, d) {
			delimiter = d
		}
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = delimiter, -1, true, delimiter != '\t'
	header, err := r.Read()
	if err != nil {
		return columns{}, analysis.Fail(analysis.Invalid, "import.empty", nil)
	}
	at, err := find(header, names)
	if err != nil {
		return columns{}, err
	}
	t := columns{names: names}
	var cells [][]string
	comma := false // a decimal comma was seen, so a point separates thousands
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return columns{}, &analysis.Error{Kind: analysis.Invalid, Key: "lifetime.unreadable", Cause: err}
		}
		line, _ := r.FieldPos(0)
		row, filled := make([]string, len(names)), false
		for i, column := range at {
			if column < len(record) {
				row[i] = strings.TrimSpace(record[column])
			}
			filled = filled || row[i] != ""
			comma = comma || strings.Contains(row[i], ",")
		}
		if filled {
			cells, t.lines = append(cells, row), append(t.lines, line)
		}
	}
	if len(cells) == 0 {
		return columns{}, analysis.Fail(analysis.Invalid, "import.header_only", nil)
	}
	return t, t.parse(cells, comma)
}

func readText(path string) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &analysis.Error{Kind: analysis.NotFound, Key: "import.file_missing", Args: analysis.Args{"file": path}, Cause: err}
	}
	unreadable := func(err error) error {
		return &analysis.Error{Kind: analysis.Invalid, Key: "import.file_unreadable", Args: analysis.Args{"file": path}, Cause: err}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	buffered := bufio.NewReader(file)
	var source io.Reader = buffered
	if magic, _ := buffered.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if source, err = gzip.NewReader(buffered); err != nil {
			return nil, &analysis.Error{Kind: analysis.Invalid, Key: "import.gzip_broken", Cause: err}
		}
	}
	text, err := io.ReadAll(io.LimitReader(source, longestFile+1))
	if err != nil && source != buffered {
		return nil, &analysis.Error{Kind: analysis.Invalid, Key: "import.gzip_broken", Cause: err}
	}
	if err != nil {
		return nil, unreadable(err)
	}
	if len(text) > longestFile {
		return nil, analysis.Fail(analysis.Invalid, "lifetime.file_large", nil)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !bytes.ContainsRune(text, '\n') { // old Macintosh exports
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	return text, nil
}

// find returns where the named columns stand, in whatever case.
func find(header, names []string) ([]int, error) {
	at := make([]int, len(names))
	var missing []string
	for i, name := range names {
		at[i] = -1
		for j, h := range header {
			if strings.EqualFold(strings.TrimSpace(h), name) {
				at[i] = j
				break
			}
		}
		if at[i] < 0 {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		return nil, analysis.Fail(analysis.Invalid, "lifetime.column_missing", analysis.Args{"missing": missing, "seen": printable(header)})
	}
	return at, nil
}

// printable returns the first names of a header as a terminal may show them: the
// file could be anything.
func printable(header []string) []string {
	const most, longest = 12, 40
	var names []string
	for _, h := range header[:min(most, len(header))] {
		runes := []rune(strings.Map(func(r rune) rune {
			if !unicode.IsPrint(r) {
				return -1
			}
			return r
		}, h))
		names = append(names, string(runes[:min(longest, len(runes))]))
	}
	return names
}

func (t *columns) parse(cells [][]string, comma bool) error {
	for i, row := range cells {
		numbers := make([]float64, len(row))
		for j, cell := range row {
			plain := strings.TrimSpace(strings.TrimSuffix(cell, "%"))
			t.percent = t.percent || len(plain) < len(cell)
			if comma {
				plain = decimalPoint(plain)
			}
			v, err := strconv.ParseFloat(plain, 64)
			if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
				return t.refused(i, t.names[j])
			}
			numbers[j] = v
		}
		t.rows = append(t.rows, numbers)
	}
	return nil
}

// decimalPoint writes a number of a file that has decimal commas with a point.
// "1,234.56" is left to mean what it looks like.
func decimalPoint(s string) string {
	if strings.LastIndexByte(s, '.') > strings.LastIndexByte(s, ',') && strings.Contains(s, ",") {
		return strings.ReplaceAll(s, ",", "")
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
}

// whole returns a cell that counts.
func (t *columns) whole(row, column int) (int, error) {
	v := t.rows[row][column]
	if v != math.Trunc(v) || math.Abs(v) > 1e9 {
		return 0, t.refused(row, t.names[column])
	}
	return int(v), nil
}

func (t *columns) refused(row int, column string) error {
	key := "lifetime.cell"
	switch column {
	case "frequency", "recency", "T", "monetary_value", "survivors":
		key += "." + strings.ToLower(column)
	}
	return analysis.Fail(analysis.Invalid, key, analysis.Args{"line": t.lines[row], "column": column})
}

// reasons words what a fit can fail on.
var reasons = []struct {
	err error
	key string
}{
	{lifetime.ErrTooFew, "lifetime.too_few"},
	{lifetime.ErrNoRepeats, "lifetime.no_repeats"},
	{lifetime.ErrNoLosses, "lifetime.no_losses"},
	{lifetime.ErrNoSpread, "lifetime.no_spread"},
	{lifetime.ErrNotConverged, "lifetime.not_converged"},
	{lifetime.ErrTooFar, "lifetime.too_far"},
	{lifetime.ErrRange, "lifetime.range"},
}

// because words a failure of the models, with the line of the file where it is
// about one.
func (t *columns) because(err error) error {
	var row *lifetime.RowError
	if errors.As(err, &row) && row.Row < len(t.lines) {
		return t.refused(row.Row, row.Field)
	}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return &analysis.Error{Kind: analysis.Invalid, Key: r.key, Cause: err}
		}
	}
	return fmt.Errorf("lifetime fit: %w", err)
}
