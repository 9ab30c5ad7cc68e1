package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// written is what somebody typed in a field, without space around it.
func written(s string, most int) string {
	return cutRunes(strings.TrimSpace(strings.ToValidUTF8(s, " ")), most)
}

// earliestTouch is the first day that a moment can have: before it, a day is a
// slip of the pen.
var earliestTouch = analysis.Date(2000, 1, 1)

// Validate checks the form.
func (c Touching) Validate(ctx context.Context, req Request) (map[string]string, error) {
	s := touchSpotOf(req.Private)
	t := c.filled(req, s, analysis.Touch{ID: s.touch})
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	refuse := func(field, key string) { wrong[field] = p.T(key, nil) }
	if s.touch == 0 && t.Group == 0 && t.Client == 0 {
		refuse(view.FieldTouchClient, "touch.wrong.client")
	}
	if t.Kind.Place() < 0 {
		refuse(view.FieldTouchKind, "touch.wrong.kind")
	}
	switch {
	case !t.Day.Known() || t.Day < earliestTouch:
		refuse(view.FieldTouchDay, "touch.wrong.day")
	case t.Day > req.today():
		refuse(view.FieldTouchDay, "touch.wrong.future")
	}
	switch {
	case t.NextDay.Known() && t.Next == "":
		refuse(view.FieldTouchNext, "touch.wrong.next")
	case t.NextDay.Known() && t.NextDay < t.Day:
		refuse(view.FieldTouchNextDay, "touch.wrong.next_day")
	}
	if s.touch == 0 || t.By != "" { // a moment of an import may be nobody's
		if _, ok, err := c.Staff.Of(ctx, req.Actor, t.By); err == nil && !ok {
			refuse(view.FieldTouchBy, "touch.wrong.by")
		}
	}
	return wrong, nil
}

// Save answers the form: one moment, however often it arrives.
func (c Touching) Save(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Private)
	if wrong, err := c.Validate(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	if s.touch != 0 {
		return c.correct(ctx, req, s)
	}
	t := c.filled(req, s, analysis.Touch{})
	group, client, err := c.with(ctx, t)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if !analysis.Allow(req.Actor, analysis.LogTouches, subject(group)) {
		return Reply{}, refuse()
	}
	t.Group = group.ID
	if client.Group != group.ID {
		t.Client = 0 // it moved to another group since
	}
	t.Contact, _ = contactIn(req.Fields, group.ID)
	if t.Manager, _, err = c.Staff.Of(ctx, req.Actor, t.By); err != nil {
		return Reply{}, err
	}
	t.Author, t.At = req.Actor.User, req.At
	logged, added, err := c.add(ctx, req, t)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if !added {
		return c.twice(ctx, req, s.in(group), t, logged)
	}
	p := locale.New(req.Lang, req.Zone)
	done := view.Outcome{Said: p.T("touch.logged", analysis.Args{"kind": view.TouchWords(p, t.Kind), "name": group.Name, "day": p.Near(t.Day, req.today())})}
	if logged != 0 {
		done.Undo = s.in(group).of(analysis.Touch{ID: logged, Version: 1}).String()
	}
	if logged != 0 && t.By == req.Actor.User && lookedBackOn(t.Kind) {
		s.talked = t.Day.String()
	}
	return c.list(ctx, req, s.in(group), done)
}

// in is s within a group whose timeline is shown.
func (s touchSpot) in(group analysis.Group) touchSpot {
	s.group = group.ID
	return s
}

// add logs t once for each request. Where the same moment stands already - same
// group, kind, day, people - nothing is added and that one comes back, so that
// what two people log at once is there once.
func (c Touching) add(ctx context.Context, req Request, t analysis.Touch) (id analysis.TouchID, added bool, err error) {
	if t.Asked == "" {
		// What nothing asked is known by what it is: the store keeps one of a kind.
		t.Asked = loggedKey + fmt.Sprintf("%s/%s/%s/%d", t.Kind, t.Day, t.By, t.Contact)
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		again, err := c.same(ctx, t)
		if err != nil {
			return err
		}
		first, err := tx.Once(ctx, req.Key, req.At)
		if err != nil {
			return err
		}
		if !first {
			id, added = again, true // it was this request that added it
			return nil
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "touch.log", Client: t.Client, Group: t.Group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil || again != 0 {
			id = again
			return err
		}
		id, added, err = c.insert(ctx, tx, t)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("log a moment: %w", err)
	}
	return id, added, nil
}

// loggedKey begins the Asked of a moment that nothing asked.
const loggedKey = "gelogd/"

// insert adds t. Where its Asked names a moment that was corrected into another
// one since, it is a new one all the same.
func (c Touching) insert(ctx context.Context, tx storage.Tx, t analysis.Touch) (analysis.TouchID, bool, error) {
	id, added, err := tx.AddTouch(ctx, t)
	if err != nil || added {
		return id, added, err
	}
	there, err := c.Touches.Touch(ctx, id)
	if err != nil || alike(there, t) || !strings.HasPrefix(t.Asked, loggedKey) {
		return id, false, err
	}
	t.Asked += fmt.Sprintf("/%d", id)
	return tx.AddTouch(ctx, t)
}

// sameShown is how many moments of a group are looked at for the same one; those
// of one day are never more.
const sameShown = 50

// same returns the moment that stands for t already; 0: none.
func (c Touching) same(ctx context.Context, t analysis.Touch) (analysis.TouchID, error) {
	for offset := 0; ; offset += sameShown {
		all, _, err := c.Touches.Touches(ctx, t.Group, offset, sameShown)
		if err != nil {
			return 0, fmt.Errorf("read the moments of group %d: %w", t.Group, err)
		}
		for _, there := range all {
			if alike(there, t) {
				return there.ID, nil
			}
		}
		if len(all) < sameShown || all[len(all)-1].Day < t.Day {
			return 0, nil
		}
	}
}

// alike reports whether a and b are the same moment: of the same kind, day and
// people.
func alike(a, b analysis.Touch) bool {
	return a.Group == b.Group && a.Kind == b.Kind && a.Day == b.Day && a.By == b.By && a.Contact == b.Contact
}

// twice tells that a moment stood there already. What was typed about it is not
// lost: it stands in the form of that one, to be added.
func (c Touching) twice(ctx context.Context, req Request, s touchSpot, t analysis.Touch, id analysis.TouchID) (Reply, error) {
	there, err := c.Touches.Touch(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	said := view.Outcome{Refused: analysis.Fail(analysis.Invalid, "touch.twice", nil)}
	group, err := c.Clients.Group(ctx, there.Group)
	if err != nil {
		return Reply{}, err
	}
	more := t.Note != "" && !strings.Contains(there.Note, t.Note) || t.Next != "" && t.Next != there.Next
	if !more || !mayRevise(req.Actor, group, there) {
		return c.list(ctx, req, s, said)
	}
	if t.Note != "" && !strings.Contains(there.Note, t.Note) {
		there.Note = strings.TrimSpace(there.Note + "\n" + t.Note)
	}
	if t.Next != "" {
		there.Next, there.NextDay = t.Next, t.NextDay
	}
	said.Refused = analysis.Fail(analysis.Invalid, "touch.twice_add", nil)
	req.Fields = nil
	return c.form(ctx, req, s.of(there), there, said)
}

// correct writes the next version of a moment.
func (c Touching) correct(ctx context.Context, req Request, s touchSpot) (Reply, error) {
	before, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	t := c.filled(req, s, before)
	t.Contact, _ = contactIn(req.Fields, group.ID)
	t.Version = s.version
	if t.By != before.By {
		if t.Manager, _, err = c.Staff.Of(ctx, req.Actor, t.By); err != nil {
			return Reply{}, err
		}
	}
	return c.revise(ctx, req, s.in(group), group, "touch.revise", t)
}

// revise writes t, once, and shows the timeline with what was done.
func (c Touching) revise(ctx context.Context, req Request, s touchSpot, group analysis.Group, action string, t analysis.Touch) (Reply, error) {
	t.Author, t.At = req.Actor.User, req.At
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Client: t.Client, Group: group.ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.ReviseTouch(ctx, t)
	})
	if err != nil {
		return c.instead(ctx, req, s, fmt.Errorf("revise moment %d: %w", t.ID, err))
	}
	p := locale.New(req.Lang, req.Zone)
	done := view.Outcome{Said: p.T(action+".done", analysis.Args{"kind": view.TouchWords(p, t.Kind), "name": group.Name, "day": p.Near(t.Day, req.today())})}
	if action != "touch.undo" {
		done.Undo = s.of(analysis.Touch{ID: t.ID, Version: t.Version + 1}).String()
	}
	return c.list(ctx, req, s, done)
}

// instead shows the timeline with the reason why what was asked was not done.
// Other errors stay errors.
func (c Touching) instead(ctx context.Context, req Request, s touchSpot, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	if s.group == 0 {
		return Show(view.TouchClosed(locale.New(req.Lang, req.Zone), view.Outcome{Refused: why})), nil
	}
	return c.list(ctx, req, s, view.Outcome{Refused: why})
}
