package ingest

import (
	"strings"

	"klantbot/analysis"
)

// auditLine is one trLine.
type auditLine struct {
	account  *account
	customer *relation
	amount   analysis.Cents // as written; side says which way
	side     byte           // D or C; 0: not said
	ok       bool           // amount could be read
	vat      analysis.Cents // credit minus debit of its vat elements
	day      analysis.Day
	invoice  string
	document string
}

func (l *auditLine) reset() { *l = auditLine{day: analysis.NoDay} }

// bookingPart reads a part of a transaction.
func (r *auditReader) bookingPart(e auditElement, text []byte) error {
	p, l := &r.posting, &r.line
	switch e {
	case trNr:
		p.number = shorten(text)
	case periodNumber:
		p.opening = len(text) > 0 && strings.Trim(string(text), "0") == ""
	case trDt:
		p.day, _ = parseDate(string(text), dayFirst)
	case lineAccID:
		l.account = r.ledger(text)
	case docRef:
		if r.counts() {
			l.document = shorten(text)
		}
	case effDate:
		l.day, _ = parseDate(string(text), dayFirst)
	case amnt:
		l.amount, l.ok = parseCents(text)
	case amntTp:
		if len(text) > 0 {
			l.side = text[0] &^ 0x20
		}
	case lineCustSupID:
		if r.counts() && len(text) > 0 {
			l.customer = r.customer(text)
		}
	case invRef:
		if r.counts() {
			l.invoice = shorten(text)
		}
	case qntity:
		if len(text) > 0 && text[0] == '-' {
			r.warn("import.xaf_quantity", r.x.lineNumber())
		}
	case vatAmnt:
		r.vatCents, _ = parseCents(text)
	case vatAmntTp:
		if len(text) > 0 {
			r.vatSide = text[0] &^ 0x20
		}
	case lineVAT:
		if r.vatSide == 'D' {
			r.vatCents = -r.vatCents
		}
		l.vat += r.vatCents
	case trLine:
		r.endLine()
	case transaction:
		return r.endTransaction()
	}
	return nil
}

// counts reports whether this transaction can hold revenue: in a sales journal,
// or in any when accounts are named; never in the opening balance.
func (r *auditReader) counts() bool {
	if r.posting.opening || r.journal.kind == "O" {
		return false
	}
	return r.source.accounts != nil || r.journal.kind == "S"
}

// ledger returns the account of a line; one that is not in the ledger is made,
// and counts as no revenue unless it was named.
func (r *auditReader) ledger(id []byte) *account {
	if a := r.accounts[string(id)]; a != nil {
		return a
	}
	a := &account{number: shorten(id)}
	a.revenue = r.source.accounts != nil && r.source.accounts.names(a.number)
	r.revenueNamed = r.revenueNamed || a.revenue
	r.accounts[string(id)] = a
	return a
}

// customer returns the relation of a line; one that is not listed has only its
// number.
func (r *auditReader) customer(id []byte) *relation {
	if c := r.relations[string(id)]; c != nil {
		return c
	}
	c := &relation{number: shorten(id)}
	r.relations[string(id)] = c
	return c
}

// endLine adds a line to the totals and to its transaction.
func (r *auditReader) endLine() {
	l := &r.line
	r.file.Lines++
	debit := l.amount
	switch {
	case !l.ok:
		r.posting.broken = true
		return
	case l.side == 'C':
		r.file.Credit += l.amount
		debit = -l.amount
	default:
		r.file.Debit += l.amount
		if l.side != 'D' {
			r.warn("import.xaf_side_missing", r.x.lineNumber())
		}
	}
	if l.account == nil {
		l.account = r.ledger(nil)
	}
	if !l.account.listed {
		r.warn("import.xaf_account_unknown", r.x.lineNumber())
	}
	if !r.counts() {
		return
	}
	if l.customer != nil && !l.customer.listed {
		r.warn("import.xaf_relation_unknown", r.x.lineNumber())
	}
	r.posting.add(l, debit)
}

// endTransaction hands out the revenue of a transaction.
func (r *auditReader) endTransaction() error {
	p := &r.posting
	r.file.Transactions++
	if p.broken {
		r.s.refuse(p.line, analysis.Fail(analysis.Invalid, "import.xaf_amount", analysis.Args{"transaction": p.number}))
		return nil
	}
	if !r.counts() {
		return nil
	}
	shares := p.shares(r.journal.offset, r.source.accounts == nil)
	if len(shares) == 0 {
		return nil
	}
	if !p.day.Known() {
		p.day = p.effective
	}
	if !p.day.Known() {
		r.s.refuse(p.line, analysis.Fail(analysis.Invalid, "import.xaf_date", analysis.Args{"transaction": p.number}))
		return nil
	}
	unplaced := false
	for _, share := range shares {
		r.hand(share)
		unplaced = unplaced || share.customer == nil
	}
	if unplaced {
		r.unplaced++
	}
	return r.out.flush(false)
}

// hand stages one share of a transaction as an invoice line.
func (r *auditReader) hand(share share) {
	p := &r.posting
	line := analysis.StagedLine{Line: p.line, Day: p.day, Invoice: p.invoice(), Amount: share.amount}
	if share.account != nil {
		line.Service = share.account.description
	}
	if c := share.customer; c != nil {
		c.billed = true
		c.revenue += share.amount
		r.file.Attributed += share.amount
		line.Number, line.Name, line.KVK, line.VAT, line.Email = c.number, c.name, c.kvk, c.vat, c.email
	} else {
		r.file.Unattributed += share.amount
	}
	if !r.s.From.Known() || p.day < r.s.From {
		r.s.From = p.day
	}
	if !r.s.To.Known() || p.day > r.s.To {
		r.s.To = p.day
	}
	r.out.lines = append(r.out.lines, line)
}

// parseCents reads an amount of an audit file: digits with at most two
// decimals behind a point. Files that write a comma or more decimals are read
// too; the latter are rounded half away from zero.
func parseCents(b []byte) (analysis.Cents, bool) {
	negative := len(b) > 0 && b[0] == '-'
	rest := b
	if negative {
		rest = b[1:]
	}
	var n int64
	decimals := -1
	for _, c := range rest {
		switch {
		case c >= '0' && c <= '9' && decimals < 2:
			n = n*10 + int64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		case c == '.' && decimals < 0:
			decimals = 0
		default:
			return parseCentsSlow(b)
		}
	}
	if len(rest) == 0 || len(rest) > 16 || decimals == 0 && len(rest) == 1 {
		return parseCentsSlow(b)
	}
	for range 2 - max(decimals, 0) {
		n *= 10
	}
	if n > maxLine {
		return 0, false
	}
	if negative {
		n = -n
	}
	return analysis.Cents(n), true
}

func parseCentsSlow(b []byte) (analysis.Cents, bool) {
	n := decimalPoint
	if strings.ContainsRune(string(b), ',') && !strings.ContainsRune(string(b), '.') {
		n = decimalComma
	}
	d, ok := parseAmount(string(b), n)
	if !ok {
		return 0, false
	}
	c, _, ok := cents(one, d, nil)
	return c, ok
}
