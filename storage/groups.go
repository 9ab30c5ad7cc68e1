package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Proposal is a relatiegroep that the names, e-mail domains or shared contact
// persons suggest. A person confirms or refuses it.
type Proposal struct {
	ID     int64
	Groups []analysis.Group // as they are by now: at least two with clients, by number; the first would keep its number
	Why    string           // name, email or contact: what they share
}

// Proposals reads the open ones.
type Proposals interface {
	// Proposals returns open proposals, most groups first, at most limit after
	// skipping offset, and how many there are in all.
	Proposals(ctx context.Context, offset, limit int) ([]Proposal, int, error)
	// Proposal returns one open proposal, or an analysis.NotFound error.
	Proposal(ctx context.Context, id int64) (Proposal, error)
	// Merged returns the groups that the merge of a proposal made one of, by number,
	// or an analysis.NotFound error where there is no merge to undo.
	Merged(ctx context.Context, proposal int64) ([]analysis.Group, error)
}

// GroupTx decides about them.
type GroupTx interface {
	// Merge makes one group of the proposal's groups: it gets the lowest number
	// and keeps that group's name, manager and partner. It returns the group that
	// stays, and analysis.NotFound when the proposal was already decided.
	Merge(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) (analysis.GroupID, error)
	// Unmerge undoes a Merge and opens the proposal again, or analysis.NotFound
	// when there is none to undo. Where a later merge took the group further it
	// is analysis.Invalid: that one is undone first. Clients that left the group
	// since stay where they are.
	Unmerge(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) error
	// Dismiss closes a proposal; the same groups are not proposed again.
	Dismiss(ctx context.Context, proposal int64, by analysis.UserID, at time.Time) error
}
