package sqlstore

import (
	"context"

	"klantbot/analysis"
)

// costMonths is how far back from the day asked for the cost of a group goes.
const costMonths = 24

// historyMember is what addMembers reads of one client. Its types are those that
// database/sql fills without an allocation.
type historyMember struct {
	group                    int64
	number, name, referrer   string
	kind, sbi, stage, status string
	audit                    string
	fte                      float64
	balance, elsewhere       int64
	since, until             int64
}

// addMembers adds what the clients of a group are, in the order of their
// numbers.
func (r *historyReader) addMembers(ctx context.Context, page []analysis.GroupHistory) error {
	const members = `
		SELECT c.group_id, c.number, c.name, c.referrer, c.kind, c.sbi, c.stage, c.status, COALESCE(c.audit, ''), COALESCE(c.fte, -1),
			COALESCE(c.balance, -1), COALESCE(c.elsewhere, -1), COALESCE(c.since, -2147483648), COALESCE(c.until, -2147483648)
		FROM client c
		WHERE c.group_id BETWEEN ?1 AND ?2
		ORDER BY c.group_id, c.number`
	at := 0
	var m historyMember
	var named namedBy
	err := each(ctx, r.e, members, func(row scanner) error {
		err := row.Scan(&m.group, &m.number, &m.name, &m.referrer, &m.kind, &m.sbi, &m.stage, &m.status, &m.audit, &m.fte,
			&m.balance, &m.elsewhere, &m.since, &m.until)
		if err != nil {
			return err
		}
		to := along(page, at, analysis.GroupID(m.group))
		if to > at {
			page[at].Referred = r.referrals.of(&named)
			at = to
		}
		if at < len(page) && page[at].ID == analysis.GroupID(m.group) {
			m.joins(&page[at], r.asOf)
			r.referrals.note(&named, &m)
		}
		return nil
	}, page[0].ID, page[len(page)-1].ID)
	if err == nil && at < len(page) {
		page[at].Referred = r.referrals.of(&named)
	}
	return err
}

// joins adds m to what is known of its group from members with lower numbers.
func (m *historyMember) joins(h *analysis.GroupHistory, asOf analysis.Day) {
	h.Members++
	for _, first := range []struct {
		known *string
		own   string
	}{{&h.Kind, m.kind}, {&h.SBI, m.sbi}, {&h.Stage, m.stage}} {
		if *first.known == "" {
			*first.known = first.own
		}
	}
	h.Audit = h.Audit || analysis.Audit(m.audit) == analysis.Audited
	h.FTE = together(h.FTE, m.fte)
	h.Balance = together(h.Balance, analysis.Cents(m.balance))
	h.Elsewhere = together(h.Elsewhere, analysis.Cents(m.elsewhere))
	if status := analysis.ClientStatus(m.status); h.Members == 1 || closer(status, h.Status) {
		h.Status = status
	}
	if since := analysis.Day(m.since); since.Known() && (!h.Since.Known() || since < h.Since) {
		h.Since = since
	}
	until := analysis.Day(m.until)
	switch left := until.Known() && until <= asOf; {
	case !left:
		h.Until = analysis.NoDay
	case h.Members == 1 || h.Until.Known():
		h.Until = max(h.Until, until)
	}
}

// together adds what is known; negative is unknown.
func together[T ~int64 | ~float64](sum, one T) T {
	switch {
	case one < 0:
		return sum
	case sum < 0:
		return one
	}
	return sum + one
}

// closer reports whether a client of status a is closer to the office than one
// of status b.
func closer(a, b analysis.ClientStatus) bool {
	return a == analysis.Current && b != analysis.Current || a == analysis.Prospect && b == analysis.Former
}

// addContacts counts contact persons.
func (r *historyReader) addContacts(ctx context.Context, page []analysis.GroupHistory) error {
	const contacts = `
		SELECT c.group_id, COUNT(*)
		FROM client c
		JOIN contact p ON p.client_id = c.id
		WHERE c.group_id BETWEEN ?1 AND ?2
		GROUP BY c.group_id
		ORDER BY c.group_id`
	at := 0
	return each(ctx, r.e, contacts, func(row scanner) error {
		var group analysis.GroupID
		var n int
		if err := row.Scan(&group, &n); err != nil {
			return err
		}
		if at = along(page, at, group); at < len(page) && page[at].ID == group {
			page[at].Contacts = n
		}
		return nil
	}, page[0].ID, page[len(page)-1].ID)
}

// addCost adds up what work cost.
func (r *historyReader) addCost(ctx context.Context, page []analysis.GroupHistory) error {
	const cost = `
		SELECT c.group_id, CAST(SUM(h.cents) AS BIGINT)
		FROM client c
		JOIN hours h ON h.client_id = c.id
		WHERE c.group_id BETWEEN ?1 AND ?2 AND h.day > ?3 AND h.day <= ?4
		GROUP BY c.group_id
		ORDER BY c.group_id`
	at := 0
	return each(ctx, r.e, cost, func(row scanner) error {
		var group analysis.GroupID
		var cents analysis.Cents
		if err := row.Scan(&group, &cents); err != nil {
			return err
		}
		if at = along(page, at, group); at < len(page) && page[at].ID == group {
			page[at].Cost, page[at].CostKnown = cents, true
		}
		return nil
	}, page[0].ID, page[len(page)-1].ID, int64(r.asOf.AddMonths(-costMonths)), int64(r.asOf))
}
