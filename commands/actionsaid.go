package commands

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
)

// asksAction is who wants something written down that they are to do, in Dutch and
// English; what follows is what and by when.
var asksAction = []func() *regexp.Regexp{
	lazily(`(?i)^(?:(?:kun|kan|wil) (?:je|jij|u) |graag |alsjeblieft )*(?:maak|noteer|schrijf|voeg|plan|zet)(?: er| hier| hiervan| hier van| even| nog)*(?: (?:een|als|deze|nieuwe|mijn|van))*(?: )(?:actie(?:punt|lijst)?|taak|to-?do)\b(?: (?:toe|op|in|aan|van|voor (?:mij|me|mezelf)))*[\s:,–-]*(.*)$`),
	lazily(`(?i)^(?:zet|plaats)(?: dit)? op (?:mijn|de) (?:actielijst|takenlijst|to-?do)[\s:,–-]*(.*)$`),
	lazily(`(?i)^(?:nieuwe )?(?:actie(?:punt)?|taak|to-?do) ?: ?(.*)$`),
	lazily(`(?i)^(?:wil je |kun je )?(?:me |mij )?herinner(?:en)?(?: me| mij)?(?: er| eraan| er aan)*[\s:,–-]*((?:(?:volgende|over|morgen|overmorgen|op|aan|om|dat|vrijdag|maandag|dinsdag|woensdag|donderdag) ).*)$`),
	lazily(`(?i)^(?:(?:can|could|will) you |please )*(?:make|create|add|note|log|write down)(?: me| down)?(?: (?:an|a|this|as|new|the|my))* (?:action(?: item| point| list)?|task|to-?do(?: list)?)\b(?: for (?:me|myself))?[\s:,–-]*(.*)$`),
	lazily(`(?i)^(?:new )?(?:action(?: item)?|task) ?: ?(.*)$`),
	lazily(`(?i)^(?:please )?remind me[\s:,–-]*((?:(?:next|in|tomorrow|on|to|of|about|by|friday|monday|tuesday|wednesday|thursday) ).*)$`),
}

// ActionSaid reads that somebody wants an action made: what is to be done, and by when,
// NoDay where they did not say. ok is false where they said something else.
func ActionSaid(words string, today analysis.Day) (what string, due analysis.Day, ok bool) {
	words = clean(words)
	for _, way := range asksAction {
		if found := way().FindStringSubmatch(words); found != nil {
			what, due = dueIn(found[1], today)
			return tidyAction(what), due, true
		}
	}
	return "", analysis.NoDay, false
}

// actionLead is what stands before what is to be done and says nothing of it.
var actionLead = lazily(`(?i)^(?:(?:om|aan|dat ik|dat|to|of|about|that i) )+`)

func tidyAction(s string) string {
	s = strings.Trim(actionLead().ReplaceAllString(strings.TrimSpace(s), ""), " .,;:-–")
	return strings.TrimSpace(strings.TrimSuffix(s, " te doen"))
}

// dueWays are the ways to say by when, with the day that each means. The preposition
// before it goes with it.
var dueWays = []struct {
	said [2]func() *regexp.Regexp
	day  func(found []string, today analysis.Day) analysis.Day
}{
	{byWhen(`(\d{4}-\d{2}-\d{2})`), func(f []string, _ analysis.Day) analysis.Day { return dayIn(f[1]) }},
	{byWhen(`(\d{1,2}) ([a-z]+)(?: (\d{4}))?`), func(f []string, today analysis.Day) analysis.Day { return dated(f[1], f[2], f[3], today) }},
	{byWhen(`([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?`), func(f []string, today analysis.Day) analysis.Day { return dated(f[2], f[1], f[3], today) }},
	{byWhen(`(\d{1,2})[-/](\d{1,2})(?:[-/](\d{4}))?`), func(f []string, today analysis.Day) analysis.Day { return numbered(f[1], f[2], f[3], today) }},
	{byWhen(`(vandaag|today|morgen|tomorrow|overmorgen|the day after tomorrow)`), func(f []string, today analysis.Day) analysis.Day {
		return today + map[string]analysis.Day{"morgen": 1, "tomorrow": 1, "overmorgen": 2, "the day after tomorrow": 2}[strings.ToLower(f[1])]
	}},
	{byWhen(`(?:volgende week|next week)(?: op| on)? ([a-z]+)|([a-z]+) (?:volgende week|next week)`), func(f []string, today analysis.Day) analysis.Day {
		return weekday(f[1]+f[2], mondayOf(today)+6)
	}},
	{byWhen(`(?:volgende week|next week)`), func(_ []string, today analysis.Day) analysis.Day { return mondayOf(today) + 11 }},
	{byWhen(`(?:deze week|this week)`), func(_ []string, today analysis.Day) analysis.Day { return max(today, mondayOf(today)+4) }},
	{byWhen(`(?:het )?(?:eind|einde) van de(?:ze)? maand|(?:the )?end of (?:the|this) month`), func(_ []string, today analysis.Day) analysis.Day {
		return analysis.Date(today.Year(), today.Time().Month()+1, 1) - 1
	}},
	{byWhen(`(\d{1,2}|een|één|twee|drie|vier|a|one|two|three|four) (dag|dagen|week|weken|maand|maanden|days?|weeks?|months?)`), func(f []string, today analysis.Day) analysis.Day {
		return ahead(f[1], f[2], today)
	}},
	{byWhen(`(?:aanstaande |komende |next |this )?([a-z]+)`), func(f []string, today analysis.Day) analysis.Day { return weekday(f[1], today) }},
}

// byWhen is a way to say by when, where a sentence begins or ends with it.
func byWhen(said string) [2]func() *regexp.Regexp {
	const before = `(?:uiterlijk |vóór |voor |tegen |op |binnen |over |per |before |by |until |due |on |in |no later than )*`
	return [2]func() *regexp.Regexp{lazily(`(?i)(?:^|[ ,])` + before + `(?:` + said + `)[ .!?]*$`), lazily(`(?i)^` + before + `(?:` + said + `)(?:[ ,:]+|$)`)}
}

// dueIn takes out of what was said by when it is to be done.
func dueIn(said string, today analysis.Day) (what string, day analysis.Day) {
	said = strings.TrimSpace(said)
	for _, way := range dueWays {
		for _, place := range way.said {
			at := place().FindStringSubmatchIndex(said)
			if at == nil {
				continue
			}
			if day := way.day(place().FindStringSubmatch(said), today); day.Known() && day >= today {
				return strings.TrimSpace(said[:at[0]] + " " + said[at[1]:]), day
			}
		}
	}
	return said, analysis.NoDay
}

// The months and days, in Dutch and English.
var (
	monthsSaid = [2][]string{{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}}
	weekdaysSaid = map[string]int{"maandag": 0, "dinsdag": 1, "woensdag": 2, "donderdag": 3, "vrijdag": 4, "zaterdag": 5, "zondag": 6, "ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4,
		"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
	numbersSaid = map[string]int{"een": 1, "één": 1, "a": 1, "one": 1, "twee": 2, "two": 2, "drie": 3, "three": 3, "vier": 4, "four": 4}
)

func dated(day, month, year string, today analysis.Day) analysis.Day {
	month = strings.ToLower(month)
	for _, names := range monthsSaid {
		for i, name := range names {
			if len(month) >= 3 && strings.HasPrefix(name, month) || month == "mrt" && i == 2 {
				return numbered(day, strconv.Itoa(i+1), year, today)
			}
		}
	}
	return analysis.NoDay
}

// numbered is a date; without a year the first such day that comes.
func numbered(day, month, year string, today analysis.Day) analysis.Day {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, err := strconv.Atoi(year)
	if d < 1 || d > 31 || m < 1 || m > 12 {
		return analysis.NoDay
	}
	if err != nil {
		if y = today.Year(); analysis.Date(y, time.Month(m), d) < today {
			y++
		}
	}
	return analysis.Date(y, time.Month(m), d)
}

// mondayOf is that of the week of day.
func mondayOf(day analysis.Day) analysis.Day {
	return day - analysis.Day((int(day.Time().Weekday())+6)%7)
}

// weekday is the first such day after day.
func weekday(said string, after analysis.Day) analysis.Day {
	n, ok := weekdaysSaid[strings.ToLower(said)]
	if !ok {
		return analysis.NoDay
	}
	day := mondayOf(after) + analysis.Day(n)
	if day <= after {
		day += 7
	}
	return day
}

func ahead(count, unit string, today analysis.Day) analysis.Day {
	n, err := strconv.Atoi(count)
	if err != nil {
		n = numbersSaid[strings.ToLower(count)]
	}
	switch strings.ToLower(unit)[0] {
	case 'd':
		return today + analysis.Day(n)
	case 'w':
		return today + analysis.Day(7*n)
	}
	return today.AddMonths(n)
}
