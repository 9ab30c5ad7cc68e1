package sqlstore

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/storage"
)

var _ storage.Objections = (*DB)(nil)

// standingObjections are the contact persons who object now.
const standingObjections = `
	SELECT o.contact_id FROM objection o
	WHERE o.stands = 1 AND o.version = (SELECT MAX(v.version) FROM objection v WHERE v.contact_id = o.contact_id)`

// ObjectionsOf fulfils storage.Objections.
func (db *DB) ObjectionsOf(ctx context.Context, group analysis.GroupID) ([]storage.Objection, error) {
	const newest = `
		SELECT o.contact_id, o.version, o.stands, o.by_user, o.at
		FROM objection o
		JOIN contact p ON p.id = o.contact_id
		JOIN client c ON c.id = p.client_id
		WHERE c.group_id = ` + wholeGroup + ` AND o.version = (SELECT MAX(v.version) FROM objection v WHERE v.contact_id = o.contact_id)
		ORDER BY o.contact_id`
	rows, err := db.reader().query(ctx, newest, group)
	all, err := collect(rows, err, func(row scanner) (o storage.Objection, err error) {
		var stands, at int64
		err = row.Scan(&o.Contact, &o.Version, &stands, &o.By, &at)
		o.Stands, o.At = stands != 0, instant(at)
		return o, err
	})
	return all, doing("read objections", err)
}

// Spared fulfils storage.Objections.
func (db *DB) Spared(ctx context.Context, group analysis.GroupID) (bool, error) {
	o, err := db.reader().objectors(ctx)
	return o.groups[group], err
}

// Object fulfils storage.ObjectionTx.
func (t tx) Object(ctx context.Context, o storage.Objection) error {
	const (
		find   = `SELECT COUNT(*) FROM contact WHERE id = ?1`
		newest = `SELECT COALESCE(MAX(version), 0) FROM objection WHERE contact_id = ?1`
		insert = `
			INSERT INTO objection (contact_id, version, stands, by_user, at) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (contact_id, version) DO NOTHING`
	)
	var n, version int
	if err := t.row(ctx, find, int64(o.Contact)).Scan(&n); err != nil {
		return fmt.Errorf("look for contact person: %w", err)
	}
	if n == 0 {
		return analysis.Fail(analysis.NotFound, "storage.contact.not_found", nil)
	}
	if err := t.row(ctx, newest, int64(o.Contact)).Scan(&version); err != nil {
		return fmt.Errorf("read version of objection: %w", err)
	}
	added := int64(0)
	if version == o.Version {
		var err error
		if added, err = t.exec(ctx, insert, int64(o.Contact), version+1, bit(o.Stands), o.By, milliseconds(o.At)); err != nil {
			return fmt.Errorf("record objection: %w", err)
		}
	}
	if added == 0 {
		return analysis.Fail(analysis.Invalid, "storage.objection.changed", nil)
	}
	return nil
}

// objectors are who objects to profiling.
type objectors struct {
	contacts map[analysis.ContactID]bool
	clients  map[analysis.ClientID]bool // natural persons with a contact person who does
	groups   map[analysis.GroupID]bool  // of natural persons alone, of whom somebody does, with the groups that are part of them
}

// objectors reads them. Few people object, so this is one look in nearly every office.
func (e executor) objectors(ctx context.Context) (objectors, error) {
	const (
		theirs = `
			SELECT p.id, c.id, c.group_id, c.name, c.kind
			FROM contact p
			JOIN client c ON c.id = p.client_id
			WHERE p.id IN (` + standingObjections + `)`
		members = `SELECT name, kind FROM client WHERE group_id = ?1`
		parts   = `SELECT id FROM client_group WHERE merged_into = ?1`
	)
	o := objectors{map[analysis.ContactID]bool{}, map[analysis.ClientID]bool{}, map[analysis.GroupID]bool{}}
	natural := map[analysis.GroupID]bool{}
	err := each(ctx, e, theirs, func(row scanner) error {
		var contact analysis.ContactID
		var client analysis.ClientID
		var group analysis.GroupID
		var name, kind string
		err := row.Scan(&contact, &client, &group, &name, &kind)
		o.contacts[contact] = true
		if analysis.NaturalPerson(name, kind) {
			o.clients[client], natural[group] = true, true
		}
		return err
	})
	if err != nil {
		return o, fmt.Errorf("read who objects: %w", err)
	}
	for group := range natural {
		alone := true
		err := each(ctx, e, members, func(row scanner) error {
			var name, kind string
			err := row.Scan(&name, &kind)
			alone = alone && analysis.NaturalPerson(name, kind)
			return err
		}, group)
		if err != nil {
			return o, fmt.Errorf("read who objects: %w", err)
		}
		if !alone {
			continue
		}
		o.groups[group] = true
		rows, err := e.query(ctx, parts, group)
		ids, err := collect(rows, err, func(row scanner) (id analysis.GroupID, err error) { return id, row.Scan(&id) })
		if err != nil {
			return o, fmt.Errorf("read who objects: %w", err)
		}
		for _, id := range ids {
			o.groups[id] = true
		}
	}
	return o, nil
}

// objects reports whether r is an answer of somebody who objects.
func (o objectors) objects(r survey.Response) bool {
	return o.contacts[r.Contact] || r.Contact == 0 && o.clients[r.Client]
}

// scored leaves out of rows the groups that are not valued; of is the group of a row.
func scored[T any](ctx context.Context, e executor, rows []T, of func(T) analysis.GroupID) ([]T, error) {
	o, err := e.objectors(ctx)
	if err != nil || len(o.groups) == 0 {
		return rows, err
	}
	return slices.DeleteFunc(rows, func(row T) bool { return o.groups[of(row)] }), nil
}
