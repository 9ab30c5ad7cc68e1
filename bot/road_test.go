package bot_test

import (
	"context"
	"strings"
	"testing"

	"klantbot/commands"
	"klantbot/commands/view"
)

// TestRoad types a command and presses buttons; each answer is the asker's
// alone and in its place.
func TestRoad(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	o.command("U1", "C1", "/klant", "Jansen & Zn <!channel>")
	o.hears("U1", "C1", "gezien: Jansen &amp; Zn &lt;!channel&gt;")
	if n := len(o.said("C1", "U2")); n != 0 {
		t.Errorf("a colleague sees %d messages", n)
	}

	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		return commands.Say(buttons("kies", "test.show.v2#3")), nil
	}
	o.command("U1", "C1", "/klant", "x")
	o.hears("U1", "C1", "kies")
	var got commands.Request
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		got = r
		return commands.Say(view.Say("kaart")), nil
	}
	if err := o.Press("U1", on("C1"), "test.show.v2#3"); err != nil {
		t.Fatal(err)
	}
	o.hears("U1", "C1", "kaart")
	if n := len(o.said("C1", "U1")); n != 2 {
		t.Errorf("the press left %d messages, want the answer and the changed one", n)
	}
	if got.Value != "7" || got.Channel.Name != "algemeen" || !got.Channel.Member || got.Zone.String() != "Europe/Amsterdam" ||
		got.Actor.User != "U1" || got.Key == "" || got.At.IsZero() || got.InModal {
		t.Errorf("request %+v", got)
	}
	until(t, "the last one settled", func() bool { return p.Counts().Waiting == 0 })
	if c := p.Counts(); c.Accepted != 3 || c.Answered != 3 || c.Denied != 0 {
		t.Errorf("counts %+v", c)
	}
	if strings.Contains(o.log.String(), "Jansen") {
		t.Error("the log holds what was typed")
	}
}
