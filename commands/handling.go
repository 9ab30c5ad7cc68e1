package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// Handling is what people do with what is asked of them: done, later, not
// needed, handed over. The buttons are the same in the digest, in /aandacht and
// on the Home tab; every press is looked up and authorized again.
type Handling struct {
	Week       Attention
	Client     Client // opens a card
	Clients    storage.Clients
	Letters    Letters
	Colleagues Colleagues
	Store      storage.Writer
	Now        func() time.Time // wall time: when the ledger may send
	// Redraw draws a place anew after a press in it, by what its name begins with:
	// "m" for m/2026-W48. Messages of the ledger are changed by delivery.
	Redraw map[string]func(ctx context.Context, req Request, place string) (Reply, error)
}

// Letters reads what the bot said.
type Letters interface {
	// Entry returns the entry with key, or an analysis.NotFound error.
	Entry(ctx context.Context, key string) (storage.LedgerEntry, error)
}

// Done answers *Gedaan*: a moment of today answers what was asked. Of two people
// who press at once one has had it, and the other reads who.
func (h Handling) Done(ctx context.Context, req Request) (Reply, error) {
	s, err := h.find(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	touch := analysis.Touch{Group: s.group, Kind: s.touch, Day: req.today(), By: req.Actor.User, Manager: req.Actor.Manager,
		NextDay: analysis.NoDay, Source: pressedIn(s.place), Asked: s.key(), Author: req.Actor.User, At: req.At}
	var before analysis.TouchID
	err = h.settle(ctx, req, s, "attention.done", func(tx storage.Tx) error {
		id, added, err := tx.AddTouch(ctx, touch)
		if err == nil && !added {
			before = id
		}
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	if before != 0 {
		first, err := h.Week.Touches.Touch(ctx, before)
		if err != nil {
			return Reply{}, fmt.Errorf("read who had it first: %w", err)
		}
		if err := h.already(ctx, req, first); err != nil {
			return Reply{}, err
		}
	}
	return h.again(ctx, req, s.place)
}

// answerable refuses what is over and what somebody else answered.
func (h Handling) answerable(ctx context.Context, req Request, s stateOf) error {
	if s.answered {
		return h.already(ctx, req, s.answer)
	}
	if !s.current {
		return analysis.Fail(analysis.Invalid, "attention.stale", analysis.Args{"day": s.from})
	}
	return nil
}

// already says who answered it; nil where it was the asker, on this day.
func (h Handling) already(ctx context.Context, req Request, t analysis.Touch) error {
	if t.By == req.Actor.User && t.By != "" && t.Day == req.today() {
		return nil
	}
	who, err := h.nameOf(ctx, t.Manager)
	if err != nil {
		return err
	}
	if who == "" {
		who = locale.New(req.Lang, req.Zone).T("attention.somebody", nil)
	}
	return analysis.Fail(analysis.Invalid, "attention.already", analysis.Args{"who": who, "day": t.Day})
}

// Undo answers *Ongedaan maken*: the moment or the decision is taken back.
func (h Handling) Undo(ctx context.Context, req Request) (Reply, error) {
	s, err := h.find(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	if !s.answered && s.mark.State == "" {
		return h.again(ctx, req, s.place) // somebody else already did
	}
	also, err := h.untold(ctx, req, s)
	if err != nil {
		return Reply{}, err
	}
	err = h.settle(ctx, req, s, "attention.undo", func(tx storage.Tx) error {
		if s.answered {
			back := s.answer
			back.Removed, back.Author, back.At = true, req.Actor.User, req.At
			return tx.ReviseTouch(ctx, back)
		}
		also = append(also, storage.AttentionMark{Group: s.group, Version: s.mark.Version, User: req.Actor.User, At: req.At,
			Mark: attention.Mark{Activity: s.activity, Period: s.from, Until: analysis.NoDay, By: req.Actor.Manager}})
		for _, mark := range also {
			if err := tx.Mark(ctx, mark); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	return h.again(ctx, req, s.place)
}

// Card answers *Kaart*: the client's card, beside what was pressed.
func (h Handling) Card(ctx context.Context, req Request) (Reply, error) {
	if req.Channel.ID == "" {
		req.InModal = true // pressed on the Home tab: there is no message to stand beside
	}
	reply, err := h.Client.Open(ctx, req)
	reply.Beside = reply.Now != nil
	return reply, err
}

// settle changes something about s, once for each request, with its audit line
// and with every message of the ledger that shows it.
func (h Handling) settle(ctx context.Context, req Request, s stateOf, action string, change func(storage.Tx) error) error {
	shown, err := h.shown(ctx, req, s)
	if err != nil {
		return err
	}
	err = h.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Group: s.group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		for _, key := range shown {
			if err := tx.Revise(ctx, key); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("handle what was asked of group %d: %w", s.group, err)
	}
	return nil
}

// shown are the keys of the ledger messages that show s: the digests of this and
// last week of everybody concerned, the one it was pressed in, and the letter
// that handed it over.
func (h Handling) shown(ctx context.Context, req Request, s stateOf) ([]string, error) {
	weeks := []string{attention.WeekOf(req.today()).String(), attention.WeekOf(req.today() - 7).String()}
	if _, week, ok := strings.Cut(s.place, "/"); ok && !slices.Contains(weeks, week) {
		weeks = append(weeks, week)
	}
	users, err := h.concerned(ctx, req, s)
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, user := range users {
		for _, week := range weeks {
			e, err := h.Letters.Entry(ctx, digestKey(user, week))
			if err != nil && analysis.KindOf(err) != analysis.NotFound {
				return nil, fmt.Errorf("look for a digest: %w", err)
			}
			if err == nil && pageOf(e.Subject).asks(s.askedFor) {
				keys = append(keys, e.Key)
			}
		}
	}
	if s.mark.State == attention.HandedOver {
		keys = append(keys, handedKey(s.askedFor, s.mark.Version))
	}
	return keys, nil
}

// concerned are the accounts of who may have s in a digest.
func (h Handling) concerned(ctx context.Context, req Request, s stateOf) ([]analysis.UserID, error) {
	users := []analysis.UserID{req.Actor.User}
	known, err := Accounts(ctx, h.Colleagues)
	if err != nil {
		return nil, err
	}
	people := []analysis.ManagerID{s.in.Manager, s.in.Partner, s.mark.To, s.mark.By}
	if stand, err := h.Week.standIns(ctx, req.today()); err != nil {
		return nil, err
	} else if stand != nil {
		for _, m := range slices.Clone(people) {
			people = append(people, stand(m))
		}
	}
	names := colleagues{managers: h.Week.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	for _, id := range people {
		m, err := names.of(ctx, id)
		if err != nil {
			return nil, err
		}
		if who, ok := known[strings.ToLower(m.Email)]; ok && !slices.Contains(users, who.User) {
			users = append(users, who.User)
		}
	}
	return users, nil
}

// again is the answer to a press in place: what stands there now.
func (h Handling) again(ctx context.Context, req Request, place string) (Reply, error) {
	kind, _, _ := strings.Cut(place, "/")
	if redraw := h.Redraw[kind]; redraw != nil {
		return redraw(ctx, req, place)
	}
	return Reply{}, nil
}
