package sqlstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

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

// Names fulfils storage.Names: one moment of the database, read in pages by id, ahead of
// who listens, and the contact persons of a page in a query of their own.
func (db *DB) Names(ctx context.Context) iter.Seq2[storage.NameEntry, error] {
	return ahead(ctx, db, "read names", func(ctx context.Context, e executor, send func([]storage.NameEntry) error) error {
		const count = `SELECT COUNT(*) FROM client`
		var among int
		if err := e.row(ctx, count).Scan(&among); err != nil {
			return err
		}
		var pages [3][]storage.NameEntry // one is read, one waits and one is looked at
		for n, after := 0, analysis.ClientID(0); ; n++ {
			into := &pages[n%len(pages)]
			page, err := namesAfter(ctx, e, after, slices.Grow((*into)[:0], min(among, namesPage)))
			if err != nil || len(page) == 0 {
				return err
			}
			for i := range page {
				page[i].Among = among
			}
			if err := send(page); err != nil || len(page) < namesPage {
				return err
			}
			*into, after = page, page[len(page)-1].Client
		}
	})
}

// The columns of a page of Names.
const (
	clientFields  = 8
	contactFields = 3
)

// namesAfter reads the clients whose ids come after after into page, which has the room.
func namesAfter(ctx context.Context, e executor, after analysis.ClientID, page []storage.NameEntry) ([]storage.NameEntry, error) {
	const clients = `
		SELECT COUNT(*), COALESCE(STRING_AGG(CONCAT_WS(?1, id, group_id, name, group_name, number, debtor, kvk, email), ?1), '')
		FROM (
			SELECT c.id, c.group_id, c.name, g.name AS group_name, c.number, c.debtor, c.kvk, c.email
			FROM client c
			JOIN client_group g ON g.id = c.group_id
			WHERE c.id > ?2
			ORDER BY c.id
			LIMIT ?3
		) AS page`
	fields, err := pageOf(ctx, e, clients, clientFields, after, namesPage)
	if err != nil || len(fields) == 0 {
		return nil, err
	}
	const codesMostly = 6 // four of the client, two of contact persons
	codes := make([]string, 0, len(fields)/clientFields*codesMostly)
	for f := range slices.Chunk(fields, clientFields) {
		n := storage.NameEntry{Name: f[2], GroupName: f[3]}
		if n.Client, err = idOf[analysis.ClientID](f[0]); err != nil {
			return nil, err
		}
		if n.Group, err = idOf[analysis.GroupID](f[1]); err != nil {
			return nil, err
		}
		if n.GroupName == n.Name {
			n.GroupName = ""
		}
		from := len(codes)
		for _, code := range f[4:] {
			if code != "" {
				codes = append(codes, code)
			}
		}
		n.Codes = codes[from : len(codes) : from+codesMostly]
		codes = codes[:from+codesMostly]
		page = append(page, n)
	}
	inOrder(page, func(a, b storage.NameEntry) int { return cmp.Compare(a.Client, b.Client) })
	return page, addContacts(ctx, e, page)
}

// addContacts gives the clients of page, which are in order of id, the names
// and e-mail addresses of their contact persons.
func addContacts(ctx context.Context, e executor, page []storage.NameEntry) error {
	const contacts = `
		SELECT COUNT(*), COALESCE(STRING_AGG(CONCAT_WS(?1, client_id, name, email), ?1), '')
		FROM (
			SELECT client_id, name, email
			FROM contact
			WHERE client_id BETWEEN ?2 AND ?3
			ORDER BY client_id, name, email
		) AS page`
	fields, err := pageOf(ctx, e, contacts, contactFields, page[0].Client, page[len(page)-1].Client)
	if err != nil {
		return err
	}
	type person struct {
		client      analysis.ClientID
		name, email string
	}
	people := make([]person, 0, len(fields)/contactFields)
	for f := range slices.Chunk(fields, contactFields) {
		client, err := idOf[analysis.ClientID](f[0])
		if err != nil {
			return err
		}
		people = append(people, person{client, f[1], f[2]})
	}
	inOrder(people, func(a, b person) int {
		return cmp.Or(cmp.Compare(a.client, b.client), cmp.Compare(a.name, b.name), cmp.Compare(a.email, b.email))
	})
	at := 0
	for _, p := range people {
		for page[at].Client < p.client { // ends: the client is in the page, by its foreign key
			at++
		}
		if p.name != "" {
			page[at].Contacts = append(page[at].Contacts, p.name)
		}
		if p.email != "" {
			page[at].Codes = append(page[at].Codes, p.email)
		}
	}
	return nil
}

// fieldMark stands between the fields of a page: no character that people type.
const fieldMark = "\x1f"

// pageOf runs a statement that counts rows and joins their columns, as many as per, with
// what ?1 is, and returns the columns one after another; args begin at ?2. So the engine
// hands over one text and not, value by value, five thousand clients of eleven, which was
// a fifth of a start. Where a column holds the mark itself, which shows in how many there
// are, the statement runs once more with one that nobody could have foreseen. No column
// may be NULL, which would not be joined. Engines promise no order of what they join.
func pageOf(ctx context.Context, e executor, statement string, per int, args ...any) ([]string, error) {
	for _, mark := range []string{fieldMark, fieldMark + rand.Text()} {
		var rows int
		var joined string
		if err := e.row(ctx, statement, append([]any{mark}, args...)...).Scan(&rows, &joined); err != nil || rows == 0 {
			return nil, err
		}
		if fields := strings.Split(joined, mark); len(fields) == rows*per {
			return fields, nil
		}
	}
	return nil, fmt.Errorf("a page has rows that are not of %d columns", per)
}

// idOf reads an id that the engine wrote.
func idOf[T ~int64](written string) (T, error) {
	id, err := strconv.ParseInt(written, 10, 64)
	return T(id), err
}

// inOrder sorts what mostly is in order.
func inOrder[T any](all []T, compare func(a, b T) int) {
	if !slices.IsSortedFunc(all, compare) {
		slices.SortFunc(all, compare)
	}
}
