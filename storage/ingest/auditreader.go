package ingest

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"klantbot/analysis"
)

// relation is a customer or supplier of the bookkeeping.
type relation struct {
	number, name, kvk, vat, email string
	typed                         bool // has a custSupTp
	listed                        bool // stands in customersSuppliers
	billed                        bool // has revenue
	revenue                       analysis.Cents
}

// account is a ledger account.
type account struct {
	number, description string
	kind                string // accTp: B, P or M
	codes               [3]string
	listed              bool
	revenue             bool // counts as revenue
	vat                 bool // VAT is booked on it
	debtors             bool // known to hold what customers owe
}

// auditReader walks through an audit file once and hands out its revenue.
type auditReader struct {
	source *auditSource
	out    *batches
	s      *Summary
	file   AuditFile

	x         *xmlReader
	relations map[string]*relation
	accounts  map[string]*account
	vatIDs    map[string]bool
	// mastersOnly is the look ahead in a file whose relations or accounts stand
	// behind its transactions; mastersKnown the main walk after it.
	mastersOnly, mastersKnown bool

	relation *relation // being read
	account  *account
	journal  auditJournal
	posting  posting
	line     auditLine
	stated   int // linesCount elements

	vatSide  byte
	vatCents analysis.Cents

	warned       map[string]*warning
	unplaced     int // transactions whose revenue has no customer
	revenueNamed bool
}

// auditJournal is what counts about a journal.
type auditJournal struct {
	kind   string // jrnTp: S sales, O opening balance, ...
	offset string // the ledger account on the other side, of 3.2
}

func newAuditReader(a *auditSource, out *batches, s *Summary) *auditReader {
	r := &auditReader{
		source: a, out: out, s: s,
		relations: map[string]*relation{}, accounts: map[string]*account{}, vatIDs: map[string]bool{}, warned: map[string]*warning{},
	}
	r.file = AuditFile{Version: a.version, Start: analysis.NoDay, End: analysis.NoDay, StatedLines: -1}
	r.posting.init()
	return r
}

// walk reads the document to its end.
func (r *auditReader) walk(x *xmlReader) error {
	r.x = x
	var path []*pathNode
	var node *pathNode // nil above the root
	var text []byte
	skipped := 0 // elements open inside one that is not read
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.kind {
		case xmlText:
			if skipped == 0 && node != nil && len(node.children) == 0 {
				text = append(text, t.text...)
			}
		case xmlStart:
			if skipped > 0 {
				skipped++
				continue
			}
			next := auditPaths
			if node != nil {
				next = node.child(t.local)
			}
			if next == nil || r.mastersOnly && next.element == transactions {
				skipped = 1
				continue
			}
			path, node, text = append(path, node), next, text[:0]
			if err := r.enter(next.element); err != nil {
				return err
			}
		case xmlEnd:
			if skipped > 0 {
				skipped--
				continue
			}
			if err := r.leave(node.element, bytes.TrimSpace(text)); err != nil {
				return err
			}
			node, path = path[len(path)-1], path[:len(path)-1]
			text = text[:0]
		}
	}
}

// enter begins what an element holds.
func (r *auditReader) enter(e auditElement) error {
	switch e {
	case customerSupplier:
		r.relation = &relation{listed: true}
	case ledgerAccount:
		r.account = &account{listed: true}
	case transactions:
		return r.lookAhead()
	case journal:
		r.journal = auditJournal{}
	case transaction:
		r.posting.reset(r.x.lineNumber())
	case trLine:
		r.line.reset()
	case lineVAT:
		r.vatSide, r.vatCents = 0, 0
	}
	return nil
}

// lookAhead collects the relations and accounts of a file that has them behind
// its transactions, or not at all.
func (r *auditReader) lookAhead() error {
	if r.mastersKnown || len(r.accounts) > 0 && len(r.relations) > 0 {
		r.classify()
		return nil
	}
	in, err := r.source.c.open(quiet)
	if err != nil {
		return err
	}
	ahead := newAuditReader(r.source, nil, &Summary{})
	ahead.mastersOnly = true
	if err := ahead.walk(r.source.reader(in)); err != nil {
		return err
	}
	r.relations, r.accounts, r.vatIDs, r.warned = ahead.relations, ahead.accounts, ahead.vatIDs, ahead.warned
	r.mastersKnown = true
	r.classify()
	return nil
}

// leave ends an element; text is its own characters.
func (r *auditReader) leave(e auditElement, text []byte) error {
	switch {
	case e == elementPassed:
	case e <= curCode:
		r.header(e, string(text))
	case e <= custSupTp:
		r.relationPart(e, text)
	case e <= vatToClaimAccID:
		r.accountPart(e, text)
	case e <= totalCredit:
		r.total(e, text)
	case e <= offsetAccID:
		r.journalPart(e, text)
	default:
		return r.bookingPart(e, text)
	}
	return nil
}

func (r *auditReader) header(e auditElement, text string) {
	switch e {
	case fiscalYear:
		r.file.FiscalYear = clip(text)
	case startDate:
		r.file.Start, _ = parseDate(text, dayFirst)
	case endDate:
		r.file.End, _ = parseDate(text, dayFirst)
	case curCode:
		r.file.Currency = clip(text)
	}
}

func (r *auditReader) relationPart(e auditElement, text []byte) {
	c := r.relation
	switch e {
	case custSupID:
		c.number = shorten(text)
	case custSupName:
		c.name = shorten(text)
	case eMail:
		c.email = strings.ToLower(shorten(text))
	case commerceNr:
		c.kvk = shorten(text)
	case taxRegIdent:
		c.vat = shorten(text)
	case custSupTp:
		c.typed = len(text) > 0
	case customerSupplier:
		r.file.Relations++
		r.addRelation(c)
	}
}

// addRelation keeps a relation that is complete, with its numbers checked and
// a natural person's protected.
func (r *auditReader) addRelation(c *relation) {
	if r.mastersKnown {
		return
	}
	line := r.x.lineNumber()
	var ok bool
	if c.kvk, ok = plainKVK(c.kvk); !ok {
		r.warn("import.kvk_invalid", line)
	}
	if c.vat, ok = checkVAT(c.vat, natural{name: c.name}); !ok {
		r.warn("import.vat_invalid", line)
	}
	if c.email != "" && !strings.Contains(c.email, "@") {
		c.email = ""
		r.warn("import.email_ignored", line)
	}
	if !c.typed {
		r.warn("import.xaf_type_missing", line)
	}
	if c.number != "" && r.relations[c.number] == nil {
		r.relations[c.number] = c
	}
}

func (r *auditReader) accountPart(e auditElement, text []byte) {
	a := r.account
	switch e {
	case accID:
		a.number = shorten(text)
	case accDesc:
		a.description = shorten(text)
	case accTp:
		a.kind = strings.ToUpper(shorten(text))
	case rgsCode:
		a.codes[0] = shorten(text)
	case leadCode:
		a.codes[1] = shorten(text)
	case leadReference:
		a.codes[2] = shorten(text)
	case vatToPayAccID, vatToClaimAccID:
		r.vatIDs[string(text)] = true
	case ledgerAccount:
		r.file.Accounts++
		if !r.mastersKnown && a.number != "" && r.accounts[a.number] == nil {
			r.accounts[a.number] = a
		}
	}
}

// classify says of every account what is booked on it, once all are known.
func (r *auditReader) classify() {
	filter := r.source.accounts
	for _, a := range r.accounts {
		if filter == nil {
			a.revenue = a.kind == "P"
		} else {
			a.revenue = filter.names(a.number, a.codes[:]...)
		}
		r.revenueNamed = r.revenueNamed || a.revenue
		a.vat = r.vatIDs[a.number] && !a.revenue
		a.debtors = strings.HasPrefix(a.codes[0], "BVorDeb") || strings.HasPrefix(fold(a.description), "debiteur")
	}
}

// total reads what the file says about itself. Of several linesCount elements
// the first counts.
func (r *auditReader) total(e auditElement, text []byte) {
	switch e {
	case linesCount:
		if r.stated++; r.stated == 1 {
			if n, digitsRead := digits(string(text), 18); digitsRead == len(text) && digitsRead > 0 {
				r.file.StatedLines = n
			}
		}
	case totalDebit:
		r.file.StatedDebit, _ = parseCents(text)
	case totalCredit:
		r.file.StatedCredit, _ = parseCents(text)
	}
}

func (r *auditReader) journalPart(e auditElement, text []byte) {
	switch e {
	case jrnTp:
		r.journal.kind = strings.ToUpper(shorten(text))
		if r.journal.kind == "S" {
			r.file.SalesJournals++
		}
	case offsetAccID:
		r.journal.offset = shorten(text)
	}
}
