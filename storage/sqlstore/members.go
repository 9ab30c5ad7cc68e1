package sqlstore

import (
	"context"

	"klantbot/analysis"
	"klantbot/storage"
)

// Member fulfils storage.Members.
func (db *DB) Member(ctx context.Context, user analysis.UserID) (storage.Member, error) {
	const one = `SELECT user_id, role, set_by, set_at FROM member WHERE user_id = ?1`
	var m storage.Member
	var at int64
	var roles string
	err := db.reader().row(ctx, one, user).Scan(&m.User, &roles, &m.SetBy, &at)
	m.Roles, m.SetAt = analysis.ParseRoles(roles), instant(at)
	return m, absent(err, "read member", "storage.member.not_found")
}

// SetRoles fulfils storage.Members.
func (db *DB) SetRoles(ctx context.Context, m storage.Member) error {
	const set = `
		INSERT INTO member (user_id, role, set_by, set_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, set_by = excluded.set_by, set_at = excluded.set_at`
	return db.change(ctx, func(e executor) error {
		_, err := e.exec(ctx, set, m.User, m.Roles.String(), m.SetBy, milliseconds(m.SetAt))
		return doing("set roles", err)
	})
}

// Administrators fulfils storage.Members.
func (db *DB) Administrators(ctx context.Context) ([]analysis.UserID, error) {
	const administrators = `SELECT user_id FROM member WHERE ',' || role || ',' LIKE ?1 ORDER BY user_id`
	rows, err := db.reader().query(ctx, administrators, "%,"+string(analysis.Administrator)+",%")
	users, err := collect(rows, err, func(row scanner) (analysis.UserID, error) {
		var u analysis.UserID
		err := row.Scan(&u)
		return u, err
	})
	return users, doing("read administrators", err)
}

// BindTeam fulfils storage.Office.
func (db *DB) BindTeam(ctx context.Context, team analysis.TeamID) error {
	const bind = `UPDATE office SET team_id = ?1 WHERE team_id IN ('', ?1)`
	if team == "" {
		return analysis.Fail(analysis.Invalid, "storage.office.no_team", nil)
	}
	return db.change(ctx, func(e executor) error {
		n, err := e.exec(ctx, bind, team)
		if err == nil && n == 0 {
			return analysis.Fail(analysis.Invalid, "storage.office.other_team", nil)
		}
		return doing("bind team", err)
	})
}

// Appointed fulfils storage.Members.
func (db *DB) Appointed(ctx context.Context) ([]storage.Member, error) {
	const all = `SELECT user_id, role, set_by, set_at FROM member WHERE role <> '' ORDER BY user_id`
	rows, err := db.reader().query(ctx, all)
	members, err := collect(rows, err, func(row scanner) (m storage.Member, err error) {
		var at int64
		var roles string
		err = row.Scan(&m.User, &roles, &m.SetBy, &at)
		m.Roles, m.SetAt = analysis.ParseRoles(roles), instant(at)
		return m, err
	})
	return members, doing("read members", err)
}

// Appoint fulfils storage.MemberTx. The rows of administrators are locked, so that
// two do not take back each other's at once.
func (t tx) Appoint(ctx context.Context, m storage.Member) error {
	const (
		administrators = `SELECT user_id FROM member WHERE ',' || role || ',' LIKE ?1 ORDER BY user_id FOR UPDATE`
		set            = `
			INSERT INTO member (user_id, role, set_by, set_at) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (user_id) DO UPDATE SET role = excluded.role, set_by = excluded.set_by, set_at = excluded.set_at`
	)
	rows, err := t.query(ctx, administrators, "%,"+string(analysis.Administrator)+",%")
	present, err := collect(rows, err, func(row scanner) (u analysis.UserID, err error) { return u, row.Scan(&u) })
	if err != nil {
		return doing("read administrators", err)
	}
	if len(present) == 1 && present[0] == m.User && !m.Roles.Has(analysis.Administrator) {
		return analysis.Fail(analysis.Invalid, "access.last", nil)
	}
	_, err = t.exec(ctx, set, m.User, m.Roles.String(), m.SetBy, milliseconds(m.SetAt))
	return doing("set roles", err)
}
