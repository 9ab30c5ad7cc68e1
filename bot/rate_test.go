package bot_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/commands"
	"klantbot/commands/view"
)

// TestTooMuch: who asks more than a person can reads one sentence and gets nothing
// more, while colleagues are answered.
func TestTooMuch(t *testing.T) {
	o := newOffice(t)
	p := o.run(func(c *bot.Config) { c.Burst, c.Every = 3, time.Hour })
	ran := make(chan string, 100)
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		ran <- string(r.Actor.User)
		return commands.Say(view.Say("antwoord")), nil
	}
	for range 20 {
		o.command("U1", "C1", "/klant", "x")
	}
	// Somewhere: the three that ran may be answered after it.
	o.wait("too much", func() bool { return slices.Contains(o.said("C1", "U1"), sentence("bot.too_much")) })
	o.command("U5", "C1", "/klant", "x")
	o.hears("U5", "C1", "antwoord")
	until(t, "all settled", func() bool { return p.Counts().Waiting == 0 })
	told := 0
	for _, said := range o.said("C1", "U1") {
		if said == sentence("bot.too_much") {
			told++
		}
	}
	if n := len(ran); n != 4 {
		t.Errorf("%d ran, want 3 of who asked too much and 1 of a colleague", n)
	}
	if told == 0 {
		t.Errorf("it was said %d times", told)
	}
}
