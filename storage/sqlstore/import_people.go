package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
)

// people are the managers and partners of the office, by e-mail.
type people struct {
	a      *applying
	emails map[string]*analysis.Manager
}

// newPeople reads them.
func newPeople(ctx context.Context, a *applying) (*people, error) {
	const all = `SELECT id, name, email FROM manager`
	p := &people{a: a, emails: map[string]*analysis.Manager{}}
	err := each(ctx, a.e, all, func(row scanner) error {
		var m analysis.Manager
		err := row.Scan(&m.ID, &m.Name, &m.Email)
		p.emails[m.Email] = &m
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	return p, nil
}

// id returns who has email, creating them when nobody has, and 0 for an empty
// email. A name that is not known yet is learned; one that is stays, since two
// rows of a list may well write it in two ways.
func (p *people) id(ctx context.Context, email, name string) (analysis.ManagerID, error) {
	const (
		insert = `INSERT INTO manager (id, name, email) VALUES (?1, ?2, ?3)`
		learn  = `UPDATE manager SET name = ?2 WHERE id = ?1`
	)
	if email == "" {
		return 0, nil
	}
	m := p.emails[email]
	if m == nil {
		m = &analysis.Manager{ID: analysis.ManagerID(p.a.given["manager"].next()), Name: name, Email: email}
		p.emails[email] = m
		if _, err := p.a.e.exec(ctx, insert, m.ID, name, email); err != nil {
			return 0, fmt.Errorf("insert manager: %w", err)
		}
		return m.ID, p.a.images.created(ctx, "manager", int64(m.ID))
	}
	if m.Name == "" && name != "" {
		if err := p.a.images.keep(ctx, "manager", int64(m.ID)); err != nil {
			return 0, err
		}
		if _, err := p.a.e.exec(ctx, learn, m.ID, name); err != nil {
			return 0, fmt.Errorf("update manager: %w", err)
		}
		m.Name = name
	}
	return m.ID, nil
}
