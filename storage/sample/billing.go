package sample

import (
	"time"

	"klantbot/analysis"
)

// service is one of the eight services the office sells.
type service uint8

const (
	accounts service = iota
	corporateTax
	incomeTax
	payroll
	bookkeeping
	taxAdvice
	businessAdvice
	audit
	serviceCount
)

// serviceNames are the services as invoices name them.
var serviceNames = [serviceCount]string{
	"Jaarrekening", "Aangifte vennootschapsbelasting", "Aangifte inkomstenbelasting", "Salarisadministratie",
	"Administratie", "Fiscaal advies", "Bedrijfsadvies", "Controle",
}

// Months in which periodic work is invoiced, as bits (bit 1 is January).
const (
	everyMonth   uint16 = 0x1ffe
	everyQuarter uint16 = 1<<time.January | 1<<time.April | 1<<time.July | 1<<time.October
)

// engagement is one thing a client is invoiced for, again and again.
type engagement struct {
	service service
	months  uint16
	cents   int64 // a time, at the prices of the office's first year
	// dated: the work is for the year before and the invoice says so. Dated work
	// wanders a month either way from year to year.
	dated bool
	// drifts: invoiced in May of even years and July of odd ones.
	drifts bool
	// twice: every invoice has two equal lines, for two branches of the client.
	twice bool
	// stops is the first month without it, as year*12+month; 0: it goes on.
	stops int
	// ended is how many months before the office's last day it stopped, of work for
	// the cast, which is written down before that day is known; 0: it goes on.
	ended int
}

// due reports whether e is invoiced to m in a month.
func (e engagement) due(m *member, year int, month time.Month) bool {
	if e.stops != 0 && year*12+int(month) >= e.stops {
		return false
	}
	months := e.months
	switch {
	case e.drifts && year%2 == 0:
		months = 1 << time.May
	case e.drifts:
		months = 1 << time.July
	case e.dated && e.service != audit:
		switch m.dice.of(aboutWander, year*int(serviceCount)+int(e.service)).below(aboutWander, 4) {
		case 0:
			months <<= 1
		case 1:
			months >>= 1
		}
	}
	return months>>month&1 == 1
}

// line is one invoice line, without its client.
type line struct {
	service service
	year    int // service year; 0: not said
	cents   int64
}

// lines appends what m is invoiced for in a month, if it is a client on day.
func (m *member) lines(s Size, day analysis.Day, year int, month time.Month, to []line) []line {
	if !m.life.active(day) {
		return to
	}
	var known [8]engagement
	for i, e := range m.engagements(s, known[:0]) {
		d := m.dice.of(aboutPlan, (year*12+int(month))*16+i)
		if e.due(m, year, month) {
			if e.dated && m.life.since.Year() >= year {
				continue // the year before was another office's
			}
			l := line{service: e.service, cents: m.price(s, e.cents, year)}
			if e.dated {
				l.year = year - 1
			}
			to = append(to, l)
			if e.twice || d.chance(aboutEqual, 2) {
				to = append(to, l)
			}
			continue
		}
		to = m.credit(s, e, i, year, month, to)
	}
	if !m.quiet {
		to = m.advice(s, year, month, to)
	}
	return to
}

// credit appends a credit note for dated work invoiced the month before, once
// in a hundred times, for a quarter, half or all of it.
func (m *member) credit(s Size, e engagement, i, year int, month time.Month, to []line) []line {
	if !e.dated || month == time.January || !e.due(m, year, month-1) || m.life.since.Year() >= year {
		return to
	}
	d := m.dice.of(aboutCredit, year*16+i)
	if !d.chance(aboutCredit, 10) {
		return to
	}
	part := []int64{25, 50, 100}[d.below(aboutFee, 3)]
	return append(to, line{service: e.service, year: year - 1, cents: -m.price(s, e.cents, year) * part / 100})
}

// advice appends one-off work by the hour.
func (m *member) advice(s Size, year int, month time.Month, to []line) []line {
	asked := m.question(year, month)
	if asked == serviceCount || m.settled(s, year, month) {
		return to
	}
	d := m.dice.of(aboutAdvice, year*12+int(month))
	rate := m.price(s, 16_500, year)
	if m.form.natural() {
		rate = rate * 4 / 5
	}
	quarters := d.between(aboutHours, 2, 30)
	if asked == businessAdvice {
		quarters = d.between(aboutHours, 8, 80)
	}
	return append(to, line{service: asked, cents: int64(quarters) * rate / 4})
}

// question is the advice that m would ask in a month; serviceCount: none.
func (m *member) question(year int, month time.Month) service {
	tax, business := m.adviceOdds()
	if m.audited() {
		tax, business = 0, tax+business // see Forbidden
	}
	switch roll := m.dice.of(aboutAdvice, year*12+int(month)).below(aboutAdvice, 1000); {
	case roll < tax:
		return taxAdvice
	case roll < tax+business:
		return businessAdvice
	}
	return serviceCount
}

// settled reports whether m asks no more in a month: after each piece of advice
// it has had all it needed with a chance of its own, for half of the clients
// less than one in sixteen and for one in six more than a half.
func (m *member) settled(s Size, year int, month time.Month) bool {
	root := m.dice.skewed(aboutContent, 0, 1000)
	chance := int(root * root / 1000)
	from := max(s.first(), m.life.since)
	for at := from.Year()*12 + int(from.Time().Month()); at < year*12+int(month); at++ {
		y, month := (at-1)/12, time.Month((at-1)%12+1)
		if m.question(y, month) != serviceCount && m.dice.of(aboutContent, at).chance(aboutContent, chance) {
			return true
		}
	}
	return false
}

// adviceOdds are the chances in a thousand of tax and business advice in a
// month; larger companies ask more.
func (m *member) adviceOdds() (tax, business int) {
	switch m.form {
	case private:
		return 6, 0
	case freelance:
		return 12, 3
	case holding:
		return 20, 4
	case foundation:
		return 5, 8
	}
	size := int(min(m.scale>>10, 20))
	return 20 + 6*size, 6 + 3*size
}
