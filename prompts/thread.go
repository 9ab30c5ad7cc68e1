package prompts

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// ThreadReader finds what a thread came to: decisions, actions and questions that
// stay open, each a piece of a message. It returns an error only when ctx ends; a
// failing model is no error but a digest in mode Offline.
type ThreadReader interface {
	ReadThread(ctx context.Context, messages []ThreadMessage) (ThreadDigest, error)
}

// ThreadMessage is one message, in the order of the thread.
type ThreadMessage struct {
	ID     ID
	Author string // who wrote it, a key that means nothing here
	Text   string // as it is stored; somebody who is called reads <@key>
	At     time.Time
}

// PointKind is what a message contributes.
type PointKind string

// The kinds of points.
const (
	Decided      PointKind = "decision"
	Task         PointKind = "action"
	OpenQuestion PointKind = "question"
)

// ThreadPoint is a sentence that decides, promises or asks: bytes Start up to End of
// the message's text, never anything that was not written.
type ThreadPoint struct {
	Kind       PointKind
	ID         ID
	Start, End int
	// Owner is the key of who does it, of an author or of somebody who was called;
	// OwnerName is how a person was named where there is no key. Both are empty where
	// nobody was named, and for all but a Task.
	Owner, OwnerName string
	// Due says when, in the words of the message: bytes DueStart up to DueEnd. Both
	// are 0 where it does not say.
	DueStart, DueEnd int
}

// ThreadDigest is what a thread came to, in its order. Without Points nothing was
// decided, promised or left open.
type ThreadDigest struct {
	Mode     Mode
	Fallback string
	Points   []ThreadPoint
}

// VerifyThread holds a digest to its messages: each point is a piece of one, with
// words in it, and in the order of the thread.
func VerifyThread(messages []ThreadMessage, d ThreadDigest) error {
	place := map[ID]int{}
	for i, m := range messages {
		place[m.ID] = i
	}
	last, at := -1, 0
	for i, p := range d.Points {
		k, known := place[p.ID]
		if !known {
			return fmt.Errorf("thread: point %d names an unknown message", i+1)
		}
		if k < last || k == last && p.Start < at {
			return fmt.Errorf("thread: point %d is out of order", i+1)
		}
		last, at = k, p.End
		text := messages[k].Text
		if !slice(text, p.Start, p.End) || p.Start == p.End || !slice(text, p.DueStart, p.DueEnd) {
			return fmt.Errorf("thread: point %d is no piece of its message", i+1)
		}
		if p.Kind != Decided && p.Kind != Task && p.Kind != OpenQuestion {
			return fmt.Errorf("thread: point %d has no kind", i+1)
		}
	}
	return nil
}

// slice says whether start up to end can be cut from text between characters.
func slice(text string, start, end int) bool {
	between := func(at int) bool { return at == len(text) || at < len(text) && utf8.RuneStart(text[at]) }
	return 0 <= start && start <= end && end <= len(text) && between(start) && between(end)
}
