package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"klantbot/analysis"
	"klantbot/storage"
)

// namesPage is how many clients Names holds at a time.
const namesPage = 1024

// NamesVersion fulfils storage.Names.
func (db *DB) NamesVersion(ctx context.Context) (int64, error) {
	const version = `SELECT names_version FROM office`
	var v int64
	err := db.reader().row(ctx, version).Scan(&v)
	return v, doing("read names version", err)
}

// NamesChannel is where PostgreSQL tells whoever listens that names changed.
const NamesChannel = "klantbot_names"

// HearNames calls changed when names may have changed, as soon as the engine says so,
// until ctx ends. Where the engine says nothing it returns at once: who calls it polls
// NamesVersion as well.
func (db *DB) HearNames(ctx context.Context, changed func()) {
	if db.Listen != nil {
		db.Listen(ctx, changed)
	}
}

// raiseNames says that names may have changed, and makes other transactions
// that would say so wait until this one ends.
func raiseNames(ctx context.Context, e executor) error {
	const (
		raise = `UPDATE office SET names_version = names_version + 1`
		tell  = `NOTIFY ` + NamesChannel // with the commit, and not before
	)
	_, err := e.exec(ctx, raise)
	if err == nil && e.dialect == PostgreSQL {
		_, err = e.exec(ctx, tell)
	}
	return doing("raise names version", err)
}

// errEnough ends the snapshot when nobody listens any more.
var errEnough = errors.New("enough")

// Names fulfils storage.Names: one moment of the database, read in pages by id,
// the contact persons of a page in a query of their own.
func (db *DB) Names(ctx context.Context) iter.Seq2[storage.NameEntry, error] {
	return func(yield func(storage.NameEntry, error) bool) {
		err := db.snapshot(ctx, func(e executor) error {
			const count = `SELECT COUNT(*) FROM client`
			var among int
			if err := e.row(ctx, count).Scan(&among); err != nil {
				return err
			}
			page := make([]storage.NameEntry, 0, namesPage)
			for after := analysis.ClientID(0); ; {
				var err error
				if page, err = namesAfter(ctx, e, after, page[:0]); err != nil {
					return err
				}
				for _, entry := range page {
					entry.Among = among
					if !yield(entry, nil) {
						return errEnough
					}
				}
				if len(page) < namesPage {
					return nil
				}
				after = page[len(page)-1].Client
			}
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(storage.NameEntry{}, fmt.Errorf("read names: %w", err))
		}
	}
}

// namesAfter reads the clients whose ids come after after into page, which has the room.
func namesAfter(ctx context.Context, e executor, after analysis.ClientID, page []storage.NameEntry) ([]storage.NameEntry, error) {
	const clients = `
		SELECT c.id, c.group_id, c.name, g.name, c.number, c.debtor, c.kvk, c.email
		FROM client c
		JOIN client_group g ON g.id = c.group_id
		WHERE c.id > ?1
		ORDER BY c.id
		LIMIT ?2`
	rows, err := e.query(ctx, clients, after, namesPage)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		page = append(page, storage.NameEntry{Codes: make([]string, 4, 6)})
		n := &page[len(page)-1] // in place: an office has many
		if err := rows.Scan(&n.Client, &n.Group, &n.Name, &n.GroupName, &n.Codes[0], &n.Codes[1], &n.Codes[2], &n.Codes[3]); err != nil {
			return nil, err
		}
		if n.GroupName == n.Name {
			n.GroupName = ""
		}
		n.Codes = slices.DeleteFunc(n.Codes, func(code string) bool { return code == "" })
	}
	if err := rows.Err(); err != nil || len(page) == 0 {
		return nil, err
	}
	return page, addContacts(ctx, e, page)
}

// addContacts gives the clients of page, which are in order of id, the names
// and e-mail addresses of their contact persons.
func addContacts(ctx context.Context, e executor, page []storage.NameEntry) error {
	const contacts = `
		SELECT client_id, name, email
		FROM contact
		WHERE client_id BETWEEN ?1 AND ?2
		ORDER BY client_id, name, email`
	rows, err := e.query(ctx, contacts, page[0].Client, page[len(page)-1].Client)
	if err != nil {
		return err
	}
	defer rows.Close()
	at := 0
	for rows.Next() {
		var client analysis.ClientID
		var name, email string
		if err := rows.Scan(&client, &name, &email); err != nil {
			return err
		}
		for page[at].Client < client { // ends: the client is in the page, by its foreign key
			at++
		}
		if name != "" {
			page[at].Contacts = append(page[at].Contacts, name)
		}
		if email != "" {
			page[at].Codes = append(page[at].Codes, email)
		}
	}
	return rows.Err()
}
