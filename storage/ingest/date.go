package ingest

import (
	"strings"
	"time"

	"klantbot/analysis"
)

// order says which part of a date such as 03/04/2026 is the month.
type order byte

const (
	dayFirst   order = iota // the Dutch way, unless a column proves otherwise
	monthFirst              // 12/31/2026
)

// dateProof is what a column's cells say about the order of day and month.
type dateProof struct {
	dayFirst, monthFirst int  // cells that can only be read the one way
	unclear              bool // a cell such as 03-04-2026
}

func (p *dateProof) observe(cell string) {
	a, b, _, ok := splitDate(trimSpace(cell))
	switch {
	case !ok || a > 31 || b > 31:
	case a > 12 && b <= 12:
		p.dayFirst++
	case b > 12 && a <= 12:
		p.monthFirst++
	case a != b:
		p.unclear = true
	}
}

// decided returns monthFirst only when some cell proves it and none proves the
// contrary.
func (p *dateProof) decided() order {
	if p.monthFirst > 0 && p.dayFirst == 0 {
		return monthFirst
	}
	return dayFirst
}

func (p *dateProof) settled() bool { return p.dayFirst > 0 || p.monthFirst > 0 }

// months by their first three letters, Dutch and English.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}

// parseDate reads a date with or without a time behind it, which is dropped:
// an invoice is dated in the office's own calendar. It knows 2026-11-21,
// 20261121, 21-11-2026, 21/11/2026, 21.11.2026, 21-11-26 and 21 nov 2026. Two
// digits of a year below 70 are of this century. Years outside 1900..2199 are
// no dates.
func parseDate(cell string, o order) (analysis.Day, bool) {
	s := trimSpace(cell)
	if len(s) < 6 || len(s) > 40 {
		return analysis.NoDay, false
	}
	if y, m, d, rest, ok := yearFirst(s); ok {
		return makeDay(y, m, d, rest)
	}
	a, b, rest, ok := splitDate(s)
	if !ok {
		return namedMonth(s)
	}
	y, rest, ok := year(rest)
	if !ok {
		return analysis.NoDay, false
	}
	if o == monthFirst {
		a, b = b, a
	}
	return makeDay(y, b, a, rest)
}

// yearFirst reads 2026-11-21, 2026/11/21, 2026.11.21 and 20261121.
func yearFirst(s string) (y, m, d int, rest string, ok bool) {
	y, n := digits(s, 4)
	if n != 4 {
		return 0, 0, 0, "", false
	}
	if m, n = digits(s[4:], 2); n == 2 {
		if d, n = digits(s[6:], 2); n == 2 {
			return y, m, d, s[8:], true
		}
		return 0, 0, 0, "", false
	}
	separator := s[4]
	if separator != '-' && separator != '/' && separator != '.' {
		return 0, 0, 0, "", false
	}
	m, n = digits(s[5:], 2)
	at := 5 + n
	if n == 0 || at >= len(s) || s[at] != separator {
		return 0, 0, 0, "", false
	}
	d, n = digits(s[at+1:], 2)
	return y, m, d, s[at+1+n:], n > 0
}

// splitDate reads the two parts before the year of 21-11-2026; rest starts at
// the year.
func splitDate(s string) (a, b int, rest string, ok bool) {
	a, n := digits(s, 2)
	if n == 0 || n >= len(s) {
		return 0, 0, "", false
	}
	separator := s[n]
	if separator != '-' && separator != '/' && separator != '.' {
		return 0, 0, "", false
	}
	s = s[n+1:]
	b, n = digits(s, 2)
	if n == 0 || n >= len(s) || s[n] != separator {
		return 0, 0, "", false
	}
	return a, b, s[n+1:], true
}

// year reads two or four digits.
func year(s string) (y int, rest string, ok bool) {
	y, n := digits(s, 4)
	switch {
	case n == 4:
		return y, s[4:], true
	case n == 2 && y < 70:
		return 2000 + y, s[2:], true
	case n == 2:
		return 1900 + y, s[2:], true
	}
	return 0, "", false
}

// namedMonth reads 21 nov 2026, 21-nov-26 and 21 november 2026.
func namedMonth(s string) (analysis.Day, bool) {
	d, n := digits(s, 2)
	if n == 0 {
		return analysis.NoDay, false
	}
	s = strings.TrimLeft(s[n:], " -./")
	letters := 0
	for letters < len(s) && (s[letters]|0x20) >= 'a' && (s[letters]|0x20) <= 'z' {
		letters++
	}
	if letters < 3 {
		return analysis.NoDay, false
	}
	m, known := months[strings.ToLower(s[:3])]
	y, rest, ok := year(strings.TrimLeft(s[letters:], " -./"))
	if !known || !ok {
		return analysis.NoDay, false
	}
	return makeDay(y, int(m), d, rest)
}

// makeDay checks that the date exists and that only a time follows it.
func makeDay(y, m, d int, rest string) (analysis.Day, bool) {
	if y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > 31 || !isTime(rest) {
		return analysis.NoDay, false
	}
	if d > 28 && d > daysIn(y, m) {
		return analysis.NoDay, false
	}
	return dayNumber(y, m, d), true
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// dayNumber is analysis.Date for valid dates, several times faster: days since
// 1970-01-01 by counting years from March (Hinnant, "chrono-compatible
// low-level date algorithms").
func dayNumber(y, m, d int) analysis.Day {
	if m <= 2 {
		y--
		m += 12
	}
	century := y / 400
	yearOf := y - century*400
	dayOf := (153*(m-3)+2)/5 + d - 1
	return analysis.Day(century*146097 + yearOf*365 + yearOf/4 - yearOf/100 + dayOf - 719468)
}

// isTime reports whether s is nothing, or a separator and a time of day: what
// may follow a date.
func isTime(s string) bool {
	if s == "" {
		return true
	}
	if s[0] != ' ' && s[0] != 'T' && s[0] != 't' && s[0] != ',' {
		return false
	}
	s = strings.TrimLeft(s[1:], " ")
	if s == "" {
		return true
	}
	if s[0] < '0' || s[0] > '9' {
		return false
	}
	for i := 1; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			continue
		}
		if strings.IndexByte(":.,+- zZaApPmMuU", c) < 0 {
			return false
		}
	}
	return true
}

// digits reads at most limit decimal digits from the front of s and says how
// many there were.
func digits(s string, limit int) (value, n int) {
	for n < len(s) && n < limit && s[n] >= '0' && s[n] <= '9' {
		value = value*10 + int(s[n]-'0')
		n++
	}
	return value, n
}
