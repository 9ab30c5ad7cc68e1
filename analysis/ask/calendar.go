package ask

import (
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
)

// relative is the period that words like "vorig kwartaal" name on today.
func relative(said string, today analysis.Day) Period {
	y, m, d := today.Time().Date()
	which, unit, _ := strings.Cut(said, " ")
	for _, kind := range []string{"kalenderjaar", "boekjaar", "calendar year", "fiscal year", "financial year"} {
		if unit == kind { // the last one is whole
			which, unit = strings.Replace(which, "afgelopen", "vorig", 1), "jaar"
		}
	}
	this := which == "dit" || which == "deze" || which == "this" || strings.HasPrefix(which, "huidig")
	next := strings.HasPrefix(which, "volgend") || strings.HasPrefix(which, "komend") || which == "next"
	rolling := which == "afgelopen" || which == "laatste" || which == "past"
	switch said {
	case "vandaag", "today":
		return Period{today, today}
	case "gisteren", "yesterday":
		return Period{today - 1, today - 1}
	case "eergisteren":
		return Period{today - 2, today - 2}
	case "jaar", "year":
		return relative("this year", today)
	case "ytd", "year to date", "tot nu toe dit jaar":
		return Period{analysis.Date(y, time.January, 1), today}
	}
	var first, after analysis.Day // of the running unit
	step := 0                     // months in it
	switch unit {
	case "week":
		monday := today - analysis.Day((int(today.Time().Weekday())+6)%7)
		switch {
		case this:
			return Period{monday, today}
		case next:
			return Period{monday + 7, monday + 13}
		case rolling:
			return Period{today - 6, today}
		}
		return Period{monday - 7, monday - 1}
	case "maand", "month":
		first, step = today-analysis.Day(d-1), 1
	case "kwartaal", "quarter":
		first, step = analysis.Date(y, (m-1)/3*3+1, 1), 3
	case "jaar", "year":
		first, step = analysis.Date(y, time.January, 1), 12
	default:
		return Period{}
	}
	after = first.AddMonths(step)
	switch {
	case this:
		return Period{first, today}
	case next:
		return Period{after, after.AddMonths(step) - 1}
	case rolling && step != 3:
		return Period{today.AddMonths(-step) + 1, today}
	}
	return Period{first.AddMonths(-step), first - 1}
}

// backFrom is the last n units until today.
func backFrom(today analysis.Day, n int, unit string) Period {
	if n < 1 {
		return Period{}
	}
	switch {
	case strings.HasPrefix(unit, "d"):
		return Period{today - analysis.Day(n) + 1, today}
	case strings.HasPrefix(unit, "w"):
		return Period{today - analysis.Day(7*n) + 1, today}
	case strings.HasPrefix(unit, "half"):
		n *= 6
	case strings.HasPrefix(unit, "j"), strings.HasPrefix(unit, "y"):
		n *= 12
	case strings.HasPrefix(unit, "k"), strings.HasPrefix(unit, "q"):
		n *= 3
	}
	if n > 1200 {
		return Period{}
	}
	return Period{today.AddMonths(-n) + 1, today}
}

// yearNamed is the year that words beside a month or quarter name; 0: none.
func yearNamed(said string, today analysis.Day) int {
	switch said {
	case "":
		return 0
	case "vorig jaar", "last year":
		return today.Year() - 1
	case "dit jaar", "this year":
		return today.Year()
	}
	return number(said)
}

// whole is the stretch of months from first on: of the year named, else the
// newest that began.
func whole(first time.Month, months int, year string, today analysis.Day) Period {
	y := yearNamed(year, today)
	if y == 0 {
		if y = today.Year(); analysis.Date(y, first, 1) > today {
			y--
		}
	}
	from := analysis.Date(y, first, 1)
	return Period{from, from.AddMonths(months) - 1}
}

func monthOf(name, year string, today analysis.Day) Period {
	return whole(monthNamed(name), 1, year, today)
}

func quarterOf(n int, year string, today analysis.Day) Period {
	return whole(time.Month(3*n-2), 3, year, today)
}

func halfOf(n int, year string, today analysis.Day) Period {
	return whole(time.Month(6*n-5), 6, year, today)
}

func yearOf(year int) Period {
	return Period{analysis.Date(year, time.January, 1), analysis.Date(year, time.December, 31)}
}

// dayIn is a day of a month: of the year named, else the newest that came.
func dayIn(day int, month, year string, today analysis.Day) analysis.Day {
	m, y := monthNamed(month), yearNamed(year, today)
	if y == 0 {
		if y = today.Year(); analysis.Date(y, m, day) > today {
			y--
		}
	}
	if d := analysis.Date(y, m, day); d.Time().Month() == m {
		return d
	}
	return analysis.NoDay
}

// season is the first day of the newest season of that name; seasons begin where
// the calendar says: the summer on 21 June (FEEDBACK.md).
func season(name, year string, today analysis.Day) analysis.Day {
	switch name {
	case "zomer", "summer":
		return dayIn(21, "juni", year, today)
	case "lente", "voorjaar", "spring":
		return dayIn(21, "maart", year, today)
	case "herfst", "najaar", "autumn", "fall":
		return dayIn(21, "september", year, today)
	case "kerst", "christmas":
		return dayIn(25, "december", year, today)
	}
	return dayIn(21, "december", year, today)
}

// seasonOf is the stretch of a season: of the year named, else the newest that ended, or
// with "deze zomer" the newest that began, until today at most. A spring, summer or autumn
// lasts three months from where season has it, and so does a winter.
func seasonOf(which, name, year string, today analysis.Day) Period {
	from := season(name, year, today)
	to := from.AddMonths(3) - 1
	if year == "" && to >= today && which != "dit" && which != "deze" && which != "this" {
		from = from.AddMonths(-12)
		to = from.AddMonths(3) - 1
	}
	return Period{from, min(to, max(today, from))}
}

func monthNamed(name string) time.Month {
	for i, begins := range []string{"jan", "feb", "m", "ap", "me", "jun", "jul", "au", "s", "o", "n", "d"} {
		if strings.HasPrefix(name, begins) && (begins != "m" || name == "maart" || name == "mrt" || name == "march") {
			return time.Month(i + 1)
		}
	}
	return time.May // "mei" begins as listed; only "may" is left
}

// numerals are numbers as words.
var numerals = map[string]int{"een": 1, "a": 1, "an": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4,
	"vijf": 5, "five": 5, "zes": 6, "six": 6, "zeven": 7, "seven": 7, "acht": 8, "eight": 8, "negen": 9, "nine": 9, "tien": 10,
	"ten": 10, "elf": 11, "eleven": 11, "twaalf": 12, "twelve": 12, "vijftien": 15, "fifteen": 15, "twintig": 20, "twenty": 20,
	"dertig": 30, "thirty": 30, "vijftig": 50, "fifty": 50, "honderd": 100, "hundred": 100}

func number(s string) int {
	if s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+') { // an error costs more than this
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
	}
	return numerals[s]
}

func ordinal(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] >= '1' && s[0] <= '4':
		return int(s[0] - '0')
	case strings.HasPrefix(s, "eer"), strings.HasPrefix(s, "fir"):
		return 1
	case strings.HasPrefix(s, "tw"), strings.HasPrefix(s, "sec"):
		return 2
	case strings.HasPrefix(s, "d"), strings.HasPrefix(s, "th"):
		return 3
	}
	return 4
}

// dateWords are the words of dates; they are no typos of anything.
var dateWords = func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.FieldsFunc(monthPattern+"|anderhalf|anderhalve|vandaag|today|gisteren|yesterday|eergisteren|vorig|vorige|afgelopen|voorbije|komende|komend|volgende|volgend|huidig|huidige|kwartalen|maanden|weken|dagen|jaren|quarters|months|weeks|years|zomer|summer|lente|voorjaar|spring|herfst|najaar|autumn|winter|kerst|christmas|eerste|tweede|derde|vierde|first|second|third|fourth|helft|halfjaar|tussen|between|vanaf|sedert", func(r rune) bool { return r == '|' }) {
		words[w] = true
	}
	return words
}()

func dateWord(plain string) bool { return dateWords[plain] || numerals[plain] > 0 }
