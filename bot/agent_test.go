package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

// titled gives what use answers a title.
func titled(use commands.UseCase, title string) commands.UseCase {
	return func(ctx context.Context, r commands.Request) (commands.Reply, error) {
		reply, err := use(ctx, r)
		reply.Titled = title
		return reply, err
	}
}

// shown waits until Slack shows status of a thread.
func (o *office) shown(channel, ts, status string) {
	o.t.Helper()
	o.wait("the thread to be "+status, func() bool { now, _ := o.Session(channel, ts); return now == status })
}

// TestTalk: who opens the DM is offered what suits the channel beside it; a thread is
// shown as worked on until all that is made in it came, is named after what began it,
// and Slack's own button is brought to who knows what that stops.
func TestTalk(t *testing.T) {
	o := newOffice(t)
	hold, ended, halted := make(chan string), make(chan error, 8), make(chan commands.Request, 1)
	o.talk = titled(coming(hold, ended), "Omzet")
	o.opened = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		return commands.Reply{Prompts: []view.Prompt{{Title: "t", Message: "over " + r.Value}}}, nil
	}
	o.halted = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		halted <- r
		return commands.Reply{}, nil
	}
	o.run()
	dm, err := o.OpenTalk("U1", "C1")
	if err != nil {
		t.Fatal(err)
	}
	offered := func(what string) {
		t.Helper()
		o.wait("what can be asked", func() bool { return slices.Equal(o.Offered(dm), []string{what}) })
	}
	offered("over C1")
	if err := o.MoveTalk("U1", "C5"); err != nil {
		t.Fatal(err)
	}
	offered("over C5")
	ts, _ := o.Say("U1", dm, "omzet", "")
	o.shown(dm, ts, "processing")
	o.wait("its title", func() bool { _, title := o.Session(dm, ts); return title == "Omzet" })
	o.talk = titled(coming(hold, ended), "Marge")
	if _, err := o.Say("U1", dm, "marge", ts); err != nil {
		t.Fatal(err)
	}
	o.wait("both answers", func() bool {
		return len(slices.DeleteFunc(o.said(dm, "U1"), func(s string) bool { return s != "eerst" })) == 2
	})
	if err := o.StopTalk("U1", dm, ts); err != nil {
		t.Fatal(err)
	}
	if r := <-halted; r.Root != ts || r.Channel.ID != "" && string(r.Channel.ID) != dm || r.Actor.User != "U1" {
		t.Errorf("stopped %+v", r)
	}
	hold <- ""
	<-ended
	if status, _ := o.Session(dm, ts); status != "processing" {
		t.Errorf("one of two answers came: %s", status)
	}
	hold <- ""
	<-ended
	o.shown(dm, ts, "active")
	if _, title := o.Session(dm, ts); title != "Omzet" {
		t.Errorf("what followed named it %q", title)
	}
}

// TestTalkUnasked: who opened the DM asked nothing, and reads nothing, whoever they are
// and whatever goes wrong.
func TestTalkUnasked(t *testing.T) {
	o := newOffice(t)
	ran := make(chan string, 4)
	o.opened = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		ran <- string(r.Actor.User)
		return commands.Reply{}, errors.New("mis")
	}
	p := o.run()
	for _, user := range []string{"U3", "U1"} {
		if _, err := o.OpenTalk(user, ""); err != nil {
			t.Fatal(err)
		}
	}
	if user := <-ran; user != "U1" {
		t.Errorf("it was run for %s", user)
	}
	p.stop()
	for _, user := range []string{"U3", "U1"} {
		dm, _ := o.DM(user)
		if all := o.said(dm, user); len(all) > 0 {
			t.Errorf("%s reads %q", user, all)
		}
	}
}

// TestRest: what a process that died left as worked on is shown so no more, where Slack
// shows such a thing at all.
func TestRest(t *testing.T) {
	o := newOffice(t)
	p := o.dispatcher()
	defer p.stop()
	dm, _ := o.DM("U1")
	ts, _ := o.Say("U1", dm, "omzet", "")
	at := bot.Talk{Channel: analysis.ChannelID(dm), Thread: ts, User: "U1"}
	if err := p.api.Status(t.Context(), at, bot.TalkProcessing); err != nil {
		t.Fatal(err)
	}
	elsewhere, _ := o.Say("U1", "C1", "omzet", "")
	for _, at := range []bot.Talk{at, {Channel: "C1", Thread: elsewhere, User: "U1"}, {Channel: "D0", Thread: "1.1"}} {
		if err := bot.Rest(t.Context(), p.api, at); err != nil {
			t.Errorf("%s: %v", at.Channel, err)
		}
	}
	if status, _ := o.Session(dm, ts); status != "active" {
		t.Errorf("it is %s", status)
	}
	if status, _ := o.Session("C1", elsewhere); status != "" {
		t.Errorf("in a channel it is %s", status)
	}
}

// TestTalkWithout: where Slack has nothing for agents answers come all the same, and
// that is logged once.
func TestTalkWithout(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) { c.FreePlan = true })
	o.talk = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		reply := commands.Say(view.Say("antwoord op " + r.Text))
		reply.Titled = "Omzet"
		return reply, nil
	}
	o.opened = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Reply{Prompts: []view.Prompt{{Title: "t", Message: "m"}}}, nil
	}
	p := o.run()
	var dm string
	for _, text := range []string{"een", "twee", "drie"} {
		dm, _ = o.OpenTalk("U1", "")
		if _, err := o.Say("U1", dm, text, ""); err != nil {
			t.Fatal(err)
		}
		o.hears("U1", dm, "antwoord op "+text)
	}
	p.stop()
	for _, what := range []string{"what=status", "what=prompts"} {
		if n := strings.Count(o.log.String(), what); n != 1 {
			t.Errorf("%s is logged %d times:\n%s", what, n, o.log)
		}
	}
}
