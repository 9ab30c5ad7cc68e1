package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"klantbot/bot"
)

const (
	tries       = 4
	longestWait = 10 * time.Second // for a rate; whoever must wait longer is told so
	firstPause  = 200 * time.Millisecond
)

// effect says what a call may leave behind.
type effect bool

const (
	reads  effect = false // may be repeated
	writes effect = true  // must not be repeated unless it certainly did nothing
)

// call runs one Web API call: it waits its turn, bounds it in time, and tries
// again what may be tried again. key narrows the rate (a channel), and is
// empty otherwise.
func (c *Client) call(ctx context.Context, method, key string, e effect, do func(context.Context) error) error {
	return c.callAs(ctx, ahead, method, key, e, do)
}

func (c *Client) callAs(ctx context.Context, who standing, method, key string, e effect, do func(context.Context) error) error {
	for try := 1; ; try++ {
		if err := c.pacer.wait(ctx, method, key, longestWait, who); err != nil {
			return err
		}
		err := c.once(ctx, method, do)
		if err == nil {
			return nil
		}
		var limited *bot.RateLimited
		rested := errors.As(err, &limited)
		if rested {
			c.pacer.block(method, limited.After)
			c.log.Warn("slack limits the rate", "method", method, "after", limited.After)
		}
		again := rested || errors.Is(err, bot.ErrUnreached) || e == reads && errors.Is(err, bot.ErrUncertain)
		if !again || try == tries || !rested && sleep(ctx, firstPause<<(try-1)) != nil {
			return err
		}
	}
}

func (c *Client) once(ctx context.Context, method string, do func(context.Context) error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w: %w", method, bot.ErrUnreached, ctx.Err())
	}
	within := c.timeout
	if method == download {
		within *= slowFiles
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	err := classify(method, do(ctx))
	c.counts.note(err)
	return err
}

// counts is what came of the calls since the start.
type counts struct{ calls, limited, uncertain, refused atomic.Int64 }

func (n *counts) note(err error) {
	n.calls.Add(1)
	var limited *bot.RateLimited
	var refusal *bot.Refusal
	switch {
	case errors.As(err, &limited):
		n.limited.Add(1)
	case errors.As(err, &refusal):
		n.refused.Add(1)
	case err != nil:
		n.uncertain.Add(1)
	}
}

// Counts says what came of the calls since the start, each attempt counted.
type Counts struct {
	Calls     int64
	Limited   int64 // of which Slack limited the rate
	Refused   int64 // of which Slack said no
	Uncertain int64 // of which nobody answered, or not well
}

// Counts returns the counts so far.
func (c *Client) Counts() Counts {
	n := &c.counts
	return Counts{Calls: n.calls.Load(), Limited: n.limited.Load(), Refused: n.refused.Load(), Uncertain: n.uncertain.Load()}
}

// sleep waits about d, half of it by chance, so that many do not come back at
// the same moment.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/2 + rand.N(d))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// noRetryAfter is how long we stay away after a 429 that does not say.
const noRetryAfter = 5 * time.Second

// classify tells slack-go's errors apart in bot's words.
func classify(method string, err error) error {
	var limited *slack.RateLimitedError
	var said slack.SlackErrorResponse
	var status slack.StatusCodeError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bot.ErrExpired):
		return fmt.Errorf("%s: %w", method, err)
	case errors.Is(err, slack.ErrParametersMissing), errors.Is(err, slack.ErrBlockIDNotUnique):
		return &bot.Refusal{Method: method, Code: "invalid_arguments"} // slack-go did not send it
	case errors.As(err, &limited):
		return &bot.RateLimited{After: max(limited.RetryAfter, time.Second)}
	case errors.As(err, &said):
		return refusal(method, said)
	case errors.As(err, &status):
		return byStatus(method, status.Code)
	}
	return broken(method, err)
}

func refusal(method string, said slack.SlackErrorResponse) error {
	switch said.Err {
	case "ratelimited", "rate_limited":
		return &bot.RateLimited{After: noRetryAfter}
	case "expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired", "trigger_exchanged":
		return fmt.Errorf("%s: %w", method, bot.ErrExpired)
	}
	if bot.PassingCode(said.Err) {
		return fmt.Errorf("%s: %w: %s", method, bot.ErrUncertain, said.Err)
	}
	return &bot.Refusal{Method: method, Code: said.Err, Pointers: pointers(said.ResponseMetadata.Messages),
		Needed: said.Needed, Provided: said.Provided}
}

func byStatus(method string, code int) error {
	switch {
	case code == http.StatusTooManyRequests:
		return &bot.RateLimited{After: noRetryAfter}
	case code >= 500 || code == http.StatusRequestTimeout:
		return fmt.Errorf("%s: %w: status %d", method, bot.ErrUncertain, code)
	}
	return &bot.Refusal{Method: method, Code: fmt.Sprintf("http_%d", code)}
}

// broken is a connection that failed. Only when it was never made is it
// certain that nothing arrived.
func broken(method string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // without the address, which may be a secret one
	}
	what := bot.ErrUncertain
	var op *net.OpError
	var dns *net.DNSError
	if errors.As(err, &op) && op.Op == "dial" || errors.As(err, &dns) {
		what = bot.ErrUnreached
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New("not json") // its text would quote what came
	}
	return fmt.Errorf("%s: %w: %w", method, what, err)
}

// pointer finds the place in "failed to match ... [json-pointer:/blocks/0/text]".
var pointer = regexp.MustCompile(`json-pointer:(/[A-Za-z0-9_/.-]*)`)

// pointers keeps the places from Slack's explanations and leaves the words,
// which may quote what people wrote.
func pointers(messages []string) []string {
	var found []string
	for _, m := range messages {
		for _, match := range pointer.FindAllStringSubmatch(m, 4) {
			found = append(found, match[1])
		}
	}
	return found[:min(len(found), 8)]
}
