package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"

	"klantbot/analysis"
)

// AddTouch fulfils storage.TouchTx. The row is first a moment with a number of
// its own below zero, since nobody can say which id it will get.
func (t tx) AddTouch(ctx context.Context, m analysis.Touch) (analysis.TouchID, bool, error) {
	const insert = `
		INSERT INTO touch (touch_id, version, group_id, client_id, contact_id, kind, day, by_user, manager_id, note, next_step,
			next_day, source, link, asked, author, at)
		VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
		ON CONFLICT (group_id, asked) WHERE asked <> '' AND newest = 1 AND removed = 0 DO NOTHING
		RETURNING id`
	const number = `UPDATE touch SET touch_id = id WHERE id = ?1`
	const answered = `SELECT touch_id FROM touch WHERE group_id = ?1 AND asked = ?2 AND newest = 1 AND removed = 0`
	if m.Kind.Place() < 0 || !m.Day.Known() {
		return 0, false, analysis.Fail(analysis.Invalid, "storage.touch.kind", nil)
	}
	group, err := t.wholeGroup(ctx, m.Group)
	if err != nil {
		return 0, false, err
	}
	if err := t.together(ctx, group, m.Client, m.Contact); err != nil {
		return 0, false, err
	}
	var id analysis.TouchID
	err = t.row(ctx, insert, -1-rand.Int64N(1<<62), group, m.Client, m.Contact, m.Kind, m.Day, m.By, m.Manager, m.Note, m.Next,
		known(m.NextDay.Known(), int64(m.NextDay)), m.Source, m.Link, m.Asked, m.Author, milliseconds(m.At)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = t.row(ctx, answered, group, m.Asked).Scan(&id)
		return id, false, doing("read the moment that answered", err)
	}
	if err != nil {
		return 0, false, fmt.Errorf("add moment: %w", err)
	}
	if _, err := t.exec(ctx, number, id); err != nil {
		return 0, false, fmt.Errorf("number moment: %w", err)
	}
	return id, true, nil
}

// together refuses a client that is not of the group and a contact person that
// is not of one of its clients; 0 is nobody.
func (t tx) together(ctx context.Context, group analysis.GroupID, client analysis.ClientID, contact analysis.ContactID) error {
	const clients = `SELECT COUNT(*) FROM client WHERE id = ?1 AND group_id = ?2`
	const contacts = `SELECT COUNT(*) FROM contact p JOIN client c ON c.id = p.client_id WHERE p.id = ?1 AND c.group_id = ?2`
	for _, who := range []struct {
		count string
		id    int64
		key   string
	}{
		{clients, int64(client), "storage.client.not_found"}, {contacts, int64(contact), "storage.contact.not_found"},
	} {
		var n int
		if who.id == 0 {
			continue
		}
		if err := t.row(ctx, who.count, who.id, group).Scan(&n); err != nil {
			return fmt.Errorf("look for whom a moment was with: %w", err)
		}
		if n == 0 {
			return analysis.Fail(analysis.NotFound, who.key, nil)
		}
	}
	return nil
}

// ReviseTouch fulfils storage.TouchTx. Of two at once on PostgreSQL the second
// waits for the first, and then finds no row that is still the newest.
func (t tx) ReviseTouch(ctx context.Context, m analysis.Touch) error {
	const replace = `UPDATE touch SET newest = 0 WHERE touch_id = ?1 AND version = ?2 AND newest = 1`
	const there = `SELECT COUNT(*) FROM touch WHERE touch_id = ?1`
	const insert = `
		INSERT INTO touch (touch_id, version, removed, group_id, client_id, contact_id, kind, day, by_user, manager_id, note, next_step,
			next_day, source, link, asked, author, at, import_id)
		SELECT touch_id, version + 1, CAST(?3 AS BIGINT), group_id, CAST(?4 AS BIGINT), CAST(?5 AS BIGINT), CAST(?6 AS TEXT),
			CAST(?7 AS BIGINT), CAST(?8 AS TEXT), CAST(?9 AS BIGINT), CAST(?10 AS TEXT), CAST(?11 AS TEXT), CAST(?12 AS BIGINT),
			source, link, asked, CAST(?13 AS TEXT), CAST(?14 AS BIGINT), import_id
		FROM touch WHERE touch_id = ?1 AND version = ?2
		ON CONFLICT DO NOTHING`
	if m.Kind.Place() < 0 || !m.Day.Known() {
		return analysis.Fail(analysis.Invalid, "storage.touch.kind", nil)
	}
	replaced, err := t.exec(ctx, replace, m.ID, m.Version)
	if err != nil {
		return fmt.Errorf("revise moment: %w", err)
	}
	if replaced == 0 {
		var versions int
		if err := t.row(ctx, there, m.ID).Scan(&versions); err != nil {
			return fmt.Errorf("look for moment: %w", err)
		}
		if versions == 0 {
			return analysis.Fail(analysis.NotFound, "storage.touch.not_found", nil)
		}
		return analysis.Fail(analysis.Invalid, "storage.touch.changed", nil)
	}
	added, err := t.exec(ctx, insert, m.ID, m.Version, bit(m.Removed), m.Client, m.Contact, m.Kind, m.Day, m.By, m.Manager,
		m.Note, m.Next, known(m.NextDay.Known(), int64(m.NextDay)), m.Author, milliseconds(m.At))
	if err == nil && added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.touch.answered", nil) // by another moment since
	}
	return doing("write version of moment", err)
}
