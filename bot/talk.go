package bot

import (
	"context"
	"strings"
	"sync"

	"klantbot/analysis"
)

// Talk is a thread in which somebody talks with the bot alone.
type Talk struct {
	Channel analysis.ChannelID
	Thread  string // timestamp of the message it hangs under
	User    analysis.UserID
}

// alone reports whether it is of one person with the bot: of others Slack shows nothing.
func (at Talk) alone() bool { return strings.HasPrefix(string(at.Channel), "D") && at.Thread != "" }

// Rest has Slack show that no answer is being made in a talk any more, which a process
// that died did not say. Where Slack has no such thing that is no error.
func Rest(ctx context.Context, agents Agents, at Talk) error {
	if !at.alone() {
		return nil
	}
	err := agents.Status(ctx, at, TalkActive)
	if Code(err) != "" {
		return nil
	}
	return err
}

// talks are those of which Slack shows whether an answer is being made. It does
// not end that by itself, so what it shows is brought to what is, one call at a time
// for each talk, whatever order things came in.
type talks struct {
	mu   sync.Mutex
	open map[Talk]*talk
}

// talk is one of them, as it is to be shown.
type talk struct {
	// These are guarded by the mutex of talks.
	busy  int    // answers that are being made
	title string // to be given; empty: none
	again bool   // say it also where that is what was said last: somebody else may have changed it
	using int    // goroutines that bring Slack up to date

	telling sync.Mutex
	shown   TalkStatus // what Slack said yes to last; empty: nothing yet. Guarded by telling
}

// change changes the talk at, and holds it until it is let go.
func (o *talks) change(at Talk, change func(*talk)) *talk {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.open[at]
	if s == nil {
		if o.open == nil {
			o.open = map[Talk]*talk{}
		}
		s = &talk{}
		o.open[at] = s
	}
	s.using++
	change(s)
	return s
}

// letGo forgets a talk of which nothing is to be shown any more.
func (o *talks) letGo(at Talk, s *talk) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if s.using--; s.using == 0 && s.busy == 0 {
		delete(o.open, at)
	}
}

// wanted is what Slack should show of s, and takes the title to be given.
func (o *talks) wanted(s *talk) (status TalkStatus, again bool, title string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	status, again, title = TalkActive, s.again, s.title
	if s.busy > 0 {
		status = TalkProcessing
	}
	s.again, s.title = false, ""
	return status, again, title
}

// converge has Slack show what s is.
func (d *Dispatcher) converge(ctx context.Context, at Talk, s *talk) {
	s.telling.Lock()
	defer s.telling.Unlock()
	status, again, title := d.talks.wanted(s)
	if d.lacking.is("status", d.cfg.Wall()) {
		return
	}
	if status != s.shown || again {
		if err := d.cfg.Agents.Status(ctx, at, status); err != nil {
			d.without("status", err)
			return
		}
		s.shown = status
	}
	if title != "" && !d.lacking.is("title", d.cfg.Wall()) {
		d.without("title", d.cfg.Agents.Title(ctx, at, title))
	}
}
