package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// loading is the modal that stands there while a request runs.
func loading(lang locale.Lang) view.Modal {
	return window(lang, view.Say(locale.New(lang, nil).T("bot.loading", nil)))
}

// window shows a message as a modal.
func window(lang locale.Lang, m Message) view.Modal {
	p := locale.New(lang, nil)
	return view.Modal{Title: p.T("bot.title", nil), Close: p.T("word.close", nil), Blocks: m.Blocks, Plain: m.Plain}
}

// fresh returns the trigger_id while Slack still takes it, and "" afterwards.
func (a *answering) fresh() string {
	if a.d.age(a.j) > a.d.cfg.Trigger {
		return ""
	}
	return a.j.in.trigger
}

// openLoading opens the loading modal. It is named by the request, so that a
// later process can still put the answer in it. A trigger that expired is no
// error: the answer then says to open it anew.
func (a *answering) openLoading(ctx context.Context) error {
	trigger := a.fresh()
	if trigger == "" {
		a.opened = true // perhaps, by whoever began; give finds out
		return nil
	}
	err := a.d.cfg.Views.Open(ctx, trigger, a.j.in.key, loading(a.lang))
	switch {
	case err == nil, errors.Is(err, ErrUncertain), Code(err) == "duplicate_external_id":
		a.opened = true
		return nil
	case errors.Is(err, ErrExpired):
		a.opened = a.j.resumed // perhaps by whoever began, and used the trigger up
		return nil
	case Code(err) != "":
		return nil
	}
	return err
}

// give sends what the use-case answered.
func (a *answering) give(ctx context.Context, entry commands.Entry, r commands.Reply) error {
	a.named = r.Later != nil
	if r.Home != nil {
		if err := a.publish(ctx, *r.Home); err != nil {
			return err
		}
	}
	a.name(ctx, r.Titled)
	switch {
	case len(r.Prompts) > 0:
		return a.prompt(ctx, r.Prompts)
	case r.Modal != nil:
		if !entry.Loading {
			a.d.behinds.note(a.j.in, a.d.cfg.Wall())
		}
		if err := a.showModal(ctx, a.j.in.marked(*r.Modal)); err != nil {
			return err
		}
		a.redraw(ctx, r)
		return nil
	case r.Now != nil && a.j.in.source == fromAction && a.j.in.view == "" && !a.opened:
		return a.respond(ctx, *r.Now, !r.Beside)
	case r.Now != nil && r.Instead:
		return a.takePlace(ctx, *r.Now)
	case r.Now != nil:
		return a.tell(ctx, *r.Now)
	case len(r.Errors) > 0:
		// Found only after the modal was acknowledged: a race, said in words.
		var sentences []string
		for _, block := range slices.Sorted(maps.Keys(r.Errors)) {
			sentences = append(sentences, r.Errors[block])
		}
		return a.tell(ctx, view.Say(sentences...))
	default:
		a.redraw(ctx, r)
	}
	return nil
}

// showModal opens or replaces a modal; where that can not be done any more, it
// says to open it anew.
func (a *answering) showModal(ctx context.Context, m view.Modal) error {
	err := ErrExpired
	if ref, ok := a.standing(); ok {
		err = a.update(ctx, ref, m)
	} else if trigger := a.fresh(); trigger != "" {
		name := ""
		if a.named {
			name = a.j.in.key
		}
		err = a.simplify(ctx, func(ctx context.Context, plainly bool) error {
			return a.d.cfg.Views.Open(ctx, trigger, name, plainModal(m, plainly))
		})
		a.opened = a.opened || a.named && err == nil
	}
	if errors.Is(err, ErrExpired) || Code(err) == "not_found" {
		return a.speak(ctx, view.Say(locale.New(a.lang, a.zone).T("bot.reopen", nil)))
	}
	return err
}

// publish draws the asker's Home tab.
func (a *answering) publish(ctx context.Context, h view.Home) error {
	return a.simplify(ctx, func(ctx context.Context, plainly bool) error {
		return a.d.cfg.Views.Publish(ctx, a.j.in.user, plainHome(h, plainly))
	})
}

// standing returns the modal that the answer belongs in.
func (a *answering) standing() (ViewRef, bool) {
	switch {
	case a.j.in.view != "":
		return ViewRef{ID: a.j.in.view}, true
	case a.opened:
		return ViewRef{Name: a.j.in.key}, true
	}
	return ViewRef{}, false
}

// tell says m where the asker looks: on the Home tab they opened, in the modal
// if there is one, otherwise to them alone. Who asked nothing is told nothing.
func (a *answering) tell(ctx context.Context, m Message) error {
	if a.j.in.unasked() {
		return nil
	}
	if a.j.in.source == fromHome {
		return a.publish(ctx, view.Home{Blocks: m.Blocks, Plain: m.Plain})
	}
	if ref, ok := a.standing(); ok {
		err := a.update(ctx, ref, window(a.lang, m))
		if Code(err) != "not_found" {
			return err
		}
	}
	return a.speak(ctx, m)
}

// speak says m to the asker alone, by the first way that is open.
func (a *answering) speak(ctx context.Context, m Message) error {
	if a.j.in.url != "" {
		return a.respond(ctx, m, false)
	}
	if trigger := a.fresh(); trigger != "" && a.j.in.view == "" && !a.opened {
		err := a.d.cfg.Views.Open(ctx, trigger, "", window(a.lang, m))
		if !errors.Is(err, ErrExpired) && Code(err) == "" {
			return err
		}
	}
	return a.whisper(ctx, m)
}

// respond answers through the response_url, or beside it when that has expired.
func (a *answering) respond(ctx context.Context, m Message, replace bool) error {
	if a.j.in.url == "" {
		return a.whisper(ctx, m)
	}
	err := a.simplify(ctx, func(ctx context.Context, plainly bool) error {
		return a.d.cfg.Responder.Respond(ctx, a.j.in.url, plainMessage(m, plainly), replace)
	})
	if errors.Is(err, ErrExpired) {
		return a.whisper(ctx, m)
	}
	return err
}

// whisper says m where it was asked, or in a DM when the bot can not speak there.
func (a *answering) whisper(ctx context.Context, m Message) error {
	say := func(channel analysis.ChannelID, thread string) error {
		return a.simplify(ctx, func(ctx context.Context, plainly bool) error {
			return a.d.cfg.Whisperer.Whisper(ctx, channel, thread, a.j.in.user, plainMessage(m, plainly))
		})
	}
	err := say(a.j.in.channel, a.j.in.thread)
	if a.j.in.channel != "" && Code(err) != "" {
		return say("", "")
	}
	return err
}

// update shows m in a modal. That of a submission waits until Slack shows what its
// acknowledgement carried, which leaves when the envelope is stored.
func (a *answering) update(ctx context.Context, ref ViewRef, m view.Modal) error {
	if a.j.in.source == fromSubmission {
		if wait(ctx, a.j.stored.Add(a.d.cfg.Settle).Sub(a.d.cfg.Wall())) != nil {
			return fmt.Errorf("wait for the acknowledgement: %w", ErrUnreached)
		}
	}
	return a.simplify(ctx, func(ctx context.Context, plainly bool) error {
		return a.d.cfg.Views.Update(ctx, ref, plainModal(m, plainly))
	})
}

// wait waits d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// simplify sends, and once more without the newer kinds of block when Slack
// refuses the blocks. The places it pointed at are logged for the administrator.
func (a *answering) simplify(ctx context.Context, send func(ctx context.Context, plainly bool) error) error {
	err := send(ctx, false)
	if !InvalidBlocks(err) {
		return err
	}
	a.d.counts.simplified.Add(1)
	a.d.cfg.Log.Warn("slack refused blocks; sent plainly", "key", a.j.in.key, "error", err)
	return send(ctx, true)
}
