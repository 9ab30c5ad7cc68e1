package value

import (
	"cmp"
	"math"
	"slices"

	"klantbot/analysis"
)

// Yearly is what a group brings in in a year, as it is ranked and shown.
type Yearly struct {
	Amount analysis.Cents
	// Known is false when the group was never invoiced before asOf: the amount
	// is then unknown, not zero.
	Known bool
	// New marks under 24 months of history: the amount is annualised and stays
	// out of growth figures.
	New bool
}

// settled is the share of the previous year's amount from which a service year
// counts as billed. Below it its invoices are probably still to come.
const settled = .5

// YearlyRevenue returns the yearly revenue of a group at asOf, from its whole
// history.
//
// Lines that carry a service year count by that year: per service the last
// finished year that has been billed (to at least half of the year before it),
// else the year before it; nothing when neither has revenue. A client billed in May one year and July the next
// therefore has the same yearly revenue throughout. Other lines count as the
// mean of the last 24 months, in which an invoice that comes once a year counts
// twice wherever in the year it falls. With under 24 months since the first line it is
// annualised from that first month and marked New. Source: DOMAIN.md, "Yearly
// revenue".
func YearlyRevenue(history []analysis.MonthRevenue, asOf analysis.Day) Yearly {
	past := until(history, asOf)
	if len(past) == 0 {
		return Yearly{}
	}
	first := slices.MinFunc(past, func(a, b analysis.MonthRevenue) int { return cmp.Compare(a.Month, b.Month) }).Month
	if months := monthsBetween(first, asOf) + 1; months < 24 {
		return Yearly{Amount: annualised(past, months), Known: true, New: true}
	}
	return Yearly{Amount: byServiceYear(past, asOf) + meanOfTwoYears(past, asOf), Known: true}
}

// until leaves out months after asOf's: an office that looks back does not see
// the future. Where there are none it is history itself, so nobody changes it:
// to copy every history some eight times is most of what an office costs.
func until(history []analysis.MonthRevenue, asOf analysis.Day) []analysis.MonthRevenue {
	later := func(m analysis.MonthRevenue) bool { return m.Month > asOf }
	if !slices.ContainsFunc(history, later) {
		return history
	}
	var past []analysis.MonthRevenue
	for _, m := range history {
		if m.Month <= asOf {
			past = append(past, m)
		}
	}
	return past
}

// annualised scales what months calendar months brought in to twelve.
func annualised(past []analysis.MonthRevenue, months int) analysis.Cents {
	var sum analysis.Cents
	for _, m := range past {
		sum += m.Amount
	}
	return rounded(float64(sum) * 12 / float64(months))
}

func byServiceYear(past []analysis.MonthRevenue, asOf analysis.Day) analysis.Cents {
	last := asOf.Year() - 1
	type pair struct{ last, before analysis.Cents }
	services := map[analysis.ServiceID]pair{}
	for _, m := range past {
		p := services[m.Service]
		switch m.ServiceYear {
		case last:
			p.last += m.Amount
		case last - 1:
			p.before += m.Amount
		default:
			continue
		}
		services[m.Service] = p
	}
	var sum analysis.Cents
	for _, p := range services {
		if float64(p.last) >= settled*float64(p.before) {
			sum += p.last
		} else {
			sum += p.before
		}
	}
	return sum
}

// Once a year is an interval of 9 up to and including 15 months: an invoice that
// comes a season earlier or later than the one before.
const onceAYearLeast, onceAYearMost = 9, 15

// meanOfTwoYears returns what lines without a service year come to in a year: the
// mean of the last 24 months. A service that is invoiced once a year counts as
// the mean of its last two invoices, while the next one is not overdue: it is the
// same mean without the months in which the window holds one invoice, or three.
func meanOfTwoYears(past []analysis.MonthRevenue, asOf analysis.Day) analysis.Cents {
	now := monthOf(asOf)
	from := now.AddMonths(-23)
	var sum analysis.Cents
	for i, m := range past {
		if m.ServiceYear != 0 || seenBefore(past[:i], m.Service) {
			continue
		}
		last, before := lastTwo(past[i:], m.Service)
		if onceAYear(before.Month, last.Month) && monthsBetween(last.Month, now) <= onceAYearMost {
			sum += last.Amount + before.Amount
			continue
		}
		for _, other := range past[i:] {
			if other.ServiceYear == 0 && other.Service == m.Service && other.Month >= from {
				sum += other.Amount
			}
		}
	}
	return rounded(float64(sum) / 2)
}

// seenBefore reports whether past has a line of service without a service year.
func seenBefore(past []analysis.MonthRevenue, service analysis.ServiceID) bool {
	return slices.ContainsFunc(past, func(m analysis.MonthRevenue) bool { return m.ServiceYear == 0 && m.Service == service })
}

// lastTwo sums the last two months in which service was invoiced without a
// service year; where there is but one, before has no known month.
func lastTwo(past []analysis.MonthRevenue, service analysis.ServiceID) (last, before analysis.MonthRevenue) {
	last.Month, before.Month = analysis.NoDay, analysis.NoDay
	for _, m := range past {
		if m.ServiceYear != 0 || m.Service != service {
			continue
		}
		month := monthOf(m.Month)
		switch {
		case !last.Month.Known() || month > last.Month:
			last, before = analysis.MonthRevenue{Month: month, Amount: m.Amount}, last
		case month == last.Month:
			last.Amount += m.Amount
		case !before.Month.Known() || month > before.Month:
			before = analysis.MonthRevenue{Month: month, Amount: m.Amount}
		case month == before.Month:
			before.Amount += m.Amount
		}
	}
	return last, before
}

// onceAYear reports whether two invoice months lie about a year apart.
func onceAYear(before, last analysis.Day) bool {
	if !before.Known() {
		return false
	}
	months := monthsBetween(before, last)
	return months >= onceAYearLeast && months <= onceAYearMost
}

// Trailing returns what was invoiced in the twelve calendar months up to and
// including asOf's (TTM), and in the twelve before those. They are facts to
// show, never to rank on: invoice dates shift.
func Trailing(history []analysis.MonthRevenue, asOf analysis.Day) (ttm, previous analysis.Cents) {
	middle := monthOf(asOf).AddMonths(-11)
	from := middle.AddMonths(-12)
	for _, m := range until(history, asOf) {
		switch {
		case m.Month >= middle:
			ttm += m.Amount
		case m.Month >= from:
			previous += m.Amount
		}
	}
	return ttm, previous
}

// YearRevenue is what was invoiced in one calendar year.
type YearRevenue struct {
	Year   int            `json:"year"`
	Amount analysis.Cents `json:"cents"`
}

// ByYear returns the revenue of every calendar year from the first to asOf's,
// years without an invoice included as zero.
func ByYear(history []analysis.MonthRevenue, asOf analysis.Day) []YearRevenue {
	past := until(history, asOf)
	if len(past) == 0 {
		return nil
	}
	sums := map[int]analysis.Cents{}
	first := asOf.Year()
	for _, m := range past {
		year := m.Month.Year()
		sums[year] += m.Amount
		first = min(first, year)
	}
	years := make([]YearRevenue, 0, asOf.Year()-first+1)
	for year := first; year <= asOf.Year(); year++ {
		years = append(years, YearRevenue{Year: year, Amount: sums[year]})
	}
	return years
}

// Growth returns the relative change of the yearly revenue in a year, and false
// where it says nothing: a new client, nothing a year ago, or a negative base.
func Growth(history []analysis.MonthRevenue, asOf analysis.Day) (float64, bool) {
	now, before := YearlyRevenue(history, asOf), YearlyRevenue(history, asOf.AddMonths(-12))
	if !now.Known || now.New || !before.Known || before.New || before.Amount <= 0 {
		return 0, false
	}
	return float64(now.Amount-before.Amount) / float64(before.Amount), true
}

// Bought returns the services with revenue in the 24 months up to asOf, most
// revenue first.
func Bought(history []analysis.MonthRevenue, asOf analysis.Day) []analysis.ServiceID {
	from := monthOf(asOf).AddMonths(-23)
	sums := map[analysis.ServiceID]analysis.Cents{}
	for _, m := range until(history, asOf) {
		if m.Service != 0 && m.Month >= from {
			sums[m.Service] += m.Amount
		}
	}
	var services []analysis.ServiceID
	for id, sum := range sums {
		if sum > 0 {
			services = append(services, id)
		}
	}
	slices.SortFunc(services, func(a, b analysis.ServiceID) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b))
	})
	return services
}

func monthOf(d analysis.Day) analysis.Day {
	y, m, _ := d.Time().Date()
	return analysis.Date(y, m, 1)
}

func monthsBetween(from, to analysis.Day) int {
	y1, m1, _ := from.Time().Date()
	y2, m2, _ := to.Time().Date()
	return (y2-y1)*12 + int(m2) - int(m1)
}

func rounded(f float64) analysis.Cents { return analysis.Cents(math.Round(f)) }
