package storage

import (
	"context"
	"time"
)

// Condition is what doctor asks of a database. It names no client and nobody.
type Condition interface {
	// Sound has the engine check all that it stored and reports whether it found
	// nothing wrong. PostgreSQL checks what it reads by itself: it only answers.
	Sound(ctx context.Context) (bool, error)
	// Held counts the messages that did not arrive, by what they are and why: those
	// that ended, and those that were to be sent before late and are not, the most
	// first. Times are wall time.
	Held(ctx context.Context, late time.Time) ([]Held, error)
	// Delivered returns the newest messages that were sent and stand in no thread,
	// at most limit.
	Delivered(ctx context.Context, limit int) ([]LedgerEntry, error)
}

// Held is a number of messages of a kind that did not arrive for one reason.
type Held struct {
	State  LedgerState
	Kind   string
	Reason string // error code of the last failure; empty: none
	Count  int
	Newest time.Time // when the last attempt began; zero: none did
}

// Ended reports whether nothing will be tried any more.
func (h Held) Ended() bool { return h.State == Failed || h.State == Unknown }
