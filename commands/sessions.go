package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klantbot/analysis/session"
	"klantbot/storage"
)

// Sessions is the one road by which discussions change. A screen reads a session,
// and presses; a press is folded, asked whether it may, appended, and done again
// where somebody was first.
type Sessions struct {
	Events storage.Sessions
	Store  storage.Writer
}

// Press is who does something in a session, by which request, and when.
type Press struct {
	Who    session.Who
	Key    string    // of the request: what it does happens once
	At     time.Time // business time, in the zone in which deadlines are counted
	Action string    // for the audit; empty: the clock's, which is none
}

// PressOf is the press of a request; action is that of the Registry.
func PressOf(req Request, action string) Press {
	at := req.At.In(officeZone)
	return Press{Who: session.WhoIs(req.Actor), Key: req.Key, At: at, Action: action}
}

// ByClock is a press of the bot itself, under a key of its own (session.Task.Key).
func ByClock(key string, at time.Time) Press {
	return Press{Who: session.Clock, Key: key, At: at.In(officeZone)}
}

// Deed is what a press does to a session as it stands: nothing, or one event or
// more. It may be asked again, of a session that somebody changed meanwhile.
type Deed func(s *session.State) ([]session.Body, error)

// Do is the Deed of bodies that do not depend on the session.
func Do(bodies ...session.Body) Deed {
	return func(*session.State) ([]session.Body, error) { return bodies, nil }
}

// Then is what else is written with the events of a press: ledger rows. It is not
// run for a request that was handled before, and may be run again after a write
// that came to nothing.
type Then func(tx storage.Tx, before, after *session.State) error

// Read returns a session as it stands, or analysis.NotFound.
func (c Sessions) Read(ctx context.Context, id session.ID) (*session.State, error) {
	events, err := c.Events.SessionEvents(ctx, id)
	if err != nil {
		return nil, err
	}
	return session.Fold(id, events), nil
}

// Begin begins a session; the same press again returns the one it began.
func (c Sessions) Begin(ctx context.Context, p Press, b session.Started, then Then) (*session.State, error) {
	first, err := session.Begin(p.Who, p.Key, p.At, b)
	if err != nil {
		return nil, err
	}
	var id session.ID
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		var added bool
		if id, added, err = tx.BeginSession(ctx, first); err != nil || !added {
			return err
		}
		return c.kept(ctx, tx, p, session.Fold(id, nil), session.Fold(id, []session.Event{first}), then)
	})
	if err != nil {
		return nil, fmt.Errorf("begin a session: %w", err)
	}
	return c.Read(ctx, id)
}

// patiently is how often a press is done again where somebody was first; each time
// somebody else got on.
const patiently = 200

// Press does a deed to session id, and returns it as it stands after. added is
// false where the request was handled before, or where there was nothing to do. A
// sentence says what stood in the way.
func (c Sessions) Press(ctx context.Context, id session.ID, p Press, deed Deed, then Then) (s *session.State, added bool, err error) {
	for range patiently {
		s, added, err = c.press(ctx, id, p, deed, then)
		if !errors.Is(err, storage.ErrSeqTaken) {
			return s, added, err
		}
	}
	return s, false, err
}

func (c Sessions) press(ctx context.Context, id session.ID, p Press, deed Deed, then Then) (*session.State, bool, error) {
	events, err := c.Events.SessionEvents(ctx, id)
	if err != nil {
		return nil, false, err
	}
	before := session.Fold(id, events)
	if before.Seen(p.Key) {
		return before, false, nil
	}
	bodies, err := deed(before)
	if err != nil || len(bodies) == 0 {
		return before, false, err
	}
	after, fresh := session.Fold(id, events), len(events)
	for i, b := range bodies {
		key := p.Key
		if i > 0 {
			key = fmt.Sprintf("%s/%d", p.Key, i+1)
		}
		e, err := after.Add(p.Who, key, p.At, b)
		if err != nil {
			return before, false, err
		}
		if events = append(events, e); !after.Grow(e) {
			after = session.Fold(id, events)
		}
	}
	added := false
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		for _, e := range events[fresh:] {
			if added, err = tx.AppendEvent(ctx, id, e); err != nil || !added {
				return err
			}
		}
		return c.kept(ctx, tx, p, before, after, then)
	})
	if err != nil {
		return before, false, err
	}
	if !added { // the same request, handled by another process meanwhile
		s, err := c.Read(ctx, id)
		return s, false, err
	}
	return after, true, nil
}

// kept writes what goes with the events of a press.
func (c Sessions) kept(ctx context.Context, tx storage.Tx, p Press, before, after *session.State, then Then) error {
	if err := tx.KeepSession(ctx, after); err != nil {
		return err
	}
	if p.Action != "" {
		line := storage.AuditLine{At: p.At, User: p.Who.User, Action: p.Action, Group: after.Subject.Group, Request: p.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
	}
	if then == nil {
		return nil
	}
	return then(tx, before, after)
}

// training is the key under which the office's stream of training actions began.
const training = "training"

// Training is the session that holds the actions which lessons became; the first
// one who shares a lesson begins it.
func (c Sessions) Training(ctx context.Context, at time.Time) (*session.State, error) {
	return c.Begin(ctx, ByClock(training, at), session.Started{Kind: session.Training}, nil)
}
