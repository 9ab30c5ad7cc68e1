package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// touchesShown is how many moments stand on a page of the timeline.
const touchesShown = 8

// List answers *Contacten* and its pages.
func (c Touching) List(ctx context.Context, req Request) (Reply, error) {
	return c.list(ctx, req, touchSpotOf(req.Value), view.Outcome{})
}

// Remove answers *Haal weg*: the moment is gone, until that is undone.
func (c Touching) Remove(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Value)
	t, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	t.Version, t.Removed = s.version, true
	return c.revise(ctx, req, s.in(group), group, "touch.remove", t)
}

// Undo answers *Ongedaan maken*: the moment is what it was before its newest
// version, or not there where that was its first. The store refuses it where
// somebody changed it meanwhile.
func (c Touching) Undo(ctx context.Context, req Request) (Reply, error) {
	s := touchSpotOf(req.Value)
	now, group, err := c.about(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	history, err := c.Touches.TouchHistory(ctx, now.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("read the versions of moment %d: %w", now.ID, err)
	}
	t := now
	t.Removed = true
	if s.version > 1 {
		for _, earlier := range history { // newest first
			if earlier.Version == s.version-1 {
				t = earlier
			}
		}
	}
	t.Version = s.version
	return c.revise(ctx, req, s.in(group), group, "touch.undo", t)
}

// list shows a page of the timeline of a group.
func (c Touching) list(ctx context.Context, req Request, s touchSpot, done view.Outcome) (Reply, error) {
	group, client, err := c.with(ctx, analysis.Touch{Group: s.group, Client: s.client})
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return Reply{}, refuse()
	}
	talked := s.talked
	s = s.about().in(group)
	screen := view.Timeline{Outcome: done, Talked: talked, Group: group, With: client, AsOf: req.today(), Size: touchesShown,
		MayLog: analysis.Allow(req.Actor, analysis.LogTouches, subject(group)),
		Value:  func(offset int) string { at := s; at.offset = offset; return at.String() }}
	all, total, err := c.Touches.Touches(ctx, group.ID, s.offset, touchesShown)
	if err == nil && len(all) == 0 && s.offset > 0 {
		s.offset = max(0, total-1) / touchesShown * touchesShown // what stood there is gone
		all, total, err = c.Touches.Touches(ctx, group.ID, s.offset, touchesShown)
	}
	if err != nil {
		return Reply{}, fmt.Errorf("read the moments of group %d: %w", group.ID, err)
	}
	screen.Offset, screen.Total = s.offset, total
	if analysis.Allow(req.Actor, analysis.ReadAnswers, subject(group)) {
		if screen.Feedback, err = feedbackOf(ctx, c.Feedback, group.ID); err != nil {
			return Reply{}, err
		}
	}
	if screen.Rows, err = c.rows(ctx, req, group, s, all); err != nil {
		return Reply{}, err
	}
	if screen.Next, err = c.Week.next(ctx, group.ID, screen.AsOf); err != nil {
		return Reply{}, err
	}
	if client.ID != 0 {
		screen.Card = fmt.Sprint(client.ID)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "touch.list", Client: client.ID, Group: group.ID}); err != nil {
		return Reply{}, err
	}
	return c.around(ctx, req, s, done, Show(view.TouchTimeline(locale.New(req.Lang, req.Zone), screen)))
}

// around adds to reply what a change has to draw anew: the card behind the
// window, or the Home tab.
func (c Touching) around(ctx context.Context, req Request, s touchSpot, done view.Outcome, reply Reply) (Reply, error) {
	if done.Said == "" {
		return reply, nil
	}
	if c.Card != nil {
		reply.Behind = func(ctx context.Context, pressed string) (*view.Message, error) {
			at := touchSpotOf(pressed)
			if at.source != fromCard || at.client == 0 {
				return nil, nil
			}
			return c.Card(ctx, req, at.client, at.shareable)
		}
	}
	var err error
	if s.source == fromHome && c.Home != nil {
		reply.Home, err = c.Home(ctx, req)
	}
	return reply, err
}

// rows are the lines of a page, with what the asker may read and do.
func (c Touching) rows(ctx context.Context, req Request, group analysis.Group, s touchSpot, all []analysis.Touch) ([]view.TouchRow, error) {
	contacts, err := c.Clients.Contacts(ctx, group.ID)
	if err != nil {
		return nil, fmt.Errorf("read the contacts of group %d: %w", group.ID, err)
	}
	named := make(map[analysis.ContactID]string, len(contacts))
	for _, contact := range contacts {
		named[contact.ID] = contact.Name
	}
	people := colleagues{managers: c.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	rows := make([]view.TouchRow, 0, len(all))
	for _, t := range all {
		row := view.TouchRow{Touch: t, Value: s.of(t).String(), Contact: named[t.Contact],
			Hidden: !mayRead(req.Actor, group, t), Change: mayRevise(req.Actor, group, t)}
		if row.By, err = people.of(ctx, t.Manager); err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// last returns the newest moment with a group, nil where none was logged.
func lastTouch(ctx context.Context, touches storage.Touches, managers storage.Managers, group analysis.GroupID) (*view.CardTouch, error) {
	if touches == nil {
		return nil, nil
	}
	all, _, err := touches.Touches(ctx, group, 0, 1)
	if err != nil {
		return nil, fmt.Errorf("read the last moment with group %d: %w", group, err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	last := &view.CardTouch{Touch: all[0]}
	last.By, err = colleagues{managers: managers, known: map[analysis.ManagerID]analysis.Manager{}}.of(ctx, all[0].Manager)
	return last, err
}

// next is what is asked next of a group; nil: nothing is. A nil Attention asks
// nothing.
func (c *Attention) next(ctx context.Context, group analysis.GroupID, day analysis.Day) (*view.CardNext, error) {
	if c == nil {
		return nil, nil
	}
	due, _, ok, err := c.Next(ctx, group, day)
	if err != nil || !ok {
		return nil, err
	}
	next := view.NextOf(due, day)
	return &next, nil
}
