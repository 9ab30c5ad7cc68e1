package sample

import (
	"slices"
	"time"
)

// Fees of the office's first year, in cents, for a client of size 1.
const (
	accountsFee    = 115_000
	corporateFee   = 42_000
	payrollFee     = 21_000 // a year for each FTE
	bookkeepingFee = 145_000
)

func yearly(s service, month time.Month, cents int64) engagement {
	return engagement{service: s, months: 1 << month, cents: cents, dated: true}
}

func monthly(s service, cents int64) engagement {
	return engagement{service: s, months: everyMonth, cents: cents}
}

func quarterly(s service, cents int64) engagement {
	return engagement{service: s, months: everyQuarter, cents: cents}
}

// engagements appends what m is invoiced for regularly.
func (m *member) engagements(s Size, to []engagement) []engagement {
	if m.given != nil {
		return m.given
	}
	switch m.form {
	case private:
		to = append(to, m.incomeTax(m.dice.skewed(aboutFee, 16_000, 90_000)))
	case freelance:
		to = append(to, m.incomeTax(m.dice.skewed(aboutFee, 42_000, 160_000)))
		if m.dice.chance(aboutBooks, 300) {
			to = append(to, quarterly(bookkeeping, m.dice.skewed(aboutBooksFee, 15_000, 75_000)))
		}
	case holding:
		to = append(to,
			yearly(accounts, m.month(3, 7), m.dice.skewed(aboutFee, 45_000, 160_000)),
			yearly(corporateTax, m.month(9, 10), m.dice.skewed(aboutFee, 30_000, 80_000)))
	case foundation:
		to = m.foundation(to)
	default:
		to = m.company(to)
	}
	return m.shed(s, to)
}

// incomeTax is invoiced in the campaign of March to May, the month before or
// after included for a few.
func (m *member) incomeTax(cents int64) engagement {
	return yearly(incomeTax, time.April, cents)
}

// month picks the month of yearly work, which then wanders by one.
func (m *member) month(first, last int) time.Month {
	return time.Month(m.dice.between(aboutMonth, first, last))
}

func (m *member) foundation(to []engagement) []engagement {
	size := m.scale
	to = append(to, yearly(accounts, m.month(3, 6), 95_000*size>>10))
	if m.staff() >= 20 {
		to = append(to, payrollOf(m.staff()))
	}
	if m.audited() {
		to = append(to, auditOf(size/2))
	}
	return to
}

// company is the work for a firm or a company: accounts and tax in their
// seasons, payroll by its staff, books for the smaller ones, audit for the
// largest.
func (m *member) company(to []engagement) []engagement {
	size := m.scale
	to = append(to, yearly(accounts, m.month(3, 7), accountsFee*size>>10))
	if m.form == company {
		to = append(to, yearly(corporateTax, m.month(9, 10), corporateFee*(1<<10+size/4)>>10))
	} else {
		to = append(to, m.incomeTax(2*48_000))
	}
	if m.staff() >= 15 && m.dice.chance(aboutPayroll, 720) {
		to = append(to, payrollOf(m.staff()))
	}
	if size < 7<<10 && m.dice.chance(aboutBooks, 420) {
		books := bookkeepingFee * (1<<10 + size/2) >> 10
		if size > 2<<10 {
			to = append(to, monthly(bookkeeping, books/12))
		} else {
			to = append(to, quarterly(bookkeeping, books/4))
		}
	}
	if m.audited() {
		to = append(to, auditOf(size))
	}
	return to
}

// audited reports whether the office audits m, as the law asks of the largest.
func (m *member) audited() bool {
	switch {
	case m.given != nil:
		return slices.ContainsFunc(m.given, func(e engagement) bool { return e.service == audit })
	case m.form == foundation:
		return m.scale > 8<<10
	}
	return m.form == company && m.scale > 14<<10
}

// payrollOf is payroll for staff tenths of an FTE: by the month from eight
// people on, by the quarter below.
func payrollOf(staff int) engagement {
	year := int64(staff) * payrollFee / 10
	if staff >= 80 {
		return monthly(payroll, year/12)
	}
	return quarterly(payroll, year/4)
}

// auditOf is an audit, invoiced in three parts while it is done.
func auditOf(size int64) engagement {
	return engagement{service: audit, months: 1<<time.February | 1<<time.April | 1<<time.June, cents: 65_000 * size >> 10, dated: true}
}

// shed stops one service in the last two years where that is the client's
// trend: never the only one.
func (m *member) shed(s Size, all []engagement) []engagement {
	if m.life.trend == shedding && len(all) > 1 {
		y, month, _ := s.AsOf.AddMonths(-m.dice.between(aboutStop, 3, 24)).Time().Date()
		all[len(all)-1].stops = y*12 + int(month)
	}
	return all
}

// staff is the client's number of employees in tenths of an FTE.
func (m *member) staff() int {
	if m.fte >= 0 {
		return m.fte
	}
	return int(m.scale * int64(m.trade.staff) * int64(m.dice.between(aboutStaff, 50, 140)) / 100 >> 10)
}
