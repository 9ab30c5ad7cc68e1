package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"klantbot/analysis"
)

// clientColumns are read by scanClient, in this order. What is NULL becomes
// what analysis.Client says for unknown.
const clientColumns = `
	c.id, c.group_id, c.number, c.debtor, c.name, c.kvk, c.vat, c.email, c.kind, c.sbi, c.stage, c.status,
	COALESCE(c.fte, -1), COALESCE(c.balance, -1), COALESCE(c.since, -2147483648), COALESCE(c.until, -2147483648),
	c.market, c.referrer, COALESCE(c.elsewhere, -1), c.manager_id, c.partner_id, COALESCE(c.audit, '')`

func scanClient(row scanner) (analysis.Client, error) {
	var c analysis.Client
	err := row.Scan(&c.ID, &c.Group, &c.Number, &c.Debtor, &c.Name, &c.KVK, &c.VAT, &c.Email, &c.Kind, &c.SBI,
		&c.Stage, &c.Status, &c.FTE, &c.Balance, &c.Since, &c.Until, &c.Market, &c.Referrer, &c.Elsewhere,
		&c.Manager, &c.Partner, &c.Audit)
	return c, err
}

// Client fulfils storage.Clients.
func (db *DB) Client(ctx context.Context, id analysis.ClientID) (analysis.Client, error) {
	const one = `SELECT ` + clientColumns + ` FROM client c WHERE c.id = ?1`
	c, err := scanClient(db.reader().row(ctx, one, id))
	if err == nil {
		var unseen bool
		if unseen, err = db.reader().unseen(ctx, c.Group); unseen {
			c, err = analysis.Client{}, sql.ErrNoRows
		}
	}
	return c, absent(err, "read client", "storage.client.not_found")
}

// wholeGroup is the id of the group that group ?1 is part of: itself, or what
// it was merged into.
const wholeGroup = `(SELECT COALESCE(merged_into, id) FROM client_group WHERE id = ?1)`

// groupColumns are read by scanGroup, in this order.
const groupColumns = `g.id, g.number, g.name, g.manager_id, g.partner_id`

func scanGroup(row scanner) (analysis.Group, error) {
	var g analysis.Group
	err := row.Scan(&g.ID, &g.Number, &g.Name, &g.Manager, &g.Partner)
	return g, err
}

// Group fulfils storage.Clients.
func (db *DB) Group(ctx context.Context, id analysis.GroupID) (analysis.Group, error) {
	const one = `SELECT ` + groupColumns + ` FROM client_group g WHERE g.id = ` + wholeGroup
	g, err := scanGroup(db.reader().row(ctx, one, id))
	if err == nil {
		var unseen bool
		if unseen, err = db.reader().unseen(ctx, g.ID); unseen {
			g, err = analysis.Group{}, sql.ErrNoRows
		}
	}
	return g, absent(err, "read group", "storage.group.not_found")
}

// Members fulfils storage.Clients.
func (db *DB) Members(ctx context.Context, id analysis.GroupID) ([]analysis.Client, error) {
	const members = `SELECT ` + clientColumns + ` FROM client c WHERE c.group_id = ` + wholeGroup + ` ORDER BY c.number`
	if unseen, err := db.reader().unseen(ctx, id); unseen || err != nil {
		return nil, err
	}
	rows, err := db.reader().query(ctx, members, id)
	clients, err := collect(rows, err, scanClient)
	return clients, doing("read members", err)
}

// Contacts fulfils storage.Clients.
func (db *DB) Contacts(ctx context.Context, id analysis.GroupID) ([]analysis.Contact, error) {
	const contacts = `
		SELECT p.id, p.client_id, p.name, p.role, p.email, p.phone
		FROM contact p
		JOIN client c ON c.id = p.client_id
		WHERE c.group_id = ` + wholeGroup + `
		ORDER BY p.name, p.id`
	if unseen, err := db.reader().unseen(ctx, id); unseen || err != nil {
		return nil, err
	}
	rows, err := db.reader().query(ctx, contacts, id)
	people, err := collect(rows, err, func(row scanner) (analysis.Contact, error) {
		var p analysis.Contact
		err := row.Scan(&p.ID, &p.Client, &p.Name, &p.Role, &p.Email, &p.Phone)
		return p, err
	})
	return people, doing("read contacts", err)
}

// ClientsOf fulfils storage.Clients.
func (db *DB) ClientsOf(ctx context.Context, ids []analysis.ClientID) ([]analysis.Client, error) {
	const listed = `
		SELECT ` + clientColumns + `
		FROM client c
		WHERE c.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1))`
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.reader().query(ctx, listed, list(ids))
	found, err := collect(rows, err, scanClient)
	if err == nil {
		found, err = shown(ctx, db.reader(), found, func(c analysis.Client) analysis.GroupID { return c.Group })
	}
	if err != nil {
		return nil, fmt.Errorf("read clients: %w", err)
	}
	byID := make(map[analysis.ClientID]analysis.Client, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	clients := make([]analysis.Client, 0, len(found))
	for _, id := range ids {
		if c, ok := byID[id]; ok {
			clients = append(clients, c)
		}
	}
	return clients, nil
}

// list writes ids as the JSON array that statements read with json_each.
func list[ID ~int64](ids []ID) string {
	b, err := json.Marshal(ids)
	if err != nil {
		panic(err) // integers always marshal
	}
	return string(b)
}
