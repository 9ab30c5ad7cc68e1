package sqlstore

import (
	"context"
	"strings"

	"klantbot/analysis"
)

func scanManager(row scanner) (analysis.Manager, error) {
	var m analysis.Manager
	err := row.Scan(&m.ID, &m.Name, &m.Email, &m.User)
	return m, err
}

// Manager fulfils storage.Managers.
func (db *DB) Manager(ctx context.Context, id analysis.ManagerID) (analysis.Manager, error) {
	const one = `SELECT id, name, email, user_id FROM manager WHERE id = ?1`
	m, err := scanManager(db.reader().row(ctx, one, id))
	return m, absent(err, "read manager", "storage.manager.not_found")
}

// ManagerByEmail fulfils storage.Managers.
func (db *DB) ManagerByEmail(ctx context.Context, email string) (analysis.Manager, error) {
	const one = `SELECT id, name, email, user_id FROM manager WHERE email = ?1`
	m, err := scanManager(db.reader().row(ctx, one, strings.ToLower(email)))
	return m, absent(err, "read manager", "storage.manager.not_found")
}

// AllManagers fulfils storage.Managers.
func (db *DB) AllManagers(ctx context.Context) ([]analysis.Manager, error) {
	const all = `SELECT id, name, email, user_id FROM manager ORDER BY id`
	rows, err := db.reader().query(ctx, all)
	managers, err := collect(rows, err, scanManager)
	return managers, doing("read managers", err)
}

// AnswersForClients fulfils storage.Managers.
func (db *DB) AnswersForClients(ctx context.Context, id analysis.ManagerID) (bool, error) {
	const any = `
		SELECT EXISTS (
			SELECT 1 FROM client_group WHERE partner_id = ?1 AND partner_id <> 0 AND merged_into IS NULL
		)`
	var answers bool
	err := db.reader().row(ctx, any, id).Scan(&answers)
	return answers, doing("read partner", err)
}
