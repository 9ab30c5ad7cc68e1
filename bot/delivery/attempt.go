package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/storage"
)

// unsent is an outcome that is certain: Slack has nothing of it. code says why,
// for doctor; never whom it concerns.
type unsent struct {
	code  string
	after time.Duration // 0: for good
	err   error
}

func (u *unsent) Error() string { return fmt.Sprintf("%s: %v", u.code, u.err) }
func (u *unsent) Unwrap() error { return u.err }

// attempt delivers e once and records what came of it. Stopping does not
// interrupt it; time does.
func (c *Courier) attempt(ctx context.Context, e storage.LedgerEntry) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.Lease/2)
	defer cancel()
	ts, err := c.send(ctx, e)

	settle, done := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer done()
	var no *unsent
	switch {
	case err == nil:
		c.record(e, c.cfg.Ledger.MarkSent(settle, e.ID, ts))
		c.sent.Add(1)
	case errors.As(err, &no) && no.after > 0:
		if errors.As(no.err, new(*bot.RateLimited)) {
			c.rest(e, no.after) // no other would get through either
		}
		c.cfg.Log.Warn("message goes out later", "entry", e.ID, "kind", e.Kind, "code", no.code, "after", no.after, "error", no.err)
		c.record(e, c.cfg.Ledger.Requeue(settle, e.ID, c.cfg.Wall().Add(no.after), no.code))
		c.requeued.Add(1)
	case errors.As(err, &no):
		c.park(settle, e, storage.Failed, no.code)
	default:
		// Nobody knows. The lease ends, it settles, and then the history tells.
		c.uncertain.Add(1)
		c.cfg.Log.Warn("not certain that a message arrived", "entry", e.ID, "kind", e.Kind, "error", err)
	}
}

// settleWithin bounds recording an outcome.
const settleWithin = 10 * time.Second

// record logs that an outcome could not be written. The entry then stays
// sending, and reconciling finds out again.
func (c *Courier) record(e storage.LedgerEntry, err error) {
	if err != nil {
		c.cfg.Log.Error("outcome can not be recorded", "entry", e.ID, "error", err)
	}
}

func (c *Courier) park(ctx context.Context, e storage.LedgerEntry, state storage.LedgerState, code string) {
	c.cfg.Log.Error("message is not delivered", "entry", e.ID, "kind", e.Kind, "state", state, "code", code)
	c.record(e, c.cfg.Ledger.Park(ctx, e.ID, state, code))
	c.parked.Add(1)
}

// send checks where e goes, renders it and posts it. Every error before
// posting is an unsent.
func (c *Courier) send(ctx context.Context, e storage.LedgerEntry) (ts string, err error) {
	channel, err := c.destination(ctx, e)
	if err != nil {
		return "", c.notSent(e, err)
	}
	thread, err := c.thread(ctx, e)
	if err != nil {
		return "", err
	}
	m, err := c.render(ctx, e)
	if err != nil {
		return "", err
	}
	if m, err = c.illustrate(ctx, e, m); err != nil {
		return "", err
	}
	if m.File != nil {
		// First, so that an attempt that dies between the two sends it twice rather
		// than not at all: the message is what reconciling looks for.
		if err := c.cfg.Poster.Attach(ctx, channel, *m.File, c.keeping(ctx, e)); err != nil {
			return "", c.notUploaded(e, err)
		}
	}
	ts, err = c.cfg.Poster.Post(ctx, channel, thread, e.ID, m)
	if bot.InvalidBlocks(err) {
		c.simplified.Add(1)
		c.cfg.Log.Warn("slack refused blocks; sent plainly", "entry", e.ID, "kind", e.Kind, "error", err)
		ts, err = c.cfg.Poster.Post(ctx, channel, thread, e.ID, bot.Plainly(m))
	}
	if errors.Is(err, bot.ErrUncertain) {
		return "", err
	}
	return ts, c.notSent(e, err)
}

// illustrate uploads the picture of m, if it has one, and puts it in place.
func (c *Courier) illustrate(ctx context.Context, e storage.LedgerEntry, m bot.Message) (bot.Message, error) {
	if m.Picture == nil {
		return m, nil
	}
	file, err := c.cfg.Poster.Upload(ctx, *m.Picture, c.keeping(ctx, e))
	if err != nil {
		return m, c.notUploaded(e, err)
	}
	return m.Illustrated(file), nil
}

// destination returns the conversation for e, checked this moment: a channel
// that became shared with outsiders, or a person who left, gets nothing.
func (c *Courier) destination(ctx context.Context, e storage.LedgerEntry) (analysis.ChannelID, error) {
	if direct(e) {
		person, err := c.cfg.People.Person(ctx, e.User)
		if err != nil {
			return "", err
		}
		if !person.Colleague(c.cfg.Team) {
			return "", &unsent{code: "no_colleague"}
		}
		// chat.postMessage takes a user for the DM with them, and opens it: asking for
		// the DM first would hold 2,000 digests to Slack's 50 DMs a minute.
		return cmp.Or(e.Channel, analysis.ChannelID(e.User)), nil
	}
	channel, err := c.cfg.Channels.Recheck(ctx, e.Channel, recheckAfter)
	switch {
	case err != nil:
		return "", err
	case channel.Outside:
		return "", &unsent{code: "shared_outside"}
	case channel.Archived:
		return "", &unsent{code: "is_archived"}
	}
	return e.Channel, nil
}

// direct reports whether e goes to somebody's DM with the bot, which may be named by
// its own id: that of what was asked there.
func direct(e storage.LedgerEntry) bool {
	return e.Channel == "" || e.User != "" && strings.HasPrefix(string(e.Channel), "D")
}

// recheckAfter is how old what is known of a channel may be when a message goes
// there, and no event said that it changed. Slack answers that question 50 times
// a minute to all processes together, so asking for each message, or each few
// seconds for each of several channels, leaves messages and people waiting.
const recheckAfter = 15 * time.Second

// render calls the Renderer and survives its panics.
func (c *Courier) render(ctx context.Context, e storage.LedgerEntry) (m bot.Message, err error) {
	defer func() {
		if p := recover(); p != nil {
			c.cfg.Log.Error("panic while rendering", "entry", e.ID, "kind", e.Kind, "what", fmt.Sprintf("%T", p),
				"stack", string(debug.Stack()))
			err = &unsent{code: "render_panic"}
		}
	}()
	m, err = c.cfg.Renderer.Render(ctx, e)
	switch {
	case err == nil:
		return m, nil
	case analysis.KindOf(err) == analysis.NotFound:
		return m, &unsent{code: "subject_gone", err: err}
	}
	c.cfg.Log.Error("message can not be rendered", "entry", e.ID, "kind", e.Kind, "error", err)
	return m, &unsent{code: "render_failed", after: backoff(e.Attempts), err: err}
}

// ours are the codes that are the app's own trouble, not the message's: it goes
// out once a person has mended the app.
var ours = map[string]bool{
	"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true,
	"token_expired": true, "missing_scope": true, "org_login_required": true, "ekm_access_denied": true,
}

const slowest = 15 * time.Minute

// notSent tells errors of Slack's that mean "later" from those that mean "never".
func (c *Courier) notSent(e storage.LedgerEntry, err error) error {
	var no *unsent
	var limited *bot.RateLimited
	switch code := bot.Code(err); {
	case err == nil, errors.As(err, &no):
		return err
	case errors.As(err, &limited):
		return &unsent{code: "ratelimited", after: limited.After, err: err}
	case ours[code]:
		return &unsent{code: code, after: slowest, err: err}
	case code != "":
		return &unsent{code: code, err: err}
	}
	return &unsent{code: "unreached", after: backoff(e.Attempts), err: err}
}

// notUploaded is notSent for a picture: an upload that may have arrived is no
// message that may have arrived.
func (c *Courier) notUploaded(e storage.LedgerEntry, err error) error {
	if errors.Is(err, bot.ErrUncertain) {
		return &unsent{code: "upload_uncertain", after: backoff(e.Attempts), err: err}
	}
	return c.notSent(e, err)
}

// backoff grows with the attempts, from 2 s to a quarter of an hour.
func backoff(attempts int) time.Duration {
	return min(time.Second<<min(max(attempts, 1), 12), slowest)
}

// clocksDiffer is how far our clock and Slack's may be apart.
const clocksDiffer = time.Minute

// since is the time, by Slack's clock, before which e was certainly not posted.
// Slack's clock is the wall's; the local workspace's is that of business, which
// may be years behind the wall's and jump. No message is older than its request.
func since(e storage.LedgerEntry) time.Time {
	oldest := e.Attempt
	if !e.At.IsZero() && e.At.Before(oldest) {
		oldest = e.At
	}
	return oldest.Add(-clocksDiffer)
}

// reconcile finds out what became of an attempt that nobody heard back from.
func (c *Courier) reconcile(ctx context.Context, e storage.LedgerEntry) {
	channel, err := e.Channel, error(nil)
	if channel == "" {
		channel, err = c.cfg.Poster.OpenDM(ctx, e.User)
	}
	var ts, thread string
	if err == nil {
		thread, err = c.thread(ctx, e)
	}
	if err == nil {
		ts, err = c.cfg.History.FindPost(ctx, channel, thread, e.ID, since(e))
	}
	settle, done := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer done()
	switch code := bot.Code(err); {
	case err == nil && ts != "":
		c.record(e, c.cfg.Ledger.MarkSent(settle, e.ID, ts))
		c.sent.Add(1)
		c.found.Add(1)
	case err == nil:
		c.record(e, c.cfg.Ledger.Requeue(settle, e.ID, c.cfg.Wall(), "not_arrived"))
		c.requeued.Add(1)
		c.Poke()
	case code != "" && !ours[code]:
		c.park(settle, e, storage.Unknown, code)
	default:
		c.cfg.Log.Warn("can not find out whether a message arrived", "entry", e.ID, "kind", e.Kind, "error", err)
	}
}
