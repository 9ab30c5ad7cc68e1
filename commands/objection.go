package commands

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Objecting is how it is written down that a contact person objects to profiling.
// Everybody who speaks clients may, since an objection counts whomever it was told;
// who takes it back answers for the client.
type Objecting struct {
	Touching   Touching // whose window it is reached from
	Objections storage.Objections
}

// objectionsShown is how many contact persons stand on a page.
const objectionsShown = 15

// objectionSpot is a contact person in the value of a button.
type objectionSpot struct {
	at       touchSpot
	contact  analysis.ContactID // 0: none yet
	version  int
	withdraw bool
}

func (s objectionSpot) String() string {
	v := fmt.Sprintf("%s&p=%d&n=%d", s.at.about(), s.contact, s.version)
	if s.withdraw {
		v += "&w=1"
	}
	return v
}

func objectionSpotOf(value string) objectionSpot {
	s := objectionSpot{at: touchSpotOf(value)}
	v, err := url.ParseQuery(value)
	if err != nil {
		return s
	}
	contact, err := strconv.ParseInt(v.Get("p"), 10, 64)
	if version, bad := strconv.Atoi(v.Get("n")); err == nil && bad == nil {
		s.contact, s.version, s.withdraw = analysis.ContactID(contact), version, v.Get("w") == "1"
	}
	return s
}

// Open shows the contact persons of a group with who of them objects.
func (c Objecting) Open(ctx context.Context, req Request) (Reply, error) {
	return c.show(ctx, req, touchSpotOf(req.Value), view.Outcome{})
}

// Put writes down that somebody objects, or does not any more. Who is contact person of
// several clients of the group does so for each.
func (c Objecting) Put(ctx context.Context, req Request) (Reply, error) {
	s := objectionSpotOf(req.Value)
	group, people, standing, err := c.people(ctx, s.at.group)
	if err != nil {
		return Reply{}, err
	}
	if !mayObject(req.Actor, group, s.withdraw) {
		return Reply{}, refuse()
	}
	name := ""
	for _, p := range people {
		if p.ID == s.contact {
			name = p.Name
		}
	}
	if name == "" {
		return Reply{}, analysis.Fail(analysis.NotFound, "storage.contact.not_found", nil)
	}
	said := "objection.recorded"
	if s.withdraw {
		said = "objection.withdrawn"
	}
	put := objectionPut{client: s.at.client, group: group, people: people, standing: standing, name: name, withdraw: s.withdraw}
	pressed := standing[s.contact]
	pressed.Version, pressed.Stands = s.version, s.withdraw // as the button was drawn, which the store holds against what is there
	standing[s.contact] = pressed
	err = c.write(ctx, req, put)
	var why *analysis.Error
	if errors.As(err, &why) && why.Kind == analysis.Invalid {
		return c.show(ctx, req, s.at, view.Outcome{Refused: why})
	}
	if err != nil {
		return Reply{}, err
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T(said, analysis.Args{"name": name})}
	if mayObject(req.Actor, group, !s.withdraw) {
		done.Undo = objectionSpot{s.at, s.contact, s.version + 1, !s.withdraw}.String()
	}
	return c.show(ctx, req, s.at, done)
}

// mayObject reports whether actor may write down an objection of somebody at group, or
// take one back.
func mayObject(actor analysis.Actor, group analysis.Group, withdraw bool) bool {
	if withdraw {
		return analysis.Allow(actor, analysis.ReviseTouches, subject(group))
	}
	return analysis.Allow(actor, analysis.LogTouches, subject(group))
}

// people are the contact persons of a group and what they last said of it.
func (c Objecting) people(ctx context.Context, id analysis.GroupID) (analysis.Group, []analysis.Contact, map[analysis.ContactID]storage.Objection, error) {
	group, err := c.Touching.Clients.Group(ctx, id)
	if err != nil {
		return group, nil, nil, err
	}
	people, err := c.Touching.Clients.Contacts(ctx, group.ID)
	if err != nil {
		return group, nil, nil, fmt.Errorf("read the contacts of group %d: %w", group.ID, err)
	}
	newest, err := c.Objections.ObjectionsOf(ctx, group.ID)
	standing := map[analysis.ContactID]storage.Objection{}
	for _, o := range newest {
		standing[o.Contact] = o
	}
	return group, people, standing, err
}

func (c Objecting) show(ctx context.Context, req Request, s touchSpot, done view.Outcome) (Reply, error) {
	group, client, err := c.Touching.with(ctx, analysis.Touch{Group: s.group, Client: s.client})
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return Reply{}, refuse()
	}
	_, people, standing, err := c.people(ctx, group.ID)
	if err != nil {
		return Reply{}, err
	}
	s = s.about().in(group)
	page := func(offset int) string { at := s; at.offset = offset; return at.String() }
	people = ownFirst(people, client.ID)
	w := view.ObjectionsWindow{Outcome: done, Group: group, With: client, Size: objectionsShown, Total: len(people), Value: page, Back: page(0),
		Offset: min(s.offset, max(0, len(people)-1)) / objectionsShown * objectionsShown}
	s.offset = w.Offset
	for _, p := range people[w.Offset:min(len(people), w.Offset+objectionsShown)] {
		r, o := view.ObjectionRow{Name: p.Name, Role: p.Role}, standing[p.ID]
		if o.Stands {
			r.Stands = &view.Objecting{Name: p.Name, Since: dayOf(o.At, req.Zone), By: o.By}
		}
		if mayObject(req.Actor, group, o.Stands) {
			r.Value = objectionSpot{s, p.ID, o.Version, o.Stands}.String()
		}
		w.Rows = append(w.Rows, r)
	}
	if err := audit(ctx, c.Touching.Store, req, storage.AuditLine{Action: "objection.open", Client: client.ID, Group: group.ID}); err != nil {
		return Reply{}, err
	}
	return c.Touching.around(ctx, req, s, done, Show(view.Objections(locale.New(req.Lang, req.Zone), w)))
}

func dayOf(at time.Time, zone *time.Location) analysis.Day {
	if zone != nil {
		at = at.In(zone)
	}
	return analysis.DayOf(at)
}

func samePerson(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// objectionsOf are who of people objects to profiling, each once, and whether their
// group is therefore not valued.
func objectionsOf(ctx context.Context, objections storage.Objections, group analysis.GroupID, people []analysis.Contact) ([]view.Objecting, bool, error) {
	if objections == nil {
		return nil, false, nil
	}
	newest, err := objections.ObjectionsOf(ctx, group)
	if err != nil || len(newest) == 0 {
		return nil, false, err
	}
	var all []view.Objecting
	seen := map[string]bool{}
	for _, p := range people {
		for _, o := range newest {
			if o.Contact == p.ID && o.Stands && !seen[strings.ToLower(p.Name)] {
				seen[strings.ToLower(p.Name)] = true
				all = append(all, view.Objecting{Name: p.Name, Since: analysis.DayOf(o.At), By: o.By})
			}
		}
	}
	spared, err := objections.Spared(ctx, group)
	return all, spared, err
}

// objectionEntries are the part of the table about objections to profiling. Who may
// take one back is asked of each.
func objectionEntries(c Objecting) []Entry {
	return []Entry{
		{ID: "objection.open", On: Action, Version: 1, Permission: analysis.ViewClient, Loading: true, Run: c.Open},
		{ID: "objection.put", On: Action, Version: 1, Permission: analysis.LogTouches, Loading: true, Run: c.Put},
	}
}
