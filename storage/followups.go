package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// FollowUps reads what people do about answers by name.
type FollowUps interface {
	// FollowUps returns the newest version of every follow-up, by response and kind.
	FollowUps(ctx context.Context) ([]FollowUp, error)
	// FollowUpHistory returns all versions of one, the newest first.
	FollowUpHistory(ctx context.Context, response analysis.ResponseID, kind FollowUpKind) ([]FollowUp, error)
}

// FollowUpTx writes it down.
type FollowUpTx interface {
	// SaveFollowUp makes f the version after f.Version; where the present version is
	// another one: analysis.Invalid. A response of no client wave by name, or one
	// that is not there, is analysis.NotFound.
	SaveFollowUp(ctx context.Context, f FollowUp) error
}

// FollowUpKind is why somebody follows an answer up.
type FollowUpKind string

// The kinds.
const (
	Ambassador FollowUpKind = "ambassadeur"
	Winback    FollowUpKind = "terugwinkans"
	Lead       FollowUpKind = "lead"
)

// FollowUpState is how far a follow-up is.
type FollowUpState string

// The states.
const (
	FollowUpOpen    FollowUpState = "open"
	FollowUpDone    FollowUpState = "gedaan"
	FollowUpDropped FollowUpState = "vervallen"
	FollowUpFree    FollowUpState = "vrij" // given back: nobody has it
)

// FollowUp is what somebody does about an answer.
type FollowUp struct {
	Response analysis.ResponseID
	Kind     FollowUpKind
	Version  int                // 1 for the first
	Owner    analysis.ManagerID // 0: nobody, where it is free
	State    FollowUpState
	Note     string // what came of it; may be empty
	By       analysis.UserID
	At       time.Time
}
