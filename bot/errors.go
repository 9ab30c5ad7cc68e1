package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// What a port can report besides errors of its own.
var (
	// ErrUncertain: a time-out or a failing server. Slack may have taken what
	// was sent, or not.
	ErrUncertain = errors.New("it is not certain that slack took it")
	// ErrUnreached: Slack was not reached, so it certainly took nothing.
	ErrUnreached = errors.New("slack was not reached")
	// ErrExpired: a trigger_id or response_url that is too old or used up.
	ErrExpired = errors.New("the way to answer has expired")
)

// RateLimited says that Slack wants to be left alone for a while. Nothing was
// sent.
type RateLimited struct{ After time.Duration }

func (e *RateLimited) Error() string { return "rate limited for " + e.After.String() }

// Refusal is an error code of Slack's: it took nothing and will not when asked
// again.
type Refusal struct {
	Method string
	Code   string // channel_not_found, invalid_blocks, ...
	// Pointers are the JSON pointers of what it refused, for invalid_blocks.
	// They name places, never contents.
	Pointers []string
	Needed   string // scopes, for missing_scope
	Provided string
}

func (e *Refusal) Error() string {
	s := fmt.Sprintf("%s: %s", e.Method, e.Code)
	if len(e.Pointers) > 0 {
		s += " at " + strings.Join(e.Pointers, " ")
	}
	if e.Needed != "" {
		s += fmt.Sprintf(" (needed %s, provided %s)", e.Needed, e.Provided)
	}
	return s
}

// Code returns the code of the Refusal in err, or "".
func Code(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// passing reports whether sending the same again later may help.
func passing(err error) bool {
	var limited *RateLimited
	return errors.Is(err, ErrUncertain) || errors.Is(err, ErrUnreached) || errors.As(err, &limited)
}
