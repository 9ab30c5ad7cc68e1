package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

func faults(t *testing.T, o *office, f workspace.Faults) {
	t.Helper()
	if err := o.SetFaults(f); err != nil {
		t.Fatal(err)
	}
}

// TestDuplicate: Slack delivers each envelope twice; it runs once.
func TestDuplicate(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) { c.Faults.Duplicate = 1 })
	var runs atomic.Int64
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		runs.Add(1)
		return commands.Say(view.Say("eens")), nil
	}
	p := o.run()
	for range 10 {
		o.command("U1", "C1", "/klant", "x")
	}
	until(t, "ten duplicates", func() bool { c := p.Counts(); return c.Duplicates == 10 && c.Answered == 10 })
	if n := len(o.said("C1", "U1")); n != 10 || runs.Load() != 10 {
		t.Errorf("%d answers of %d runs, want 10", n, runs.Load())
	}
}

// TestPanic: the person reads a reference that stands in the log, which says
// where but not what.
func TestPanic(t *testing.T) {
	o := newOffice(t)
	p := o.run()
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) { panic("mislukt voor " + r.Text) }
	o.command("U1", "C1", "/klant", "Jansen")
	o.wait("the sentence", func() bool { return len(o.said("C1", "U1")) == 1 })
	reference := regexp.MustCompile(`kenmerk ([A-Z2-7]{6})`).FindStringSubmatch(o.said("C1", "U1")[0])
	log := o.log.String()
	if reference == nil || !strings.Contains(log, "reference="+reference[1]) || !strings.Contains(log, "trouble_test.go") {
		t.Errorf("said %q; log:\n%s", o.said("C1", "U1"), log)
	}
	if strings.Contains(log, "Jansen") {
		t.Error("the log holds what was typed")
	}
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("weer")), nil
	}
	o.command("U1", "C1", "/klant", "")
	o.hears("U1", "C1", "weer")
	if c := p.Counts(); c.Panics != 1 || c.Failed != 1 {
		t.Errorf("counts %+v", c)
	}
}

// TestErrors are worded once, at the edge.
func TestErrors(t *testing.T) {
	o := newOffice(t)
	o.run(func(c *bot.Config) { c.Deadline = 50 * time.Millisecond })
	var fail error
	o.show = func(ctx context.Context, _ commands.Request) (commands.Reply, error) {
		if fail == nil {
			<-ctx.Done()
			return commands.Reply{}, fmt.Errorf("read: %w", ctx.Err())
		}
		return commands.Reply{}, fmt.Errorf("show: %w", fail)
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{analysis.Fail(analysis.Forbidden, "error.forbidden", nil), sentence("error.forbidden")},
		{fmt.Errorf("disk full"), "kenmerk"},
		{nil, strings.Split(sentence("error.slow"), "{")[0]},
	} {
		fail = c.err
		o.command("U1", "C1", "/klant", "")
		o.hears("U1", "C1", c.want)
	}
}

// TestFullQueue: with one worker and one place to wait, twenty requests are
// all acknowledged and all answered, in the order in which they came.
func TestFullQueue(t *testing.T) {
	o := newOffice(t)
	p := o.run(func(c *bot.Config) { c.Workers, c.Queue = 1, 1 })
	release := make(chan struct{})
	o.show = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		<-release
		return commands.Say(view.Say(r.Text)), nil
	}
	for i := range 20 {
		o.command("U1", "C1", "/klant", fmt.Sprintf("%02d", i))
	}
	if c := p.Counts(); c.Accepted != 20 || c.Waiting != 2 {
		t.Errorf("counts %+v", c)
	}
	close(release)
	o.wait("twenty answers", func() bool { return len(o.said("C1", "U1")) == 20 })
	if said := o.said("C1", "U1"); !slices.IsSorted(said) {
		t.Errorf("order %q", said)
	}
}

// TestWaysBack takes each way to answer away in turn.
func TestWaysBack(t *testing.T) {
	chart := func() view.Message {
		m := view.Say("met grafiek")
		m.Blocks = append(m.Blocks, slack.NewDataVisualizationBlock("Omzet", slack.NewDataVisualizationPieChart(
			slack.NewDataVisualizationSegment("a", 1))))
		return m
	}
	o := newOffice(t, func(c *workspace.Config) { c.DataBlocksOnlyInMessages = true })
	p := o.run()
	o.show = func(context.Context, commands.Request) (commands.Reply, error) { return commands.Say(chart()), nil }
	o.command("U1", "C1", "/klant", "")
	o.hears("U1", "C1", "met grafiek")
	if c := p.Counts(); c.Simplified != 1 || !strings.Contains(o.log.String(), "/blocks/1") {
		t.Errorf("simplified %d; log:\n%s", c.Simplified, o.log)
	}

	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		o.Jump(31 * time.Minute) // the response_url expires meanwhile
		return commands.Say(view.Say("toch")), nil
	}
	o.command("U1", "C1", "/klant", "")
	o.hears("U1", "C1", "toch")

	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("later")), nil
	}
	faults(t, o, workspace.Faults{RateLimited: 1, RetryAfter: 1, Methods: []string{"response_url"}})
	o.command("U1", "C1", "/klant", "")
	time.Sleep(50 * time.Millisecond)
	faults(t, o, workspace.Faults{})
	o.hears("U1", "C1", "later")

	faults(t, o, workspace.Faults{ServerError: 1, Methods: []string{"response_url"}})
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		return commands.Say(view.Say("opnieuw")), nil
	}
	o.command("U1", "C1", "/klant", "")
	until(t, "put back", func() bool { return strings.Contains(o.log.String(), "tried again") })
	faults(t, o, workspace.Faults{})
	o.hears("U1", "C1", "opnieuw")
}

// TestGivenUp: an answer that can not be sent for half an hour is dropped and
// counted.
func TestGivenUp(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) {
		c.Faults = workspace.Faults{ServerError: 1, Methods: []string{"response_url"}}
	})
	var ahead atomic.Int64
	p := o.run(func(c *bot.Config) {
		c.Wall = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	o.command("U1", "C1", "/klant", "")
	until(t, "put back", func() bool { return strings.Contains(o.log.String(), "tried again") })
	ahead.Store(int64(29*time.Minute + 45*time.Second)) // the next attempt would be after 30
	until(t, "given up", func() bool { return p.Counts().GivenUp == 1 && p.Counts().Waiting == 0 })
	ahead.Store(int64(29*time.Minute + 50*time.Second))
	time.Sleep(150 * time.Millisecond)
	if c := p.Counts(); c.GivenUp != 1 || c.Resumed != 1 {
		t.Errorf("counts %+v", c)
	}
}

// TestAskedForPatience: an answer that Slack wanted later comes as soon as it
// said, also when the request is old already, for instance because it lay with
// a process that was killed.
func TestAskedForPatience(t *testing.T) {
	o := newOffice(t)
	var ahead atomic.Int64
	o.run(func(c *bot.Config) {
		c.Wall = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	o.show = func(context.Context, commands.Request) (commands.Reply, error) {
		ahead.Store(int64(3 * time.Minute)) // that is how old it is by now
		return commands.Say(view.Say("later")), nil
	}
	faults(t, o, workspace.Faults{RateLimited: 1, RetryAfter: 1, Methods: []string{"response_url"}})
	o.command("U1", "C1", "/klant", "")
	until(t, "put back", func() bool { return strings.Contains(o.log.String(), "tried again") })
	faults(t, o, workspace.Faults{})
	began := time.Now()
	o.hears("U1", "C1", "later")
	if took := time.Since(began); took > 20*time.Second { // half of how old it is would be 30 s
		t.Errorf("it came %v after Slack would have taken it", took)
	}
}
