package ingest

import (
	"strings"

	"klantbot/analysis"
)

// hoursKind is a list of time worked for clients, with what it cost the office.
var hoursKind = kind{
	name:  analysis.ImportHours,
	asked: true,
	fields: []field{
		{"number", numberContent, clientsKindNumbers},
		{"date", dateContent, []string{"werkdatum", "datumwerk", "boekdatum", "boekingsdatum", "datum", "workdate", "date"}},
		{"hours", amountContent, []string{"uren", "aantaluren", "geschrevenuren", "gewerkteuren", "bestedeuren", "bestedetijd", "tijd", "aantal", "hours", "duration", "time", "quantity"}},
		{"cost", amountContent, []string{"kosten", "kostenbedrag", "totalekosten", "internekosten", "kostprijsbedrag", "totalekostprijs", "kostprijstotaal", "kostprijs", "cost", "costs", "totalcost", "costamount"}},
	},
	required: func(has func(string) bool) (missing []string) {
		for _, name := range []string{"number", "date", "hours", "cost"} {
			if !has(name) {
				missing = append(missing, name)
			}
		}
		return missing
	},
	reader: newHoursRows,
}

// hoursRows reads hours. What a row cost is an amount in euros, not a rate.
type hoursRows struct {
	t *table

	number, date, hours, cost *column

	minutes  int // of all rows so far
	longest  int // minutes of the longest row
	from, to analysis.Day
}

func newHoursRows(t *table) recordReader {
	at := t.positions()
	return &hoursRows{t: t, number: at["number"], date: at["date"], hours: at["hours"], cost: at["cost"],
		from: analysis.NoDay, to: analysis.NoDay}
}

func (h *hoursRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: h.t, row: r}
	s := analysis.StagedHours{Line: r.line, Number: cells.number(h.number)}
	date := trimSpace(cells.cell(h.date))
	if isTotalsWord(s.Number) || date == "" && startsTotals(s.Number) || s.Number == "" && startsTotals(date) {
		return errTotals
	}
	s.Day = cells.day(h.date)
	s.Minutes = cells.minutes(h.hours)
	cost, _, ok := cents(one, cells.decimal(h.cost), nil)
	s.Cost = cost
	switch {
	case cells.failed != nil:
		return cells.failed
	case s.Number == "" && date == "" && s.Minutes == h.minutes:
		return errTotals // without a word
	case s.Number == "":
		return analysis.Fail(analysis.Invalid, "import.number_missing", nil)
	case s.Day == analysis.NoDay:
		return analysis.Fail(analysis.Invalid, "import.date_missing", nil)
	case !ok:
		return analysis.Fail(analysis.Invalid, "import.amount_too_large", nil)
	}
	if !h.from.Known() || s.Day < h.from {
		h.from = s.Day
	}
	h.to = max(h.to, s.Day)
	h.minutes += s.Minutes
	h.longest = max(h.longest, s.Minutes)
	b.hours = append(b.hours, s)
	return nil
}

// finish warns of a workbook in which nobody ever worked an hour: it holds 1:30
// as a part of a day, .0625, when the cell is a time.
func (h *hoursRows) finish(s *Summary) {
	s.From, s.To = h.from, h.to
	if h.t.workbook && h.minutes > 0 && h.longest < 60 {
		h.t.warn("import.hours_short", 0)
	}
}

// maxMinutes is the most one row may have: a year of work of five people.
const maxMinutes = 10_000 * 60

// minutes reads a duration that must be there: hours as a number, 1,5, or as a
// clock has them, 1:30. It is rounded half away from zero to a minute.
func (r *cellReader) minutes(c *column) int {
	cell := trimSpace(r.cell(c))
	if strings.Contains(cell, ":") {
		m, ok := clock(cell)
		if !ok {
			r.refuse("import.hours_invalid", c, cell)
		}
		return m
	}
	sixty := decimal{coef: 60, scale: 2} // hundredths, as cents counts
	m, _, ok := cents(sixty, r.decimal(c), nil)
	if !ok || m > maxMinutes || m < -maxMinutes {
		r.refuse("import.hours_invalid", c, cell)
		return 0
	}
	return int(m)
}

// clock reads 1:30 or 1:30:00 as minutes, also with a minus in front.
func clock(s string) (minutes int, ok bool) {
	s, negative := strings.CutPrefix(s, "-")
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	seconds := 0
	for i := range 3 {
		n := 0
		if i < len(parts) {
			if i > 0 && len(parts[i]) != 2 || len(parts[i]) > 5 || !plainDigits(parts[i]) {
				return 0, false
			}
			for _, d := range []byte(parts[i]) {
				n = n*10 + int(d-'0')
			}
			if i > 0 && n > 59 {
				return 0, false
			}
		}
		seconds = seconds*60 + n
	}
	minutes = (seconds + 30) / 60
	if negative {
		minutes = -minutes
	}
	return minutes, minutes <= maxMinutes && minutes >= -maxMinutes
}
