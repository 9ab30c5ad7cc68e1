package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// followLetter is the kind of ledger entry that tells somebody what was given to
// them.
const followLetter = "follow.given"

// followKey is the ledger key of that message: version is the one that it gave.
func followKey(response analysis.ResponseID, kind storage.FollowUpKind, version int) string {
	return fmt.Sprintf("followup/%d/%s/%d", response, kind, version)
}

// Letter renders that message: what was given, as it is now.
func (c FollowUps) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s := followSpotOf(e.Subject)
	req := Request{Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}, At: e.At}
	f, err := c.find(ctx, req, s)
	if err != nil {
		return view.Message{}, err
	}
	rows, err := c.rows(ctx, req, s, []followed{f})
	if err != nil {
		return view.Message{}, err
	}
	return view.FollowGiven(locale.New(locale.Lang(e.Lang), nil), rows[0], string(s.kind), req.today(), e.Author), nil
}

// Mine returns what the manager of actor has open, the longest first.
func (c FollowUps) Mine(ctx context.Context, req Request) ([]view.HomeFollow, error) {
	if req.Actor.Manager == 0 || c.Followed == nil {
		return nil, nil
	}
	saved, err := c.Followed.FollowUps(ctx)
	if err != nil {
		return nil, err
	}
	kinds := map[storage.FollowUpKind]bool{}
	for _, f := range saved {
		if f.Owner == req.Actor.Manager && f.State == storage.FollowUpOpen {
			kinds[f.Kind] = true
		}
	}
	var mine []view.HomeFollow
	for _, kind := range followKinds {
		if !kinds[kind] {
			continue
		}
		all, err := c.all(ctx, req, kind)
		if err != nil {
			return nil, err
		}
		for _, f := range all {
			if f.now.Owner != req.Actor.Manager || f.state() != storage.FollowUpOpen {
				continue
			}
			var row view.FollowRow
			if err := c.name(ctx, f, &row); err != nil {
				return nil, err
			}
			mine = append(mine, view.HomeFollow{Name: row.Client.Name, Kind: string(kind), At: f.now.At,
				Value: followSpot{kind: kind, response: f.answer.ID, home: true}.String()})
		}
	}
	return mine, nil
}
