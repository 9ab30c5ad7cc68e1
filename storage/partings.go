package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Decision is what a partner decided about a D group.
type Decision string

// The decisions. A group without one has not been decided about.
const (
	Keep    Decision = "houden"
	Develop Decision = "ontwikkelen"
	Part    Decision = "afscheid"
)

// Future is what was decided about a group, and how far a parting is.
type Future struct {
	Group    analysis.GroupID
	Decision Decision
	Reason   string
	By       analysis.UserID
	At       time.Time
	// Done are the steps of the checklist for parting that were taken: letter,
	// notice, file, work.
	Done []string
}

// Futures reads decisions about D groups. The last one that was recorded about a
// group counts, also where the group was merged into another since.
type Futures interface {
	// Future returns the present decision about a group, or analysis.NotFound.
	Future(ctx context.Context, id analysis.GroupID) (Future, error)
	// Futures returns all present decisions by group.
	Futures(ctx context.Context) ([]Future, error)
}

// FutureTx records decisions; older ones are kept.
type FutureTx interface {
	// Decide records f beside earlier decisions. An unknown Decision is an
	// analysis.Invalid error, and a group that is not there analysis.NotFound.
	Decide(ctx context.Context, f Future) error
}
