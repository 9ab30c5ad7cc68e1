package workspace

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// TestEventRetries: at once, after a minute and after five, by the workspace's clock.
func TestEventRetries(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 30 * time.Millisecond })
	w := o.dial()
	if _, err := o.Mention("U1", "C1", "hallo", ""); err != nil {
		t.Fatal(err)
	}
	first := w.read()
	if first["retry_attempt"] != 0.0 {
		t.Errorf("first %v", first)
	}
	second := w.read() // 0 s
	if second["retry_attempt"] != 1.0 || second["retry_reason"] != "timeout" {
		t.Errorf("second %v", second)
	}
	id := func(f map[string]any) any { return f["payload"].(map[string]any)["event_id"] }
	if id(first) != id(second) || first["envelope_id"] == second["envelope_id"] {
		t.Error("a retry keeps the event and changes the envelope")
	}
	o.wait("third waits", func() bool { return o.waitingCount() == 1 })
	o.Jump(59 * time.Second)
	time.Sleep(20 * time.Millisecond)
	if n := o.waitingCount(); n != 1 {
		t.Errorf("%d waiting after 59 s", n)
	}
	o.Jump(time.Second)
	if f := w.read(); f["retry_attempt"] != 2.0 {
		t.Errorf("third %v", f)
	}
	o.wait("fourth waits", func() bool { return o.waitingCount() == 1 })
	o.Jump(5 * time.Minute)
	f := w.read()
	if f["retry_attempt"] != 3.0 {
		t.Errorf("fourth %v", f)
	}
	w.ack(f, nil)
	o.wait("acknowledged", func() bool { a := o.Acks(); return len(a) == 4 && a[3].Latency() > 0 })
}

func (s *Server) waitingCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

// TestEvents: every subscribed event reaches slack-go's own types.
func TestEvents(t *testing.T) {
	o := newOffice(t)
	events := make(chan slackevents.EventsAPIEvent, 50)
	o.connect(func(b *bot, e socketmode.Event) { events <- e.Data.(slackevents.EventsAPIEvent); b.ack(e, nil) })
	next := func() any {
		t.Helper()
		select {
		case e := <-events:
			return e.InnerEvent.Data
		case <-time.After(10 * time.Second):
			t.Fatal("no event")
			return nil
		}
	}
	dm, _ := o.DM("U1")
	ts, _ := o.Say("U1", dm, "hallo", "")
	if m, ok := next().(*slackevents.MessageEvent); !ok || m.ChannelType != "im" || m.TimeStamp != ts || m.User != "U1" || m.Channel != dm {
		t.Errorf("message %+v", m)
	}
	if _, err := o.Say("U1", "C1", "zonder vermelding", ""); err != nil {
		t.Fatal(err)
	}
	root, _ := o.Mention("U1", "C1", "hallo", "")
	if m, ok := next().(*slackevents.AppMentionEvent); !ok || m.TimeStamp != root || m.Text != "<@UBOT> hallo" {
		t.Errorf("mention %+v", m)
	}
	_ = o.OpenHome("U1")
	if h, ok := next().(*slackevents.AppHomeOpenedEvent); !ok || h.User != "U1" || h.Tab != "home" || h.Channel != dm {
		t.Errorf("home %+v", h)
	}
	file, _ := o.Upload("U1", dm, "lijst.csv", []byte("a;b"))
	if m, ok := next().(*slackevents.MessageEvent); !ok || m.SubType != "file_share" || m.Message != nil && len(m.Message.Files) != 1 {
		t.Errorf("file_share %+v", m)
	}
	if f, ok := next().(*slackevents.FileSharedEvent); !ok || f.FileID != file || f.UserID != "U1" || f.ChannelID != dm {
		t.Errorf("file_shared %+v", f)
	}
	o.SetUser(User{ID: "U2", Name: "bram", Locale: "nl-NL"})
	if u, ok := next().(*slackevents.UserChangeEvent); !ok || u.User.ID != "U2" {
		t.Errorf("user_change %+v", u)
	}
	_ = o.ShareChannel("C1", true)
	if c, ok := next().(*slackevents.ChannelSharedEvent); !ok || c.Channel != "C1" {
		t.Errorf("channel_shared %+v", c)
	}
	_ = o.ShareChannel("C1", false)
	if c, ok := next().(*slackevents.ChannelUnsharedEvent); !ok || c.Channel != "C1" {
		t.Errorf("channel_unshared %+v", c)
	}
	_ = o.Join("U2", "C6")
	if c, ok := next().(*slackevents.MemberJoinedChannelEvent); !ok || c.User != "U2" {
		t.Errorf("member_joined_channel %+v", c)
	}
	o.Uninstall()
	if _, ok := next().(*slackevents.AppUninstalledEvent); !ok {
		t.Error("no app_uninstalled")
	}
	if _, ok := next().(*slackevents.TokensRevokedEvent); !ok {
		t.Error("no tokens_revoked")
	}
	if _, err := o.api.AuthTest(); code(err) != "token_revoked" {
		t.Errorf("after uninstalling: %v", err)
	}
}

// TestUnknownEvent: what slack-go does not know comes as a bad message, unacknowledged.
func TestUnknownEvent(t *testing.T) {
	o := newOffice(t)
	w := o.dial()
	o.SendEvent(map[string]any{"type": "zeppelin_landed"})
	f := w.read()
	if f["payload"].(map[string]any)["event"].(map[string]any)["type"] != "zeppelin_landed" {
		t.Errorf("frame %v", f)
	}
	w.ack(f, nil)
	o.wait("acknowledged", func() bool { a := o.Acks(); return len(a) == 1 && a[0].Type == "zeppelin_landed" && a[0].Latency() > 0 })
}

// TestUnsubscribedEventsStayAway: the manifest decides what is delivered.
func TestUnsubscribedEventsStayAway(t *testing.T) {
	o := newOffice(t, func(c *Config) {
		c.Manifest = []byte(strings.Replace(testManifest, `"app_mention","message.im",`, "", 1))
	})
	w := o.dial()
	_, _ = o.Mention("U1", "C1", "hallo", "")
	_ = o.OpenHome("U1")
	if f := w.read(); f["payload"].(map[string]any)["event"].(map[string]any)["type"] != "app_home_opened" {
		t.Errorf("frame %v", f)
	}
}
