package attention

import (
	"time"

	"klantbot/analysis"
)

// Period is one of the parts a year is cut into, both days inclusive.
type Period struct{ From, To analysis.Day }

// Days is how long p is.
func (p Period) Days() int { return int(p.To-p.From) + 1 }

// Contains reports whether d is in p.
func (p Period) Contains(d analysis.Day) bool { return p.From <= d && d <= p.To }

// PeriodOf returns the period that d is in when a year is cut into times parts,
// 1..52. Where whole months come out (1, 2, 3, 4, 6, 12) they are those of the
// calendar; else part i of a year of n days begins on day floor(i*n/times).
func PeriodOf(times int, d analysis.Day) Period {
	year, month, _ := d.Time().Date()
	if 12%times == 0 {
		length := 12 / times
		first := (int(month)-1)/length*length + 1
		return Period{analysis.Date(year, time.Month(first), 1), analysis.Date(year, time.Month(first+length), 1) - 1}
	}
	first := analysis.Date(year, 1, 1)
	days := int(analysis.Date(year+1, 1, 1) - first)
	i := (int(d-first)*times + times - 1) / days
	for i*days/times > int(d-first) {
		i--
	}
	for (i+1)*days/times <= int(d-first) {
		i++
	}
	return Period{first + analysis.Day(i*days/times), first + analysis.Day((i+1)*days/times) - 1}
}

// next returns the period after p.
func (p Period) next(times int) Period { return PeriodOf(times, p.To+1) }

// previous returns the period before p.
func (p Period) previous(times int) Period { return PeriodOf(times, p.From-1) }
