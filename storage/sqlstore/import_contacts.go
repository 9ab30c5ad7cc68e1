package sqlstore

import (
	"cmp"
	"context"
	"strings"

	"klantbot/analysis"
)

// contact adds or completes the contact person of row c at the client at hand
// and reports whether anything changed. What an earlier row of the same file
// said about somebody stays: else two rows that differ would change each other
// at every import.
func (t *clientTaker) contact(ctx context.Context, c *analysis.StagedClient) (bool, error) {
	id, changed, err := t.person(ctx, c)
	if err != nil || id == 0 || !c.Objects {
		return changed, err
	}
	objected, err := t.a.object(ctx, id)
	return changed || objected, err
}

// object writes down that contact person id objects to profiling, and reports whether
// that was not known. It stays where the import is taken out again, and no file takes it
// back: that is said by whoever answers for the client.
func (a *applying) object(ctx context.Context, id analysis.ContactID) (bool, error) {
	const insert = `
		INSERT INTO objection (contact_id, version, stands, by_user, at)
		SELECT CAST(?1 AS BIGINT), COALESCE(MAX(version), 0) + 1, 1, CAST(?2 AS TEXT), CAST(?3 AS BIGINT) FROM objection
		WHERE contact_id = ?1
		HAVING COALESCE(MAX(version * 2 + stands), 0) % 2 = 0`
	n, err := a.e.exec(ctx, insert, int64(id), a.s.options.By, milliseconds(a.s.options.At))
	return n > 0, doing("record an objection", err)
}

// person is contact, with whom it was about: 0 where the row names nobody.
func (t *clientTaker) person(ctx context.Context, c *analysis.StagedClient) (analysis.ContactID, bool, error) {
	now := analysis.Contact{Client: t.id, Name: cmp.Or(c.ContactName, c.ContactEmail), Role: c.ContactRole,
		Email: c.ContactEmail, Phone: c.ContactPhone}
	if now.Name == "" {
		return 0, false, nil
	}
	at := t.find(now)
	if at < 0 {
		now.ID = analysis.ContactID(t.a.given["contact"].next())
		t.contacts = append(t.contacts, now)
		t.said[now.ID] = true
		return now.ID, true, t.a.clients.contacts.add(ctx, contactValues(&now, t.a.id, int64(now.ID))...)
	}
	was := t.contacts[at]
	now.ID = was.ID
	if t.said[was.ID] {
		now.Name, now.Role = was.Name, cmp.Or(was.Role, now.Role)
		now.Email, now.Phone = cmp.Or(was.Email, now.Email), cmp.Or(was.Phone, now.Phone)
	} else {
		now.Role, now.Email, now.Phone = cmp.Or(now.Role, was.Role), cmp.Or(now.Email, was.Email), cmp.Or(now.Phone, was.Phone)
		if c.ContactName == "" || !t.free(now.Name, at) {
			now.Name = was.Name
		}
	}
	t.said[was.ID] = true
	if now == was {
		return was.ID, false, nil
	}
	t.contacts[at] = now
	return was.ID, true, t.a.clients.updateContact(ctx, &now)
}

// find returns the place of p among the contact persons, or -1: by name, else
// by an e-mail address that one alone has. Colleagues often share a mailbox, so
// whom this file already named is not taken for somebody of another name.
func (t *clientTaker) find(p analysis.Contact) int {
	byEmail, n := -1, 0
	for i, q := range t.contacts {
		if strings.EqualFold(p.Name, q.Name) {
			return i
		}
		if p.Email != "" && strings.EqualFold(p.Email, q.Email) {
			byEmail, n = i, n+1
		}
	}
	if n != 1 || t.said[t.contacts[byEmail].ID] {
		return -1
	}
	return byEmail
}

// free reports whether no other contact person than the one at place at has
// name.
func (t *clientTaker) free(name string, at int) bool {
	for i, q := range t.contacts {
		if i != at && q.Name == name {
			return false
		}
	}
	return true
}

// contactValues returns id, where given, and the columns of a contact person.
func contactValues(p *analysis.Contact, importID int64, id ...int64) []any {
	row := make([]any, 0, 7)
	for _, v := range id {
		row = append(row, v)
	}
	return append(row, int64(p.Client), p.Name, p.Role, p.Email, p.Phone, importID)
}

// updateContact writes the changed contact person p, keeping what they were.
func (r *clientRows) updateContact(ctx context.Context, p *analysis.Contact) error {
	if err := r.contacts.flush(ctx); err != nil { // p may be new in this import
		return err
	}
	if err := r.a.images.keep(ctx, "contact", int64(p.ID)); err != nil {
		return err
	}
	_, err := r.a.e.exec(ctx, updateByID("contact"), append(contactValues(p, r.a.id), int64(p.ID))...)
	return doing("update contact", err)
}
