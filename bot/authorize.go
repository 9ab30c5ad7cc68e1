package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// refused is a request that gets one sentence and nothing else. It carries the
// words' language when that is known.
type refused struct {
	err  *analysis.Error
	lang locale.Lang
	// fresh is the action_id that a stale button has today; empty: none.
	fresh string
	// silent: nobody asked, so that there is nobody to tell.
	silent bool
}

func (r *refused) Error() string { return r.err.Error() }
func (r *refused) Unwrap() error { return r.err }

func refuse(key string, lang locale.Lang, args analysis.Args) error {
	return &refused{err: analysis.Fail(analysis.Forbidden, key, args), lang: lang}
}

// admit finds out who asks, where, and for what, and refuses whatever is not
// allowed. Every press takes this road again: what a button says counts for
// nothing. The entry is zero when the error is not nil.
func (d *Dispatcher) admit(ctx context.Context, in interaction, at time.Time) (commands.Entry, commands.Request, error) {
	req := commands.Request{Key: in.key, Lang: locale.Dutch, Zone: time.UTC, At: at, Text: in.text,
		Value: in.value, Fields: in.fields, Private: in.private, Message: in.message, InModal: in.view != ""}
	if in.source == fromMention || in.source == fromStop {
		req.Root, req.InThread = in.root, in.thread != ""
	}
	_, req.Element, _ = strings.Cut(in.name, "#")
	person, err := d.colleague(ctx, in)
	if err != nil {
		return commands.Entry{}, req, err
	}
	req.Lang, req.Zone = locale.Of(person.Locale), person.Zone
	if !d.rates.take(person.User, d.cfg.Wall()) {
		return commands.Entry{}, req, d.tooMuch(in, req.Lang)
	}
	if req.Channel, err = d.place(ctx, in, req.Lang); err != nil {
		return commands.Entry{}, req, err
	}
	entry, err := d.route(in, req.Lang)
	if err != nil {
		return commands.Entry{}, req, err
	}
	if req.Actor, err = d.cfg.Roles.Actor(ctx, person.User, person.Email); err != nil {
		return commands.Entry{}, req, fmt.Errorf("establish role: %w", err)
	}
	if !mayAtAll(req.Actor, entry.Permission) {
		if in.source == fromFile {
			return commands.Entry{}, req, refuse("bot.file_forbidden", req.Lang, nil)
		}
		return commands.Entry{}, req, refuse("error.forbidden", req.Lang, nil)
	}
	return entry, req, nil
}

// tooMuch is what somebody reads who asked too much: in a modal always, because it
// waits for an answer, and elsewhere now and then.
func (d *Dispatcher) tooMuch(in interaction, lang locale.Lang) error {
	no := &refused{err: analysis.Fail(analysis.Forbidden, "bot.too_much", nil), lang: lang}
	no.silent = in.source == fromSuggestion || in.source != fromSubmission && !d.rates.tells(in.user, d.cfg.Wall())
	return no
}

// mayAtAll reports whether actor may do p to anything: the use-case checks the
// subject itself. The most favourable subject is the actor's own portfolio.
func mayAtAll(actor analysis.Actor, p analysis.Permission) bool {
	return analysis.Allow(actor, p, analysis.Subject{Manager: actor.Manager, Partner: actor.Manager})
}

// colleague returns who asks if they are a full member of our own workspace.
// Everybody else reads the same neutral sentence; so does whoever Slack does
// not tell us about.
func (d *Dispatcher) colleague(ctx context.Context, in interaction) (Person, error) {
	if in.team != "" && in.team != d.cfg.Team && in.source != fromEvent {
		return Person{}, refuse("bot.colleagues_only", locale.Dutch, nil)
	}
	person, err := d.cfg.People.Person(ctx, in.user)
	if err != nil {
		if passing(err) || ctx.Err() != nil {
			// Denied as well, but it may be answered later: Slack was away.
			return Person{}, fmt.Errorf("who asks: %w", err)
		}
		return Person{}, refuse("bot.colleagues_only", locale.Dutch, nil)
	}
	if in.source == fromFile && person.Bot {
		// What the bot itself sends comes by as well.
		return Person{}, &refused{err: analysis.Fail(analysis.Forbidden, "bot.colleagues_only", nil), silent: true}
	}
	if !person.Colleague(d.cfg.Team) {
		return Person{}, refuse("bot.colleagues_only", locale.Of(person.Locale), nil)
	}
	if person.Zone == nil {
		person.Zone = time.UTC
	}
	return person, nil
}

// place returns where it was asked, unless people of other organisations read
// along or the bot can not tell. What happens in a modal has no place.
func (d *Dispatcher) place(ctx context.Context, in interaction, lang locale.Lang) (commands.Channel, error) {
	if in.channel == "" {
		return commands.Channel{}, nil
	}
	c, err := d.cfg.Channels.Channel(ctx, in.channel)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		return commands.Channel{}, refuse("bot.channel_unreadable", lang, nil)
	case err != nil:
		return commands.Channel{}, fmt.Errorf("where it was asked: %w", err)
	case c.Outside:
		return commands.Channel{}, refuse("bot.channel_outside", lang, nil)
	}
	return commands.Channel{ID: c.ID, Name: c.Name, Direct: c.Direct, Member: c.Member, Archived: c.Archived}, nil
}

// route finds the entry of the Registry.
func (d *Dispatcher) route(in interaction, lang locale.Lang) (commands.Entry, error) {
	if in.source == fromCommand {
		if e, ok := d.cfg.Registry.Slash(in.name); ok {
			return e, nil
		}
		return commands.Entry{}, refuse("bot.unknown_command", lang, analysis.Args{"command": in.name})
	}
	unnamed := map[source]func() (commands.Entry, bool){fromMention: d.cfg.Registry.Mentioned, fromHome: d.cfg.Registry.Home, fromFile: d.cfg.Registry.Sent, fromAgent: d.cfg.Registry.Talked, fromStop: d.cfg.Registry.Halted}
	if find, ok := unnamed[in.source]; ok {
		if e, ok := find(); ok {
			return e, nil
		}
		return commands.Entry{}, refuse("bot.unknown_action", lang, nil)
	}
	on := map[source]commands.On{fromAction: commands.Action, fromSubmission: commands.Submission,
		fromSuggestion: commands.Suggestion, fromShortcut: commands.Shortcut, fromMessage: commands.OnMessage}[in.source]
	e, ok, stale := d.cfg.Registry.Screen(on, in.name)
	switch {
	case ok:
		return e, nil
	case stale:
		// The screen is of another version; what it names may still be right,
		// and is looked up and authorized like any press.
		outdated := &refused{err: analysis.Fail(analysis.Forbidden, "bot.stale", nil), lang: lang}
		if on == commands.Action && in.view == "" {
			outdated.fresh = e.ActionID()
		}
		return commands.Entry{}, outdated
	}
	return commands.Entry{}, refuse("bot.unknown_action", lang, nil)
}
