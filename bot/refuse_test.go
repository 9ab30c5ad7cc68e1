package bot_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// TestRefusal shows who gets one sentence and nothing else.
func TestRefusal(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	ran := make(chan string, 10)
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		ran <- string(r.Actor.User)
		return commands.Say(view.Say("geheim")), nil
	}
	for _, c := range []struct{ name, user, channel, command, key string }{
		{"guest", "U3", "C1", "/klant", "bot.colleagues_only"},
		{"stranger", "U4", "C6", "/klant", "bot.colleagues_only"},
		{"shared with outsiders", "U1", "C6", "/klant", "bot.channel_outside"},
		{"channel that can not be read", "U1", "C5", "/klant", "bot.channel_unreadable"},
		{"unknown command", "U1", "C1", "/onbekend", "bot.unknown_command"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o.command(c.user, c.channel, c.command, "x")
			want := locale.New(locale.Dutch, nil).T(c.key, analysis.Args{"command": c.command})
			o.hears(c.user, c.channel, want)
		})
	}
	until(t, "all settled", func() bool { return p.Counts().Waiting == 0 })
	if c := p.Counts(); len(ran) != 0 || c.Denied != 5 || c.Answered != 5 {
		t.Errorf("%d ran; counts %+v", len(ran), c)
	}
}

// TestPressIsAuthorizedAgain: a button that an administrator was shown does
// nothing for a colleague, and an English reader is refused in English.
func TestPressIsAuthorizedAgain(t *testing.T) {
	o := newOffice(t)
	o.run()
	pressed := make(chan string, 10)
	o.manage = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		pressed <- string(r.Actor.User)
		return commands.Say(view.Say("beheerd")), nil
	}
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(buttons("beheer", "test.manage.v1", "test.show.v1", "vreemd.v1")), nil
	}
	for _, c := range []struct{ user, button, want string }{
		{"U2", "test.manage.v1", locale.New(locale.English, nil).T("error.forbidden", nil)},
		{"U1", "test.show.v1", sentence("bot.stale")},
		{"U1", "vreemd.v1", sentence("bot.unknown_action")},
		{"U5", "test.manage.v1", "beheerd"},
	} {
		o.command(c.user, "C1", "/klant", "")
		o.hears(c.user, "C1", "beheer")
		if err := o.Press(c.user, on("C1"), c.button); err != nil {
			t.Fatal(err)
		}
		o.hears(c.user, "C1", c.want)
	}
	if len(pressed) != 1 || <-pressed != "U5" {
		t.Error("somebody else than the administrator pressed")
	}
}

// TestSomebodyWhoLeft: user_change empties the cache, so a person who became a
// guest a moment ago is refused.
func TestSomebodyWhoLeft(t *testing.T) {
	o := newOffice(t)
	o.run()
	o.command("U1", "C1", "/klant", "eerst")
	o.hears("U1", "C1", "eerst")
	o.SetUser(workspace.User{ID: "U1", Name: "anna", RealName: "Anna", IsUltraRestricted: true})
	until(t, "refused", func() bool {
		o.command("U1", "C1", "/klant", "weer")
		said := o.said("C1", "U1")
		return said[len(said)-1] == sentence("bot.colleagues_only")
	})
}

// TestPeopleWhoCanNotAct can not be played by the workspace, so their
// envelopes are handed over directly.
func TestPeopleWhoCanNotAct(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) {
		c.Users = append(c.Users, workspace.User{ID: "U9", Name: "oud", Deleted: true},
			workspace.User{ID: "U10", Name: "robot", IsBot: true}, workspace.User{ID: "U11", Name: "elders", TeamID: "T2"})
	})
	ran := false
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		ran = true
		return commands.Reply{}, nil
	}
	p := o.run()
	for i, user := range []string{"U9", "U10", "U11", "U404", ""} {
		payload, _ := json.Marshal(map[string]string{"team_id": "T1", "user_id": user, "channel_id": "C1",
			"command": "/klant", "trigger_id": "k" + user, "response_url": o.url + "/response/none"})
		if _, err := p.Handle(t.Context(), bot.Incoming{Kind: bot.KindCommand, Payload: payload}); err != nil {
			t.Fatal(err)
		}
		until(t, "denied "+user, func() bool { return p.Counts().Denied == int64(i+1) })
	}
	if ran {
		t.Error("a use-case ran")
	}
}

// TestMalformed envelopes are acknowledged, counted and never quoted.
func TestMalformed(t *testing.T) {
	o := newOffice(t)
	p := o.dispatcher()
	defer p.stop()
	secret := "geheim-Jansen"
	for _, e := range []bot.Incoming{
		{Kind: bot.KindCommand, Payload: []byte(`{"text":"` + secret)},
		{Kind: bot.KindCommand, Payload: []byte(`{"text":"` + secret + `"}`)}, // no trigger: no key
		{Kind: bot.KindCommand, Payload: []byte(`"` + secret + `"`)},
		{Kind: bot.KindInteractive, Payload: []byte(`{"type":"block_actions","actions":[]}`)},
		{Kind: bot.KindInteractive, Payload: []byte(`{"type":"` + secret + `"}`)},
		{Kind: bot.KindInteractive, Payload: []byte(`{"type":"view_submission"}`)},
		{Kind: bot.KindEvent, Payload: []byte(`{"event_id":"E1"}`)},
		{Kind: bot.KindEvent, Payload: nil},
		{Kind: secret, Payload: []byte(`{}`)},
	} {
		if ack, err := p.Handle(t.Context(), e); ack != nil || err != nil {
			t.Errorf("%s: %q, %v", e.Payload, ack, err)
		}
	}
	if c := p.Counts(); c.Malformed != 9 || c.Accepted != 0 {
		t.Errorf("counts %+v", c)
	}
	if strings.Contains(strings.ReplaceAll(o.log.String(), `kind=`+secret, ""), secret) {
		t.Error("the log quotes an envelope")
	}
}
