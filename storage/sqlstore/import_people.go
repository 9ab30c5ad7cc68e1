package sqlstore

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
)

// people are the managers and partners of the office, by e-mail. A name alone
// finds the one colleague who is called so, in the store or elsewhere in the
// same file; it makes nobody, because without an e-mail address no Slack user,
// right or digest can be found for them.
type people struct {
	a      *applying
	emails map[string]*analysis.Manager
	named  map[string]named // by nameKey
	missed []string         // names that found nobody, as the file writes them
}

// named is who is called something: their e-mail address, and the name as it
// was written beside it. With several it is a question whom it means.
type named struct {
	email, name string
	several     bool
}

// nameKey is how names of colleagues are compared.
func nameKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// nameColleague notes in by that the colleague with email is called name.
func nameColleague(by map[string]named, email, name string) {
	key := nameKey(name)
	if email == "" || key == "" {
		return
	}
	was, known := by[key]
	if !known {
		by[key] = named{email: email, name: name}
	} else if was.email != email {
		was.several = true
		by[key] = was
	}
}

// newPeople reads them.
func newPeople(ctx context.Context, a *applying) (*people, error) {
	const all = `SELECT id, name, email FROM manager`
	p := &people{a: a, emails: map[string]*analysis.Manager{}, named: maps.Clone(a.s.colleagues)}
	err := each(ctx, a.e, all, func(row scanner) error {
		var m analysis.Manager
		err := row.Scan(&m.ID, &m.Name, &m.Email)
		p.emails[m.Email] = &m
		nameColleague(p.named, m.Email, m.Name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	return p, nil
}

// missedAtMost bounds the names in the warning; more are no people.
const missedAtMost = 20

// called returns the one colleague called name, or nothing.
func (p *people) called(name string) (email, written string) {
	key := nameKey(name)
	if key == "" {
		return "", ""
	}
	if who, known := p.named[key]; known && !who.several {
		return who.email, who.name
	}
	same := func(missed string) bool { return nameKey(missed) == key }
	if len(p.missed) < missedAtMost && !slices.ContainsFunc(p.missed, same) {
		p.missed = append(p.missed, name)
	}
	return "", ""
}

// warn says whom the file only names and nobody knows.
func (p *people) warn() {
	if len(p.missed) > 0 {
		p.a.out.Warnings = append(p.a.out.Warnings, analysis.Fail(analysis.Invalid, "import.people_without_email",
			analysis.Args{"names": strings.Join(p.missed, ", ")}))
	}
}

// id returns who has email, creating them when nobody has; without an email it
// is who is called name, and 0 when that is nobody. A name that is not known yet is learned; one that is stays, since two
// rows of a list may well write it in two ways.
func (p *people) id(ctx context.Context, email, name string) (analysis.ManagerID, error) {
	const (
		insert = `INSERT INTO manager (id, name, email) VALUES (?1, ?2, ?3)`
		learn  = `UPDATE manager SET name = ?2 WHERE id = ?1`
	)
	if email == "" {
		email, name = p.called(name)
	}
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
