package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// SessionActions is what sessions agreed on, in one place: who does what before
// when, and what became of it. Everybody of the office reads them; who may change
// one is the session's to say.
type SessionActions struct {
	Sessions   Sessions
	Actions    storage.Actions
	Roster     storage.Roster
	Colleagues Colleagues // nil: nobody is known but the asker
	Store      storage.Writer
	Now        func() time.Time // wall time: when the ledger may send
	// Home draws the Home tab anew; nil: it stays as it is.
	Home func(ctx context.Context, req Request) (*view.Home, error)
	// Told is what the channel of a session hears of a change; nil: nothing.
	Told func(ctx context.Context, id session.ID, at time.Time) (Then, error)
}

// actionsShown is how many actions stand on a page.
const actionsShown = 6

// Typed answers `/sessie acties`.
func (c SessionActions) Typed(ctx context.Context, req Request) (Reply, error) {
	return c.list(ctx, req, actionSpot{scope: view.ActionsMine}, view.Outcome{})
}

// Open answers the buttons to a list and to its pages.
func (c SessionActions) Open(ctx context.Context, req Request) (Reply, error) {
	return c.list(ctx, req, actionSpotOf(req.Value), view.Outcome{})
}

// list shows the page of a list on which s stands.
func (c SessionActions) list(ctx context.Context, req Request, s actionSpot, done view.Outcome) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	if s.letter { // from a message: the list is the reader's own
		s.scope, s.letter = view.ActionsMine, false
	}
	screen := view.ActionList{Outcome: done, Scope: s.scope, AsOf: req.today(), Size: actionsShown,
		Value: func(scope string, offset int) string {
			return actionSpot{scope: scope, session: s.session, group: s.group, offset: offset, home: s.home}.String()
		}}
	all, err := c.page(ctx, req, s, &screen)
	if err != nil {
		return Reply{}, err
	}
	s.offset = screen.Offset
	if screen.Rows, err = c.rows(ctx, req, s, all); err != nil {
		return Reply{}, err
	}
	if s.scope == view.ActionsGroup {
		named, err := c.Roster.GroupsOf(ctx, []analysis.GroupID{s.group})
		if err != nil {
			return Reply{}, fmt.Errorf("read group %d: %w", s.group, err)
		}
		for _, g := range named {
			screen.About = g.Name
		}
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "action.open", Group: s.group}); err != nil {
		return Reply{}, err
	}
	reply := Show(view.ActionWindow(locale.New(req.Lang, req.Zone), screen))
	if s.home && done.Said != "" && c.Home != nil {
		reply.Home, err = c.Home(ctx, req)
	}
	return reply, err
}

// page reads what stands on the page of s, and counts the list. Settled ones come
// after those still to be done, so that their list begins there.
func (c SessionActions) page(ctx context.Context, req Request, s actionSpot, screen *view.ActionList) ([]storage.ActionLine, error) {
	f := storage.ActionFilter{}
	switch s.scope {
	case view.ActionsMine:
		f.Owner, f.Pending = req.Actor.User, true
	case view.ActionsOpen:
		f.Pending = true
	case view.ActionsSession:
		f.Session = s.session
	case view.ActionsGroup:
		f.Group = s.group
	}
	_, total, err := c.Actions.Actions(ctx, f, 0, 0)
	if err != nil {
		return nil, err
	}
	late := f
	late.Pending, late.Before = true, screen.AsOf
	if _, screen.Late, err = c.Actions.Actions(ctx, late, 0, 0); err != nil {
		return nil, err
	}
	skip := 0
	if s.scope == view.ActionsSettled {
		screen.Late = 0
		if _, skip, err = c.Actions.Actions(ctx, storage.ActionFilter{Pending: true}, 0, 0); err != nil {
			return nil, err
		}
	}
	screen.Total = max(0, total-skip)
	screen.Offset = max(0, min(s.offset, screen.Total-1)) / actionsShown * actionsShown
	all, _, err := c.Actions.Actions(ctx, f, skip+screen.Offset, actionsShown)
	return all, err
}

// rows are what a page shows of all.
func (c SessionActions) rows(ctx context.Context, req Request, s actionSpot, all []storage.ActionLine) ([]view.ActionRow, error) {
	leads, err := c.leads(ctx, req, all)
	if err != nil {
		return nil, err
	}
	var groups []analysis.GroupID
	for _, l := range all {
		if l.Group != 0 {
			groups = append(groups, l.Group)
		}
	}
	named, err := c.Roster.GroupsOf(ctx, groups)
	if err != nil {
		return nil, fmt.Errorf("read the groups of actions: %w", err)
	}
	names := make(map[analysis.GroupID]string, len(named))
	for _, g := range named {
		names[g.ID] = g.Name
	}
	rows := make([]view.ActionRow, len(all))
	for i, l := range all {
		at := s
		at.session, at.action, at.base = l.Session, l.ID, l.Changes
		rows[i] = view.ActionRow{Action: l.Action, Value: at.String(), Kind: l.Kind, Channel: l.Channel, Name: names[l.Group], Changed: l.Changed,
			Changes: l.Changes, Reason: l.Reason, Gone: c.gone(ctx, l.Owner), May: req.Actor.User == l.Owner || req.Actor.User == l.By || leads[l.Session]}
	}
	return rows, nil
}

// leads are the sessions of all that the asker leads, as facilitator or as
// administrator.
func (c SessionActions) leads(ctx context.Context, req Request, all []storage.ActionLine) (map[session.ID]bool, error) {
	leads := map[session.ID]bool{}
	for _, l := range all {
		if _, known := leads[l.Session]; known {
			continue
		}
		leads[l.Session] = session.WhoIs(req.Actor).Administrator
		if leads[l.Session] || l.Owner == req.Actor.User || l.By == req.Actor.User {
			continue
		}
		s, err := c.Sessions.Read(ctx, l.Session)
		if err != nil {
			return nil, fmt.Errorf("read session %d: %w", l.Session, err)
		}
		leads[l.Session] = s.Facilitator != "" && s.Facilitator == req.Actor.User
	}
	return leads, nil
}

// gone reports whether it is certain that user works here no longer.
func (c SessionActions) gone(ctx context.Context, user analysis.UserID) bool {
	if c.Colleagues == nil || session.IsGone(user) {
		return session.IsGone(user)
	}
	who, err := c.Colleagues.Colleague(ctx, user)
	return err == nil && !who.Full
}

// find returns the action that s names with its whole history, and its row.
func (c SessionActions) find(ctx context.Context, req Request, s actionSpot) (view.ActionRow, error) {
	state, err := c.Sessions.Read(ctx, s.session)
	if err != nil {
		return view.ActionRow{}, err
	}
	a := state.Action(s.action)
	if a == nil {
		return view.ActionRow{}, analysis.Fail(analysis.NotFound, "session.action.gone", nil)
	}
	line := storage.ActionLine{Action: *a, Session: s.session, Kind: state.Kind, Channel: state.Channel, Subject: state.Subject, Changes: len(a.History)}
	last := a.History[len(a.History)-1]
	line.Changed, line.Reason = last.At, last.Reason
	rows, err := c.rows(ctx, req, s, []storage.ActionLine{line})
	if err != nil {
		return view.ActionRow{}, err
	}
	return rows[0], nil
}

// instead shows the list with the reason why what was asked was not done, where it
// was asked in the list. Other errors stay errors.
func (c SessionActions) instead(ctx context.Context, req Request, s actionSpot, err error) (Reply, error) {
	var why *analysis.Error
	if s.letter || !errors.As(err, &why) || why.Kind == analysis.Internal {
		return Reply{}, err
	}
	return c.list(ctx, req, s, view.Outcome{Refused: why})
}

// History answers *Geschiedenis*: what became of an action.
func (c SessionActions) History(ctx context.Context, req Request) (Reply, error) {
	s := actionSpotOf(req.Value)
	row, err := c.find(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "action.history", Group: row.Group}); err != nil {
		return Reply{}, err
	}
	return Show(view.ActionHistoryWindow(locale.New(req.Lang, req.Zone), view.ActionHistory{Row: row, AsOf: req.today(), List: !s.letter})), nil
}

// Mine returns what the asker has to do, for the Home tab.
func (c SessionActions) Mine(ctx context.Context, req Request) (view.HomeActions, error) {
	s := actionSpot{scope: view.ActionsMine, home: true}
	mine := view.HomeActions{Value: s.String()}
	f := storage.ActionFilter{Owner: req.Actor.User, Pending: true}
	all, total, err := c.Actions.Actions(ctx, f, 0, stepsShown)
	if err != nil || total == 0 {
		return mine, err
	}
	mine.Total = total
	mine.Rows, err = c.rows(ctx, req, s, all)
	return mine, err
}

// Of returns what is still to be done for a relatiegroep, for its card; nil: nothing.
func (c SessionActions) Of(ctx context.Context, group analysis.GroupID) (*view.CardActions, error) {
	all, total, err := c.Actions.Actions(ctx, storage.ActionFilter{Group: group, Pending: true}, 0, 1)
	if err != nil || total == 0 {
		return nil, err
	}
	first := view.ActionRow{Action: all[0].Action, Kind: all[0].Kind, Changed: all[0].Changed, Changes: all[0].Changes}
	return &view.CardActions{Total: total, First: first, Value: actionSpot{scope: view.ActionsGroup, group: group}.String()}, nil
}
