package storage

import (
	"context"
	"time"

	"klantbot/analysis"
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
	// LeftBehind returns what should be gone from Slack, because of retention or because
	// somebody was forgotten, and of which Slack refuses for good to let go: at most
	// limit, files first, and how much there is in all. A message that is not there any
	// more is none.
	LeftBehind(ctx context.Context, limit int) ([]LeftBehind, int, error)
	// Backlog counts what is still to be done at now, by wall time, and what
	// language models were asked so far.
	Backlog(ctx context.Context, now time.Time) (Backlog, error)
}

// LeftBehind is a file, or a message, by Slack's ids.
type LeftBehind struct {
	File    string // empty: a message
	Channel analysis.ChannelID
	User    analysis.UserID // in whose direct messages it stands, where Channel is empty
	TS      string
	Code    string // with which Slack refuses
}

// Backlog is how much waits, for metrics.
type Backlog struct {
	Inbox       int           // acknowledged and not answered
	InboxAge    time.Duration // of the oldest of those; 0: none
	Due         int           // messages that should be gone
	DueAge      time.Duration // since the oldest of those was due; 0: none
	Later       int           // messages that are not due yet
	Sending     int
	Unknown     int // a person must look
	Failed      int // and at these
	ModelCalls  int64
	ModelFailed int64 // of which not "ok"
	ModelTokens int64 // read and written, as the endpoints counted them
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
