package prompts

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Subject is a person or organisation the office knows.
type Subject struct {
	// Key is the same for all names of one subject, for instance "contact/17".
	Key string
	// Organisation is set for a company; else it is a person.
	Organisation bool
}

// Names is what the office knows people and organisations by. Both methods get
// the words as they stand in a text and compare without regard to case, accents,
// points and spacing. They must be safe for concurrent use.
type Names interface {
	// Exact returns who goes by these words. ordinary is true when the words mean
	// something without a capital too, like "bakker".
	Exact(words string) (s Subject, ordinary, ok bool)
	// Fuzzy returns who is meant by words with one typing error, and false where
	// the words are too short to tell.
	Fuzzy(words string) (Subject, bool)
}

// Cache keeps what a model answered, by a hash of everything that went into it.
type Cache interface {
	// Cached returns what was kept under key, and false where nothing was.
	Cached(ctx context.Context, key string) ([]byte, bool, error)
	// Keep keeps answer under key; an earlier one is replaced.
	Keep(ctx context.Context, key string, answer []byte) error
}

// Budget is the office's daily cap on what a model may read and write.
type Budget interface {
	// Spend takes tokens from what is left today and reports whether there was
	// enough; when there was not, nothing is taken.
	Spend(ctx context.Context, tokens int) (bool, error)
}

// Call is one call of a model, for the audit. It holds no text.
type Call struct {
	By      analysis.UserID // on whose behalf; empty: the operator
	Purpose string          // the prompt file with its version, for instance "nl/map v1"
	Model   string
	Input   int // tokens, as the endpoint counted them; 0 when it did not say
	Output  int
	Took    time.Duration
	Verdict string // "ok", or in a word what was wrong
}

// Auditor records calls. When a call can not be recorded its answer is not used.
type Auditor interface {
	Called(ctx context.Context, c Call) error
}
