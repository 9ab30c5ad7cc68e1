package value

import (
	"slices"

	"klantbot/analysis"
)

// Mandates are the services of an office that come back every year by
// themselves. All others are one-off jobs.
type Mandates map[analysis.ServiceID]bool

// Renewals counts, service by service, how often what was invoiced in a whole
// year was invoiced again in the next one.
type Renewals struct {
	last   int // whole year
	counts map[analysis.ServiceID]renewal
	years  map[analysis.ServiceID]uint64 // of one group; bit 0 is last
}

type renewal struct{ asked, came int }

// fewestRenewals is from how many chances on a service is called yearly.
const fewestRenewals = 5

// NewRenewals counts nothing yet. Only years that are over at asOf are counted.
func NewRenewals(asOf analysis.Day) *Renewals {
	return &Renewals{last: LastWholeYear(asOf), counts: map[analysis.ServiceID]renewal{}, years: map[analysis.ServiceID]uint64{}}
}

// LastWholeYear is the last calendar year that is over at asOf.
func LastWholeYear(asOf analysis.Day) int { return (asOf + 1).Year() - 1 }

// Add counts the history of one group.
func (r *Renewals) Add(history []analysis.MonthRevenue) {
	clear(r.years)
	for _, m := range history {
		if ago := r.last - m.Month.Year(); ago >= 0 && ago < 64 && m.Amount > 0 {
			r.years[m.Service] |= 1 << ago
		}
	}
	for service, years := range r.years {
		c := r.counts[service]
		for ago := 1; years>>ago != 0; ago++ {
			if years>>ago&1 == 1 {
				c.asked++
				c.came += int(years >> (ago - 1) & 1)
			}
		}
		r.counts[service] = c
	}
}

// Mandates returns the services that came back in at least half of the cases.
func (r *Renewals) Mandates() Mandates {
	m := Mandates{}
	for service, c := range r.counts {
		if c.asked >= fewestRenewals && 2*c.came >= c.asked {
			m[service] = true
		}
	}
	return m
}

// Tenure is from when to when a group had yearly mandates.
type Tenure struct {
	First, Last int // calendar years; Last may be the one that is not over
	// Age is how many years the group was a client already in First; negative:
	// unknown, because the office's records begin there.
	Age int
}

// Tenure returns the years in which a group had mandates, up to asOf; false
// where it had none. A year without an invoice between two with one counts as a
// year with one: invoices shift. since and until are the days the group came and
// left, where a list says so; records is the day of the office's first invoice.
func (m Mandates) Tenure(history []analysis.MonthRevenue, since, until, records, asOf analysis.Day) (Tenure, bool) {
	t, found := Tenure{}, false
	for _, line := range history {
		if !m[line.Service] || line.Amount <= 0 || line.Month > asOf {
			continue
		}
		year := line.Month.Year()
		if !found {
			t, found = Tenure{First: year, Last: year}, true
		}
		t.First, t.Last = min(t.First, year), max(t.Last, year)
	}
	if !found {
		return t, false
	}
	if until.Known() && until <= asOf {
		t.Last = max(t.First, min(t.Last, until.Year()))
	}
	// Who is invoiced from the first year of the records on, or from the one after
	// it for work of that first year, may have been a client long before.
	if early := records.Known() && t.First <= records.Year()+1; early {
		switch {
		case since.Known() && since.Year() <= t.First:
			t.Age = t.First - since.Year()
		case t.First == records.Year():
			t.Age = -1
		}
	}
	return t, true
}

// Yearly returns what the mandates of a group bring in in a year at asOf, by the
// rules of YearlyByService.
func (m Mandates) Yearly(group analysis.GroupID, history []analysis.MonthRevenue, asOf analysis.Day) (yearly analysis.Cents) {
	for _, p := range YearlyByService(group, history, asOf) {
		if m[p.Service] {
			yearly += p.Yearly
		}
	}
	return yearly
}

// Job is a month in which one-off work was invoiced to a group.
type Job struct {
	Month  analysis.Day
	Amount analysis.Cents
}

// Jobs returns the one-off work of a group up to asOf, a month at a time, oldest
// first: an invoice in parts is one job.
func (m Mandates) Jobs(history []analysis.MonthRevenue, asOf analysis.Day) []Job {
	var jobs []Job
	for _, line := range history {
		if m[line.Service] || line.Month > asOf {
			continue
		}
		if n := len(jobs); n > 0 && jobs[n-1].Month == line.Month {
			jobs[n-1].Amount += line.Amount
			continue
		}
		jobs = append(jobs, Job{line.Month, line.Amount})
	}
	return slices.DeleteFunc(jobs, func(j Job) bool { return j.Amount <= 0 })
}
