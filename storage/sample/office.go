package sample

import (
	"fmt"
	"slices"
	"strings"
)

// Client numbers start here; the cast's are fixed, whatever the office.
const (
	firstNumber = 101
	castNumber  = 1001
)

// office is a Size that was checked, and what follows from it.
type office struct {
	Size
	digits   int
	managers []Manager
}

// Manager is somebody of the office: a relatiemanager, and a partner too where
// Partner says so.
type Manager struct {
	Name    string
	Email   string // lower case, at voorbeeld.nl; unique
	Partner bool
}

// Managers returns the office's people, partners first. The first nine are the
// same in every office that has them.
func Managers(s Size) []Manager {
	all := make([]Manager, s.managerCount())
	for i := range all {
		p := dice(s.Seed).of(aboutManager, i).person(s.Groups, surname{})
		mailbox := fmt.Sprint(p.mailbox(), i+1)
		if i < len(staff) {
			p = staff[i]
			mailbox = p.mailbox()
		}
		all[i] = Manager{Name: p.String(), Email: mailbox + "@voorbeeld.nl", Partner: i < s.partnerCount()}
	}
	return all
}

func newOffice(s Size) (office, error) {
	if err := s.check(); err != nil {
		return office{}, err
	}
	return office{Size: s, digits: s.width(), managers: Managers(s)}, nil
}

// place is one relatiegroep of the office and the number of its first client.
type place struct {
	cast   *castGroup // nil: an ordinary group
	index  int        // of the cast or of the ordinary groups
	number int
	count  int // clients in it
}

// places yields every group in the order of client numbers: ordinary ones from
// 101, the cast at 1001, more ordinary ones after it. It remembers nothing, so
// it may be run once a week of invoices.
func (o office) places(yield func(place) bool) {
	parts := min(o.Groups, len(cast))
	number, waiting := firstNumber, true
	for i := range o.Groups - parts {
		count := len(o.shape(i))
		if waiting && number+count > castNumber {
			waiting = false
			if number = o.castPlaces(parts, yield); number == 0 {
				return
			}
		}
		if !yield(place{index: i, number: number, count: count}) {
			return
		}
		number += count
	}
	if waiting {
		o.castPlaces(parts, yield)
	}
}

// castPlaces yields the first n groups of the cast and returns the number that
// follows them, or 0 when yield wants no more.
func (o office) castPlaces(n int, yield func(place) bool) int {
	number := castNumber
	for i := range cast[:n] {
		count := len(cast[i].members)
		if !yield(place{cast: &cast[i], index: i, number: number, count: count}) {
			return 0
		}
		number += count
	}
	return number
}

// dice returns the dice of the ordinary group i.
func (o office) dice(i int) dice { return dice(o.Seed).of(aboutMember, i) }

// Shapes of a relatiegroep: the forms of its clients.
var (
	alone = [...][]form{private: {private}, freelance: {freelance}, firm: {firm}, company: {company}, holding: {holding}, foundation: {foundation}}
	// related are the shapes of groups of several clients. The first two, with a
	// contact person in common, are also those left for the import to find.
	related = [...][]form{
		{company, holding, private}, {company, holding},
		{company, company, holding, private}, {firm, private}, {private, private},
	}
)

// shape is the make-up of ordinary group i: every twelfth has several clients.
func (o office) shape(i int) []form {
	d := o.dice(i)
	if i%12 == 3 {
		if o.unmarked(i) {
			return related[d.below(aboutShape, 2)]
		}
		return related[d.below(aboutShape, len(related))]
	}
	switch roll := d.below(aboutForm, 1000); {
	case roll < 300:
		return alone[private]
	case roll < 530:
		return alone[freelance]
	case roll < 590:
		return alone[firm]
	case roll < 920:
		return alone[company]
	}
	return alone[foundation]
}

// unmarked reports whether the file keeps silent about ordinary group i being
// a group: a third of those with several clients.
func (o office) unmarked(i int) bool { return i%36 == 15 }

// member is one client, as far as its invoices need it.
type member struct {
	dice  dice
	group dice
	form  form
	trade trade
	scale int64 // in 1/1,024 of the smallest client of its form
	fte   int   // tenths; negative: follows from scale
	life  life
	given []engagement // of the cast; nil: follows from form and scale
	quiet bool         // never asks for advice
	part  *castClient  // nil: an ordinary client
}

// member makes the j-th client of p.
func (o office) member(p place, j int) member {
	if p.cast != nil {
		return o.castMember(p, j)
	}
	d := o.dice(p.index)
	m := member{dice: d.of(aboutMember, j), group: d, form: o.shape(p.index)[j], fte: -1, life: d.life(o.Size, p.count > 1)}
	m.trade = m.dice.business(m.form)
	switch m.form {
	case company:
		m.scale = m.dice.pareto(aboutScale, 32)
	case firm:
		m.scale = m.dice.pareto(aboutScale, 8)
	case foundation:
		m.scale = m.dice.pareto(aboutScale, 20)
	default:
		m.scale = 1 << 10
	}
	return m
}

// castMember makes the j-th client of a group of the cast.
func (o office) castMember(p place, j int) member {
	part := &p.cast.members[j]
	g := dice(0).of(aboutMember, p.index+1)
	m := member{
		dice: g.of(aboutMember, j), group: g, form: part.form, trade: trade{sbi: part.sbi}, scale: 1 << 10,
		fte: part.fte, life: p.cast.life(o.AsOf), given: part.work, part: part,
	}
	if slices.ContainsFunc(part.work, func(e engagement) bool { return e.ended > 0 }) {
		m.given = slices.Clone(part.work)
		for i, e := range m.given {
			if e.ended > 0 {
				y, month, _ := o.AsOf.AddMonths(-e.ended).Time().Date()
				m.given[i].stops = y*12 + int(month)
			}
		}
	}
	if len(part.work) == 0 {
		m.given, m.quiet = []engagement{}, true
	}
	return m
}

// number writes a client number with its leading zeros.
func (o office) number(n int) string { return fmt.Sprintf("%0*d", o.digits, n) }

// holders returns who holds the relationship with p and which partner answers
// for it.
func (o office) holders(p place) (manager, partner Manager) {
	partners := o.partnerCount()
	i := o.dice(p.index).below(aboutManager, len(o.managers))
	if p.cast != nil {
		i = p.cast.manager % len(o.managers)
	}
	if i < partners {
		return o.managers[i], o.managers[i]
	}
	return o.managers[i], o.managers[i%partners]
}

// trimForm drops the legal form from the end of a company's name.
func trimForm(name string) string {
	for _, f := range []string{" B.V.", " BV", " VOF", " Beheer", " Holding"} {
		name = strings.TrimSuffix(name, f)
	}
	return name
}
