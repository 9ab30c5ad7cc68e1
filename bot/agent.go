package bot

import (
	"context"
	"strings"

	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// talk is the thread in which somebody talks with the bot alone; empty: elsewhere.
func (in interaction) talk() string {
	if in.source != fromMention && in.source != fromAgent || !strings.HasPrefix(string(in.channel), "D") {
		return ""
	}
	return in.thread
}

// thinking shows in a talk that an answer is on its way, and returns what ends that.
// Nobody waits for it, and where Slack has no such thing the answer comes without.
func (a *answering) thinking(ctx context.Context) (end func()) {
	in := a.j.in
	if a.d.cfg.Agents == nil || in.talk() == "" || in.source != fromMention {
		return func() {}
	}
	shown := make(chan struct{})
	a.d.running.Go(func() {
		defer close(shown)
		a.beside(ctx, "status", a.d.cfg.Agents.Status(ctx, in.channel, in.thread, locale.New(a.lang, a.zone).T("agent.thinking", nil)))
	})
	return func() {
		a.d.running.Go(func() {
			<-shown
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
			defer cancel()
			a.beside(ctx, "status", a.d.cfg.Agents.Status(ctx, in.channel, in.thread, ""))
		})
	}
}

// name gives the talk its name, where it has one to be given.
func (a *answering) name(ctx context.Context, title string) {
	if in := a.j.in; title != "" && a.d.cfg.Agents != nil && in.talk() != "" {
		a.beside(ctx, "title", a.d.cfg.Agents.Title(ctx, in.channel, in.thread, title))
	}
}

// prompt shows what can be asked in the talk that was opened.
func (a *answering) prompt(ctx context.Context, prompts []view.Prompt) error {
	in := a.j.in
	if a.d.cfg.Agents == nil || in.talk() == "" {
		return nil
	}
	title := locale.New(a.lang, a.zone).T("agent.prompts", nil)
	err := a.d.cfg.Agents.Prompts(ctx, in.channel, in.thread, title, prompts)
	if Code(err) != "" {
		a.beside(ctx, "prompts", err)
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
