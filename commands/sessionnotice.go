package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// noticeLetter is the kind of ledger entry by which the clock says something about
// a session: to one person, or in the thread of its board.
const noticeLetter = "session.notice"

// What a notice says. The words end the catalogue key.
const (
	noticeMissing   = "missing"   // to somebody: the session waits for you
	noticeStill     = "still"     // to who leads: the deadline passed, and there is nothing to go on with
	noticeRest      = "rest"      // to who leads: it rests because of its channel
	noticeForgotten = "forgotten" // to who leads: it ended, for nothing happened
	noticeResumed   = "resumed"   // thread: it goes on
	noticeTimeUp    = "time_up"   // channel, live: the time of the phase is over
	noticeView      = "view"      // thread: who sees it otherwise? of a cluster
	noticeViewStep  = "view_step" // thread: the same, of a step
	noticeSilence   = "silence"   // thread: a theme nobody spoke of, by what all clients answered
	noticeSwitched  = "switched"  // thread: from now on together, or each in their own time
	noticeOpen      = "open"      // thread: what earlier sessions about the same left open
	// thread: as noticeSilence, by what the clients answered that the session is about
	noticeSilenceOwn = "silence_own"
)

// notice is a letter to one person about s. seq tells one from another of its sort.
func (c SessionClock) notice(ctx context.Context, s *session.State, what string, seq int, user analysis.UserID, at time.Time) storage.LedgerEntry {
	lang := locale.Dutch
	if c.Colleagues != nil {
		if who, err := c.Colleagues.Colleague(ctx, user); err == nil {
			lang = who.Lang
		}
	}
	return storage.LedgerEntry{Key: noticeKey(s.ID, what, seq) + "/" + string(user), Kind: noticeLetter, User: user, Lang: string(lang),
		Group: s.Subject.Group, Subject: fmt.Sprintf("%d/%s/%d/", s.ID, what, seq), At: at, Due: c.Now()}
}

// noticeKey begins the ledger key of a notice.
func noticeKey(id session.ID, what string, seq int) string {
	return fmt.Sprintf("session/%d/%s/%d", id, what, seq)
}

// said is a message in the thread of the board, in the language of the board.
// about is the id of what it is about.
func (c SessionClock) said(s *session.State, what string, seq int, about string, at time.Time) storage.LedgerEntry {
	return storage.LedgerEntry{Key: noticeKey(s.ID, what, seq), Kind: noticeLetter, Channel: s.Channel, Parent: boardKey(s.ID), Group: s.Subject.Group,
		Subject: fmt.Sprintf("%d/%s/%d/%s", s.ID, what, seq, about), At: at, Due: c.Now()}
}

// reminded has the notices drawn anew of which a change made that they ask for
// nothing any more: who was missing is ready, the phase is over or has more time,
// the session goes on.
func reminded(ctx context.Context, tx storage.Tx, before, after *session.State) error {
	var keys []string
	beyond := after.Visit != before.Visit || after.Status != before.Status || !after.Deadline.Equal(before.Deadline)
	for _, user := range before.Progress().Missing {
		if before.Phase.Individual() && (beyond || after.Ready(user)) {
			keys = append(keys, noticeKey(before.ID, noticeMissing, before.Visit)+"/"+string(user))
		}
	}
	if beyond && !before.Deadline.IsZero() {
		keys = append(keys, session.TimeUpKey(before))
	}
	told := before.Active()
	if before.Facilitator != "" {
		told = []analysis.UserID{before.Facilitator}
	}
	for _, user := range told {
		switch {
		case before.Status == session.Resting && after.Status != before.Status:
			for n := range restsLooked { // what happened since it rests, which is little
				keys = append(keys, noticeKey(before.ID, noticeRest, before.Seq-n)+"/"+string(user))
			}
		case before.Status == session.Stopped && after.Status != before.Status:
			keys = append(keys, noticeKey(before.ID, noticeForgotten, before.Visit)+"/"+string(user))
		case beyond:
			keys = append(keys, noticeKey(before.ID, noticeStill, before.Visit)+"/"+string(user))
		}
	}
	for _, key := range keys {
		if err := tx.Revise(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// restsLooked is how many events back the beginning of a pause is looked for.
const restsLooked = 8

// SessionNotices renders what the clock says about sessions.
type SessionNotices struct {
	Sessions Sessions
	Letters  Letters
	Actions  SessionActions
	// About names what a session is about.
	About func(ctx context.Context, p *locale.Printer, of session.Subject) (string, error)
}

// openShown is how many actions of earlier sessions a new one begins with.
const openShown = 10

// open are the actions that earlier sessions about the subject of s left open.
func (c SessionNotices) open(ctx context.Context, s *session.State, at time.Time) ([]view.ActionRow, error) {
	lines, _, err := c.Actions.Actions.Actions(ctx, storage.ActionFilter{Subject: s.Subject, Pending: true}, 0, openShown+session.MostActions)
	if err != nil {
		return nil, err
	}
	lines = slices.DeleteFunc(lines, func(l storage.ActionLine) bool { return l.Session == s.ID })
	return c.Actions.rows(ctx, Request{At: at}, actionSpot{scope: view.ActionsMine, letter: true}, lines[:min(len(lines), openShown)])
}

// Letter renders a notice as things are now: what it asked for may have happened.
func (c SessionNotices) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	parts := strings.SplitN(e.Subject, "/", 4)
	if len(parts) < 4 {
		return view.Message{}, analysis.Fail(analysis.NotFound, "session.not_begun", nil)
	}
	id, _ := strconv.ParseInt(parts[0], 10, 64)
	seq, _ := strconv.Atoi(parts[2])
	s, err := c.Sessions.Read(ctx, session.ID(id))
	if err != nil {
		return view.Message{}, err
	}
	lang := locale.Lang(e.Lang)
	if lang == "" {
		lang = locale.Dutch
		if board, err := c.Letters.Entry(ctx, boardKey(s.ID)); err == nil {
			lang = locale.Lang(board.Lang)
		}
	}
	p := locale.New(lang, officeZone)
	n := view.SessionNotice{What: parts[1], State: s, AsOf: Request{At: e.At}.today()}
	if n.About, err = c.About(ctx, p, s.Subject); err != nil {
		return view.Message{}, err
	}
	number, _ := strconv.Atoi(parts[3])
	switch n.What {
	case noticeOpen:
		if n.Open, err = c.open(ctx, s, e.At); err != nil {
			return view.Message{}, err
		}
	case noticeMissing:
		n.Over = s.Visit != seq || s.Done() || s.Ready(e.User)
	case noticeTimeUp:
		n.Over = s.Visit != seq || s.Done() || s.Deadline.After(e.At)
	case noticeStill:
		n.Over = s.Visit != seq || s.Done() || s.Deadline.After(e.At)
	case noticeRest:
		n.Over = s.Status != session.Resting
	case noticeForgotten:
		n.Over = s.Status != session.Stopped
	case noticeView:
		if k, there := s.Cluster(session.ClusterID(number)); there {
			n.Of = k.Name
		}
	case noticeViewStep:
		for _, x := range s.Steps {
			if x.ID == session.StepID(number) {
				n.Of = x.Name
			}
		}
	case noticeSwitched:
		n.Held = session.Mode(parts[3])
	case noticeSilence, noticeSilenceOwn:
		n.Of = view.ThemeWords(p, parts[3])
	}
	return view.NoticeMessage(p, n), nil
}
