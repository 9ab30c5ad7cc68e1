package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Touching is how people log moments of contact and read them back: from a card,
// a digest, the Home tab, a message or a mention.
type Touching struct {
	Clients  storage.Clients
	Touches  storage.Touches
	Managers storage.Managers
	Staff    Staff
	Week     *Attention        // says what is asked next; nil: nothing is said of it
	Feedback storage.Feedbacks // nil: none is kept
	Store    storage.Writer
	// Card draws a card anew behind a window; nil: it stays as it is.
	Card func(ctx context.Context, req Request, client analysis.ClientID, shareable bool) (*view.Message, error)
	// Home draws the Home tab anew; nil: it stays as it is.
	Home func(ctx context.Context, req Request) (*view.Home, error)
}

// Open answers *Leg contact vast*: the form, filled in as far as is known.
func (c Touching) Open(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Value)
	return c.form(ctx, req, s, c.fresh(req, s), view.Outcome{})
}

// FromMessage answers the menu of a message: its words are the note, there to be
// read and cut before anything is kept.
func (c Touching) FromMessage(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(touchSpot{source: fromShortcut, link: req.Message.Link}.String())
	t := c.fresh(req, s)
	t.Note = cutRunes(readable(locale.New(req.Lang, req.Zone), req.Message.Text), view.LongestNote)
	return c.form(ctx, req, s, t, view.Outcome{})
}

// Chosen answers the choice of a client in the form: what was filled in stays,
// and the contact persons are those of its group.
func (c Touching) Chosen(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Private)
	if req.Fields == nil {
		req.Fields = map[string]string{}
	}
	req.Fields[view.FieldTouchClient] = req.Value
	return c.form(ctx, req, s, c.filled(req, s, analysis.Touch{}), view.Outcome{})
}

// fresh is a moment of today, had by the asker.
func (c Touching) fresh(req Request, s touchSpot) analysis.Touch {
	t := analysis.Touch{Group: s.group, Client: s.client, Kind: s.kind, Day: req.today(), NextDay: analysis.NoDay,
		By: req.Actor.User, Manager: req.Actor.Manager, Source: s.source, Link: s.link, Asked: s.asked}
	if t.Kind == "" {
		t.Kind = analysis.Call
	}
	return t
}

// filled is before with what stands in the fields of the form.
func (c Touching) filled(req Request, s touchSpot, before analysis.Touch) analysis.Touch {
	t := before
	if t.ID == 0 {
		t = c.fresh(req, s)
		if id, err := clientOf(req.Fields[view.FieldTouchClient]); err == nil {
			t.Group, t.Client = 0, id // its group follows
		}
	}
	t.Kind = analysis.TouchKind(req.Fields[view.FieldTouchKind])
	t.Day, t.NextDay = dayIn(req.Fields[view.FieldTouchDay]), dayIn(req.Fields[view.FieldTouchNextDay])
	if by := analysis.UserID(req.Fields[view.FieldTouchBy]); by != t.By {
		t.By, t.Manager = by, 0 // who they are is found out when it is saved
	}
	t.Note, t.Next = written(req.Fields[view.FieldTouchNote], view.LongestNote), written(req.Fields[view.FieldTouchNext], view.LongestNext)
	return t
}

func dayIn(field string) analysis.Day {
	day, err := analysis.ParseDay(field)
	if err != nil {
		return analysis.NoDay
	}
	return day
}

// form shows the form with t in it, for whoever may log a moment with its group.
func (c Touching) form(ctx context.Context, req Request, s touchSpot, t analysis.Touch, done view.Outcome) (Reply, error) {
	f := view.TouchForm{Outcome: done, Touch: t, Quoted: s.source == fromShortcut, Choosing: t.ID == 0 && (s.group == 0 && s.client == 0)}
	group, client, err := c.with(ctx, t)
	if err != nil {
		return Reply{}, err
	}
	if group.ID != 0 {
		if !analysis.Allow(req.Actor, analysis.LogTouches, subject(group)) {
			return Reply{}, refuse()
		}
		f.Group, f.With, f.Touch.Group = group, client, group.ID
		contacts, err := c.Clients.Contacts(ctx, group.ID)
		if err != nil {
			return Reply{}, fmt.Errorf("read the contacts of group %d: %w", group.ID, err)
		}
		f.Contacts = ownFirst(contacts, client.ID)
		if kept, ok := contactIn(req.Fields, group.ID); ok {
			f.Touch.Contact = kept
		}
		if f.Choosing {
			chosen := view.ClientOption(client)
			f.Client = &chosen
		} else {
			s.group = group.ID
			f.Back = s.source == fromCard || t.ID != 0
		}
	}
	f.Value = s.String()
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "touch.open", Client: client.ID, Group: group.ID}); err != nil {
		return Reply{}, err
	}
	return Show(view.TouchEdit(locale.New(req.Lang, req.Zone), f)), nil
}

// with returns whom t is with: its group, and its client where there is one;
// nobody where that is still to be chosen.
func (c Touching) with(ctx context.Context, t analysis.Touch) (analysis.Group, analysis.Client, error) {
	var group analysis.Group
	var client analysis.Client
	var err error
	if t.Client != 0 {
		if client, err = c.Clients.Client(ctx, t.Client); err != nil {
			return group, client, err
		}
		if t.Group == 0 {
			t.Group = client.Group
		}
	}
	if t.Group == 0 {
		return group, client, nil
	}
	group, err = c.Clients.Group(ctx, t.Group)
	return group, client, err
}

// contactIn is the contact person that was chosen for a group, and whether that
// was asked.
func contactIn(fields map[string]string, group analysis.GroupID) (analysis.ContactID, bool) {
	chosen, asked := fields[view.FieldTouchContact(group)]
	id, err := strconv.ParseInt(chosen, 10, 64)
	if err != nil || id < 0 {
		return 0, asked
	}
	return analysis.ContactID(id), true
}

// about returns the moment that s names, in its newest version, and its group,
// after checking that the asker may change it: whoever had it or wrote it, and
// whoever answers for the group.
func (c Touching) about(ctx context.Context, req Request, s touchSpot) (analysis.Touch, analysis.Group, error) {
	t, err := c.Touches.Touch(ctx, s.touch)
	if err != nil {
		return t, analysis.Group{}, err
	}
	group, err := c.Clients.Group(ctx, t.Group)
	if err != nil {
		return t, group, err
	}
	if !mayRevise(req.Actor, group, t) {
		return t, group, refuse()
	}
	return t, group, nil
}

func mayRevise(actor analysis.Actor, group analysis.Group, t analysis.Touch) bool {
	return analysis.Allow(actor, analysis.ReviseTouches, subject(group)) || isOwn(actor, t)
}

func mayRead(actor analysis.Actor, group analysis.Group, t analysis.Touch) bool {
	return analysis.Allow(actor, analysis.ReadTouches, subject(group)) || isOwn(actor, t)
}

// isOwn reports whether actor had t or wrote it.
func isOwn(actor analysis.Actor, t analysis.Touch) bool {
	return actor.User != "" && slices.Contains([]analysis.UserID{t.By, t.Author}, actor.User)
}

// Revise answers *Verbeter*: the form with what was logged.
func (c Touching) Revise(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Value)
	t, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if t.Version != s.version || t.Removed {
		return c.list(ctx, req, s.in(group), view.Outcome{Refused: analysis.Fail(analysis.Invalid, "storage.touch.changed", nil)})
	}
	return c.form(ctx, req, s, t, view.Outcome{})
}
