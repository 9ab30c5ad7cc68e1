package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// DigestChoice is when somebody wants their weekly digest.
type DigestChoice struct {
	User    analysis.UserID
	Version int // 1 for the first; raised by every change
	Weekday int // 1 is Monday, 7 Sunday
	Minute  int // of the day in the user's own zone, 0..1439
	Stopped bool
	Shown   int // groups before "meer"; 0: as the office chose
	At      time.Time
}

// DefaultDigest is Monday 08:30.
func DefaultDigest(user analysis.UserID) DigestChoice {
	return DigestChoice{User: user, Weekday: 1, Minute: 8*60 + 30}
}

// Digests reads them.
type Digests interface {
	// Digest returns what user chose, or analysis.NotFound where they never did.
	Digest(ctx context.Context, user analysis.UserID) (DigestChoice, error)
	// Digests returns all present choices by user.
	Digests(ctx context.Context) ([]DigestChoice, error)
}

// DigestTx changes them.
type DigestTx interface {
	// ChooseDigest records c as the version after c.Version. Where the present
	// version is another one it was changed meanwhile, and a day or minute that
	// does not exist is refused: analysis.Invalid.
	ChooseDigest(ctx context.Context, c DigestChoice) error
}
