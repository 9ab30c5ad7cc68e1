package ingest

import (
	"cmp"
	"strings"

	"klantbot/analysis"
)

// judged begins the name of a field that holds judgements on one criterion: the
// criterion's key follows, which may be any that the office made.
const judged = "judgement:"

// judgementsKind is a list of clients with a mark of 0 to 4 on some criteria.
// The criteria every office begins with are recognised.
var judgementsKind = kind{
	name:   analysis.ImportJudgements,
	asked:  true,
	prefix: judged,
	fields: []field{
		{"number", numberContent, clientsKindNumbers},
		{judged + "strategic", textContent, []string{"strategischewaarde", "strategisch", "strategicvalue", "strategic"}},
		{judged + "stability", textContent, []string{"financielestabiliteit", "stabiliteit", "financialstability", "stability"}},
		{judged + "creation", textContent, []string{"gezamenlijkewaardecreatie", "gezamenlijkewaardecreatieict", "waardecreatie", "valuecreation", "creation"}},
		{judged + "partnership", textContent, []string{"partnerschap", "partnership"}},
	},
	required: func(has func(string) bool) (missing []string) {
		if !has("number") {
			missing = append(missing, "number")
		}
		if !has(judged) {
			missing = append(missing, judged+"strategic")
		}
		return missing
	},
	reader: newJudgementRows,
}

// judgementRows reads judgements. An empty cell, and one that says that it is
// unknown, leaves what was judged before as it is.
type judgementRows struct {
	t      *table
	number *column
	marks  []*column // in the order of the file
}

func newJudgementRows(t *table) recordReader {
	j := &judgementRows{t: t, number: t.positions()["number"]}
	for _, c := range t.columns {
		if strings.HasPrefix(c.field.name, judged) {
			j.marks = append(j.marks, c)
		}
	}
	analysis.Sort(j.marks, func(a, b *column) int { return cmp.Compare(a.index, b.index) })
	return j
}

func (j *judgementRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: j.t, row: r}
	number := cells.number(j.number)
	if isTotalsWord(number) {
		return errTotals
	}
	before := len(b.judgements)
	for _, c := range j.marks {
		if value := cells.mark(c); value >= 0 {
			b.judgements = append(b.judgements, analysis.StagedJudgement{
				Line: r.line, Number: number, Criterion: strings.TrimPrefix(c.field.name, judged), Value: value})
		}
	}
	if cells.failed == nil && number == "" {
		cells.failed = analysis.Fail(analysis.Invalid, "import.number_missing", nil)
	}
	if cells.failed != nil {
		b.judgements = b.judgements[:before] // a row is taken over as a whole
	}
	return cells.failed
}

func (j *judgementRows) finish(*Summary) {}

// mark reads a judgement of 0 to 4; -1 is unknown.
func (r *cellReader) mark(c *column) int {
	cell := trimSpace(r.cell(c))
	switch strings.ToLower(cell) {
	case "", "-", "?", "onbekend", "onb.", "nvt", "n.v.t.", "unknown", "n/a":
		return -1
	}
	d, ok := parsePlain(strings.Replace(cell, ",", ".", 1))
	value := d.coef
	for range d.scale {
		ok = ok && value%10 == 0
		value /= 10
	}
	if !ok || value < 0 || value > 4 {
		r.refuse("import.judgement_invalid", c, cell)
		return -1
	}
	return int(value)
}
