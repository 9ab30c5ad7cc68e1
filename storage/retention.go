package storage

import (
	"context"

	"klantbot/analysis"
)

// Retained is a kind of what people wrote about clients that an office may keep for
// a time of its own choice.
type Retained string

// The kinds. What is not here has a time of its own, or is kept as long as the
// client.
const (
	RetainNotes    Retained = "notities"   // notes and next steps of moments; the moments stay
	RetainAnswers  Retained = "antwoorden" // answers in people's own words, of surveys by name; the scores stay
	RetainFeedback Retained = "uitspraken" // what clients said outside surveys
	RetainRemarks  Retained = "opmerkingen"
	// RetainSessions is what people wrote in discussions that are over and of which no
	// action is open any more; who took part, and when, stays.
	RetainSessions Retained = "gesprekken"
)

// RetainedKinds lists them.
func RetainedKinds() []Retained {
	return []Retained{RetainNotes, RetainAnswers, RetainFeedback, RetainRemarks, RetainSessions}
}

// Retention tells what is older than a day.
type Retention interface {
	// Older returns how much of kind is of before day.
	Older(ctx context.Context, kind Retained, day analysis.Day) (int, error)
}

// RetentionTx takes it out.
type RetentionTx interface {
	// Expire takes out what Older counts, at most limit, and returns how much it was.
	Expire(ctx context.Context, kind Retained, day analysis.Day, limit int) (int, error)
}
