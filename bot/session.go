package bot

import (
	"context"
	"sync"
)

// sessions are the talks of which Slack shows whether an answer is being made. It does
// not end that by itself, so what it shows is brought to what is, one call at a time
// for each talk, whatever order things came in.
type sessions struct {
	mu   sync.Mutex
	open map[Talk]*session
}

// session is one talk.
type session struct {
	// These are guarded by the mutex of sessions.
	busy  int    // answers that are being made
	title string // to be given; empty: none
	again bool   // say it also where that is what was said last: somebody else may have changed it
	using int    // goroutines that bring Slack up to date

	telling sync.Mutex
	shown   SessionStatus // what Slack said yes to last; empty: nothing yet. Guarded by telling
}

// change changes the session of at, and holds it until it is let go.
func (o *sessions) change(at Talk, change func(*session)) *session {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.open[at]
	if s == nil {
		if o.open == nil {
			o.open = map[Talk]*session{}
		}
		s = &session{}
		o.open[at] = s
	}
	s.using++
	change(s)
	return s
}

// letGo forgets a session of which nothing is to be shown any more.
func (o *sessions) letGo(at Talk, s *session) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if s.using--; s.using == 0 && s.busy == 0 {
		delete(o.open, at)
	}
}

// wanted is what Slack should show of s, and takes the title to be given.
func (o *sessions) wanted(s *session) (status SessionStatus, again bool, title string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	status, again, title = SessionActive, s.again, s.title
	if s.busy > 0 {
		status = SessionProcessing
	}
	s.again, s.title = false, ""
	return status, again, title
}

// converge has Slack show what s is.
func (d *Dispatcher) converge(ctx context.Context, at Talk, s *session) {
	s.telling.Lock()
	defer s.telling.Unlock()
	status, again, title := d.sessions.wanted(s)
	if d.lacking.is("status", d.cfg.Wall()) {
		return
	}
	if status != s.shown || again {
		if err := d.cfg.Agents.Session(ctx, at, status); err != nil {
			d.without("status", err)
			return
		}
		s.shown = status
	}
	if title != "" && !d.lacking.is("title", d.cfg.Wall()) {
		d.without("title", d.cfg.Agents.Title(ctx, at, title))
	}
}
