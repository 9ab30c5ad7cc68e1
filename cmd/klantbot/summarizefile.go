package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"klantbot/analysis"
	"klantbot/storage/ingest"
)

// readColumn returns the cells of one column of the CSV file or workbook at path,
// from the row below its heading, empty ones too.
func readColumn(path, column string) ([]string, error) {
	raw, err := readText(path)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		rows, err := workbookRows(raw)
		if err != nil {
			return nil, err
		}
		return cellsOf(rows, column)
	}
	text, err := decoded(raw)
	if err != nil {
		return nil, err
	}
	var first error
	for _, delimiter := range []rune{';', ',', '\t', '|'} {
		rows, err := csvRows(text, delimiter)
		if err == nil {
			var cells []string
			if cells, err = cellsOf(rows, column); err == nil {
				return cells, nil
			}
		}
		if first == nil || len(rows) > 0 && len(rows[0]) > 1 {
			first = err // the delimiter that cuts the heading tells most
		}
	}
	return nil, first
}

// decoded returns the text of a file as UTF-8: as it is when it is, else as
// Windows-1252 or UTF-16, and refuses what is no text.
func decoded(raw []byte) (string, error) {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(raw, []byte(mark)) {
			if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
				return string(text), nil
			}
		}
	}
	if bytes.IndexByte(raw[:min(len(raw), 1<<16)], 0) >= 0 {
		return "", analysis.Fail(analysis.Invalid, "summarize.binary", nil)
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return "", &analysis.Error{Kind: analysis.Invalid, Key: "summarize.binary", Cause: err}
	}
	return string(text), nil
}

func csvRows(text string, delimiter rune) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = delimiter, -1, true
	var rows [][]string
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, &analysis.Error{Kind: analysis.Invalid, Key: "summarize.unreadable", Cause: err}
		}
		rows = append(rows, row)
	}
}

// workbookRows returns the rows of the first sheet that can be seen.
func workbookRows(raw []byte) ([][]string, error) {
	var rows [][]string
	kept := 0
	for row, err := range ingest.SheetRows(bytes.NewReader(raw), int64(len(raw))) {
		if err != nil {
			return nil, err
		}
		for _, cell := range row {
			kept += len(cell)
		}
		if kept > longestFile {
			return nil, analysis.Fail(analysis.Invalid, "import.workbook_large", nil)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func cellsOf(rows [][]string, column string) ([]string, error) {
	heading := slices.IndexFunc(rows, func(row []string) bool {
		return slices.ContainsFunc(row, func(c string) bool { return strings.TrimSpace(c) != "" })
	})
	rows = rows[max(heading, 0):]
	if heading < 0 {
		return nil, analysis.Fail(analysis.Invalid, "import.empty", nil)
	}
	name := strings.Join(strings.Fields(column), " ")
	at := slices.IndexFunc(rows[0], func(h string) bool { return strings.EqualFold(strings.Join(strings.Fields(h), " "), name) })
	if at < 0 {
		return nil, analysis.Fail(analysis.NotFound, "summarize.column_missing", analysis.Args{"column": column, "seen": printable(rows[0])})
	}
	if len(rows) == 1 {
		return nil, analysis.Fail(analysis.Invalid, "import.header_only", nil)
	}
	cells := make([]string, len(rows)-1)
	for i, row := range rows[1:] {
		if at < len(row) {
			cells[i] = row[at]
		}
	}
	return cells, nil
}
