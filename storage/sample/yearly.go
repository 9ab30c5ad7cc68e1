package sample

import (
	"math/bits"
	"time"
)

// naturalYears is of how many years an office that keeps yearly lines has those of
// private persons and the self-employed, as one that changed its software once.
const naturalYears = 3

// yearly writes one line for each client of a year, of all its periodic work
// together.
func (o office) yearly(out *sheet, year int) {
	number := 0
	for p := range o.places {
		for j := range p.count {
			m := o.member(p, j)
			if m.form.natural() && year <= o.AsOf.Year()-naturalYears {
				continue
			}
			when := m.dice.of(aboutRun, year)
			month := 1 + when.below(aboutRun, 12)
			day := sending(year, time.Month(month), when.of(aboutRun, month).below(aboutRun, runs))
			l, ok := m.yearly(o.Size, year)
			if !ok || day > o.AsOf || !m.life.active(day) {
				continue
			}
			number++
			out.line(o, day, number, p.number+j, l)
		}
		if out.err != nil {
			break
		}
	}
}

// yearly is the work of a year as one line, under the service that costs most; false
// where there is none.
func (m *member) yearly(s Size, year int) (all line, ok bool) {
	var known [8]engagement
	most := int64(0)
	for _, e := range m.engagements(s, known[:0]) {
		if e.stops != 0 && year*12+1 >= e.stops || e.dated && m.life.since.Year() >= year {
			continue
		}
		times := bits.OnesCount16(e.months)
		if e.drifts {
			times = 1
		}
		if e.twice {
			times *= 2
		}
		cents := m.price(s, e.cents, year) * int64(times)
		if cents > most {
			most, all.service, all.year = cents, e.service, 0
			if e.dated {
				all.year = year - 1
			}
		}
		all.cents += cents
	}
	return all, all.cents > 0
}
