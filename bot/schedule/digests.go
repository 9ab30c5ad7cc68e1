package schedule

import (
	"context"
	"strings"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage"
)

// Digests queues the weekly digests that are due.
//
// Who gets one: everybody of the client list whose e-mail address is that of a
// full member of the workspace, and who did not stop it. Who was deactivated is
// none any more; a guest never was. Somebody new is first noted, with the default
// choice: their first digest is that of the next moment after that, so that
// nobody gets a message in the middle of the week because an import brought
// them, and a first start sends nothing. What a choice changes counts from when
// it was made.
//
// A new manager in mid-week finds the group in the next digest; the old one's
// digest says whose it is now. Who closed their DMs with the bot gets nothing:
// Slack refuses it, the row ends as failed, which /klantbot status and the Home tab
// tell administrators, and the next week is tried again.
type Digests struct {
	Managers   storage.Managers
	Choices    storage.Digests
	Colleagues commands.Colleagues
	Store      storage.Writer
	Looked     storage.Effects
	// Queue writes the digests of those that have something due.
	Queue func(ctx context.Context, at time.Time, to []commands.Receiver) (int, error)
	// Queued is called after digests were written; may be nil.
	Queued func()

	mu sync.Mutex
	// looked is the newest slot that each account's week was looked at, as the
	// store remembers it too.
	looked map[analysis.UserID]time.Time
}

// lookedKey names that the week of user was looked at for a slot.
//
// It is remembered in the store, beside the digests themselves, for those above
// all who had nothing due: without it a program that starts on Wednesday would
// plan a whole office once more, and write to somebody who had nothing on Monday
// about what became due on Tuesday, which is for next Monday. It is dated at the
// slot after, for the store forgets effects that are a day old. What the store does
// not remember is looked at: after a kill between the digests and this memory the
// week is planned again, and the key of a digest keeps it from being sent again.
func lookedKey(user analysis.UserID, slot time.Time) string {
	return "digest.looked/" + string(user) + "/" + slot.UTC().Format(time.RFC3339)
}

// Run queues what is due at at.
func (d *Digests) Run(ctx context.Context, at time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	due, slots, err := d.due(ctx, at)
	if err != nil || len(due) == 0 {
		return err
	}
	queued, err := d.Queue(ctx, at, due)
	if queued > 0 && d.Queued != nil {
		d.Queued()
	}
	if err != nil {
		return err
	}
	err = d.Store.Write(ctx, func(tx storage.Tx) error {
		for user, slot := range slots {
			if _, err := tx.Once(ctx, lookedKey(user, slot), slot.AddDate(0, 0, 7)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for user, slot := range slots {
		d.looked[user] = slot
	}
	return nil
}

// before reports whether the week of user was looked at for slot, by this process
// or another.
func (d *Digests) before(ctx context.Context, user analysis.UserID, slot time.Time) (bool, error) {
	if d.looked == nil {
		d.looked = map[analysis.UserID]time.Time{}
	}
	if slot.Equal(d.looked[user]) {
		return true, nil
	}
	happened, err := d.Looked.Happened(ctx, lookedKey(user, slot))
	if happened {
		d.looked[user] = slot
	}
	return happened, err
}

// due are the people whose newest slot was not looked at yet, with that slot.
func (d *Digests) due(ctx context.Context, at time.Time) ([]commands.Receiver, map[analysis.UserID]time.Time, error) {
	people, err := d.people(ctx)
	if err != nil || len(people) == 0 {
		return nil, nil, err
	}
	choices, err := d.choices(ctx)
	if err != nil {
		return nil, nil, err
	}
	var due []commands.Receiver
	var fresh []storage.DigestChoice
	slots := map[analysis.UserID]time.Time{}
	for _, p := range people {
		c, known := choices[p.who.User]
		if !known {
			c = storage.DefaultDigest(p.who.User)
			c.At = at
			fresh = append(fresh, c)
			continue
		}
		if c.Stopped {
			continue
		}
		slot, week := Slot(c, p.who.Zone, at)
		if slot.Before(c.At) {
			continue
		}
		if before, err := d.before(ctx, p.who.User, slot); err != nil || before {
			if err != nil {
				return nil, nil, err
			}
			continue
		}
		due = append(due, commands.Receiver{User: p.who.User, Manager: p.manager, Lang: p.who.Lang, Week: week, Shown: c.Shown})
		slots[p.who.User] = slot
	}
	return due, slots, d.note(ctx, fresh)
}

// receiver is a manager with their account.
type receiver struct {
	manager analysis.ManagerID
	who     commands.Colleague
}

func (d *Digests) people(ctx context.Context) ([]receiver, error) {
	managers, err := d.Managers.AllManagers(ctx)
	if err != nil || len(managers) == 0 {
		return nil, err
	}
	accounts, err := commands.Accounts(ctx, d.Colleagues)
	if err != nil {
		return nil, err
	}
	var people []receiver
	for _, m := range managers {
		if who, ok := accounts[strings.ToLower(m.Email)]; ok && m.Email != "" {
			people = append(people, receiver{m.ID, who})
		}
	}
	return people, nil
}

func (d *Digests) choices(ctx context.Context) (map[analysis.UserID]storage.DigestChoice, error) {
	all, err := d.Choices.Digests(ctx)
	if err != nil {
		return nil, err
	}
	choices := make(map[analysis.UserID]storage.DigestChoice, len(all))
	for _, c := range all {
		choices[c.User] = c
	}
	return choices, nil
}

// note remembers since when people are known. Another process may have done so
// meanwhile; then it is read the next minute.
func (d *Digests) note(ctx context.Context, fresh []storage.DigestChoice) error {
	if len(fresh) == 0 {
		return nil
	}
	err := d.Store.Write(ctx, func(tx storage.Tx) error {
		for _, c := range fresh {
			if err := tx.ChooseDigest(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil && analysis.KindOf(err) == analysis.Invalid {
		return nil
	}
	return err
}
