package sample

import (
	"fmt"
	"io"
)

// judgedColumns are what the office's managers judged, 0 to 4.
var judgedColumns = []string{"Strategische waarde", "Financiële stabiliteit", "Gezamenlijke waardecreatie", "Partnerschap"}

// WriteJudgements writes what the managers thought of their clients as CSV: a
// row for a relatiegroep, under its first client. About two in three of the
// larger ones were judged and hardly any other, and of those that were not
// everything is known: what a manager did not know is a question mark.
func WriteJudgements(w io.Writer, s Size) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	out := newSheet(w, append([]string{"Klantnummer"}, judgedColumns...)...)
	for p := range o.places {
		marks := o.marks(p)
		if marks == "" {
			continue
		}
		out.digits(p.number, o.digits)
		for _, mark := range marks {
			out.text(string(mark))
		}
		out.end()
		if out.err != nil {
			break
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("write sample judgements: %w", err)
	}
	return nil
}

// marks is what was judged of p, a character for each of judgedColumns; empty:
// nothing was.
func (o office) marks(p place) string {
	if p.cast != nil {
		return p.cast.marks
	}
	d, large := o.dice(p.index), int64(0)
	for j := range p.count {
		m := o.member(p, j)
		if m.life.prospect || m.life.until.Known() {
			return ""
		}
		switch m.form {
		case firm, company, foundation:
			large = max(large, m.scale>>10)
		}
	}
	odds := 30
	if large >= 3 {
		odds = 660
	}
	if !d.chance(aboutAsked, odds) {
		return ""
	}
	worth := d.between(aboutWorth, 1, 3)
	if large > 10 {
		worth = min(4, worth+1)
	}
	marks := make([]byte, len(judgedColumns))
	for i := range marks {
		about := d.of(aboutMark, i)
		marks[i] = '?'
		if !about.chance(aboutAsked, 150) {
			marks[i] = byte('0' + max(0, min(4, worth+about.between(aboutWorth, -1, 1))))
		}
	}
	return string(marks)
}
