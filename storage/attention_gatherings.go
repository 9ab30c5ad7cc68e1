package storage

import (
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
)

// Gathering is one event of a collective line, with its invitation list.
type Gathering struct {
	ID       int64
	Name     string
	Activity string // of the collective line
	Day      analysis.Day
	By       analysis.UserID
	At       time.Time
	// Invited counts the groups on the list; Coming and Declined those that said
	// so, Came those that came.
	Invited, Coming, Declined, Came int
}

// Invitation is one group on a list.
type Invitation struct {
	Gathering int64
	Group     analysis.GroupID
	State     attention.InvitationState
	By        analysis.UserID
	At        time.Time
}

// Gatherings reads them.
type Gatherings interface {
	// Gathering returns one, or analysis.NotFound.
	Gathering(ctx context.Context, id int64) (Gathering, error)
	// Gatherings returns those that are on, newest day first, at most limit.
	Gatherings(ctx context.Context, limit int) ([]Gathering, error)
	// Invitations returns the list of one, by group.
	Invitations(ctx context.Context, id int64) ([]Invitation, error)
}

// GatheringTx writes them.
type GatheringTx interface {
	// AddGathering makes one and returns its id. Name and Activity are not empty:
	// analysis.Invalid.
	AddGathering(ctx context.Context, g Gathering) (int64, error)
	// RemoveGathering calls one off, or analysis.NotFound.
	RemoveGathering(ctx context.Context, id int64) error
	// Invite puts a group on the list or says how far its invitation is. An
	// unknown State is analysis.Invalid, an event or group that is not there
	// analysis.NotFound. Who came is also a moment, which the caller adds.
	Invite(ctx context.Context, i Invitation) error
}
