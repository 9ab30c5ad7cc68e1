package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Take answers *Oppakken*: it is the asker's.
func (c FollowUps) Take(ctx context.Context, req Request) (Reply, error) {
	s := followSpotOf(req.Value)
	if req.Actor.Manager == 0 {
		return c.instead(ctx, req, s, analysis.Fail(analysis.Invalid, "follow.no_portfolio", nil))
	}
	return c.save(ctx, req, s, "follow.take", storage.FollowUp{Owner: req.Actor.Manager, State: storage.FollowUpOpen})
}

// AskWhom answers *Geef aan collega*: the form.
func (c FollowUps) AskWhom(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.FollowHand)
}

// AskResult answers *Gedaan*: the form that asks what came of it.
func (c FollowUps) AskResult(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.FollowDoneForm)
}

// AskReason answers *Vervallen*: the form that asks why.
func (c FollowUps) AskReason(ctx context.Context, req Request) (Reply, error) {
	return c.form(ctx, req, view.FollowDropForm)
}

// form shows a form about the row that the button names.
func (c FollowUps) form(ctx context.Context, req Request, form func(*locale.Printer, view.FollowRow) view.Modal) (Reply, error) {
	s := followSpotOf(req.Value)
	f, err := c.find(ctx, req, s)
	if err == nil && f.now.Version != s.version {
		err = c.changed(f)
	}
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	rows, err := c.rows(ctx, req, s, []followed{f})
	if err != nil {
		return Reply{}, err
	}
	return Show(form(locale.New(req.Lang, req.Zone), rows[0])), nil
}

// ValidateWhom checks whom the form names.
func (c FollowUps) ValidateWhom(ctx context.Context, req Request) (map[string]string, error) {
	return c.Hand.ValidateHand(ctx, req)
}

// Give answers that form: the colleague has it, and is told by the ledger.
func (c FollowUps) Give(ctx context.Context, req Request) (Reply, error) {
	who, heir, err := c.Hand.heir(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	s := followSpotOf(req.Private)
	letter := storage.LedgerEntry{Key: followKey(s.response, s.kind, s.version+1), Kind: followLetter, User: who.User,
		Lang: string(who.Lang), Subject: followSpot{kind: s.kind, response: s.response, version: s.version + 1}.String(), Author: req.Actor.User, At: req.At, Due: c.Now()}
	return c.save(ctx, req, s, "follow.give", storage.FollowUp{Owner: heir.ID, State: storage.FollowUpOpen}, func(tx storage.Tx) error {
		_, err := tx.Enqueue(ctx, letter)
		return err
	})
}

// ValidateNote wants words: what came of it, or why it is dropped.
func (c FollowUps) ValidateNote(_ context.Context, req Request) (map[string]string, error) {
	if tidy(req.Fields[view.FieldFollow]) != "" {
		return nil, nil
	}
	return map[string]string{view.FieldFollow: locale.New(req.Lang, req.Zone).T("follow.note_missing", nil)}, nil
}

// Done answers the form of *Gedaan*.
func (c FollowUps) Done(ctx context.Context, req Request) (Reply, error) {
	return c.settle(ctx, req, "follow.done", storage.FollowUpDone)
}

// Drop answers the form of *Vervallen*.
func (c FollowUps) Drop(ctx context.Context, req Request) (Reply, error) {
	return c.settle(ctx, req, "follow.drop", storage.FollowUpDropped)
}

func (c FollowUps) settle(ctx context.Context, req Request, action string, state storage.FollowUpState) (Reply, error) {
	if wrong, err := c.ValidateNote(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	s := followSpotOf(req.Private)
	f, err := c.find(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	owner := f.now.Owner
	if owner == 0 {
		owner = req.Actor.Manager // done at once by who never took it up
	}
	return c.save(ctx, req, s, action, storage.FollowUp{Owner: owner, State: state, Note: cutRunes(tidy(req.Fields[view.FieldFollow]), view.LongestFollow)})
}

// Undo answers *Ongedaan maken* and *Heropen*: it is what it was before its newest
// version, or nobody's where that was its first.
func (c FollowUps) Undo(ctx context.Context, req Request) (Reply, error) {
	s := followSpotOf(req.Value)
	versions, err := c.Followed.FollowUpHistory(ctx, s.response, s.kind)
	if err != nil {
		return Reply{}, err
	}
	before := storage.FollowUp{State: storage.FollowUpFree}
	for _, v := range versions {
		if v.Version == s.version-1 {
			before = storage.FollowUp{Owner: v.Owner, State: v.State, Note: v.Note}
		}
	}
	return c.save(ctx, req, s, "follow.undo", before)
}

// save writes f as the version after the one that was seen, once for each
// request, and shows the list. Who comes second reads who was first.
func (c FollowUps) save(ctx context.Context, req Request, s followSpot, action string, f storage.FollowUp, also ...func(storage.Tx) error) (Reply, error) {
	row, err := c.find(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	f.Response, f.Kind, f.Version, f.By, f.At = s.response, s.kind, s.version, req.Actor.User, req.At
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Client: row.answer.Client, Group: row.answer.Group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		if err := tx.SaveFollowUp(ctx, f); err != nil {
			return err
		}
		if err := tx.Revise(ctx, followKey(s.response, s.kind, s.version)); err != nil { // the letter that gave it
			return err
		}
		for _, do := range also {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if analysis.KindOf(err) == analysis.Invalid {
		if now, again := c.find(ctx, req, s); again == nil && now.now.Version != s.version {
			err = c.changed(now)
		}
	}
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	return c.saved(ctx, req, s, action, f, row)
}

// saved shows the list with what was done.
func (c FollowUps) saved(ctx context.Context, req Request, s followSpot, action string, f storage.FollowUp, row followed) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	name, err := c.called(ctx, row)
	if err != nil {
		return Reply{}, err
	}
	if name == "" {
		name = p.T("follow.prospect", nil)
	}
	args := analysis.Args{"name": name}
	if action == "follow.give" {
		owner, err := c.Managers.Manager(ctx, f.Owner)
		if err != nil {
			return Reply{}, fmt.Errorf("read manager %d: %w", f.Owner, err)
		}
		args["who"] = owner.Name
	}
	done := view.Outcome{Said: p.T(action+".said", args)}
	if action != "follow.undo" {
		undo := s
		undo.version = s.version + 1
		done.Undo = undo.String()
	}
	return c.list(ctx, req, s, done)
}

// changed says who did what to f meanwhile.
func (c FollowUps) changed(f followed) error {
	key := "survey.followup_changed"
	if f.now.By != "" {
		key = map[storage.FollowUpState]string{storage.FollowUpOpen: "follow.changed.open", storage.FollowUpDone: "follow.changed.done",
			storage.FollowUpDropped: "follow.changed.dropped", storage.FollowUpFree: "follow.changed.free"}[f.now.State]
	}
	return analysis.Fail(analysis.Invalid, key, analysis.Args{"who": f.now.By})
}
