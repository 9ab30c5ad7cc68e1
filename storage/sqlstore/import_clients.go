package sqlstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"klantbot/analysis"
)

// clientBatch is how many staged clients are held against the store at once.
const clientBatch = 256

// takeClients takes over the staged clients, by number.
func (a *applying) takeClients(ctx context.Context) error {
	if a.s.count == 0 {
		return nil
	}
	if err := a.groups.plan(ctx); err != nil {
		return fmt.Errorf("plan relatiegroepen: %w", err)
	}
	t := &clientTaker{a: a, empty: a.given["client"].last == 0}
	batch := make([]analysis.StagedClient, 0, clientBatch)
	for c, err := range a.s.stagedClients() {
		if err != nil {
			return err
		}
		if batch = append(batch, *c); len(batch) == clientBatch {
			if err := t.take(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := t.take(ctx, batch); err != nil {
		return err
	}
	if err := a.clients.flush(ctx); err != nil {
		return err
	}
	a.names = a.names || a.out.Added+a.out.Changed > 0
	a.office.warn()
	return a.groups.settle(ctx)
}

// clientTaker goes through staged clients by number.
type clientTaker struct {
	a     *applying
	empty bool // there were no clients at all, so none is looked for
	known map[string]analysis.Client
	met   map[analysis.ClientID][]analysis.Contact // contact persons of known

	// The client of the row before, which more rows may follow for.
	first    analysis.StagedClient
	refused  bool // first was
	id       analysis.ClientID
	contacts []analysis.Contact
	said     map[analysis.ContactID]bool // of contacts: named by this file
}

// take takes over a batch.
func (t *clientTaker) take(ctx context.Context, batch []analysis.StagedClient) error {
	if err := t.look(ctx, batch); err != nil {
		return err
	}
	for i := range batch {
		c := &batch[i]
		var err error
		if c.Number != "" && c.Number == t.first.Number && !t.refused {
			err = t.again(ctx, c)
		} else {
			err = t.row(ctx, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// look reads the clients of batch that are there, and their contact persons.
func (t *clientTaker) look(ctx context.Context, batch []analysis.StagedClient) error {
	const (
		clients  = `SELECT ` + clientColumns + ` FROM client c WHERE c.number IN (SELECT value FROM json_each(?1))`
		contacts = `SELECT id, client_id, name, role, email, phone FROM contact
			WHERE client_id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1)) ORDER BY id`
	)
	t.known, t.met = map[string]analysis.Client{}, map[analysis.ClientID][]analysis.Contact{}
	if t.empty || len(batch) == 0 {
		return nil
	}
	var numbers []string
	for i := range batch {
		numbers = append(numbers, batch[i].Number)
	}
	asked, err := json.Marshal(slices.Compact(numbers))
	if err != nil {
		return err
	}
	var found []analysis.ClientID
	err = each(ctx, t.a.e, clients, func(row scanner) error {
		c, err := scanClient(row)
		t.known[c.Number] = c
		found = append(found, c.ID)
		return err
	}, string(asked))
	if err != nil || len(found) == 0 {
		return doing("read clients", err)
	}
	err = each(ctx, t.a.e, contacts, func(row scanner) error {
		var p analysis.Contact
		err := row.Scan(&p.ID, &p.Client, &p.Name, &p.Role, &p.Email, &p.Phone)
		t.met[p.Client] = append(t.met[p.Client], p)
		return err
	}, list(found))
	return doing("read contacts", err)
}

// row takes over the first row with a number.
func (t *clientTaker) row(ctx context.Context, c *analysis.StagedClient) error {
	known, there := t.known[c.Number]
	t.first, t.refused = *c, true
	t.contacts, t.said = nil, map[analysis.ContactID]bool{}
	switch {
	case c.Number == "":
		t.a.refuse(c.Line, "import.number_missing", nil)
		return nil
	case !there && t.a.forgotten.has(c.Number):
		t.a.refuse(c.Line, "import.forgotten", analysis.Args{"number": c.Number})
		return nil
	case !there && c.Name == "":
		t.a.refuse(c.Line, "import.name_missing", analysis.Args{"number": c.Number})
		return nil
	}
	t.refused = false
	if t.a.forgotten.has(c.Referrer) {
		c.Referrer = ""
	}
	if !there {
		return t.create(ctx, c)
	}
	t.id, t.contacts = known.ID, t.met[known.ID]
	now := overlay(known, c)
	if err := t.manage(ctx, &now, c); err != nil {
		return err
	}
	var err error
	if now.Group, err = t.a.groups.place(ctx, c, &known); err != nil {
		return err
	}
	if now != known {
		if err := t.a.clients.update(ctx, &now); err != nil {
			return err
		}
		t.a.groups.changed(&known, &now)
	}
	added, err := t.contact(ctx, c)
	t.count(now != known || added)
	return err
}

// create makes the client of a number that is not known.
func (t *clientTaker) create(ctx context.Context, c *analysis.StagedClient) error {
	client := overlay(analysis.Client{Number: c.Number, Status: analysis.Current, FTE: -1, Balance: -1, Elsewhere: -1,
		Since: analysis.NoDay, Until: analysis.NoDay}, c)
	err := t.manage(ctx, &client, c)
	if err != nil {
		return err
	}
	if client.Group, err = t.a.groups.place(ctx, c, nil); err != nil {
		return err
	}
	if client.Group == 0 {
		client.Group, err = t.a.clients.newGroup(ctx, client.Number, client.Name, client.Manager, client.Partner)
		if err != nil {
			return err
		}
	}
	if t.id, err = t.a.clients.insert(ctx, &client); err != nil {
		return err
	}
	t.a.out.Added++
	_, err = t.contact(ctx, c)
	return err
}

// manage gives client the manager and partner that c names.
func (t *clientTaker) manage(ctx context.Context, client *analysis.Client, c *analysis.StagedClient) error {
	manager, err := t.a.office.id(ctx, c.ManagerEmail, c.ManagerName)
	if err != nil {
		return err
	}
	partner, err := t.a.office.id(ctx, c.PartnerEmail, c.PartnerName)
	if err != nil {
		return err
	}
	if manager != 0 {
		client.Manager = manager
	}
	if partner != 0 {
		client.Partner = partner
	}
	return nil
}

// again takes over a further row with the same number: a contact person, or
// nothing.
func (t *clientTaker) again(ctx context.Context, c *analysis.StagedClient) error {
	if !addsContactOnly(&t.first, c) {
		t.a.refuse(c.Line, "import.duplicate_number", analysis.Args{"number": c.Number, "first": t.first.Line})
		return nil
	}
	added, err := t.contact(ctx, c)
	t.count(added)
	return err
}

// count counts a row about a client that was there.
func (t *clientTaker) count(changed bool) {
	if changed {
		t.a.out.Changed++
	} else {
		t.a.out.Unchanged++
	}
}
