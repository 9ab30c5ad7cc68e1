package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Access is how administrators decide who may see and do what: whose amounts and
// notes are seen, who has which role, and which clients only named people see.
type Access struct {
	Members    storage.Members
	Settings   storage.Settings
	Restricted storage.Restrictions
	Clients    storage.Clients
	Colleagues Colleagues
	Store      storage.Writer
}

// Open answers `/klantbot toegang`.
func (c Access) Open(ctx context.Context, req Request) (Reply, error) {
	return c.show(ctx, req, view.Outcome{}, true)
}

func (c Access) show(ctx context.Context, req Request, done view.Outcome, looked bool) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	sees, s, err := visibility(ctx, c.Settings)
	if err != nil {
		return Reply{}, err
	}
	w := view.AccessWindow{Outcome: done, Sees: sees, Row: view.SettingRow{Version: s.Version, Own: len(s.Value) > 0, By: s.By, At: s.At}}
	members, err := c.Members.Appointed(ctx)
	if err != nil {
		return Reply{}, err
	}
	for _, m := range members {
		w.Members = append(w.Members, view.AccessMember{User: m.User, Roles: m.Roles})
	}
	restricted, err := c.Restricted.Restrictions(ctx)
	if err != nil {
		return Reply{}, err
	}
	for _, r := range restricted {
		w.Restricted = append(w.Restricted, view.AccessRestricted{Number: r.Number, Value: restrictValue(r), People: r.People})
	}
	if looked {
		if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "access.open"}); err != nil {
			return Reply{}, err
		}
	}
	return Show(view.Access(locale.New(req.Lang, req.Zone), w)), nil
}

// restrictValue names a restriction as it was when a button was drawn.
func restrictValue(r storage.Restriction) string { return fmt.Sprintf("%d/%d", r.Group, r.Version) }

func restrictOf(value string) (group analysis.GroupID, version int, err error) {
	of, at, ok := strings.Cut(value, "/")
	id, err := strconv.ParseInt(of, 10, 64)
	version, err2 := strconv.Atoi(at)
	if !ok || err != nil || err2 != nil || id <= 0 || version < 0 {
		return 0, 0, analysis.Fail(analysis.NotFound, "client.gone", nil)
	}
	return analysis.GroupID(id), version, nil
}

// Form answers the buttons of the window: the form that is asked for.
func (c Access) Form(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	p := locale.New(req.Lang, req.Zone)
	switch req.Value {
	case "sees":
		sees, s, err := visibility(ctx, c.Settings)
		return Show(view.AccessSees(p, sees, strconv.Itoa(s.Version))), err
	case "roles":
		return Show(view.AccessRoles(p)), nil
	case "restrict":
		return Show(view.AccessClient(p)), nil
	}
	group, _, err := restrictOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.form(ctx, req, group)
}

// Chosen answers the list of clients: who may see the one that was chosen.
func (c Access) Chosen(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	id, err := clientOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	return c.form(ctx, req, client.Group)
}

func (c Access) form(ctx context.Context, req Request, group analysis.GroupID) (Reply, error) {
	r, err := c.Restricted.Restriction(ctx, group)
	if err != nil {
		return Reply{}, err
	}
	if len(r.People) == 0 {
		r.People = []analysis.UserID{req.Actor.User}
	}
	return Show(view.AccessRestrict(locale.New(req.Lang, req.Zone), r.Number, r.People, restrictValue(r))), nil
}

// Sees answers the form of whose amounts and notes are seen.
func (c Access) Sees(ctx context.Context, req Request) (Reply, error) {
	sees, ok := view.SeesOf(req.Fields[view.FieldSees])
	version, err := strconv.Atoi(req.Private)
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	if !ok || err != nil {
		return c.show(ctx, req, view.Outcome{Refused: changedMeanwhile()}, false)
	}
	raw, err := json.Marshal(sees)
	if err != nil {
		return Reply{}, err
	}
	err = writeSettings(ctx, c.Store, req, "access.sees", []storage.Setting{{Key: visibilityKey, Version: version, Value: raw, By: req.Actor.User, At: req.At}})
	return c.saved(ctx, req, err, "access.sees_saved")
}

// saved draws the window with what became of a change.
func (c Access) saved(ctx context.Context, req Request, err error, said string) (Reply, error) {
	var known *analysis.Error
	if err != nil && (!errors.As(err, &known) || known.Kind == analysis.Internal) {
		return Reply{}, err
	}
	if err != nil {
		return c.show(ctx, req, view.Outcome{Refused: known}, false)
	}
	return c.show(ctx, req, view.Outcome{Said: locale.New(req.Lang, req.Zone).T(said, nil)}, false)
}

// Roles answers the form of somebody's roles. Without any they have what follows
// from their e-mail.
func (c Access) Roles(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	m := storage.Member{User: analysis.UserID(req.Fields[view.FieldMember]), SetBy: req.Actor.User, SetAt: req.At}
	for role := range strings.SplitSeq(req.Fields[view.FieldRoles], "\n") {
		if analysis.Role(role) != analysis.Operator {
			m.Roles = m.Roles.With(analysis.Role(role))
		}
	}
	if err := c.colleagues(ctx, []analysis.UserID{m.User}); err != nil {
		return c.saved(ctx, req, err, "")
	}
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "access.roles", Request: req.Key}); err != nil {
			return err
		}
		return tx.Appoint(ctx, m)
	})
	return c.saved(ctx, req, err, "access.roles_saved")
}

// colleagues refuses who is not a full member of the workspace.
func (c Access) colleagues(ctx context.Context, people []analysis.UserID) error {
	for _, user := range people {
		who, err := c.Colleagues.Colleague(ctx, user)
		if err != nil && analysis.KindOf(err) != analysis.NotFound {
			return fmt.Errorf("ask who is named: %w", err)
		}
		if err != nil || !who.Full {
			return analysis.Fail(analysis.Invalid, "access.nobody", nil)
		}
	}
	return nil
}

// Restrict answers the form of who may see a client. Nobody named: everybody again.
func (c Access) Restrict(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	group, version, err := restrictOf(req.Private)
	r := storage.Restriction{Group: group, Version: version}
	if err == nil {
		for user := range strings.SplitSeq(req.Fields[view.FieldNames], "\n") {
			if user != "" {
				r.People = append(r.People, analysis.UserID(user))
			}
		}
		err = c.colleagues(ctx, r.People)
	}
	if err != nil {
		return c.saved(ctx, req, err, "")
	}
	r.By, r.At = req.Actor.User, req.At
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "access.restrict", Group: r.Group, Request: req.Key}); err != nil {
			return err
		}
		return tx.Restrict(ctx, r)
	})
	return c.saved(ctx, req, err, "access.restrict_saved")
}

// accessEntries are the part of the table that the window of who may what carries.
func accessEntries(c Access, client Client) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ManageOffice, Loading: true, Run: run}
	}
	return []Entry{entry(Action, "access.form", c.Form), entry(Submission, "access.sees", c.Sees), entry(Submission, "access.roles", c.Roles),
		entry(Submission, "access.restrict", c.Restrict),
		entry(Action, "access.client", c.Chosen),
		{ID: "access.client", On: Suggestion, Version: 1, Permission: analysis.ManageOffice, Run: client.Suggest}}
}
