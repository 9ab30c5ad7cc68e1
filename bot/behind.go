package bot

import (
	"context"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
)

// behinds remembers the message from which each person last opened a window, so
// that what they do in the window shows in the message behind it. It is memory
// alone: after a restart a message keeps what it said until it is asked for anew.
type behinds struct {
	mu sync.Mutex
	of map[analysis.UserID]behind
}

// behind is such a message.
type behind struct {
	url    string // through which it can be replaced
	value  string // of the button that opened the window
	opened time.Time
}

// Slack takes a response_url for half an hour, and it is no use keeping more
// people than an office has.
const (
	behindLife  = 29 * time.Minute
	mostBehinds = 4096
)

// note remembers where in was pressed, if that opens a window over a message.
func (b *behinds) note(in interaction, at time.Time) {
	if in.source != fromAction || in.view != "" || in.url == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == nil || len(b.of) >= mostBehinds {
		b.of = map[analysis.UserID]behind{}
	}
	b.of[in.user] = behind{in.url, in.value, at}
}

// last returns the message from which user opened a window, while it can still
// be replaced.
func (b *behinds) last(user analysis.UserID, now time.Time) (behind, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.of[user]
	return found, ok && now.Sub(found.opened) < behindLife
}

// takePlace says m in the place of the message behind the window, which is closed
// by now, or anew.
func (a *answering) takePlace(ctx context.Context, m Message) error {
	if at, ok := a.d.behinds.last(a.j.in.user, a.d.cfg.Wall()); ok {
		err := a.simplify(ctx, func(ctx context.Context, plainly bool) error {
			return a.d.cfg.Responder.Respond(ctx, at.url, plainMessage(m, plainly), true)
		})
		if err == nil || passing(err) {
			return err
		}
	}
	return a.speak(ctx, m)
}

// redraw draws the message behind the window anew. That it can not be is no
// failure of the request: the message says what it said, and the log why.
func (a *answering) redraw(ctx context.Context, r commands.Reply) {
	if r.Behind == nil || a.j.in.view == "" {
		return
	}
	at, ok := a.d.behinds.last(a.j.in.user, a.d.cfg.Wall())
	if !ok {
		return
	}
	m, err := r.Behind(ctx, at.value)
	if err == nil && m == nil {
		return
	}
	if err == nil {
		err = a.simplify(ctx, func(ctx context.Context, plainly bool) error {
			return a.d.cfg.Responder.Respond(ctx, at.url, plainMessage(*m, plainly), true)
		})
	}
	if err != nil {
		a.d.cfg.Log.Warn("the message behind a window was not redrawn", "key", a.j.in.key, "error", err)
	}
}
