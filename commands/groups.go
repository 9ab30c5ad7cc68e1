package commands

import (
	"context"
	"fmt"
	"strconv"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// proposalsShown is how many proposals stand on a page.
const proposalsShown = 5

// Groups lets people decide which clients decide as one. An import only
// proposes.
type Groups struct {
	Proposals storage.Proposals
	Store     storage.Writer
}

// List answers `/klantbot relatiegroepen` and its page buttons, whose value is
// where the page begins.
func (g Groups) List(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	return g.page(ctx, req, offset, nil)
}

// Merge makes one relatiegroep of a proposal.
func (g Groups) Merge(ctx context.Context, req Request) (Reply, error) {
	return g.decide(ctx, req, "group.merged", func(tx storage.Tx, p storage.Proposal) error {
		_, err := tx.Merge(ctx, p.ID, req.Actor.User, req.At)
		return err
	})
}

// Dismiss keeps the groups of a proposal apart for good.
func (g Groups) Dismiss(ctx context.Context, req Request) (Reply, error) {
	return g.decide(ctx, req, "group.dismissed", func(tx storage.Tx, p storage.Proposal) error {
		return tx.Dismiss(ctx, p.ID, req.Actor.User, req.At)
	})
}

// Undo puts merged groups apart again.
func (g Groups) Undo(ctx context.Context, req Request) (Reply, error) {
	id, err := strconv.ParseInt(req.Value, 10, 64)
	if err != nil {
		return Reply{}, analysis.Fail(analysis.NotFound, "group.gone", nil)
	}
	merged, err := g.Proposals.Merged(ctx, id)
	if analysis.KindOf(err) == analysis.NotFound && err != nil {
		return g.page(ctx, req, 0, &view.Decided{Said: locale.New(req.Lang, req.Zone).T("group.gone", nil)})
	}
	if err != nil {
		return Reply{}, fmt.Errorf("read whose merge is undone: %w", err)
	}
	for _, group := range merged {
		if !analysis.Allow(req.Actor, analysis.MergeGroups, subject(group)) {
			return Reply{}, refuse()
		}
	}
	err = g.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Action: "group.undo", Request: req.Key}); err != nil {
			return err
		}
		return tx.Unmerge(ctx, id, req.Actor.User, req.At)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("undo the merge: %w", err)
	}
	return g.page(ctx, req, 0, &view.Decided{Said: locale.New(req.Lang, req.Zone).T("group.undone", nil)})
}

// decide runs one decision about the proposal that the button names, once, and
// shows what is left.
func (g Groups) decide(ctx context.Context, req Request, key string, apply func(storage.Tx, storage.Proposal) error) (Reply, error) {
	id, err := strconv.ParseInt(req.Value, 10, 64)
	if err != nil {
		return Reply{}, analysis.Fail(analysis.NotFound, "group.gone", nil)
	}
	p := locale.New(req.Lang, req.Zone)
	proposal, err := g.Proposals.Proposal(ctx, id)
	if analysis.KindOf(err) == analysis.NotFound && err != nil {
		return g.page(ctx, req, 0, &view.Decided{Said: p.T("group.gone", nil)})
	}
	if err != nil {
		return Reply{}, fmt.Errorf("read the proposal: %w", err)
	}
	for _, group := range proposal.Groups {
		if !analysis.Allow(req.Actor, analysis.MergeGroups, subject(group)) {
			return Reply{}, refuse()
		}
	}
	err = g.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: key, Group: proposal.Groups[0].ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return apply(tx, proposal)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("decide about the proposal: %w", err)
	}
	said := &view.Decided{Said: p.T(key, analysis.Args{"name": proposal.Groups[0].Name})}
	if key == "group.merged" {
		said.Undo = proposal.ID
	}
	return g.page(ctx, req, 0, said)
}

func (g Groups) page(ctx context.Context, req Request, offset int, said *view.Decided) (Reply, error) {
	proposals, total, err := g.Proposals.Proposals(ctx, offset, proposalsShown)
	if err != nil {
		return Reply{}, fmt.Errorf("read the proposals: %w", err)
	}
	p := locale.New(req.Lang, req.Zone)
	page := view.ProposalPage{Offset: offset, Total: total, Size: proposalsShown, Said: said}
	for _, proposal := range proposals {
		row := view.ProposalRow{ID: proposal.ID, Why: p.T("group.why."+proposal.Why, nil)}
		mine := true
		for _, group := range proposal.Groups {
			row.Names = append(row.Names, fmt.Sprintf("%s (%s)", group.Name, group.Number))
			mine = mine && analysis.Allow(req.Actor, analysis.MergeGroups, subject(group))
		}
		row.Decidable = mine
		page.Rows = append(page.Rows, row)
	}
	return Say(view.Proposals(p, page)), nil
}
