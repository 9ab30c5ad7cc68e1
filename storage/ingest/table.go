package ingest

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"klantbot/analysis"
)

// sampleRows is how many rows are looked at before anything is read, to learn
// how the columns are written.
const sampleRows = 2000

// table is a CSV file or a sheet under its heading.
type table struct {
	*heading
	workbook bool // numbers come as numeral writes them, dates as numbers of days
	date1904 bool // its days count from 1904-01-01
	// rows opens the table from its first row.
	rows func(p pass) (rowReader, error)
	// problem is why a table that was opened by Tolerant can not be read.
	problem *analysis.Error
	proven  bool // the columns were looked at entirely
	broken  error
	ctx     context.Context // of the reading; nil before it

	warned map[string]*warning
	first  bool // the first row below the heading has not been read yet
}

// warning counts what happened on several rows.
type warning struct{ first, count int }

// openTable finds the heading and learns from the first rows.
func openTable(t *table, o Options) error {
	rows, err := t.rows(quiet)
	if err != nil {
		return err
	}
	top, err := peek(rows, headerRows)
	if err != nil {
		return err
	}
	if len(top) == 0 {
		return fileError("import.empty", nil, nil)
	}
	if t.heading, err = findHeading(top, o); err != nil {
		return err
	}
	if err := t.complete(); err != nil && (!o.Tolerant || !errors.As(err, &t.problem)) {
		return err
	}
	t.warned = map[string]*warning{}
	for _, r := range top {
		if r.line > t.line {
			t.observe(r)
		}
	}
	for range sampleRows {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			t.proven = true
			break
		}
		if err != nil {
			return err
		}
		t.observe(r)
	}
	return nil
}

// complete says what is the matter with the heading.
func (t *table) complete() error {
	if len(t.missing) > 0 {
		return t.missingColumn()
	}
	if t.kind.check != nil {
		if err := t.kind.check(t.heading); err != nil {
			return err
		}
	}
	return nil
}

// peek reads up to n rows and keeps them.
func peek(rows rowReader, n int) ([]row, error) {
	var top []row
	for len(top) < n {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top = append(top, row{r.line, slices.Clone(r.cells)})
	}
	return top, nil
}

func (t *table) observe(r row) {
	for _, c := range t.columns {
		if c.index < len(r.cells) {
			c.observe(r.cells[c.index])
		}
	}
}

// prove looks at all rows, so that a column is read the one way that fits all
// its cells. It is asked for only when some cell can be read in two ways, and
// ends with the context of the reading.
func (t *table) prove(p pass) {
	if t.proven {
		return
	}
	t.proven = true
	for _, c := range t.columns {
		c.amounts, c.dates, c.floats, c.others = amountProof{}, dateProof{}, 0, 0
	}
	rows, err := t.rows(p)
	for n := 0; err == nil; n++ {
		if n%1000 == 0 && t.ctx != nil && t.ctx.Err() != nil {
			err = t.ctx.Err()
			break
		}
		var r row
		if r, err = rows.next(); err == nil && r.line > t.line {
			t.observe(r)
		}
	}
	if !errors.Is(err, io.EOF) {
		t.broken = err
	}
}

// proveOpen proves the columns if the sample left one in doubt.
func (t *table) proveOpen() error {
	if slices.ContainsFunc(t.columns, (*column).open) {
		t.prove(proving)
	}
	return t.broken
}

// notation returns how c writes fractions; where its own cells do not tell,
// the table's other amounts do. In a workbook only texts are unclear, and only
// a comma tells how those are written: points may all be those of numbers.
func (t *table) notation(c *column) notation {
	if t.workbook {
		if slices.ContainsFunc(t.columns, func(c *column) bool { return c.amounts.comma > 0 }) {
			return decimalComma
		}
		return undecided
	}
	if n := c.amounts.decided(); n != undecided {
		return n
	}
	for _, other := range t.columns {
		if n := other.amounts.decided(); n != undecided && other.field.content == amountContent {
			return n
		}
	}
	return undecided
}

// amount reads a cell of an amount column.
func (t *table) amount(c *column, cell string) (decimal, bool) {
	if plainDigits(cell) {
		return parsePlain(cell)
	}
	n := c.amounts.decided()
	if n != undecided && !t.workbook {
		return parseAmount(cell, n)
	}
	_, body, ok := stripAmount(cell)
	if !ok {
		return decimal{}, false
	}
	own, unclear := proves(body)
	switch {
	case !unclear:
		n = own
	default:
		t.prove(quiet)
		if n = t.notation(c); n == undecided {
			t.warn("import.amount_unclear", 0)
		}
	}
	return parseAmount(cell, n)
}

func plainDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// date reads a cell of a date column. A workbook's date is a number of days.
func (t *table) date(c *column, cell string) (analysis.Day, bool) {
	if t.workbook && plainNumber(cell) {
		if day, ok := t.serial(cell); ok {
			return day, true
		}
	}
	if !c.dates.settled() && !t.proven {
		if a, b, _, ok := splitDate(trimSpace(cell)); ok && a <= 12 && b <= 12 && a != b {
			t.prove(quiet)
		}
	}
	return parseDate(cell, c.dates.decided())
}

// positions returns the columns by field.
func (t *table) positions() map[string]*column {
	at := make(map[string]*column, len(t.columns))
	for _, c := range t.columns {
		at[c.field.name] = c
	}
	return at
}

// warn counts a warning of the catalogue; line 0 says it once for the file.
func (t *table) warn(key string, line int) {
	w := t.warned[key]
	if w == nil {
		w = &warning{first: line}
		t.warned[key] = w
	}
	w.count++
}

// warnings words what was counted, and the columns that nothing was done with.
func (t *table) warnings() (out []*analysis.Error) {
	if len(t.ignored) > 0 {
		out = append(out, analysis.Fail(analysis.Invalid, "import.columns_ignored", analysis.Args{"columns": seen(t.ignored)}))
	}
	for _, k := range slices.Sorted(maps.Keys(t.warned)) {
		out = append(out, analysis.Fail(analysis.Invalid, k, analysis.Args{"count": t.warned[k].count, "line": t.warned[k].first}))
	}
	return out
}

// skip reports rows that hold no record: blank ones, a header repeated on the
// next page, and a second header directly below the first.
func (t *table) skip(r row) bool {
	first := t.first
	t.first = false
	if !slices.ContainsFunc(r.cells, func(c string) bool { return c != "" && trimSpace(c) != "" }) {
		t.first = first
		return true
	}
	c := t.columns[0]
	if c.index < len(r.cells) && r.cells[c.index] == c.header && slices.Equal(trimAll(r.cells), t.header) {
		return true
	}
	return first && t.secondHeader(r)
}

// secondHeader reports whether r, directly below the heading, is more heading:
// no digit in it, and words where dates or amounts belong, or nothing but names
// of columns.
func (t *table) secondHeader(r row) bool {
	if anyDigit(r.cells) {
		return false
	}
	if !slices.ContainsFunc(r.cells, func(c string) bool { c = trimSpace(c); return c != "" && !t.kind.recognises(c) }) {
		return true
	}
	for _, c := range t.columns {
		if c.index >= len(r.cells) {
			continue
		}
		cell := trimSpace(r.cells[c.index])
		if cell == "" {
			continue
		}
		if c.field.content == amountContent || c.field.content == dateContent || t.kind.recognises(cell) && c.field.content == numberContent {
			return true
		}
	}
	return false
}

// tooWide reports cells beyond the header: a delimiter inside a value that was
// not quoted has shifted the others. A workbook may have notes beside its table.
func (t *table) tooWide(r row) bool {
	if t.workbook || len(r.cells) <= len(t.header) {
		return false
	}
	return slices.ContainsFunc(r.cells[len(t.header):], func(c string) bool { return trimSpace(c) != "" })
}
