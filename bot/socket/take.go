package socket

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/semaphore"

	"klantbot/bot"
)

// ackWithin is how long storing and acknowledging may take; after 3 s Slack has
// given up.
const ackWithin = 3 * time.Second

// unknown reads a message that slack-go could not: an inner event newer than
// the library. The envelope around it is still good.
func unknown(message json.RawMessage) socketmode.Request {
	var r socketmode.Request
	_ = json.Unmarshal(message, &r) // without an envelope_id there is nothing to acknowledge
	return r
}

// take hands an envelope to the Handler and acknowledges it on the connection
// that brought it. At most handledAtOnce run; then Slack waits, as it does for
// any slow reader.
func (c *connection) take(ctx context.Context, client *socketmode.Client, places *semaphore.Weighted, r socketmode.Request) {
	c.change(func(s *State) { s.Heard = time.Now() })
	if r.EnvelopeID == "" {
		c.log.Warn("a message without an envelope", "type", kind(r.Type))
		return
	}
	if places.Acquire(ctx, 1) != nil {
		return
	}
	// What was taken in is acknowledged also when we are stopping.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackWithin)
	go func() {
		defer places.Release(1)
		defer cancel()
		ack, err := c.handle(ctx, r)
		if err != nil {
			return // not stored: Slack must know that it failed
		}
		var payload any
		if len(ack) > 0 {
			payload = json.RawMessage(ack)
		}
		if err := client.AckCtx(ctx, r.EnvelopeID, payload); err != nil {
			c.log.Warn("an envelope could not be acknowledged", "type", kind(r.Type))
		}
	}()
}

// handle calls the Handler and survives its panics.
func (c *connection) handle(ctx context.Context, r socketmode.Request) (ack []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			c.log.Error("panic while taking in an envelope", "type", kind(r.Type), "what", fmt.Sprintf("%T", p))
			err = fmt.Errorf("panic: %T", p)
		}
	}()
	return c.cfg.Handler.Handle(ctx, bot.Incoming{Kind: r.Type, Payload: r.Payload})
}

// kind keeps what is logged of a type to those that exist.
func kind(t string) string {
	switch t {
	case bot.KindCommand, bot.KindInteractive, bot.KindEvent:
		return t
	}
	return "unknown"
}
