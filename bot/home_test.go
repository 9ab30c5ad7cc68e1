package bot_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

// home is what stands on user's Home tab, as JSON; "" when nothing does.
func (o *office) home(user string) string {
	v := o.Home(user)
	if v == nil {
		return ""
	}
	return string(v.Blocks)
}

// tab is a Home tab that says text and has a button that draws it anew.
func tab(text string) *view.Home {
	m := buttons(text, "test.tab.v1")
	return &view.Home{Blocks: append(view.Say(text).Blocks, m.Blocks...)}
}

// TestHome opens the Home tab, presses on it, and opens it as somebody who gets
// nothing.
func TestHome(t *testing.T) {
	o := newOffice(t)
	o.run()
	o.homeTab = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		if r.Value != "" {
			return commands.Reply{Home: tab("gedrukt op " + r.Value)}, nil
		}
		return commands.Reply{Home: tab("week van " + string(r.Actor.User))}, nil
	}
	if err := o.OpenHome("U1"); err != nil {
		t.Fatal(err)
	}
	o.wait("the Home tab", func() bool { return strings.Contains(o.home("U1"), "week van U1") })
	if err := o.Press("U1", workspace.Place{View: o.Home("U1").ID}, "test.tab.v1"); err != nil {
		t.Fatal(err)
	}
	o.wait("the Home tab after the press", func() bool { return strings.Contains(o.home("U1"), "gedrukt op 7") })
	if err := o.OpenHome("U3"); err != nil {
		t.Fatal(err)
	}
	o.wait("one neutral sentence", func() bool { return strings.Contains(o.home("U3"), sentence("bot.colleagues_only")) })
	o.homeTab = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Reply{}, analysis.Fail(analysis.Forbidden, "error.forbidden", nil)
	}
	if err := o.OpenHome("U2"); err != nil {
		t.Fatal(err)
	}
	o.wait("an error in the reader's language", func() bool { return o.home("U2") != "" && !strings.Contains(o.home("U2"), "week van") })
}

// TestHomePlainly: a Home that Slack refuses is drawn without the newer kinds.
func TestHomePlainly(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	o.homeTab = func(context.Context, commands.Request) (commands.Reply, error) {
		h := tab("eenvoudig")
		h.Blocks = append(h.Blocks, refusedBlock{})
		return commands.Reply{Home: h}, nil
	}
	if err := o.OpenHome("U1"); err != nil {
		t.Fatal(err)
	}
	o.wait("the plain Home tab", func() bool { return strings.Contains(o.home("U1"), "eenvoudig") })
	if p.Counts().Simplified == 0 {
		t.Error("nothing was simplified")
	}
}

// refusedBlock is an alert, which no Home tab may hold.
type refusedBlock struct{}

func (refusedBlock) BlockType() slack.MessageBlockType { return "alert" }
func (refusedBlock) ID() string                        { return "" }
func (refusedBlock) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"type": "alert", "text": map[string]string{"type": "plain_text", "text": "x"}})
}

// TestMessageMenu: the use-case gets the message whose menu was used.
func TestMessageMenu(t *testing.T) {
	o := newOffice(t)
	o.run()
	got := make(chan commands.Quoted, 1)
	o.quote = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		got <- r.Message
		return commands.Show(form()), nil
	}
	ts, err := o.Say("U2", "C1", "Gebeld met <@U1> & afgesproken", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Shortcut("U1", "test.quote.v1", workspace.On("C1", ts)); err != nil {
		t.Fatal(err)
	}
	o.shows("U1", "Wie")
	q := <-got
	if q.Author != "U2" || !strings.HasPrefix(q.Text, "Gebeld met") {
		t.Errorf("message %+v", q)
	}
	if want := "https://kantoor.slack.com/archives/C1/p" + strings.ReplaceAll(ts, ".", ""); q.Link != want {
		t.Errorf("link %q, want %q", q.Link, want)
	}
}
