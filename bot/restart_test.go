package bot_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

// TestDrain: what runs when the process is told to stop is finished.
func TestDrain(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	began := make(chan struct{})
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		close(began)
		time.Sleep(200 * time.Millisecond)
		return commands.Say(view.Say("afgemaakt")), nil
	}
	o.command("U1", "C1", "/klant", "")
	<-began
	p.stop()
	if said := o.said("C1", "U1"); len(said) != 1 || said[0] != "afgemaakt" {
		t.Errorf("said %q", said)
	}
}

// TestStopInTheMiddle: what takes longer than draining, and what waited, is
// answered by the next process, at once.
func TestStopInTheMiddle(t *testing.T) {
	o := newOffice(t)
	p := o.run(func(c *bot.Config) { c.Workers, c.Drain, c.Lease = 1, 50*time.Millisecond, time.Hour })
	began := make(chan struct{}, 2)
	o.show = func(ctx context.Context, _ commands.Request) (commands.Reply, error) {
		began <- struct{}{}
		<-ctx.Done()
		return commands.Reply{}, ctx.Err()
	}
	o.command("U1", "C1", "/klant", "een")
	o.command("U1", "C1", "/klant", "twee")
	<-began
	p.stop()
	if n := len(o.said("C1", "U1")); n != 0 {
		t.Fatalf("%d answers already", n)
	}
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say(r.Text)), nil
	}
	next := o.run()
	o.wait("both answers", func() bool { return len(o.said("C1", "U1")) == 2 })
	until(t, "both settled", func() bool { return next.Counts().Answered == 2 })
}

// TestStopBeforeTheBeginning: what was acknowledged as the process was told to stop, and
// not yet begun on, is for the next process at once, like what was.
func TestStopBeforeTheBeginning(t *testing.T) {
	o := newOffice(t)
	p := o.dispatcher(func(c *bot.Config) { c.Workers, c.Drain, c.Lease = 4, time.Millisecond, time.Hour })
	defer p.stop()
	o.show = func(ctx context.Context, _ commands.Request) (commands.Reply, error) {
		<-ctx.Done()
		return commands.Reply{}, ctx.Err()
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { p.Run(ctx); close(ended) }()
	const taken = 8
	for n := range taken {
		payload := fmt.Sprintf(`{"team_id":"T1","user_id":"U1","channel_id":"C1","command":"/klant","trigger_id":"%d"}`, n)
		if _, err := p.Handle(t.Context(), bot.Incoming{Kind: bot.KindCommand, Payload: []byte(payload)}); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	<-ended
	now := time.Now().Add(time.Second) // leases are kept by the millisecond
	left, err := p.db.Take(t.Context(), "next", now, now.Add(time.Hour), now.Add(-time.Hour), 2*taken)
	if err != nil || len(left) != taken {
		t.Errorf("%d of %d are left for the next process, %v", len(left), taken, err)
	}
}

// TestKilled kills a real process between acknowledgement and answer; the next
// one answers, a window included.
func TestKilled(t *testing.T) {
	if os.Getenv("KLANTBOT_TEST_DB") != "" {
		victim(t)
		return
	}
	o := newOffice(t)
	o.dispatcher().stop() // makes the database
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), "KLANTBOT_TEST_DB="+o.path, "KLANTBOT_TEST_URL="+o.url,
		"KLANTBOT_TEST_TOKENS="+o.BotToken()+" "+o.AppToken())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	defer func() {
		if !killed {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}()
	o.wait("the victim", func() bool { return o.Connections() == 1 })
	o.command("U1", "C1", "/klant", "overleeft")
	o.command("U5", "C1", "/venster", "")
	o.shows("U5", sentence("bot.loading"))
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	killed = true
	o.wait("the end", func() bool { return o.Connections() == 0 })
	if n := len(o.said("C1", "U1")); n != 0 {
		t.Fatalf("%d answers already", n)
	}
	o.window = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Show(form()), nil }
	o.run()
	o.hears("U1", "C1", "gezien: overleeft")
	o.shows("U5", "Formulier")
}

// victim is the process that gets killed: it acknowledges and never answers.
func victim(t *testing.T) {
	tokens := strings.Fields(os.Getenv("KLANTBOT_TEST_TOKENS"))
	ws, err := workspace.New(workspace.Config{Manifest: []byte(manifest), BotToken: tokens[0], AppToken: tokens[1]})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{Server: ws, t: t, url: os.Getenv("KLANTBOT_TEST_URL"), path: os.Getenv("KLANTBOT_TEST_DB"), log: &lines{}}
	forever := func(context.Context, commands.Request) (commands.Reply, error) { select {} }
	o.show, o.window = forever, forever
	p := o.dispatcher()
	defer p.stop()
	runVictim(t, p)
}
