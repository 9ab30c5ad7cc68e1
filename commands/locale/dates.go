package locale

import (
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
)

var weekdays = map[Lang][7]string{
	Dutch:   {"zo", "ma", "di", "wo", "do", "vr", "za"},
	English: {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}

var months = map[Lang][12]string{
	Dutch:   {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
	English: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
}

var longMonths = map[Lang][12]string{
	Dutch: {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
		"september", "oktober", "november", "december"},
	English: {"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
}

// Date writes a day with its year: 26 nov 2026. An unknown day is the
// catalogue's "unknown".
func (p *Printer) Date(d analysis.Day) string {
	if !d.Known() {
		return p.T("word.unknown", nil)
	}
	y, m, n := d.Time().Date()
	return fmt.Sprintf("%d %s %d", n, months[p.lang][m-1], y)
}

// Near writes a day the way people say it from asOf: do 26 nov within the
// same year, else with the year.
func (p *Printer) Near(d, asOf analysis.Day) string {
	if !d.Known() || d.Year() != asOf.Year() {
		return p.Date(d)
	}
	_, m, n := d.Time().Date()
	return fmt.Sprintf("%s %d %s", weekdays[p.lang][d.Time().Weekday()], n, months[p.lang][m-1])
}

// Month writes the month of a day: november 2026.
func (p *Printer) Month(d analysis.Day) string {
	if !d.Known() {
		return p.T("word.unknown", nil)
	}
	y, m, _ := d.Time().Date()
	return fmt.Sprintf("%s %d", longMonths[p.lang][m-1], y)
}

// Moment writes an instant in the reader's zone: do 26 nov 08:30, with the year
// when it is not asOf's.
func (p *Printer) Moment(t time.Time, asOf analysis.Day) string {
	local := t.In(p.zone)
	return p.Near(analysis.DayOf(local), asOf) + " " + local.Format("15:04")
}

// Clock writes the time of day of an instant in the reader's zone: 08:30.
func (p *Printer) Clock(t time.Time) string { return t.In(p.zone).Format("15:04") }

// List joins words the way a sentence does: a, b en c.
func (p *Printer) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + p.T("word.and", nil) + " " + words[last]
}
