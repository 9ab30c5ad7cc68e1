package ask

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"klantbot/analysis"
)

// dating is one way to name a period: a pattern over the folded words, and what
// its groups mean on a day. Source of the rules: FEEDBACK.md, "Conversation": this
// quarter and this year run until today, last year and named ones are whole, the
// last N days end today.
type dating struct {
	pattern *regexp.Regexp
	needs   saying // all of this is in every text that fits
	period  func(said []string, today analysis.Day) Period
}

const (
	monthPattern  = `januari|jan|january|februari|feb|february|maart|mrt|march|april|apr|mei|may|juni|june|juli|july|augustus|aug|august|september|sept|sep|oktober|okt|october|oct|november|nov|december|dec`
	unitPattern   = `dag(?:en)?|days?|we+k(?:en)?|weeks?|maand(?:en)?|months?|kwarta(?:al|len)|quarters?|half ?jaar|halfjaar|half ?year|jaar|jaren|years?`
	seasonPattern = `zomer|summer|lente|voorjaar|spring|herfst|najaar|autumn|fall|winter`
	untilPattern  = `tot en met|tot|(?:t|het) m|tm|to|until|till|through`
	wholePattern  = `heel |hele |gehele |volledige |lopende |all of |whole |entire |full |current `
	countPattern  = `\d{1,4}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a|an`
	lastPattern   = `laatste|afgelopen|voorbije|vorige|last|past`
	sincePattern  = `(?:sinds|vanaf|sedert|since|as of)(?: de| het| the| afgelopen| last)?(?: (?:begin|start|beginning)(?: van| of)?(?: het| the)?)?`
)

// wholeWords say of a stretch that all of it is meant: "dit hele jaar".
var wholeWords = regexp.MustCompile(` (?:` + wholePattern + `)`)

// datings are tried in this order; the first that fits takes its words.
var datings = sync.OnceValue(func() []dating {
	var ds []dating
	add := func(pattern string, period func([]string, analysis.Day) Period) {
		ds = append(ds, dating{needs: needed(pattern), period: period, pattern: regexp.MustCompile(`(?:^| )(?:(?:in|over|van|voor|tijdens|gedurende|binnen|uit|during|for|of|from|over) )?(?:de |het |the )?(?:` + wholePattern + `)?(?:de |het |the )?(?:` + pattern + `)(?: |$)`)})
	}
	add(`(?:`+lastPattern+`) (half ?jaar|halfjaar|half ?year)`, func(s []string, today analysis.Day) Period { return backFrom(today, 1, "half") })
	add(`(?:`+lastPattern+`) (`+countPattern+`) (`+unitPattern+`)`, func(s []string, today analysis.Day) Period {
		return backFrom(today, number(s[1]), s[2])
	})
	add(`(?:since|as of) (last (?:year|month|quarter|week))`, func(s []string, today analysis.Day) Period { // that "last" is not the since's
		return Period{relative(s[1], today).From, today}
	})
	add(sincePattern+` (jaar|year|vorig jaar|last year|dit jaar|this year|dit kwartaal|this quarter|deze maand|this month|vorige maand|last month|vorig kwartaal|last quarter|vorige week|last week|gisteren|yesterday)`,
		func(s []string, today analysis.Day) Period {
			return Period{relative(wholeWords.ReplaceAllString(s[1], " "), today).From, today}
		})
	add(sincePattern+` (\d{1,2}) (`+monthPattern+`)(?: (\d{4}))?`, func(s []string, today analysis.Day) Period {
		return Period{dayIn(number(s[1]), s[2], s[3], today), today}
	})
	add(sincePattern+` (`+monthPattern+`)(?: (\d{4}))?`, func(s []string, today analysis.Day) Period {
		return Period{monthOf(s[1], s[2], today).From, today}
	})
	add(sincePattern+` (zomer|summer|lente|voorjaar|spring|herfst|najaar|autumn|fall|winter|kerst|christmas)(?: (?:van )?(\d{4}))?`,
		func(s []string, today analysis.Day) Period { return Period{season(s[1], s[2], today), today} })
	add(sincePattern+` (20\d\d)`, func(s []string, today analysis.Day) Period {
		return Period{analysis.Date(number(s[1]), time.January, 1), today}
	})
	add(sincePattern+` (`+countPattern+`) (`+unitPattern+`)(?: geleden| ago)?`, func(s []string, today analysis.Day) Period {
		return backFrom(today, number(s[1]), s[2])
	})
	add(`(?:van |from )?(\d{1,2}) (`+monthPattern+`)(?: (\d{4}))? (?:`+untilPattern+`) (\d{1,2}) (`+monthPattern+`)(?: (\d{4}))?`, func(s []string, today analysis.Day) Period {
		until := dayIn(number(s[4]), s[5], s[6], today)
		if !until.Known() {
			return Period{}
		}
		return Period{dayIn(number(s[1]), s[2], cmp.Or(s[3], strconv.Itoa(until.Year())), today), until}
	})
	add(`(eerste|first|laatste|last) (`+countPattern+`) (?:maanden|months) (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year)`, func(s []string, today analysis.Day) Period {
		year, n := yearNamed(s[3], today), number(s[2])
		if n > 12 {
			return Period{}
		}
		p := Period{analysis.Date(year, time.January, 1), analysis.Date(year, time.January, 1).AddMonths(n) - 1}
		if s[1] == "laatste" || s[1] == "last" {
			p = Period{analysis.Date(year+1, time.January, 1).AddMonths(-n), analysis.Date(year, time.December, 31)}
		}
		return p
	})
	add(`(?:q|kw|kwartaal |quarter )([1-4]) (?:en|and|`+untilPattern+`) (?:q|kw|kwartaal |quarter )?([1-4])(?: (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year))?`, func(s []string, today analysis.Day) Period {
		until := quarterOf(number(s[2]), s[3], today)
		return Period{quarterOf(number(s[1]), strconv.Itoa(until.To.Year()), today).From, until.To}
	})
	add(`(?:tussen |between |from )?(20[0-4]\d) (?:(?:en|and|`+untilPattern+`|vs|versus|met) (?:met )?)?(20[0-4]\d)`, func(s []string, _ analysis.Day) Period {
		from, to := yearOf(number(s[1])), yearOf(number(s[2]))
		return Period{min(from.From, to.From), max(from.To, to.To)}
	})
	add(`(?:tussen|between) (`+monthPattern+`) (?:en|and) (`+monthPattern+`)(?: (\d{4}))?|(?:from )?(`+monthPattern+`) (?:en|and|`+untilPattern+`) (`+monthPattern+`)(?: (\d{4}))?`,
		func(s []string, today analysis.Day) Period {
			first, last, year := s[1]+s[4], s[2]+s[5], s[3]+s[6]
			until := monthOf(last, year, today)
			from := monthOf(first, strconv.Itoa(until.To.Year()), today)
			if from.From > until.To {
				from = monthOf(first, strconv.Itoa(until.To.Year()-1), today)
			}
			return Period{from.From, until.To}
		})
	add(`(?:q|kw|kwartaal |quarter )([1-4])(?: (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year))?`, func(s []string, today analysis.Day) Period {
		return quarterOf(number(s[1]), s[2], today)
	})
	add(`(eerste|tweede|derde|vierde|1e|2e|3e|4e|first|second|third|fourth|1st|2nd|3rd|4th) (?:kwartaal|quarter)(?: (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year))?`,
		func(s []string, today analysis.Day) Period { return quarterOf(ordinal(s[1]), s[2], today) })
	add(`(eerste|tweede|first|second) (?:helft|half ?jaar|halfjaar|half)(?: (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year))?|h([12])(?: (\d{4}))?`,
		func(s []string, today analysis.Day) Period { return halfOf(ordinal(s[1]+s[3]), s[2]+s[4], today) })
	add(`(dit|deze|this|vorige?|afgelopen|voorbije|last|past) (`+seasonPattern+`)|(`+seasonPattern+`) (?:van |of |in )?(\d{4}|vorig jaar|last year|dit jaar|this year)|(?:in|tijdens|during) (?:de |het |the )?(`+seasonPattern+`)`,
		func(s []string, today analysis.Day) Period { return seasonOf(s[1], s[2]+s[3]+s[5], s[4], today) })
	add(`(\d{1,2}) (`+monthPattern+`)(?: (\d{4}))?`, func(s []string, today analysis.Day) Period {
		d := dayIn(number(s[1]), s[2], s[3], today)
		return Period{d, d}
	})
	add(`(`+monthPattern+`)(?: (?:van )?(\d{4}|vorig jaar|last year|dit jaar|this year))?`, func(s []string, today analysis.Day) Period {
		return monthOf(s[1], s[2], today)
	})
	add(`(vandaag|today|gisteren|yesterday|eergisteren|(?:deze|vorige|volgende|komende|this|last|next|afgelopen|laatste|past|huidige|vorig) (?:`+wholePattern+`)?(?:week|weekly|maand|month|quarter|year|kwartaal|jaar)|(?:dit|vorige?|volgend|komend|afgelopen|laatste|huidig|huidige) (?:`+wholePattern+`)?(?:kwartaal|jaar|kalenderjaar|boekjaar)|(?:last|this) (?:calendar|fiscal|financial) year|this year|ytd|year to date|tot nu toe dit jaar)`,
		func(s []string, today analysis.Day) Period {
			return relative(wholeWords.ReplaceAllString(s[1], " "), today)
		})
	add(`(?:jaar |boekjaar |year )?(20[0-4]\d)`, func(s []string, _ analysis.Day) Period { return yearOf(number(s[1])) })
	return ds
})

// saying is what a text has that a dating may need, so that most are not tried.
type saying uint8

const (
	saysSince saying = 1 << iota
	saysLast
	saysMonth
	saysSeason
	saysQuarter
	saysYear
)

// needed reads off a pattern what it needs.
func needed(pattern string) (needs saying) {
	for _, p := range []struct {
		part  string
		needs saying
	}{{sincePattern, saysSince}, {`(?:` + lastPattern, saysLast}, {monthPattern, saysMonth}, {seasonPattern, saysSeason}, {`kwartaal |quarter )`, saysQuarter}, {`(20[0-4]\d)`, saysYear}, {`(20\d\d)`, saysYear}} {
		if strings.Contains(pattern, p.part) {
			needs |= p.needs
		}
	}
	return needs
}

// sayings are the words by which a text has it.
var sayings = sync.OnceValue(func() map[string]saying {
	all := map[string]saying{}
	for words, has := range map[string]saying{"sinds|vanaf|sedert|since|as": saysSince, lastPattern: saysLast, monthPattern: saysMonth, seasonPattern: saysSeason, "kw|kwartaal|quarter": saysQuarter} {
		for w := range strings.SplitSeq(words, "|") {
			all[w] |= has
		}
	}
	return all
})

// says is what words have.
func says(words []word) (all saying) {
	for _, w := range words {
		all |= sayings()[w.plain]
		if strings.HasPrefix(w.plain, "20") && len(w.plain) == 4 {
			all |= saysYear
		}
		if len(w.plain) == 2 && w.plain[0] == 'q' {
			all |= saysQuarter
		}
	}
	return all
}

// periods takes the first period out of words.
func periods(words []word, today analysis.Day) (Period, []int) {
	if !slices.ContainsFunc(words, dates) {
		return Period{}, nil
	}
	text, starts := joined(words)
	said := says(words)
	for _, d := range datings() {
		if d.needs&^said != 0 {
			continue
		}
		at := d.pattern.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		groups := make([]string, len(at)/2)
		for i := range groups {
			if at[2*i] >= 0 {
				groups[i] = text[at[2*i]:at[2*i+1]]
			}
		}
		p := d.period(groups, today)
		if !p.Known() || p.To < p.From {
			continue
		}
		var taken []int
		for i, start := range starts {
			if start >= at[0] && start < at[1] && strings.TrimSpace(text[start:at[1]]) != "" {
				taken = append(taken, i)
			}
		}
		// A month is a word too: "May" may be somebody and "mei" is not asked about alone.
		for _, i := range taken {
			words[i].slot = true
		}
		return p, taken
	}
	return Period{}, nil
}

// dates says whether w can be of a period: a figure, a unit, a month, "gisteren".
func dates(w word) bool {
	return !w.slot && (strings.ContainsAny(w.plain, "0123456789") || unitDays[w.plain] > 0 || dateWords[w.plain] ||
		slices.Contains([]string{"ytd", "to", "tot", "fall", "halfjaar", "kalenderjaar", "boekjaar", "weekly"}, w.plain))
}

// mayIsMonth says whether the "may" at i is a month: "since May", and not "may I".
func mayIsMonth(words []word, i int) bool {
	if i+1 < len(words) && slices.Contains([]string{"i", "we", "you", "it", "he", "she", "they", "not", "be", "have"}, words[i+1].plain) {
		return false
	}
	before := i > 0 && slices.Contains([]string{"in", "since", "of", "last", "this", "from", "until", "till", "during", "for", "to", "and", "between", "through"}, words[i-1].plain)
	return before || i+1 < len(words) && (number(words[i+1].plain) > 0 || words[i+1].plain == "to")
}

// joined writes the words that fill no slot in a row, with where each begins.
func joined(words []word) (string, []int) {
	var b strings.Builder
	starts := make([]int, len(words))
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		starts[i] = b.Len()
		if w.slot || w.plain == "may" && !mayIsMonth(words, i) {
			b.WriteByte('#')
			continue
		}
		b.WriteString(w.plain)
	}
	return b.String(), starts
}
