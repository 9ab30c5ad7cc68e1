package analysis

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Kind says what sort of failure an Error is. It decides the exit status, the
// JSON of a failed verb and whether somebody is told to try again.
type Kind string

// The kinds, as CLI.md promises them.
const (
	NotFound  Kind = "not_found" // what was asked for is not there
	Invalid   Kind = "invalid"   // what was given can not be used; the person can mend it
	Forbidden Kind = "forbidden" // this actor may not
	Internal  Kind = "internal"  // our fault, or the machine's
)

// Args are the values a message names, by the placeholder they fill.
type Args map[string]any

// Error is a failure that a person is going to read. Key names the sentence in
// the catalogue (commands/locale) and Args fills it; wording and language are
// chosen once, at the edge. Error never carries a client's name or amount into
// a log: Error() prints the key and the names of the arguments, not their values.
type Error struct {
	Kind Kind
	Key  string
	Args Args
	// Cause is what went wrong underneath, for the log; it may be nil.
	Cause error
}

// Fail returns an Error of kind k worded by key.
func Fail(k Kind, key string, args Args) *Error { return &Error{Kind: k, Key: key, Args: args} }

// Error identifies the sentence, not its contents: it may be logged.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %s", e.Kind, e.Key)
	if len(e.Args) > 0 {
		s += "(" + strings.Join(slices.Sorted(maps.Keys(e.Args)), ",") + ")"
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the Error inside err, and Internal for any other
// error: what nobody foresaw is ours to mend.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
