package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

var _ storage.Invoiced = (*DB)(nil)

// Invoiced fulfils storage.Invoiced: the lines of the groups and nothing else of
// them, in one query.
func (db *DB) Invoiced(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]storage.GroupMonths, error) {
	// CROSS JOIN: the groups first, or SQLite may go through all lines.
	const lines = `
		SELECT c.group_id, l.day, l.service_id, l.cents
		FROM (SELECT CAST(value AS BIGINT) AS id FROM json_each(?1)) w
		CROSS JOIN client c
		CROSS JOIN invoice_line l
		WHERE c.group_id = w.id AND l.client_id = c.id AND l.day <= ?2`
	ids, err := json.Marshal(append([]analysis.GroupID{}, groups...))
	if err != nil {
		return nil, fmt.Errorf("write groups: %w", err)
	}
	var id, day, service, cents int64 // plain: database/sql makes an allocation for each of our own types
	m := monthly{at: make(map[int64]int, len(groups)), months: make([]analysis.MonthRevenue, 0, 8*len(groups))}
	err = each(ctx, db.reader(), lines, func(row scanner) error {
		err := row.Scan(&id, &day, &service, &cents)
		if err == nil {
			m.add(id, day, analysis.MonthRevenue{Service: analysis.ServiceID(service), Amount: analysis.Cents(cents)})
		}
		return err
	}, string(ids), int64(asOf))
	m.end()
	return m.groups, doing("read what was invoiced", err)
}

// monthly adds lines up by group and month as they come, mostly group by group.
type monthly struct {
	groups      []storage.GroupMonths
	at          map[int64]int           // of a group in groups
	group       int64                   // of the line before
	months      []analysis.MonthRevenue // of all groups, in one piece; those of group from begin on
	begin       int
	first, next int64 // of the month of the line before, and of the month after it
}

func (m *monthly) add(group, day int64, line analysis.MonthRevenue) {
	if group != m.group {
		m.end()
		m.group = group
	}
	if day < m.first || day >= m.next {
		m.first = int64(firstOfMonth(analysis.Day(day)))
		m.next = int64(analysis.Day(m.first).AddMonths(1))
	}
	line.Month = analysis.Day(m.first)
	if last := len(m.months) - 1; last >= m.begin && sameMonth(m.months[last], line) {
		m.months[last].Amount += line.Amount
		return
	}
	m.months = append(m.months, line)
}

// end keeps what was added of one group.
func (m *monthly) end() {
	if len(m.months) == m.begin {
		return
	}
	own := m.months[m.begin:len(m.months):len(m.months)]
	if i, seen := m.at[m.group]; seen {
		m.groups[i].Months = append(m.groups[i].Months, own...)
	} else {
		m.at[m.group] = len(m.groups)
		m.groups = append(m.groups, storage.GroupMonths{Group: analysis.GroupID(m.group), Months: own})
	}
	m.begin = len(m.months)
}
