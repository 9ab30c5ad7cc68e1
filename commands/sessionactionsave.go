package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Done answers *Gedaan*.
func (c SessionActions) Done(ctx context.Context, req Request) (Reply, error) {
	return c.handle(ctx, req, actionSpotOf(req.Value), "action.done", func(session.Action) session.Handled {
		return session.Handled{State: session.Done, Due: analysis.NoDay}
	})
}

// Reopen answers *Heropen*: it is to be done after all.
func (c SessionActions) Reopen(ctx context.Context, req Request) (Reply, error) {
	return c.handle(ctx, req, actionSpotOf(req.Value), "action.reopen", func(session.Action) session.Handled {
		return session.Handled{State: session.Open, Due: analysis.NoDay}
	})
}

// AskDay answers *Verzet*: the form.
func (c SessionActions) AskDay(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.ActionMoveForm)
}

// AskReason answers *Vervallen*: the form that asks why.
func (c SessionActions) AskReason(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.ActionDropForm)
}

// AskWhom answers *Geef door*: the form.
func (c SessionActions) AskWhom(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.ActionHandForm)
}

// form shows a form about the action that the button names.
func (c SessionActions) form(ctx context.Context, req Request, form func(*locale.Printer, view.ActionRow, analysis.Day, bool) view.Modal) (Reply, error) {
	s := actionSpotOf(req.Value)
	row, err := c.find(ctx, req, s)
	switch {
	case err != nil:
	case row.Changes != s.base:
		err = analysis.Fail(analysis.Invalid, "session.action.changed", nil)
	case !row.May:
		err = analysis.Fail(analysis.Forbidden, "session.action.not_own", nil)
	}
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	return Show(form(locale.New(req.Lang, req.Zone), row, req.today(), !s.letter)), nil
}

// ValidateMove wants a day that comes and a reason.
func (c SessionActions) ValidateMove(ctx context.Context, req Request) (map[string]string, error) {
	wrong, err := c.ValidateReason(ctx, req)
	if day := dayIn(req.Fields[view.FieldDay]); !day.Known() || day < req.today() {
		if wrong == nil {
			wrong = map[string]string{}
		}
		wrong[view.FieldDay] = locale.New(req.Lang, req.Zone).T("session.action.due", nil)
	}
	return wrong, err
}

// ValidateReason wants words.
func (c SessionActions) ValidateReason(_ context.Context, req Request) (map[string]string, error) {
	if tidy(req.Fields[view.FieldActionWhy]) != "" {
		return nil, nil
	}
	return map[string]string{view.FieldActionWhy: locale.New(req.Lang, req.Zone).T("session.action.reason", nil)}, nil
}

// ValidateWhom wants a colleague.
func (c SessionActions) ValidateWhom(ctx context.Context, req Request) (map[string]string, error) {
	_, err := c.heir(ctx, req)
	if analysis.KindOf(err) != analysis.Invalid || err == nil {
		return nil, err
	}
	return map[string]string{view.FieldColleague: sentence(locale.New(req.Lang, req.Zone), err)}, nil
}

// heir is whom the form names.
func (c SessionActions) heir(ctx context.Context, req Request) (Colleague, error) {
	user := analysis.UserID(req.Fields[view.FieldColleague])
	if user == "" || c.Colleagues == nil {
		return Colleague{}, analysis.Fail(analysis.Invalid, "session.action.owner", nil)
	}
	who, err := c.Colleagues.Colleague(ctx, user)
	if err != nil {
		return who, fmt.Errorf("find who %s is: %w", user, err)
	}
	if !who.Full {
		return who, analysis.Fail(analysis.Invalid, "action.hand_stranger", nil)
	}
	return who, nil
}

// Move answers that form.
func (c SessionActions) Move(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.ValidateMove(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	return c.handle(ctx, req, actionSpotOf(req.Private), "action.move", func(session.Action) session.Handled {
		return session.Handled{State: session.Delayed, Due: dayIn(req.Fields[view.FieldDay]), Reason: cutRunes(tidy(req.Fields[view.FieldActionWhy]), session.LongestText)}
	})
}

// Drop answers the form of a reason.
func (c SessionActions) Drop(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.ValidateReason(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	return c.handle(ctx, req, actionSpotOf(req.Private), "action.drop", func(session.Action) session.Handled {
		return session.Handled{State: session.Dropped, Due: analysis.NoDay, Reason: cutRunes(tidy(req.Fields[view.FieldActionWhy]), session.LongestText)}
	})
}

// Hand answers the form of a colleague, who is told by the ledger.
func (c SessionActions) Hand(ctx context.Context, req Request) (Reply, error) {
	who, err := c.heir(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	s := actionSpotOf(req.Private)
	letter := storage.LedgerEntry{Key: actionGivenKey(s.session, s.action, s.base+1), Kind: actionLetter, User: who.User, Lang: string(who.Lang),
		Subject: actionSubject(s.session, s.action, ""), Author: req.Actor.User, At: req.At, Due: c.Now()}
	return c.handle(ctx, req, s, "action.hand", func(a session.Action) session.Handled { return owned(a, who.User, req.today()) },
		func(tx storage.Tx) error {
			if who.User == req.Actor.User {
				return nil // they know
			}
			_, err := tx.Enqueue(ctx, letter)
			return err
		})
}

// owned makes a another one's. One that was moved to a day that is gone by is open
// again: a day can only be chosen from today on.
func owned(a session.Action, owner analysis.UserID, today analysis.Day) session.Handled {
	h := session.Handled{State: a.State, Due: a.Due, Owner: owner}
	if a.State == session.Delayed && a.Due < today {
		h.State, h.Due = session.Open, analysis.NoDay
	}
	return h
}

// Undo answers *Ongedaan maken* in the list: the action is what it was before its
// newest change.
func (c SessionActions) Undo(ctx context.Context, req Request) (Reply, error) {
	return c.handle(ctx, req, actionSpotOf(req.Value), "action.undo", func(a session.Action) session.Handled {
		if len(a.History) < 2 {
			return session.Handled{State: a.State, Due: analysis.NoDay}
		}
		before := a.History[len(a.History)-2]
		h := session.Handled{State: before.State, Due: before.Due, Owner: before.Owner}
		if before.Due != a.Due { // it was moved: the day comes back as a day that is chosen
			h.State, h.Reason = session.Delayed, locale.New(req.Lang, req.Zone).T("action.undo.why", nil)
		} else if before.State == session.Delayed && before.Due < req.today() {
			h.State = session.Open
		} else if before.State == session.Delayed || before.State == session.Dropped {
			h.Reason = before.Reason
		}
		return h
	})
}

// handle changes the action that s names into what change makes of it, once for
// each request, with whatever messages show it. In the list it shows the list.
func (c SessionActions) handle(ctx context.Context, req Request, s actionSpot, action string, change func(session.Action) session.Handled, also ...func(storage.Tx) error) (Reply, error) {
	told := Then(func(storage.Tx, *session.State, *session.State) error { return nil })
	if c.Told != nil {
		var err error
		if told, err = c.Told(ctx, s.session, req.At); err != nil {
			return Reply{}, err
		}
	}
	var before session.Action
	deed := func(state *session.State) ([]session.Body, error) {
		a := state.Action(s.action)
		if a == nil {
			return nil, analysis.Fail(analysis.NotFound, "session.action.gone", nil)
		}
		before = *a
		h := change(*a)
		h.Action, h.Base = s.action, s.base
		return []session.Body{h}, nil
	}
	then := func(tx storage.Tx, was, is *session.State) error {
		for _, key := range actionLetterKeys(s.session, before, analysis.DayOf(req.At.In(officeZone))) {
			if err := tx.Revise(ctx, key); err != nil {
				return err
			}
		}
		for _, do := range also {
			if err := do(tx); err != nil {
				return err
			}
		}
		return told(tx, was, is)
	}
	state, _, err := c.Sessions.Press(ctx, s.session, PressOf(req, action), deed, then)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	if s.letter {
		return Reply{}, nil // the ledger draws the message anew, and the window over it closes
	}
	now := state.Action(s.action)
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T(action+".said", analysis.Args{"day": locale.New(req.Lang, req.Zone).Near(now.Due, req.today())})}
	if n := len(now.History); action != "action.undo" && n > 1 {
		if was := now.History[n-2].Due; was == now.Due || was >= req.today() { // else that day can not be chosen any more
			undo := s
			undo.base = n
			done.Undo = undo.String()
		}
	}
	return c.list(ctx, req, s, done)
}
