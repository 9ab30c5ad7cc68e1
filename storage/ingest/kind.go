package ingest

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"klantbot/analysis"
)

// kind is one sort of table that can be imported. A new one is a file that
// declares its fields and its reader, and a line in kinds.
type kind struct {
	name   analysis.ImportKind
	fields []field
	// asked is whether the person has to say that a table is of this kind: its
	// columns may be part of tables of other kinds.
	asked bool
	// prefix begins the names of fields that only --map makes; may be empty.
	prefix string
	// telling is a field that hardly any other kind of table has: with it, a
	// complete table is of this kind.
	telling string
	// required returns the fields that are missing, given which are there.
	required func(has func(field string) bool) []string
	// made returns the field that --map makes of a name that is in no list; nil: the
	// rest of prefix.
	made func(name string) (field, bool)
	// match recognises a column that no field names, by what its question says;
	// may be nil.
	match func(header string) (field, bool)
	// tool returns the program whose export has such a header, which makes a table
	// of an asked kind known without asking; nil or "" where it can not be told.
	tool func(cells []string) string
	// merge joins a question and what stands under it, in exports with two header
	// rows; nil: only the names of fields are joined.
	merge func(over, under string) string
	// check refuses a complete heading for another reason; may be nil.
	check func(h *heading) *analysis.Error
	// choose drops columns that are not needed beside others; may be nil.
	choose func(h *heading)
	// reader returns what turns rows into records.
	reader func(t *table) recordReader
}

// recordReader turns the rows of one table into staged records.
type recordReader interface {
	// read appends the record of row to b, or says why not. It returns errTotals
	// for a row that only sums up the others.
	read(r row, b *batch) *analysis.Error
	// finish adds what was counted to s.
	finish(s *Summary)
}

// errTotals is not a refusal: the row is no record at all.
var errTotals = &analysis.Error{Kind: analysis.Invalid, Key: "totals"}

// kinds in the order in which they are tried.
var kinds = []kind{revenueKind, clientsKind, hoursKind, judgementsKind, touchesKind, surveyKind}

// content says how the cells of a field are written.
type content byte

const (
	textContent   content = iota
	numberContent         // an identifier: leading zeros count, "17850.0" is 17850
	amountContent         // an amount, a quantity or another number
	dateContent
	scoreContent // a score on a scale of five or ten
)

// field is something a record can hold and a column can be recognised as.
type field struct {
	name    string // as --map knows it
	content content
	names   []string // usual column names, folded, the most telling first
}

func (k *kind) field(name string) (field, bool) {
	i := slices.IndexFunc(k.fields, func(f field) bool { return f.name == name })
	if i >= 0 {
		return k.fields[i], true
	}
	if k.made != nil {
		return k.made(name)
	}
	rest, made := strings.CutPrefix(name, k.prefix)
	return field{name: name, content: textContent}, k.prefix != "" && made && rest != ""
}

func (k *kind) fieldNames() string {
	var names []string
	for _, f := range k.fields {
		names = append(names, f.name)
	}
	return strings.Join(names, ", ")
}

// fold reduces a column name to its letters and digits, without case and
// accents: "E-mail adres" is emailadres, "Relatiënr." is relatienr.
func fold(s string) string {
	var b strings.Builder
	if !isPlain(s) {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
