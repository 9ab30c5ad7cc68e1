package ingest

import (
	"strings"

	"klantbot/analysis"
)

// maxText bounds a name, a number or a description, in bytes.
const maxText = 1000

// column is a column of the table that a field is read from, with how its
// cells are written.
type column struct {
	field  field
	header string // as the file names it
	index  int

	amounts amountProof
	dates   dateProof
	floats  int // cells such as 17850.0
	others  int // filled cells that are not
	scores  int // cells that are a score
	high    int // of which above five
	example string
}

// longestExample is how much of a cell is shown, in characters.
const longestExample = 60

// observe learns from one cell.
func (c *column) observe(cell string) {
	if c.example == "" {
		c.example = oneLine(trimSpace(cell))
		if runes := []rune(c.example); len(runes) > longestExample {
			c.example = string(runes[:longestExample-1]) + "…"
		}
	}
	switch c.field.content {
	case amountContent:
		c.amounts.observe(cell)
	case dateContent:
		c.dates.observe(cell)
	case scoreContent:
		if v, ok := scoreOf(trimSpace(cell)); ok && v != analysis.NotSaid {
			c.scores++
			if v > 5 {
				c.high++
			}
		}
	case numberContent:
		if s := trimSpace(cell); isFloatNumber(s) {
			c.floats++
		} else if s != "" {
			c.others++
		}
	}
}

// open reports whether what was seen so far can be read in two ways, so that
// only the whole column can tell.
func (c *column) open() bool {
	switch c.field.content {
	case amountContent:
		return c.amounts.unclear && c.amounts.decided() == undecided
	case dateContent:
		return c.dates.unclear && !c.dates.settled()
	case numberContent:
		return c.floats > 0 && c.others == 0
	}
	return false
}

// isFloatNumber reports whether s is a whole number written as pandas does
// when a column has gaps: 17850.0.
func isFloatNumber(s string) bool {
	n := len(s) - 2
	if n < 1 || s[n] != '.' || s[n+1] != '0' {
		return false
	}
	for i := 0; i < n; i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// cellReader reads the cells of one row and keeps the first reason to refuse
// it. A nil column reads as empty.
type cellReader struct {
	t      *table
	row    row
	failed *analysis.Error
}

func (r *cellReader) refuse(key string, c *column, value string) {
	if r.failed == nil {
		r.failed = analysis.Fail(analysis.Invalid, key, analysis.Args{"column": c.header, "value": clip(value)})
	}
}

func (r *cellReader) cell(c *column) string {
	if c == nil || c.index >= len(r.row.cells) {
		return ""
	}
	return r.row.cells[c.index]
}

// text reads a cell as one line of text. The error of a formula is no text: it
// is left out with a warning, or refuses the row where it stands for the client.
func (r *cellReader) text(c *column) string {
	s := oneLine(trimSpace(r.cell(c)))
	if isFormulaError(s) {
		if c.field.name == "number" || c.field.name == "name" {
			r.refuse("import.formula_error", c, s)
		} else {
			r.t.warn("import.formula_errors", r.row.line)
		}
		return ""
	}
	if len(s) > maxText {
		if r.failed == nil {
			r.failed = analysis.Fail(analysis.Invalid, "import.text_too_long", analysis.Args{"column": c.header, "max": maxText})
		}
		return ""
	}
	return s
}

// isFormulaError reports whether s is what a spreadsheet, English or Dutch,
// shows where it could not calculate.
func isFormulaError(s string) bool {
	if len(s) < 4 || s[0] != '#' {
		return false
	}
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
		"#N/B", "#VERW!", "#WAARDE!", "#NAAM?", "#DEEL/0!", "#LEEG!", "#GETAL!":
		return true
	}
	return false
}

// number reads an identifier. What spreadsheets do to keep leading zeros,
// ="0017" and '0017, is taken off.
func (r *cellReader) number(c *column) string {
	s := r.text(c)
	if s == "" {
		return s
	}
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = inner[:len(inner)-1]
	} else if len(s) > 1 && s[0] == '\'' && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
	}
	if c.floats > 0 && c.others == 0 {
		return strings.TrimSuffix(s, ".0")
	}
	return s
}

// email reads an address, in lower case. What is no address is left out with a
// warning: it is no reason to lose the client.
func (r *cellReader) email(c *column) string {
	s := strings.ToLower(r.text(c))
	if s == "" {
		return s
	}
	if !isAddress(s) {
		r.t.warn("import.email_ignored", r.row.line)
		return ""
	}
	return s
}

// isAddress reports whether s has the form of an e-mail address.
func isAddress(s string) bool {
	name, host, _ := strings.Cut(s, "@")
	return name != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " ,;<>") && !strings.Contains(host, "@")
}

// decimal reads a number that must be there.
func (r *cellReader) decimal(c *column) decimal {
	cell := r.cell(c)
	d, ok := r.t.amount(c, cell)
	if ok {
		return d
	}
	if trimSpace(cell) == "" {
		r.refuse("import.amount_missing", c, "")
	} else {
		r.refuse("import.amount_invalid", c, cell)
	}
	return decimal{}
}

// euros reads an amount that may be empty: then it is -1, unknown.
func (r *cellReader) euros(c *column) analysis.Cents {
	if trimSpace(r.cell(c)) == "" {
		return -1
	}
	amount, _, ok := cents(one, r.decimal(c), nil)
	if !ok {
		r.refuse("import.amount_invalid", c, r.cell(c))
	}
	return amount
}

// quantity reads a number such as FTE that may be empty: then it is -1,
// unknown. It is not money, so a float64 will do.
func (r *cellReader) quantity(c *column) float64 {
	if trimSpace(r.cell(c)) == "" {
		return -1
	}
	d := r.decimal(c)
	f := float64(d.coef)
	for range d.scale {
		f /= 10
	}
	if f < 0 {
		r.refuse("import.amount_invalid", c, r.cell(c))
	}
	return f
}

// day reads a date that may be empty.
func (r *cellReader) day(c *column) analysis.Day {
	cell := r.cell(c)
	if cell == "" {
		return analysis.NoDay
	}
	day, ok := r.t.date(c, cell)
	if !ok && trimSpace(cell) != "" {
		r.refuse("import.date_invalid", c, cell)
	}
	return day
}

// year reads a year of four digits, or the first of 2025/2026; empty is 0.
func (r *cellReader) year(c *column) int {
	s := strings.TrimSuffix(r.text(c), ".0")
	if s == "" {
		return 0
	}
	y, n := digits(s, 4)
	rest := strings.TrimLeft(s[n:], " -/")
	if _, m := digits(rest, 4); n != 4 || y < 1900 || y > 2199 || m != len(rest) {
		r.refuse("import.year_invalid", c, s)
		return 0
	}
	return y
}

// oneLine collapses white space and drops control characters, so that a name
// with a line end in it is one name.
func oneLine(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == 0x7f || s[i] == 0xc2 {
			return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f && r <= 0xa0 }), " ")
		}
	}
	return s
}

// clip shortens a value for a sentence.
func clip(s string) string {
	s = oneLine(trimSpace(s))
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

var totalsWords = map[string]bool{
	"totaal": true, "total": true, "totalen": true, "totals": true, "eindtotaal": true, "subtotaal": true, "subtotal": true,
	"grandtotal": true, "generaaltotaal": true, "totaalgeneraal": true, "som": true, "sum": true,
}

// isTotalsWord reports whether a cell says that its row sums up the others.
func isTotalsWord(s string) bool {
	if len(s) < 3 || len(s) > 20 || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	return totalsWords[fold(s)]
}

// startsTotals reports whether the first word of a cell says that its row sums
// up others: "Subtotaal Jansen", "Totaal: 12".
func startsTotals(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	return isTotalsWord(word)
}

// isTotalsCount reports whether a cell that should be a name counts rows
// instead: "Totaal: 12", but not "Totaal Bouw".
func isTotalsCount(s string) bool {
	word, rest, _ := strings.Cut(s, " ")
	return isTotalsWord(word) && (strings.HasSuffix(word, ":") || rest != "" && rest[0] >= '0' && rest[0] <= '9')
}
