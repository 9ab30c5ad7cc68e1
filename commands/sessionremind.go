package commands

import (
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// ActionReminders reminds owners of the actions of sessions: three days before
// their date, on it, and then every week until they are done, moved or dropped.
type ActionReminders struct {
	Actions    storage.Actions
	Sessions   Sessions
	Colleagues Colleagues // nil: nobody is known, so nobody left
	Members    storage.Members
	Store      storage.Writer
	Now        func() time.Time // wall time: when the ledger may send
}

// reminderHour is from when on a working day reminders go out, in the office.
const reminderHour = 9

// soonest is how many days ahead of its date a reminder may come: three, and a
// weekend.
const soonest = 6

// actionsAtOnce is how many actions are read together.
const actionsAtOnce = 200

// Ready reports whether reminders go out at at.
func (c ActionReminders) Ready(at time.Time) bool { return at.In(officeZone).Hour() >= reminderHour }

// Remind queues the reminders of the day of at, each once whoever else does so, and
// returns how many it queued.
func (c ActionReminders) Remind(ctx context.Context, at time.Time) (queued int, err error) {
	today := analysis.DayOf(at.In(officeZone))
	for offset := 0; ; offset += actionsAtOnce {
		lines, total, err := c.Actions.Actions(ctx, storage.ActionFilter{Pending: true, Before: today + soonest + 1}, offset, actionsAtOnce)
		if err != nil {
			return queued, err
		}
		var letters []storage.LedgerEntry
		for _, l := range lines {
			stage, due := session.Remind(l.Action, today)
			if !due {
				continue
			}
			who, err := c.receivers(ctx, l)
			if err != nil {
				return queued, err
			}
			for i, w := range who {
				e := storage.LedgerEntry{Key: session.ReminderKey(l.Session, l.Action, stage), Kind: actionLetter, User: w.User, Lang: string(w.Lang),
					Group: l.Group, Subject: actionSubject(l.Session, l.ID, stage), At: at, Due: c.Now()}
				if i > 0 {
					e.Key += "/" + string(w.User)
				}
				letters = append(letters, e)
			}
		}
		n, err := c.queue(ctx, letters)
		if queued += n; err != nil || offset+actionsAtOnce >= total {
			return queued, err
		}
	}
}

// receivers are who hears of an action: its owner, or where that one left who wrote
// it down, who led the session, or the administrators: somebody who can find a new
// owner.
func (c ActionReminders) receivers(ctx context.Context, l storage.ActionLine) ([]Colleague, error) {
	if who, here := c.here(ctx, l.Owner); here {
		return []Colleague{who}, nil
	}
	if who, here := c.here(ctx, l.By); here {
		return []Colleague{who}, nil
	}
	s, err := c.Sessions.Read(ctx, l.Session)
	if err != nil {
		return nil, fmt.Errorf("read session %d: %w", l.Session, err)
	}
	if who, here := c.here(ctx, s.Facilitator); here {
		return []Colleague{who}, nil
	}
	if c.Members == nil {
		return nil, nil
	}
	administrators, err := c.Members.Administrators(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the administrators: %w", err)
	}
	var all []Colleague
	for _, user := range administrators {
		if who, here := c.here(ctx, user); here {
			all = append(all, who)
		}
	}
	return all, nil
}

// here returns what is known of user, and false where they do not work here. Who
// can not be asked about now is taken to be there: the ledger looks again.
func (c ActionReminders) here(ctx context.Context, user analysis.UserID) (Colleague, bool) {
	if user == "" || session.IsGone(user) {
		return Colleague{}, false
	}
	if c.Colleagues == nil {
		return Colleague{User: user, Lang: locale.Dutch}, true
	}
	who, err := c.Colleagues.Colleague(ctx, user)
	if err != nil {
		return Colleague{User: user, Lang: locale.Dutch}, true
	}
	return who, who.Full
}

func (c ActionReminders) queue(ctx context.Context, letters []storage.LedgerEntry) (n int, err error) {
	if len(letters) == 0 {
		return 0, nil
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		n = 0
		for _, e := range letters {
			added, err := tx.Enqueue(ctx, e)
			if err != nil {
				return err
			}
			if added {
				n++
			}
		}
		return nil
	})
	return n, err
}
