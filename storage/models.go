package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Models keeps what a language model costs and answered, each call in a
// transaction of its own: a model is asked while a report is being made, long
// before anything else is written.
type Models interface {
	// Cached returns what was kept under key, and false where nothing was.
	Cached(ctx context.Context, key string) ([]byte, bool, error)
	// Keep keeps answer under key from at; an earlier one is replaced.
	Keep(ctx context.Context, key string, answer []byte, at time.Time) error
	// Spend takes tokens from what most allows on day and reports whether there
	// was enough; when there was not, nothing is taken.
	Spend(ctx context.Context, day analysis.Day, tokens, most int) (bool, error)
	// RecordCall adds c to the trail of calls.
	RecordCall(ctx context.Context, c ModelCall) error
	// ModelCalls returns the newest calls first, at most limit.
	ModelCalls(ctx context.Context, limit int) ([]ModelCall, error)
	// ForgetCached removes what was kept before then, and returns how many.
	ForgetCached(ctx context.Context, before time.Time) (int, error)
}

// ModelCall is one call of a language model. It holds no text.
type ModelCall struct {
	At      time.Time
	By      analysis.UserID // on whose behalf; empty: the operator
	Purpose string          // the prompt file with its version
	Model   string
	Input   int // tokens; 0: the endpoint did not say
	Output  int
	Took    time.Duration // kept to the millisecond
	Verdict string        // "ok", or in a word what was wrong
}
