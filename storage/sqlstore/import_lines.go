package sqlstore

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"

	"klantbot/analysis"
)

// stagedLines is a spool of invoice lines. Whom and what a line is about is
// kept once and referred to by its place in idents and services.
type stagedLines struct {
	dir         string
	spool       *spool
	idents      []ident          // 0: nobody
	byNumber    map[string]int32 // first of idents with a number
	services    []string         // 0: not said
	byService   map[string]int32
	first, last analysis.Day
	buf         []byte
}

// ident is how a file names a client. Most files say nothing but the number,
// and there may be a million.
type ident struct {
	number string
	more   *relation // nil: nothing but the number
	next   int32     // the next ident with the same number; 0: none
}

// relation is what an audit file says of a client.
type relation struct{ name, kvk, vat, email string }

// said returns what the file says of a client beside the number.
func (w ident) said() relation {
	if w.more == nil {
		return relation{}
	}
	return *w.more
}

// servicesAtMost bounds the services of one file: no office sells more, but a
// description mapped as service by mistake would fill memory and every card.
const servicesAtMost = 20000

func newStagedLines(dir string) (*stagedLines, error) {
	s, err := newSpool(dir)
	if err != nil {
		return nil, err
	}
	return &stagedLines{dir: dir, spool: s, idents: make([]ident, 1), byNumber: map[string]int32{},
		services: make([]string, 1), byService: map[string]int32{}, first: math.MaxInt32, last: math.MinInt32}, nil
}

// add appends l.
func (s *stagedLines) add(l *analysis.StagedLine) error {
	service, err := s.service(l.Service)
	if err != nil {
		return err
	}
	return s.put(l, service)
}

// put appends l with a service that is told otherwise.
func (s *stagedLines) put(l *analysis.StagedLine, service int32) error {
	if l.Day.Known() {
		s.first, s.last = min(s.first, l.Day), max(s.last, l.Day)
	}
	b := putInt32(s.buf[:0], s.ident(l))
	b = putInt32(b, service)
	b = putInt32(b, int32(l.Day))
	b = putInt32(b, int32(l.ServiceYear))
	b = putInt32(b, int32(l.Line))
	b = putInt(b, int64(l.Amount))
	s.buf = putText(b, text(l.Invoice))
	return s.spool.add(s.buf)
}

// ident returns the place of l's client in idents. Relations with one number
// are told apart by what they are registered under.
func (s *stagedLines) ident(l *analysis.StagedLine) int32 {
	number, kvk, vat := text(l.Number), text(l.KVK), text(l.VAT)
	if number == "" {
		return 0
	}
	first := s.byNumber[number]
	for at := first; at != 0; at = s.idents[at].next {
		if said := s.idents[at].said(); said.kvk == kvk && said.vat == vat {
			s.learn(&s.idents[at], l)
			return at
		}
	}
	at := int32(len(s.idents))
	number = strings.Clone(number) // not the caller's whole row
	s.byNumber[number] = at
	s.idents = append(s.idents, ident{number: number, next: first})
	if kvk != "" || vat != "" {
		s.idents[at].more = &relation{kvk: strings.Clone(kvk), vat: strings.Clone(vat)}
	}
	s.learn(&s.idents[at], l)
	return at
}

// learn notes the name and e-mail address of w, the first ones that l says.
func (s *stagedLines) learn(w *ident, l *analysis.StagedLine) {
	if l.Name == "" && l.Email == "" {
		return
	}
	if w.more == nil {
		w.more = &relation{}
	}
	if w.more.name == "" {
		w.more.name = strings.Clone(text(l.Name))
	}
	if w.more.email == "" {
		w.more.email = strings.Clone(text(l.Email))
	}
}

// service returns the place of name in services.
func (s *stagedLines) service(name string) (int32, error) {
	if name == "" {
		return 0, nil
	}
	at, known := s.byService[name]
	if !known {
		if len(s.services) > servicesAtMost {
			return 0, analysis.Fail(analysis.Invalid, "import.too_many_services", analysis.Args{"most": servicesAtMost})
		}
		at = int32(len(s.services))
		name = strings.Clone(name)
		s.byService[name] = at
		s.services = append(s.services, text(name))
	}
	return at, nil
}

// all yields the lines in the order of the file.
func (s *stagedLines) all() iter.Seq2[spooledLine, error] {
	return func(yield func(spooledLine, error) bool) {
		for rec, err := range s.spool.all() {
			if err != nil {
				yield(spooledLine{}, err)
				return
			}
			r := record(rec)
			l := spooledLine{ident: r.int32(), service: r.int32(), day: r.int32(), year: r.int32(), line: r.int32(), cents: r.int()}
			l.invoice = r.bytes()
			if !yield(l, nil) {
				return
			}
		}
	}
}

// spooledLine is one line as staged. invoice is valid until the next one.
type spooledLine struct {
	ident, service, day, year, line int32
	cents                           int64
	invoice                         []byte
}

func (s *stagedLines) close() error { return s.spool.close() }

// lineKey is what makes two lines of one bookkeeping equal, except their
// occurrence. Client 0 is nobody.
type lineKey struct {
	client  int64
	day     int32
	service int64
	invoice string
	cents   int64
}

// numberedLine is a line as it goes into the store.
type numberedLine struct {
	lineKey
	occurrence int64
	year       int64
}

// putLine appends a line such that lines order by their key and, where that is
// equal, as in the file. seq is its place there.
func putLine(b []byte, l *spooledLine, client, service int64, seq uint32) []byte {
	b = putInt(b, client)
	b = putInt32(b, l.day)
	b = putInt(b, service)
	b = append(append(b, l.invoice...), 0)
	b = putInt(b, l.cents)
	b = putInt(b, int64(seq))
	return putInt32(b, l.year)
}

// lineTail is the length of what follows the key in a line of putLine.
const lineTail = 8 + 4

// numbered yields sorted lines with their occurrence among equal ones.
func numbered(lines *sorter) iter.Seq2[*numberedLine, error] {
	return func(yield func(*numberedLine, error) bool) {
		var l numberedLine
		var key []byte
		for rec, err := range lines.all() {
			if err != nil {
				yield(nil, err)
				return
			}
			if k := rec[:len(rec)-lineTail]; l.occurrence > 0 && bytes.Equal(k, key) {
				l.occurrence++
			} else {
				key = append(key[:0], k...)
				l.occurrence = 1
			}
			r := record(rec)
			l.client, l.day, l.service, l.invoice, l.cents = r.int(), r.int32(), r.int(), r.text(), r.int()
			r.int() // the place in the file
			l.year = int64(r.int32())
			if !yield(&l, nil) {
				return
			}
		}
	}
}

// closing closes c and adds what went wrong to err.
func closing(err *error, c func() error) {
	if e := c(); e != nil {
		*err = errors.Join(*err, fmt.Errorf("close staging: %w", e))
	}
}
