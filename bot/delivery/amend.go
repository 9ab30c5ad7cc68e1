package delivery

import (
	"context"
	"errors"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/storage"
)

// keepShown changes messages in place when what they are about changed, until
// ctx ends. An in-place change may be repeated, so nothing is reconciled: an
// attempt that nobody heard back from is made again when its lease is over.
func (c *Courier) keepShown(ctx context.Context) {
	poll := time.NewTicker(c.cfg.Poll)
	defer poll.Stop()
	for {
		for ctx.Err() == nil && c.amendSome(ctx) {
		}
		c.clearFiles(ctx)
		select {
		case <-ctx.Done():
			return
		case <-c.changed:
		case <-poll.C:
		}
	}
}

// amendSome changes a few messages, and reports whether there may be more.
func (c *Courier) amendSome(ctx context.Context) bool {
	now := c.cfg.Wall()
	revised, err := c.cfg.Ledger.Revised(ctx, c.owner, now, now.Add(c.cfg.Lease), atOnce)
	if err != nil {
		if ctx.Err() == nil {
			c.cfg.Log.Error("ledger can not be read", "error", err)
		}
		return false
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.Lease/2)
	defer cancel()
	for _, e := range revised {
		if ctx.Err() != nil || bounded.Err() != nil {
			return false // their lease ends, and somebody goes on
		}
		c.amend(bounded, e)
	}
	return len(revised) == atOnce
}

// amend renders e anew and changes the message that is there.
func (c *Courier) amend(ctx context.Context, e storage.LedgerEntry) {
	// Attempts counts those of sending: a board that took six of them would else rest
	// for a minute after each change that did not get through, while people press it.
	e.Attempts = 1
	err := c.change(ctx, e)
	settle, done := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer done()
	var no *unsent
	switch {
	case err == nil:
		c.record(e, c.cfg.Ledger.MarkShown(settle, e.ID, e.Wanted, ""))
		c.amended.Add(1)
	case errors.As(err, &no) && no.after == 0:
		// It was deleted, its channel is archived, its reader left: what stands
		// there can not be changed any more.
		c.cfg.Log.Warn("message can not be changed any more", "entry", e.ID, "kind", e.Kind, "code", no.code)
		c.record(e, c.cfg.Ledger.MarkShown(settle, e.ID, e.Wanted, no.code))
	case errors.As(err, &no):
		c.cfg.Log.Warn("message is changed later", "entry", e.ID, "kind", e.Kind, "code", no.code, "after", no.after)
		c.record(e, c.cfg.Ledger.Defer(settle, e.ID, c.cfg.Wall().Add(no.after), no.code))
	default:
		c.cfg.Log.Warn("not certain that a message was changed", "entry", e.ID, "kind", e.Kind, "error", err)
		c.record(e, c.cfg.Ledger.Defer(settle, e.ID, c.cfg.Wall().Add(c.cfg.Poll), "uncertain"))
	}
}

// change does what amend records. What became of the conversation does not
// matter to a stub: taking content away is always right.
func (c *Courier) change(ctx context.Context, e storage.LedgerEntry) error {
	channel, err := e.Channel, error(nil)
	switch {
	case channel == "":
		channel, err = c.cfg.Poster.OpenDM(ctx, e.User)
	case !e.Stubbed:
		channel, err = c.destination(ctx, e)
	}
	if err != nil {
		return c.notSent(e, err)
	}
	m, err := c.render(ctx, e)
	if err != nil {
		return err
	}
	if m, err = c.illustrate(ctx, e, m); err != nil {
		return err
	}
	err = c.cfg.Poster.Amend(ctx, channel, e.TS, e.ID, m)
	if bot.InvalidBlocks(err) {
		c.simplified.Add(1)
		err = c.cfg.Poster.Amend(ctx, channel, e.TS, e.ID, bot.Plainly(m))
	}
	if errors.Is(err, bot.ErrUncertain) {
		return err
	}
	return c.notSent(e, err)
}

// thread returns the timestamp of the message in whose thread e belongs; empty:
// in none. One whose parent is not sent yet waits for it.
func (c *Courier) thread(ctx context.Context, e storage.LedgerEntry) (string, error) {
	if e.Parent == "" {
		return e.Thread, nil
	}
	parent, err := c.cfg.Ledger.Entry(ctx, e.Parent)
	switch {
	case analysis.KindOf(err) == analysis.NotFound:
		return "", &unsent{code: "parent_gone", err: err}
	case err != nil:
		return "", &unsent{code: "parent_unread", after: backoff(e.Attempts), err: err}
	case parent.State == storage.Sent:
		return parent.TS, nil
	case parent.State == storage.Failed || parent.State == storage.Unknown:
		return "", &unsent{code: "parent_failed"}
	}
	return "", &unsent{code: "parent_waits", after: c.cfg.Poll}
}
