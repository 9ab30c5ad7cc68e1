package sqlstore

import (
	"context"
	"slices"

	"klantbot/analysis"
)

// addRevenue adds what was invoiced, by month.
func (r *historyReader) addRevenue(ctx context.Context, page []analysis.GroupHistory) error {
	const lines = `
		SELECT c.group_id, l.day, l.service_id, l.service_year, l.cents
		FROM client c
		JOIN invoice_line l ON l.client_id = c.id
		WHERE c.group_id BETWEEN ?1 AND ?2 AND l.day <= ?3
		ORDER BY c.group_id`
	at := 0
	ended := func() {
		page[at].Months = addedUp(r.months)
		r.months = r.months[:0]
	}
	// Plain integers: database/sql makes an allocation for each of our own types.
	var group, day, service, year, cents int64
	err := each(ctx, r.e, lines, func(row scanner) error {
		if err := row.Scan(&group, &day, &service, &year, &cents); err != nil {
			return err
		}
		if to := along(page, at, analysis.GroupID(group)); to > at {
			ended()
			at = to
		}
		if at < len(page) && page[at].ID == analysis.GroupID(group) {
			r.add(analysis.MonthRevenue{Month: firstOfMonth(analysis.Day(day)), Service: analysis.ServiceID(service),
				ServiceYear: int(year), Amount: analysis.Cents(cents)})
		}
		return nil
	}, page[0].ID, page[len(page)-1].ID, int64(r.asOf))
	if err == nil && at < len(page) {
		ended()
	}
	return err
}

// add adds m to the group's revenue; lines of one client come by day and
// service, so that it often belongs with the one before.
func (r *historyReader) add(m analysis.MonthRevenue) {
	if last := len(r.months) - 1; last >= 0 && sameMonth(r.months[last], m) {
		r.months[last].Amount += m.Amount
		return
	}
	r.months = append(r.months, m)
}

func sameMonth(a, b analysis.MonthRevenue) bool {
	return a.Month == b.Month && a.Service == b.Service && a.ServiceYear == b.ServiceYear
}

// addedUp returns a copy of months in their order, equal ones added up; it
// sorts months.
func addedUp(months []analysis.MonthRevenue) []analysis.MonthRevenue {
	if len(months) == 0 {
		return nil
	}
	analysis.Sort(months, compareMonths)
	n := 1
	for _, m := range months[1:] {
		if sameMonth(months[n-1], m) {
			months[n-1].Amount += m.Amount
			continue
		}
		months[n] = m
		n++
	}
	return slices.Clone(months[:n])
}

// firstOfMonth returns the first day of the month of d.
func firstOfMonth(d analysis.Day) analysis.Day {
	_, _, day := d.Time().Date()
	return d - analysis.Day(day-1)
}
