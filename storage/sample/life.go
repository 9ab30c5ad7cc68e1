package sample

import (
	"time"

	"klantbot/analysis"
)

// trend is how a group's work develops over the last four years.
type trend uint8

const (
	steady   trend = iota
	rising         // up by an eighth to a quarter a year
	falling        // down by a tenth to a fifth a year
	shedding       // one service stopped in the last two years
)

// life is the history of a relatiegroep with the office. Its members come and
// go together.
type life struct {
	since    analysis.Day // NoDay for prospects
	until    analysis.Day // NoDay: still a client
	trend    trend
	prospect bool
}

// life makes up the history of a group. One in thirty is a prospect (never one
// of several clients); of the others one in four came during the years of the
// office.
func (d dice) life(s Size, several bool) life {
	l := life{since: analysis.NoDay, until: analysis.NoDay}
	if !several && d.chance(aboutProspect, 33) {
		l.prospect = true
		return l
	}
	first := s.first()
	if d.chance(aboutSince, 750) {
		l.since = first - analysis.Day(d.skewed(aboutSinceDay, 30, 30*365))
	} else {
		l.since = s.within(first.Year()+d.below(aboutSinceDay, s.Years), d.of(aboutSinceDay, 1).below(aboutSinceDay, 1000))
	}
	l.until = d.departure(s, l.since)
	switch roll := d.below(aboutTrend, 100); {
	case l.until.Known():
	case roll < 10:
		l.trend = rising
	case roll < 19:
		l.trend = falling
	case roll < 25:
		l.trend = shedding
	}
	return l
}

// How clients leave. In the t-th year after the one in which it came a client
// leaves with odds of leaveWeight in stayWeight+leaveWeight+10(t-1): two in
// thirteen in the first, one in thirty in the sixth, one in a hundred and
// twenty-five in the twenty-fifth. Nobody changes; it is what is left of clients
// whose own yearly odds are spread as Beta(.2, 1.1), when those who leave easily
// have gone.
// Source: Fader & Hardie 2007, equation 5, in tenths.
const (
	leaveWeight = 2
	stayWeight  = 11
)

// departure is the day a client that came on since leaves the office of s;
// NoDay where it is still there. Who left before the years of the office is not
// in it, and nobody leaves in the year it came.
func (d dice) departure(s Size, since analysis.Day) analysis.Day {
	for year := max(s.first().Year(), since.Year()+1); year <= s.AsOf.Year(); year++ {
		t := year - since.Year()
		if d.of(aboutUntil, t).below(aboutUntil, stayWeight+leaveWeight+10*(t-1)) < leaveWeight {
			// Most go when the work for the year before is done.
			return s.within(year, d.between(aboutUntilDay, 600, 999))
		}
	}
	return analysis.NoDay
}

// within is the day at so many thousandths of year, or of what there is of it.
func (s Size) within(year, thousandths int) analysis.Day {
	first := analysis.Date(year, time.January, 1)
	last := min(s.AsOf, analysis.Date(year, time.December, 31))
	return first + analysis.Day(int(last-first)*thousandths/1000)
}

// active reports whether the group is a client on day.
func (l life) active(day analysis.Day) bool {
	return l.since.Known() && l.since <= day && (!l.until.Known() || day <= l.until)
}

// status is what an office's list says of l.
func (l life) status() analysis.ClientStatus {
	switch {
	case l.prospect:
		return analysis.Prospect
	case l.until.Known():
		return analysis.Former
	}
	return analysis.Current
}

// price is what cents of the office's first year become in year: the office's
// own indexation, the client's own growth, and the trend of the last four
// years, compounded in thousandths. Fixed prices are rounded to 2.50 euros.
func (m member) price(s Size, cents int64, year int) int64 {
	own := m.group.between(aboutGrowth, -18, 32)
	haste := 1
	if m.scale > 8<<10 {
		haste = 3 // nothing large grows or shrinks by a quarter a year
	}
	for y := s.first().Year() + 1; y <= year; y++ {
		step := 1000 + indexation(y) + own
		if y > s.AsOf.Year()-4 {
			switch m.life.trend {
			case rising:
				step += m.group.between(aboutPace, 120, 260) / haste
			case falling:
				step -= m.group.between(aboutPace, 120, 220) / haste
			}
		}
		cents = cents * int64(step) / 1000
	}
	return max(250, (cents+125)/250*250)
}

// indexation is by how many thousandths the office raised its prices in year:
// 15 to 60, the same for every client.
func indexation(year int) int { return dice(0).of(aboutCalendar, year).between(aboutFee, 15, 60) }
