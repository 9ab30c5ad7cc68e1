package ingest

import (
	"slices"

	"klantbot/analysis"
)

// sides are the words of a column that tells debit and credit apart, folded;
// true is debit.
var sides = map[string]bool{
	"d": true, "deb": true, "db": true, "debet": true, "debit": true,
	"c": false, "cr": false, "cred": false, "credit": false,
}

// chooseAmount settles what the amount of a line is made of and lets go of the
// columns that it is not: what was mapped, else the column amount, else quantity
// times price, else credit less debit.
func chooseAmount(h *heading) {
	ways := [][]string{{"amount", "side"}, {"quantity", "price"}, {"debit", "credit"}}
	complete := []bool{h.find("amount") != nil, h.find("quantity") != nil && h.find("price") != nil, h.find("debit") != nil && h.find("credit") != nil}
	chosen := slices.Index(complete, true)
	for i, fields := range slices.Backward(ways) {
		if complete[i] && slices.ContainsFunc(fields, func(f string) bool { return h.mapped[f] }) {
			chosen = i
		}
	}
	if chosen < 0 {
		return
	}
	h.columns = slices.DeleteFunc(h.columns, func(c *column) bool {
		way := slices.IndexFunc(ways, func(fields []string) bool { return slices.Contains(fields, c.field.name) })
		return way >= 0 && way != chosen
	})
}

// warnSides says how debit and credit were read where nobody pointed them out.
func (v *revenueRows) warnSides() {
	for _, c := range []*column{v.credit, v.side} {
		if c != nil && !v.t.mapped["side"] && !v.t.mapped["credit"] && !v.t.mapped["debit"] {
			v.t.warn("import.credit_is_revenue", 0)
		}
	}
}

// onSide gives an amount the sign of its side: debit takes revenue away. An
// empty side leaves it as it is.
func (r *cellReader) onSide(c *column, amount decimal) decimal {
	cell := r.text(c)
	if cell == "" {
		return amount
	}
	debit, known := sides[fold(cell)]
	if !known {
		r.refuse("import.side_unknown", c, cell)
	}
	if debit {
		amount.coef = -amount.coef
	}
	return amount
}

// creditLessDebit reads two columns of which either may be empty.
func (r *cellReader) creditLessDebit(credit, debit *column) decimal {
	plus, minus := trimSpace(r.cell(credit)), trimSpace(r.cell(debit))
	switch {
	case plus == "" && minus == "":
		r.refuse("import.amount_missing", credit, "")
		return decimal{}
	case minus == "":
		return r.decimal(credit)
	case plus == "":
		d := r.decimal(debit)
		d.coef = -d.coef
		return d
	}
	a, b := r.decimal(credit), r.decimal(debit)
	difference, ok := a.less(b)
	if !ok {
		r.failed = analysis.Fail(analysis.Invalid, "import.amount_too_large", nil)
	}
	return difference
}
