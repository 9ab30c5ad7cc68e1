package sample

import (
	"fmt"
	"io"
	"time"

	"klantbot/analysis"
)

// invoiceColumns is the header of the invoice lines.
var invoiceColumns = []string{"Factuurdatum", "Factuurnummer", "Klantnummer", "Dienst", "Boekjaar", "Bedrag excl. btw"}

// runs is how often a month the office sends invoices: on its first four
// Thursdays. A group gets everything of a month in one of the runs.
const runs = 4

// WriteInvoices writes the invoice lines of s as CSV, in the order of their
// dates and with rising invoice numbers. It walks through the office once for
// every run and remembers nothing in between, so memory stays constant. Those of a
// Yearly office are in the order of their clients within a year.
func WriteInvoices(w io.Writer, s Size) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	out := newSheet(w, invoiceColumns...)
	for year := o.first().Year(); year <= o.AsOf.Year(); year++ {
		if o.Yearly {
			o.yearly(out, year)
			continue
		}
		number := 0
		for month := time.January; month <= time.December; month++ {
			for run := range runs {
				day := sending(year, month, run)
				if day > o.AsOf || out.err != nil {
					break
				}
				number = o.run(out, day, run, number)
			}
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("write sample invoices: %w", err)
	}
	return nil
}

// sending is the day of a run: a Thursday, but neither New Year's Day nor
// Christmas.
func sending(year int, month time.Month, run int) analysis.Day {
	first := analysis.Date(year, month, 1)
	day := first + analysis.Day((time.Thursday-first.Time().Weekday()+7)%7) + analysis.Day(7*run)
	switch day {
	case analysis.Date(year, time.January, 1):
		return day + 1
	case analysis.Date(year, time.December, 25), analysis.Date(year, time.December, 26):
		return analysis.Date(year, time.December, 24)
	}
	return day
}

// run writes the invoices of one day, numbered after number, and returns the
// last number given.
func (o office) run(out *sheet, day analysis.Day, run, number int) int {
	year, month, _ := day.Time().Date()
	var room [16]line
	for p := range o.places {
		if o.turn(p, year, month) != run {
			continue
		}
		for j := range p.count {
			m := o.member(p, j)
			lines := m.lines(o.Size, day, year, month, room[:0])
			if len(lines) > 0 {
				number++
			}
			for _, l := range lines {
				out.line(o, day, number, p.number+j, l)
			}
		}
		if out.err != nil {
			break
		}
	}
	return number
}

// turn is the run in which p gets its invoices of a month.
func (o office) turn(p place, year int, month time.Month) int {
	d := o.dice(p.index)
	if p.cast != nil {
		d = dice(0).of(aboutMember, p.index+1)
	}
	return int(d.of(aboutRun, year*12+int(month)) % runs)
}

// line writes one invoice line.
func (s *sheet) line(o office, day analysis.Day, invoice, client int, l line) {
	s.day(day)
	s.row = appendDigits(s.row, day.Year(), 4)
	s.digits(invoice, o.digits+1)
	s.digits(client, o.digits)
	s.text(serviceNames[l.service])
	if l.year == 0 {
		s.text("")
	} else {
		s.digits(l.year, 4)
	}
	s.money(l.cents)
	s.end()
}
