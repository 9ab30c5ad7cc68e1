package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// SessionClock does what time asks of a session: it rests where its channel can
// not be used and goes on where it can again, who left the office leaves it, what is
// due is done or said, and a question is asked now and then. Everything has a key,
// so that however many processes look, and however often, it happens once.
type SessionClock struct {
	Sessions   Sessions
	Letters    Letters
	Colleagues Colleagues // nil: nobody is known, so nobody left
	Places     Places     // nil: nothing is known of channels, so none is lost
	Surveys    storage.Surveys
	Store      storage.Writer
	Now        func() time.Time // wall time: when the ledger may send
	// Prepared makes what a phase that just began needs; nil: nothing.
	Prepared func(ctx context.Context, s *session.State, at time.Time) (*session.State, error)
	// Groups are the relatiegroepen that a session is about; nil: that is not known.
	Groups func(ctx context.Context, s *session.State, asOf analysis.Day) (map[analysis.GroupID]bool, error)
	// Told is what the channel of a session hears of a change; nil: nothing.
	Told func(ctx context.Context, id session.ID, at time.Time) (Then, error)
}

// Tend does what session id needs at at, and returns how much it did.
func (c SessionClock) Tend(ctx context.Context, id session.ID, at time.Time) (did int, err error) {
	s, err := c.Sessions.Read(ctx, id)
	if err != nil {
		return 0, err
	}
	at = at.In(officeZone)
	for _, step := range []func(context.Context, *session.State, time.Time) (*session.State, int, error){c.place, c.people, c.due, c.ask} {
		var n int
		if s, n, err = step(ctx, s, at); err != nil {
			return did, fmt.Errorf("session %d: %w", id, err)
		}
		did += n
	}
	return did, nil
}

// press appends body under key by the clock, once, and returns the session as it
// stands after. What people did meanwhile may have made it needless.
func (c SessionClock) press(ctx context.Context, s *session.State, key string, at time.Time, body session.Body, also ...storage.LedgerEntry) (*session.State, int, error) {
	told := Then(nil)
	if c.Told != nil {
		var err error
		if told, err = c.Told(ctx, s.ID, at); err != nil {
			return s, 0, err
		}
	}
	then := func(tx storage.Tx, before, after *session.State) error {
		for _, e := range also {
			if _, err := tx.Enqueue(ctx, e); err != nil {
				return err
			}
		}
		if told == nil {
			return nil
		}
		return told(tx, before, after)
	}
	after, added, err := c.Sessions.Press(ctx, s.ID, ByClock(key, at), Do(body), then)
	switch kind := analysis.KindOf(err); {
	case err == nil && added:
		return after, 1, nil
	case err != nil && kind != analysis.Invalid && kind != analysis.Forbidden:
		return s, 0, err
	}
	now, err := c.Sessions.Read(ctx, s.ID)
	if err != nil {
		return s, 0, err
	}
	return now, 0, nil
}

// ofPlace are the reasons for which the clock pauses a session, and goes on with it
// again.
var ofPlace = []session.Why{session.Archived, session.Outsiders, session.Unreadable}

// place pauses s where people from outside read along, or nobody can be told
// anything, and goes on where that is over. What can not be found out now, the next
// minute may.
func (c SessionClock) place(ctx context.Context, s *session.State, at time.Time) (*session.State, int, error) {
	if c.Places == nil || s.Channel == "" || s.Done() {
		return s, 0, nil
	}
	why, known := c.lost(ctx, s.Channel)
	switch {
	case !known:
	case why != "" && s.Status == session.Running:
		var told []storage.LedgerEntry
		for _, user := range c.leading(s) {
			told = append(told, c.notice(ctx, s, noticeRest, s.Seq+1, user, at))
		}
		return c.press(ctx, s, fmt.Sprintf("session/%d/rest/%d", s.ID, s.Seq), at, session.Paused{Why: why}, told...)
	case why == "" && s.Status == session.Resting && slices.Contains(ofPlace, s.Why):
		e := c.said(s, noticeResumed, s.Seq+1, "", at)
		return c.press(ctx, s, fmt.Sprintf("session/%d/resume/%d", s.ID, s.Seq), at, session.Resumed{}, e)
	}
	return s, 0, nil
}

// lost says why a session can not go on in channel; "" where it can. known is false
// where that can not be found out now.
func (c SessionClock) lost(ctx context.Context, channel analysis.ChannelID) (why session.Why, known bool) {
	place, err := c.Places.Place(ctx, channel)
	var e *analysis.Error
	switch {
	case errors.As(err, &e) && e.Key == "bot.channel_outside":
		return session.Outsiders, true
	case errors.As(err, &e) && e.Key == "bot.channel_unreadable":
		return session.Unreadable, true
	case err != nil:
		return "", false
	case place.Archived:
		return session.Archived, true
	case !place.Member:
		return session.Unreadable, true
	}
	return "", true
}

// leading is who must hear that a session does not go on: who leads it, or else
// everybody.
func (c SessionClock) leading(s *session.State) []analysis.UserID {
	if s.Facilitator != "" {
		return []analysis.UserID{s.Facilitator}
	}
	return s.Active()
}

// people takes out of s who left the office, so that nobody waits for them.
func (c SessionClock) people(ctx context.Context, s *session.State, at time.Time) (*session.State, int, error) {
	if c.Colleagues == nil || s.Done() {
		return s, 0, nil
	}
	did := 0
	users := s.Active()
	if s.Facilitator != "" && !slices.Contains(users, s.Facilitator) {
		users = append(users, s.Facilitator)
	}
	for _, user := range users {
		if !session.IsGone(user) {
			who, err := c.Colleagues.Colleague(ctx, user)
			if err != nil || who.Full || who.User == "" {
				continue
			}
		}
		after, n, err := c.press(ctx, s, fmt.Sprintf("session/%d/left/%d/%s", s.ID, s.Seq, user), at, session.Removed{User: user})
		if err != nil {
			return s, did, err
		}
		s, did = after, did+n
	}
	return s, did, nil
}

// due does what session.Due asks.
func (c SessionClock) due(ctx context.Context, s *session.State, at time.Time) (*session.State, int, error) {
	did := 0
	for _, t := range session.Due(s, at) {
		var n int
		var err error
		switch t.Kind {
		case session.ClosePhase:
			if s, n, err = c.press(ctx, s, t.Key, at, t.Body); err == nil && c.Prepared != nil {
				s, err = c.Prepared(ctx, s, at)
			}
		case session.Forget:
			var told []storage.LedgerEntry
			for _, user := range c.leading(s) {
				told = append(told, c.notice(ctx, s, noticeForgotten, s.Visit, user, at))
			}
			s, n, err = c.press(ctx, s, t.Key, at, t.Body, told...)
		case session.RemindMissing, session.StandsStill:
			what := map[session.TaskKind]string{session.RemindMissing: noticeMissing, session.StandsStill: noticeStill}[t.Kind]
			var letters []storage.LedgerEntry
			for _, user := range t.To {
				letters = append(letters, c.notice(ctx, s, what, s.Visit, user, at))
			}
			n, err = c.queue(ctx, letters)
		case session.TimeUp:
			up := c.said(s, noticeTimeUp, s.Visit, "", at)
			up.Key, up.Parent = t.Key, "" // in a meeting nobody looks into threads
			n, err = c.queue(ctx, []storage.LedgerEntry{up})
		}
		if err != nil {
			return s, did, err
		}
		did += n
	}
	return s, did, nil
}

// ask asks in the thread what a good facilitator would ask now.
func (c SessionClock) ask(ctx context.Context, s *session.State, at time.Time) (*session.State, int, error) {
	if s.Status != session.Running || c.Told == nil {
		return s, 0, nil
	}
	concerns, silence, err := c.concerns(ctx, s, at)
	if err != nil {
		return s, 0, err
	}
	var letters []storage.LedgerEntry
	for _, q := range session.Prompts(s, concerns, at) {
		about := q.Theme
		switch {
		case q.Cluster != 0:
			about = fmt.Sprintf("%d", q.Cluster)
		case q.Step != 0:
			about = fmt.Sprintf("%d", q.Step)
		}
		what := map[bool]string{true: silence}[q.Kind == session.Silence]
		if what == "" {
			what = map[bool]string{true: noticeViewStep, false: noticeView}[q.Step != 0]
		}
		e := c.said(s, what, s.Visit, about, at)
		e.Key = q.Key
		letters = append(letters, e)
	}
	n, err := c.queue(ctx, letters)
	return s, n, err
}

// concerns are what silence is noted of, and how that is said: of the clients that
// the session is about where enough of them answered, else of all of them. It is
// looked up after something happened, and once when the day begins: it reads much.
func (c SessionClock) concerns(ctx context.Context, s *session.State, at time.Time) (of []session.Concern, silence string, err error) {
	if s.Phase != session.Clustering && s.Phase != session.Discussing || at.Sub(s.Last) > time.Hour && at.Hour() != dayBegins {
		return nil, "", nil
	}
	today, ratings := analysis.DayOf(at), SurveyRatings{c.Surveys}
	if c.Groups != nil {
		groups, err := c.Groups(ctx, s, today)
		if err != nil {
			return nil, "", err
		}
		of, enough, err := ratings.Concerns(ctx, func(g analysis.GroupID) bool { return groups[g] }, today)
		if err != nil || enough {
			return of, noticeSilenceOwn, err
		}
	}
	of, _, err = ratings.Concerns(ctx, func(analysis.GroupID) bool { return true }, today)
	return of, noticeSilence, err
}

// dayBegins is the first working hour, as session.Prompts has it.
const dayBegins = 8

// queue writes letters that were not written yet, and returns how many.
func (c SessionClock) queue(ctx context.Context, letters []storage.LedgerEntry) (int, error) {
	var fresh []storage.LedgerEntry
	for _, e := range letters { // read first: mostly there is nothing to write
		if _, err := c.Letters.Entry(ctx, e.Key); err == nil {
			continue
		} else if analysis.KindOf(err) != analysis.NotFound {
			return 0, err
		}
		fresh = append(fresh, e)
	}
	if len(fresh) == 0 {
		return 0, nil
	}
	n := 0
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		n = 0
		for _, e := range fresh {
			added, err := tx.Enqueue(ctx, e)
			if err != nil {
				return err
			}
			if added {
				n++
			}
		}
		return nil
	})
	return n, err
}
