package bot

import (
	"context"

	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// talk is where somebody talks with the bot alone: the thread that what they say in
// their DM stands in or begins. There is none elsewhere.
func (in interaction) talk() (at Talk, ok bool) {
	at = Talk{Channel: in.channel, Thread: in.root, User: in.user}
	return at, (in.source == fromMention || in.source == fromStop) && at.alone()
}

// unasked reports whether nobody asked anything by in, so that nobody is told what
// came of it.
func (in interaction) unasked() bool { return in.source == fromAgent || in.source == fromStop }

// working shows in a talk that an answer is being made, and returns what ends that.
// Nobody waits for it, and where Slack has no such thing the answer comes without.
// Who stopped what was made there sees that nothing is any more.
func (a *answering) working(ctx context.Context) (end func()) {
	at, ok := a.j.in.talk()
	if a.d.cfg.Agents == nil || !ok {
		return func() {}
	}
	if a.j.in.source == fromStop {
		return func() { a.shows(ctx, at, func(s *talk) { s.again = true }) }
	}
	a.shows(ctx, at, func(s *talk) { s.busy++ })
	return func() { a.shows(ctx, at, func(s *talk) { s.busy-- }) }
}

// name gives the talk that was begun its name, where it has one to be given.
func (a *answering) name(ctx context.Context, title string) {
	at, ok := a.j.in.talk()
	if ok && title != "" && a.d.cfg.Agents != nil && a.j.in.thread == "" {
		a.shows(ctx, at, func(s *talk) { s.title = title })
	}
}

// shows changes what is to be seen of a talk and has Slack show it.
func (a *answering) shows(ctx context.Context, at Talk, change func(*talk)) {
	s := a.d.talks.change(at, change)
	a.d.running.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
		defer cancel()
		defer context.AfterFunc(a.d.base, cancel)()
		defer a.d.talks.letGo(at, s)
		a.d.converge(ctx, at, s)
	})
}

// prompt shows what can be asked to who opened their DM with the bot.
func (a *answering) prompt(ctx context.Context, prompts []view.Prompt) error {
	in := a.j.in
	if a.d.cfg.Agents == nil || a.d.lacking.is("prompts", a.d.cfg.Wall()) {
		return nil
	}
	title := locale.New(a.lang, a.zone).T("agent.prompts", nil)
	err := a.d.cfg.Agents.Prompts(ctx, in.channel, in.user, title, prompts)
	if Code(err) != "" {
		a.d.without("prompts", err)
		return nil
	}
	return err
}

// beside logs what went wrong beside an answer, which is no failure of the answer.
func (a *answering) beside(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		a.d.cfg.Log.Warn("slack did not show it beside the answer", "what", what, "key", a.j.in.key, "error", err)
	}
}
