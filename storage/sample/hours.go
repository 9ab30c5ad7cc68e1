package sample

import (
	"fmt"
	"io"
	"time"

	"klantbot/analysis"
)

// hourColumns is the header of the hours.
var hourColumns = []string{"Werkdatum", "Klantnummer", "Uren", "Kosten"}

// costRate is what an hour of the office's people costs, in cents.
const costRate = 7_250

// WriteHours writes what the office worked for its businesses in the last two
// years as CSV: the work of each quarter for a client in one row, by client.
// Returns for private persons and the self-employed are done at fixed prices,
// and their hours are not recorded, as in many offices.
func WriteHours(w io.Writer, s Size) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	out := newSheet(w, hourColumns...)
	for p := range o.places {
		for j := range p.count {
			if m := o.member(p, j); !m.form.natural() {
				o.worked(out, p, j, &m)
			}
		}
		if out.err != nil {
			break
		}
	}
	if err := out.close(); err != nil {
		return fmt.Errorf("write sample hours: %w", err)
	}
	return nil
}

// worked writes the rows of one client. Work is done in the quarter in which it
// is invoiced, and costs a share of that.
func (o office) worked(out *sheet, p place, j int, m *member) {
	effort := m.effort(p)
	first := o.AsOf.AddMonths(-24)
	year, month, _ := first.Time().Date()
	for at := analysis.Date(year, month, 1).AddMonths(1); at <= o.AsOf; at = at.AddMonths(3) {
		invoiced := int64(0)
		for next := range 3 {
			year, month, _ := at.AddMonths(next).Time().Date()
			day := sending(year, month, o.turn(p, year, month))
			if day > o.AsOf {
				break
			}
			var room [16]line
			for _, l := range m.lines(o.Size, day, year, month, room[:0]) {
				invoiced += max(0, l.cents)
			}
		}
		if minutes := invoiced * effort / 100 * 60 / costRate / 15 * 15; minutes > 0 {
			out.worked(o, min(o.AsOf, at.AddMonths(3)-10), p.number+j, minutes)
		}
	}
}

// effort is what the work for m costs in percent of what it is invoiced: 40 to
// 88, and for one group in sixteen more than it brings in.
func (m *member) effort(p place) int64 {
	switch {
	case p.cast != nil && p.cast.effort > 0:
		return int64(p.cast.effort)
	case m.group.chance(aboutLoss, 62):
		return int64(m.group.between(aboutEffort, 102, 140))
	}
	return int64(m.group.between(aboutEffort, 40, 88))
}

func (s *sheet) worked(o office, day analysis.Day, client int, minutes int64) {
	// Nobody writes hours in a weekend.
	switch day.Time().Weekday() {
	case time.Saturday:
		day--
	case time.Sunday:
		day -= 2
	}
	s.day(day)
	s.digits(client, o.digits)
	s.row = appendGrouped(s.row, int(minutes/60))
	s.row = append(appendDigits(append(s.row, ','), int(minutes%60*100/60), 2), ';')
	s.money(minutes * costRate / 60)
	s.end()
}
