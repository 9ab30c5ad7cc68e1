package value

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Departure are the signs that a group may be leaving. Source: DOMAIN.md,
// section 2.12; the limits are our choice.
type Departure struct {
	Stopped []analysis.ServiceID // bought every year until now, most revenue first
	// Drop is by what percentage the revenue fell against the season, 0..100, and
	// 0 where it did not.
	Drop float64
	// Fewer contacts: Before is the mean of the two years before, Contacts the last
	// twelve months.
	Fewer            bool
	Contacts, Before float64
}

// Any reports whether there is a sign at all.
func (d Departure) Any() bool { return len(d.Stopped) > 0 || d.Drop > 0 || d.Fewer }

// Limits of the signs.
const (
	dropLimit    = .25 // of the revenue of the same season
	patience     = 3   // months an invoice may come later than a year before
	steadyMonths = 8   // with an invoice, of twelve, make a client steady
)

// DepartureOf looks for the signs at asOf in the whole history of a group and
// in the days of its contacts, of which the office has a record since recorded
// (NoDay: contacts are not recorded). A group of under two years shows none:
// there is nothing to compare with.
func DepartureOf(history []analysis.MonthRevenue, contacts []analysis.Day, recorded, asOf analysis.Day) Departure {
	past := until(history, asOf)
	d := Departure{Stopped: stopped(past, asOf), Drop: drop(past, asOf)}
	d.fewer(contacts, recorded, asOf)
	return d
}

// monthsBack sums amounts by how many months before asOf's month they fell.
func monthsBack(history []analysis.MonthRevenue, asOf analysis.Day) []analysis.Cents {
	var back []analysis.Cents
	for _, m := range history {
		n := monthsBetween(m.Month, asOf)
		if more := n + 1 - len(back); more > 0 {
			back = append(back, make([]analysis.Cents, more)...)
		}
		back[n] += m.Amount
	}
	return back
}

// sum adds n months from the one from months back.
func sum(back []analysis.Cents, from, n int) (total analysis.Cents) {
	for i := max(0, from); i < min(len(back), from+n); i++ {
		total += back[i]
	}
	return total
}

// stopped returns the services that were invoiced in each of two years and not
// in the fifteen months since: a year, and the patience that a shifted invoice
// asks. The sign fades after a year, when it is history.
func stopped(past []analysis.MonthRevenue, asOf analysis.Day) []analysis.ServiceID {
	const quiet = 12 + patience
	type sums struct {
		service              analysis.ServiceID
		recent, last, before analysis.Cents // of the quiet months, of the year before them and of the one before that
	}
	var bought []sums // few: a map of each of a million groups costs more than looking
	for _, m := range past {
		if m.Service == 0 {
			continue
		}
		i := slices.IndexFunc(bought, func(s sums) bool { return s.service == m.Service })
		if i < 0 {
			i = len(bought)
			bought = append(bought, sums{service: m.Service})
		}
		switch n := monthsBetween(m.Month, asOf); {
		case n < quiet:
			bought[i].recent += m.Amount
		case n < quiet+12:
			bought[i].last += m.Amount
		case n < quiet+24:
			bought[i].before += m.Amount
		}
	}
	var list []Purchase
	for _, s := range bought {
		if s.recent <= 0 && s.last > 0 && s.before > 0 {
			list = append(list, Purchase{Service: s.service, Yearly: s.last})
		}
	}
	slices.SortFunc(list, func(a, b Purchase) int {
		return cmp.Or(cmp.Compare(b.Yearly, a.Yearly), cmp.Compare(a.Service, b.Service))
	})
	services := make([]analysis.ServiceID, 0, len(list))
	for _, p := range list {
		services = append(services, p.Service)
	}
	return services
}

// drop returns by what percentage the revenue fell against the mean of the same
// season in the two years before, and 0 where it fell by less than a quarter or
// cannot be told. Only whole months count.
//
// A steady client, invoiced in most months, is compared over three months, and
// must have been down a month ago too. Others are compared over twelve months,
// and must have been down at each of the last four month ends: a yearly invoice
// that moves from May to July is no drop.
func drop(past []analysis.MonthRevenue, asOf analysis.Day) float64 {
	back := monthsBack(past, asOf)
	span, shifts := 12, patience
	if steady(back, 13) && steady(back, 25) {
		span, shifts = 3, 1
	}
	if len(back) < 1+24+span+shifts {
		return 0
	}
	least := 1.
	for shift := 0; shift <= shifts; shift++ {
		from := 1 + shift // 0 is asOf's own month, which is not over
		now := float64(sum(back, from, span))
		before := (float64(sum(back, from+12, span)) + float64(sum(back, from+24, span))) / 2
		if before <= 0 || now > (1-dropLimit)*before {
			return 0
		}
		least = min(least, 1-max(0, now)/before)
	}
	return 100 * least
}

// steady reports whether most of the twelve months from one have an invoice.
func steady(back []analysis.Cents, from int) bool {
	n := 0
	for i := from; i < min(len(back), from+12); i++ {
		if back[i] > 0 {
			n++
		}
	}
	return n >= steadyMonths
}

// fewer says whether contacts halved, and by two a year at least, against the
// mean of the two years before.
func (d *Departure) fewer(contacts []analysis.Day, recorded, asOf analysis.Day) {
	if !recorded.Known() || recorded > asOf.AddMonths(-36) {
		return
	}
	middle, from := asOf.AddMonths(-12), asOf.AddMonths(-36)
	for _, day := range contacts {
		switch {
		case day > asOf || day <= from:
		case day > middle:
			d.Contacts++
		default:
			d.Before += .5
		}
	}
	d.Fewer = 2*d.Contacts <= d.Before && d.Before-d.Contacts >= 2
}
