package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klantbot/bot/workspace"
)

// Nothing in a dialogue is looked at while the bot is still at it: each line that asks
// something of it ends when all that was asked is answered, and a jump when the clock
// did what is due by then. What is left to wait for are messages to others, for which
// there is "settled", and what an answer becomes later.

// open counts what the bot still has to answer, or to post and to change.
const (
	unanswered = `SELECT COUNT(*) FROM inbox WHERE finished_at = 0`
	unsettled  = `SELECT COUNT(*) FROM ledger WHERE state IN ('queued', 'sending') OR state = 'sent' AND wanted > shown`
)

// answered waits until the bot answered all it was asked. Where Slack misbehaves
// answers may have to wait for that to end, and so they may where nobody is there.
func (st *stage) answered() error {
	if !st.runs || st.faulty {
		return nil
	}
	return st.rest("answer", func() (bool, error) {
		if st.slack.UnderWay() > 0 {
			return false, nil
		}
		n, err := st.left(unanswered)
		return n == 0, err
	})
}

// settled waits until, besides, every message is posted and shows what it is about.
func (st *stage) settled() error {
	if err := st.answered(); err != nil {
		return err
	}
	return st.rest("post or change what it has to", func() (bool, error) {
		n, err := st.left(unsettled)
		return n == 0, err
	})
}

// quiet is settled where the bot can come to rest.
func (st *stage) quiet() error {
	if !st.runs || st.faulty {
		return nil
	}
	return st.settled()
}

// looked is told by the bot's clock.
func (st *stage) looked(at time.Time) {
	st.clock.Lock()
	defer st.clock.Unlock()
	st.seen = at.Truncate(time.Minute)
}

// caughtUp moves the workspace's clock and waits until the bot's did what is due by
// then, which it looks at once a minute.
func (st *stage) caughtUp(to time.Time) error {
	if !st.runs {
		st.slack.JumpTo(to)
		return nil
	}
	minute := to.Truncate(time.Minute)
	st.clock.Lock()
	here := st.seen.Equal(minute)
	st.seen = time.Time{}
	st.clock.Unlock()
	st.slack.JumpTo(to)
	if here {
		return nil
	}
	return st.rest("look at the clock", func() (bool, error) {
		st.clock.Lock()
		defer st.clock.Unlock()
		return !st.seen.Before(minute), nil
	})
}

func (st *stage) rest(what string, there func() (bool, error)) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		switch done, err := there(); {
		case err != nil || done:
			return err
		case time.Now().After(deadline):
			return fmt.Errorf("waited %s for the bot to %s", patience, what)
		}
	}
}

// left counts rows of the bot's own database.
func (st *stage) left(query string) (n int, err error) {
	return n, st.within().QueryRowContext(st.t.Context(), query).Scan(&n)
}

// insists does something to what stands in the workspace, again and again while what
// it is done to is not there, or gave way to something newer in the same moment.
func (st *stage) insists(do func() error) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = st.slack.Wait(ctx, func() bool { err = do(); return !isAbsent(err) }) // err says it
	return err
}

// absent is something that a line is about and that nobody sees.
type absent string

func (a absent) Error() string { return string(a) }

// isAbsent reports whether what was to be used is not there, by us or by Slack.
func isAbsent(err error) bool {
	var none absent
	var gone *workspace.Failure
	return errors.As(err, &none) || errors.As(err, &gone) && (gone.Code == "element_not_found" || gone.Code == "message_not_found" || gone.Code == "view_not_found")
}
