package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// FeedbackID identifies what a client said outside surveys.
type FeedbackID int64

// Tone is which side what was said takes.
type Tone int

// The tones.
const (
	Critical Tone = -1
	Even     Tone = 0
	Pleased  Tone = 1
)

// Feedback is what a client said outside surveys: words out of a message that
// somebody kept. It never enters the figures of a wave.
type Feedback struct {
	ID     FeedbackID
	Client analysis.ClientID
	Group  analysis.GroupID // of Client now; only read
	Theme  string           // as survey.ThemeName writes it; empty: none
	Tone   Tone
	Words  string
	Link   string // to the message; empty: not known
	Day    analysis.Day
	By     analysis.UserID
	At     time.Time
}

// Feedbacks reads it. What was taken back is not there.
type Feedbacks interface {
	// FeedbackOf returns what was said by the clients of a group, of all groups for
	// 0, the newest first.
	FeedbackOf(ctx context.Context, group analysis.GroupID) ([]Feedback, error)
	// Feedback returns one, or an analysis.NotFound error.
	Feedback(ctx context.Context, id FeedbackID) (Feedback, error)
}

// FeedbackTx keeps it.
type FeedbackTx interface {
	// AddFeedback adds f and returns its id. Where something of the same message
	// stands already, that one's id comes back, and added is false. No words or an
	// unknown tone is analysis.Invalid.
	AddFeedback(ctx context.Context, f Feedback) (id FeedbackID, added bool, err error)
	// RemoveFeedback takes it back. Doing so again is no error.
	RemoveFeedback(ctx context.Context, id FeedbackID, at time.Time) error
}
