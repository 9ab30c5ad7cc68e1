package storage

import (
	"context"
	"iter"
	"time"

	"klantbot/analysis"
)

// Touches reads moments of attention (contactmomenten): the newest version of
// each, without those that were taken back. Moments of groups that were merged
// are those of the group they are part of.
type Touches interface {
	// Touches returns the moments of a group, newest day first, at most limit
	// after skipping offset, and how many there are in all.
	Touches(ctx context.Context, group analysis.GroupID, offset, limit int) ([]analysis.Touch, int, error)
	// Touch returns the newest version of one moment, also when it was taken back,
	// or analysis.NotFound.
	Touch(ctx context.Context, id analysis.TouchID) (analysis.Touch, error)
	// Answered returns the moment of a group that answers what asked names (an
	// attention.Item's Key), or analysis.NotFound where none does.
	Answered(ctx context.Context, group analysis.GroupID, asked string) (analysis.Touch, error)
	// TouchHistory returns all versions of a moment, newest first, or
	// analysis.NotFound.
	TouchHistory(ctx context.Context, id analysis.TouchID) ([]analysis.Touch, error)
	// Moments yields every moment with from <= day <= to by day. It streams one
	// moment of the database and ends at the first error, which it yields.
	Moments(ctx context.Context, from, to analysis.Day) iter.Seq2[TouchLine, error]
	// NextSteps returns the moments had by user, or by manager, of which a next step
	// is open: no later moment was had with the group. Those with the earliest
	// NextDay come first and those without one last; at most limit, and how many
	// there are in all. An empty user and manager 0 had none.
	NextSteps(ctx context.Context, user analysis.UserID, manager analysis.ManagerID, limit int) ([]analysis.Touch, int, error)
	// FirstTouch returns when the first moment was written, by hand or by an import,
	// and the zero time where none was.
	FirstTouch(ctx context.Context) (time.Time, error)
}

// TouchLine is a moment as a line of a list or a report.
type TouchLine struct {
	analysis.Touch
	Number      string // of the client; of the group where it was with the group as a whole
	Name        string
	ContactName string // empty: not said, or not there any more
	ByEmail     string // of the manager; empty: not known
	ByName      string
}

// TouchTx writes moments.
type TouchTx interface {
	// AddTouch logs t as a new moment. ID, Version and Removed are not looked at.
	// Where Asked was answered already, by two people at once for instance,
	// nothing is added and the moment that answered it comes back with added
	// false. An unknown Kind is analysis.Invalid, a group, client or contact person
	// that is not there analysis.NotFound.
	AddTouch(ctx context.Context, t analysis.Touch) (id analysis.TouchID, added bool, err error)
	// ReviseTouch makes t the version after t.Version: a correction, or with
	// Removed the moment taken back; writing an earlier version again undoes
	// either. Group, Source, Link and Asked stay as they were. Where the present
	// version is another one, somebody else changed it meanwhile: analysis.Invalid.
	ReviseTouch(ctx context.Context, t analysis.Touch) error
}
