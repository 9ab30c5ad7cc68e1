package ingest

import (
	"math/big"
	"slices"

	"klantbot/analysis"
)

// posting is one transaction, added up by account and customer, so that a
// transaction of a million lines takes no more memory than one of three.
type posting struct {
	line      int // where it starts in the file
	number    string
	opening   bool // period 0
	broken    bool // an amount could not be read
	day       analysis.Day
	effective analysis.Day // effDate of the first line that has one

	sums    []sum
	at      map[sumKey]int
	vatLine bool           // some line is on a VAT account
	vatSum  analysis.Cents // credit minus debit on VAT accounts
	vatBase analysis.Cents // vat elements of lines without customer or on revenue accounts
	vatDebt analysis.Cents // vat elements of debtor lines

	debtInvoice, anyInvoice, document string
}

type sumKey struct {
	account  *account
	customer *relation
}

// sum is what was booked on an account for a customer, or for nobody.
type sum struct {
	sumKey
	debit analysis.Cents // debit minus credit
}

// share is revenue of a transaction on an account that goes to a customer.
type share struct {
	account  *account  // nil: told by the debtor line alone
	customer *relation // nil: nobody's
	amount   analysis.Cents
}

func (p *posting) init() { p.at = map[sumKey]int{} }

func (p *posting) reset(line int) {
	sums, at := p.sums[:0], p.at
	clear(at)
	*p = posting{line: line, day: analysis.NoDay, effective: analysis.NoDay, sums: sums, at: at}
}

// add books one line.
func (p *posting) add(l *auditLine, debit analysis.Cents) {
	if !p.effective.Known() {
		p.effective = l.day
	}
	debtor := l.customer != nil && !l.account.revenue && !l.account.vat
	if debtor && p.debtInvoice == "" {
		p.debtInvoice = l.invoice
	}
	if p.anyInvoice == "" {
		p.anyInvoice = l.invoice
	}
	if p.document == "" {
		p.document = l.document
	}
	switch {
	case debtor:
		p.vatDebt += l.vat
	default:
		p.vatBase += l.vat
	}
	if l.account.vat {
		p.vatLine = true
		p.vatSum -= debit
		return
	}
	key := sumKey{l.account, l.customer}
	i, found := p.at[key]
	if !found {
		i = len(p.sums)
		p.at[key] = i
		p.sums = append(p.sums, sum{sumKey: key})
	}
	p.sums[i].debit += debit
}

// invoice is how the transaction is called: by its debtor line's invoice, else
// any invoice, else a document, else its own number.
func (p *posting) invoice() string {
	for _, s := range []string{p.debtInvoice, p.anyInvoice, p.document} {
		if s != "" {
			return s
		}
	}
	return p.number
}

// shares divides the revenue of the transaction: credit minus debit on each
// revenue account, to the customers that its own lines name, else to the one
// customer of the transaction, else to its several customers in proportion to
// their debtor lines. Without a line on a revenue account the revenue is what
// the debtors owe less VAT, if orDebtors. Cents add up: what proportion leaves
// over goes to the largest remainders. Shares of nothing are left out.
func (p *posting) shares(offset string, orDebtors bool) []share {
	debts := p.debts(offset)
	var revenue []sum
	named := true
	for _, s := range p.sums {
		if s.account.revenue {
			revenue = append(revenue, s)
			named = named && s.customer != nil
		}
	}
	var out []share
	switch {
	case len(revenue) == 0 && orDebtors:
		out = p.fromDebtors(debts)
	case named && len(debts) != 1:
		for _, s := range revenue {
			out = append(out, share{s.account, s.customer, -s.debit})
		}
	default:
		out = divide(revenue, debts)
	}
	return slices.DeleteFunc(out, func(s share) bool { return s.amount == 0 })
}

// debt is what a customer owes by this transaction; weight is debit minus
// credit on the debtor account.
type debt struct {
	customer *relation
	weight   analysis.Cents
}

// debts returns the customers of the transaction in the order of the file.
// Some packages name the customer on every line: then only the account for
// debtors counts, known by its journal, code or name, or else the one with the
// largest amount, for an invoice is the sum of its other lines.
func (p *posting) debts(offset string) []debt {
	known := false
	var largest sum
	perAccount := map[*account]analysis.Cents{}
	for _, s := range p.sums {
		if s.customer == nil || s.account.revenue {
			continue
		}
		known = known || s.account.owed(offset)
		perAccount[s.account] += s.debit
	}
	for _, s := range p.sums { // in the order of the file, so that a tie is decided the same way each time
		if total, ok := perAccount[s.account]; ok && (largest.account == nil || abs(total) > abs(largest.debit)) {
			largest = sum{sumKey{account: s.account}, total}
		}
	}
	var out []debt
	for _, s := range p.sums {
		switch {
		case s.customer == nil:
		case largest.account == nil: // only revenue lines name a customer
			out = addDebt(out, s.customer, -s.debit)
		case known && s.account.owed(offset), !known && s.account == largest.account:
			out = addDebt(out, s.customer, s.debit)
		}
	}
	return out
}

// owed reports whether customers' debts are booked on a.
func (a *account) owed(offset string) bool {
	return a.debtors || offset != "" && a.number == offset
}

func addDebt(debts []debt, c *relation, weight analysis.Cents) []debt {
	for i := range debts {
		if debts[i].customer == c {
			debts[i].weight += weight
			return debts
		}
	}
	return append(debts, debt{c, weight})
}

func abs(c analysis.Cents) analysis.Cents { return max(c, -c) }

// fromDebtors is the revenue of a transaction without revenue line.
func (p *posting) fromDebtors(debts []debt) []share {
	vat := p.vatSum
	if !p.vatLine {
		if vat = p.vatBase; vat == 0 {
			vat = p.vatDebt
		}
	}
	parts := proportion(vat, debts)
	var out []share
	for i, d := range debts {
		amount := d.weight
		if parts != nil {
			amount -= parts[i]
		}
		out = append(out, share{customer: d.customer, amount: amount})
	}
	return out
}

// divide gives each revenue account's amount to the customers. The amounts are
// divided as a running total, so that what is left over by rounding does not
// pile up with one customer: the customer's sum over all accounts is that of
// the whole divided at once.
func divide(revenue []sum, debts []debt) []share {
	var out []share
	perAccount := revenue[:0:0]
	for _, s := range revenue {
		i := slices.IndexFunc(perAccount, func(o sum) bool { return o.account == s.account })
		if i < 0 {
			perAccount = append(perAccount, sum{sumKey{account: s.account}, s.debit})
		} else {
			perAccount[i].debit += s.debit
		}
	}
	before := make([]analysis.Cents, len(debts))
	var running analysis.Cents
	for _, s := range perAccount {
		running -= s.debit
		parts := proportion(running, debts)
		if parts == nil {
			out = append(out, share{s.account, nil, -s.debit})
			continue
		}
		for i, d := range debts {
			out = append(out, share{s.account, d.customer, parts[i] - before[i]})
			before[i] = parts[i]
		}
	}
	return out
}

// proportion divides total over the debts by weight; the cents that are left go
// to the largest remainders, the first of equals first. It returns nil when
// there is nobody, or the weights add up to (all but) nothing.
func proportion(total analysis.Cents, debts []debt) []analysis.Cents {
	if len(debts) == 0 {
		return nil
	}
	if len(debts) == 1 {
		return []analysis.Cents{total}
	}
	whole := new(big.Int)
	for _, d := range debts {
		whole.Add(whole, big.NewInt(int64(d.weight)))
	}
	if whole.Sign() == 0 {
		return nil
	}
	parts, rests := make([]analysis.Cents, len(debts)), make([]*big.Int, len(debts))
	order := make([]int, len(debts))
	left := total
	for i, d := range debts {
		product := new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(int64(d.weight)))
		if whole.Sign() < 0 {
			product.Neg(product)
		}
		quotient, rest := new(big.Int).DivMod(product, new(big.Int).Abs(whole), new(big.Int))
		if !quotient.IsInt64() {
			return nil // debts that all but cancel out
		}
		parts[i], rests[i], order[i] = analysis.Cents(quotient.Int64()), rest, i
		left -= parts[i]
	}
	analysis.Sort(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}
