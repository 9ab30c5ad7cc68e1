package commands

import (
	"context"
	"strings"

	"klantbot/analysis"
	"klantbot/storage"
)

// objectionPut is what is written down about everybody of a group who has a name.
type objectionPut struct {
	client   analysis.ClientID
	group    analysis.Group
	people   []analysis.Contact
	standing map[analysis.ContactID]storage.Objection // as the asker saw it
	name     string
	withdraw bool
}

// write keeps put, of those of whom it does not stand already.
func (c Objecting) write(ctx context.Context, req Request, put objectionPut) error {
	action := "objection.record"
	if put.withdraw {
		action = "objection.withdraw"
	}
	return c.Touching.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Client: put.client, Group: put.group.ID, Request: req.Key}); err != nil {
			return err
		}
		for _, p := range put.people {
			was := put.standing[p.ID]
			if !samePerson(p.Name, put.name) || was.Stands == !put.withdraw {
				continue
			}
			if err := tx.Object(ctx, storage.Objection{Contact: p.ID, Version: was.Version, Stands: !put.withdraw, By: req.Actor.User, At: req.At}); err != nil {
				return err
			}
		}
		return nil
	})
}

// PersonObjecting is a contact person with what they last said of profiling; Version 0:
// nothing yet.
type PersonObjecting struct {
	analysis.Contact
	storage.Objection
}

// Standing returns the contact persons of a client's relatiegroep, the client's own
// first.
func (c Objecting) Standing(ctx context.Context, req Request, id analysis.ClientID) ([]PersonObjecting, error) {
	client, err := c.Touching.Clients.Client(ctx, id)
	if err != nil {
		return nil, err
	}
	group, people, standing, err := c.people(ctx, client.Group)
	if err != nil {
		return nil, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return nil, refuse()
	}
	var all []PersonObjecting
	for _, p := range ownFirst(people, id) {
		all = append(all, PersonObjecting{p, standing[p.ID]})
	}
	return all, audit(ctx, c.Touching.Store, req, storage.AuditLine{Action: "objection.open", Client: id, Group: group.ID})
}

// Record writes down, once, that the contact person of a client whose name or e-mail
// named is objects, or with withdraw does not any more. Who is not there is an
// analysis.NotFound error that names who is.
func (c Objecting) Record(ctx context.Context, req Request, id analysis.ClientID, named string, withdraw bool) error {
	client, err := c.Touching.Clients.Client(ctx, id)
	if err != nil {
		return err
	}
	group, people, standing, err := c.people(ctx, client.Group)
	if err != nil {
		return err
	}
	if !mayObject(req.Actor, group, withdraw) {
		return refuse()
	}
	var names []string
	for _, p := range ownFirst(people, id) {
		if samePerson(p.Name, named) || p.Email != "" && samePerson(p.Email, named) {
			return c.write(ctx, req, objectionPut{client: id, group: group, people: people, standing: standing, name: p.Name, withdraw: withdraw})
		}
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return analysis.Fail(analysis.NotFound, "objection.no_contacts", nil)
	}
	return analysis.Fail(analysis.NotFound, "objection.not_among", analysis.Args{"typed": named, "names": strings.Join(names, ", ")})
}
