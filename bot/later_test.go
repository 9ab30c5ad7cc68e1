package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

// at says text, and later what held lets through.
func at(first commands.Reply, hold <-chan string) commands.UseCase {
	return func(context.Context, commands.Request) (commands.Reply, error) {
		r := first
		r.Later = func(ctx context.Context) (commands.Reply, error) {
			select {
			case text := <-hold:
				if first.Modal != nil {
					m := form()
					m.Title = text
					return commands.Show(m), nil
				}
				return commands.Say(buttons(text, "test.show.v2")), nil
			case <-ctx.Done():
				return commands.Reply{}, ctx.Err()
			}
		}
		return r, nil
	}
}

// TestLaterInAMessage changes a message that a button stands in, but not once
// something else was pressed there.
func TestLaterInAMessage(t *testing.T) {
	o := newOffice(t)
	o.run()
	hold := make(chan string)
	o.show = at(commands.Say(buttons("eerst", "test.show.v2")), hold)
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "eerst")
	hold <- "een bericht erbij"
	o.hears("U1", "C1", "een bericht erbij")
	if err := o.Press("U1", on("C1"), "test.show.v2"); err != nil {
		t.Fatal(err)
	}
	o.hears("U1", "C1", "eerst")
	hold <- "daarna"
	o.hears("U1", "C1", "daarna")
	if n := len(o.said("C1", "U1")); n != 2 {
		t.Errorf("%d messages, want the first and the one that was changed twice", n)
	}
	if err := o.Press("U1", on("C1"), "test.show.v2"); err != nil {
		t.Fatal(err)
	}
	o.hears("U1", "C1", "eerst")
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(buttons("iets anders", "test.show.v2")), nil
	}
	if err := o.Press("U1", on("C1"), "test.show.v2"); err != nil {
		t.Fatal(err)
	}
	o.hears("U1", "C1", "iets anders")
	hold <- "te laat"
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("slot")), nil
	}
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "slot")
	if strings.Contains(strings.Join(o.said("C1", "U1"), "\n"), "te laat") {
		t.Error("what came later took the place of what was pressed since")
	}
}

// TestLaterInAWindow changes a window in place, one that was opened first and one
// that opens at once, and leaves a closed one alone.
func TestLaterInAWindow(t *testing.T) {
	o := newOffice(t)
	o.run()
	hold := make(chan string)
	o.window = at(commands.Show(form()), hold)
	o.show = o.window
	for _, command := range []string{"/venster", "/klant"} {
		o.command("U1", "C1", command, "")
		o.shows("U1", "Formulier")
		hold <- "Later " + command
		o.shows("U1", "Later "+command)
		if err := o.Press("U1", workspace.In(""), "test.show.v2"); err != nil {
			t.Fatal(err)
		}
		o.shows("U1", "Formulier")
		hold <- "Weer " + command
		o.shows("U1", "Weer "+command)
		if n := len(o.Modals("U1")); n != 1 {
			t.Errorf("%d windows", n)
		}
		o.shut("U1")
	}
	o.command("U1", "C1", "/venster", "")
	o.shows("U1", "Formulier")
	o.shut("U1")
	hold <- "Niemand kijkt"
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("slot")), nil
	}
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "slot")
	if len(o.Modals("U1")) != 0 || len(o.said("C1", "U1")) != 1 {
		t.Errorf("a closed window: %v", o.said("C1", "U1"))
	}
}

// shut closes user's topmost window.
func (o *office) shut(user string) {
	o.t.Helper()
	stack := o.Modals(user)
	if err := o.CloseView(user, stack[len(stack)-1].ID, true); err != nil {
		o.t.Fatal(err)
	}
}

// TestLaterEnds stops what waits with the process, and survives a panic.
func TestLaterEnds(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		r := commands.Say(view.Say("eerst"))
		r.Later = func(context.Context) (commands.Reply, error) { panic("later") }
		return r, nil
	}
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "eerst")
	until(t, "the panic", func() bool { return p.Counts().Panics == 1 })
	o.show = at(commands.Say(view.Say("wacht")), make(chan string))
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "wacht")
	p.stop() // not after minutes
}

// TestStartIsNoQuietMoment: who works beside the answers waits after a start as after an
// answer, for right then people come.
func TestStartIsNoQuietMoment(t *testing.T) {
	p := newOffice(t).dispatcher()
	defer p.stop()
	if p.AwaitQuiet(t.Context(), time.Hour, time.Millisecond) {
		t.Error("it is quiet since an hour, and it just started")
	}
	if !p.AwaitQuiet(t.Context(), time.Millisecond, time.Minute) {
		t.Error("it is not quiet a moment after a start")
	}
}
