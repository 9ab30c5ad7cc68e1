package workspace

import (
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// TestPageTalk: turning to the Messages tab of the app's conversation tells the app so
// once, and what was looked at before, also from its Home tab; what is said there begins a thread that opens, and can be stopped
// from the page while the app works on it.
func TestPageTalk(t *testing.T) {
	o := newOffice(t)
	events := make(chan any, 50)
	o.connect(func(b *bot, e socketmode.Event) {
		events <- e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data
		b.ack(e, nil)
	})
	next := func() any {
		t.Helper()
		select {
		case e := <-events:
			return e
		case <-time.After(time.Minute):
			t.Fatal("no event")
			return nil
		}
	}
	dm, err := o.DM("U1")
	if err != nil {
		t.Fatal(err)
	}
	p := o.page("U1")
	for _, channel := range []string{"C1", dm, dm} {
		p.send(object{"type": "open", "channel": channel})
	}
	if h, ok := next().(*slackevents.AppHomeOpenedEvent); !ok || h.Tab != "messages" || h.Channel != dm || h.Context == nil || len(h.Context.Entities) != 1 || h.Context.Entities[0].Value != "C1" {
		t.Errorf("opened %+v", h)
	}
	p.send(object{"type": "home"})
	for range 2 {
		p.send(object{"type": "open", "channel": dm, "tab": "messages"})
	}
	for _, tab := range []string{"home", "messages"} {
		if h, ok := next().(*slackevents.AppHomeOpenedEvent); !ok || h.Tab != tab {
			t.Errorf("turned to %+v; want %s", h, tab)
		}
	}
	p.send(object{"type": "send", "channel": dm, "text": "omzet"})
	m, ok := next().(*slackevents.MessageEvent)
	if !ok || m.Channel != dm {
		t.Fatalf("said %+v", m)
	}
	if f := p.next("talk"); f["thread_ts"] != m.TimeStamp || f["channel"] != dm {
		t.Errorf("frame %v", f)
	}
	if _, err := o.api.SetAgentSessionStatus(slack.AgentSessionSetStatusParameters{ChannelID: dm, ThreadTS: m.TimeStamp, Status: "processing"}); err != nil {
		t.Fatal(err)
	}
	p.send(object{"type": "stop", "channel": dm, "thread_ts": m.TimeStamp})
	if e, ok := next().(*slackevents.AgentSessionStoppedEvent); !ok || e.User != "U1" || e.Channel != dm || e.ThreadTimestamp != m.TimeStamp {
		t.Errorf("stopped %+v", e)
	}
	if err := o.MoveTalk("U1", "C4"); err != nil {
		t.Fatal(err)
	}
	if e, ok := next().(*slackevents.AppContextChangedEvent); !ok || len(e.Context.Entities) != 1 || e.Context.Entities[0].Value != "C4" {
		t.Errorf("moved %+v", e)
	}
}
