package sqlstore

import (
	"cmp"
	"context"

	"klantbot/analysis"
)

// MonthRevenue fulfils storage.Revenue. The engine adds up by day and Go by
// month: the engines share no word for the month of a day.
func (db *DB) MonthRevenue(ctx context.Context, id analysis.GroupID) ([]analysis.MonthRevenue, error) {
	const byDay = `
		SELECT l.day, l.service_id, l.service_year, CAST(SUM(l.cents) AS BIGINT)
		FROM client c
		JOIN invoice_line l ON l.client_id = c.id
		WHERE c.group_id = ` + wholeGroup + `
		GROUP BY l.day, l.service_id, l.service_year
		ORDER BY l.day, l.service_id, l.service_year`
	rows, err := db.reader().query(ctx, byDay, id)
	days, err := collect(rows, err, func(row scanner) (analysis.MonthRevenue, error) {
		var m analysis.MonthRevenue
		err := row.Scan(&m.Month, &m.Service, &m.ServiceYear, &m.Amount)
		return m, err
	})
	return byMonth(days), doing("read revenue", err)
}

// byMonth adds up amounts whose Month is still a day; it changes days.
func byMonth(days []analysis.MonthRevenue) []analysis.MonthRevenue {
	for i := range days {
		days[i].Month = firstOfMonth(days[i].Month)
	}
	return addedUp(days)
}

// compareMonths orders by month, service and service year.
func compareMonths(a, b analysis.MonthRevenue) int {
	return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Service, b.Service), cmp.Compare(a.ServiceYear, b.ServiceYear))
}

// Services fulfils storage.Revenue.
func (db *DB) Services(ctx context.Context) ([]analysis.Service, error) {
	const all = `SELECT id, name, forbidden FROM service ORDER BY id`
	rows, err := db.reader().query(ctx, all)
	services, err := collect(rows, err, func(row scanner) (analysis.Service, error) {
		var s analysis.Service
		err := row.Scan(&s.ID, &s.Name, &s.Forbidden)
		return s, err
	})
	return services, doing("read services", err)
}
