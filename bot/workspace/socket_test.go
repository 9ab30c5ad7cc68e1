package workspace

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// wire is a bare Socket Mode connection, to see frames as they are.
type wire struct {
	t  *testing.T
	ws *websocket.Conn
}

func (o *office) dial() *wire {
	o.t.Helper()
	_, url, err := o.api.StartSocketModeContext(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	ws, _, err := websocket.Dial(context.Background(), url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://api.slack.com"}}})
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = ws.CloseNow() })
	w := &wire{t: o.t, ws: ws}
	if h := w.read(); h["type"] != "hello" {
		o.t.Fatalf("first frame %v", h)
	}
	return w
}

// read gives the next frame, nil when the connection ended.
func (w *wire) read() map[string]any {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, raw, err := w.ws.Read(ctx)
	if err != nil {
		return nil
	}
	var f map[string]any
	if err := json.Unmarshal(raw, &f); err != nil {
		w.t.Fatal(err)
	}
	return f
}

func (w *wire) ack(f map[string]any, payload any) {
	w.t.Helper()
	out := map[string]any{"envelope_id": f["envelope_id"]}
	if payload != nil {
		out["payload"] = payload
	}
	if err := w.ws.Write(context.Background(), websocket.MessageText, mustJSON(out)); err != nil {
		w.t.Fatal(err)
	}
}

func TestSocketTickets(t *testing.T) {
	o := newOffice(t)
	_, url, err := o.api.StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := websocket.Dial(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer first.CloseNow()
	for name, u := range map[string]string{"used": url, "invented": url[:strings.Index(url, "ticket=")] + "ticket=1"} {
		if _, resp, err := websocket.Dial(t.Context(), u, nil); err == nil || resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s ticket: %v", name, err)
		}
	}
}

func TestSocketHelloAndLimit(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.ConnectionTime = time.Minute })
	_, url, _ := o.api.StartSocketModeContext(t.Context())
	ws, _, err := websocket.Dial(t.Context(), url, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	h := (&wire{t: t, ws: ws}).read()
	if h["num_connections"] != 1.0 || h["connection_info"].(map[string]any)["app_id"] != "A1" ||
		h["debug_info"].(map[string]any)["approximate_connection_time"] != 60.0 {
		t.Errorf("hello %v", h)
	}
	for range 9 {
		o.dial()
	}
	_, url, _ = o.api.StartSocketModeContext(t.Context())
	if _, resp, err := websocket.Dial(t.Context(), url, nil); err == nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the eleventh connection: %v", err)
	}
}

// TestSocketRefresh: warning, refresh, close; the real client comes back by itself.
func TestSocketRefresh(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.ConnectionTime = 80 * time.Millisecond; c.WarningTime = 40 * time.Millisecond })
	w := o.dial()
	var reasons []string
	for f := w.read(); f != nil; f = w.read() {
		reasons = append(reasons, f["type"].(string)+" "+f["reason"].(string))
	}
	if !slices.Equal(reasons, []string{"disconnect warning", "disconnect refresh_requested"}) {
		t.Errorf("frames %v", reasons)
	}
	b := o.connect(nil)
	eventually(t, "second life", func() bool { return b.hellos() >= 2 })
}

func TestSocketPing(t *testing.T) {
	o := newOffice(t)
	_, url, _ := o.api.StartSocketModeContext(t.Context())
	var pings atomic.Int32
	ws, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{OnPingReceived: func(context.Context, []byte) bool { pings.Add(1); return true }})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.CloseNow()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	for {
		if _, _, err := ws.Read(ctx); err != nil {
			break
		}
	}
	if pings.Load() < 2 {
		t.Errorf("%d pings in 200 ms at one in 50 ms", pings.Load())
	}
}

func TestDisconnect(t *testing.T) {
	o := newOffice(t)
	w, v := o.dial(), o.dial()
	o.Disconnect(false)
	if f := w.read(); f["type"] != "disconnect" || f["reason"] != "refresh_requested" {
		t.Errorf("frame %v", f)
	}
	_ = v.read()
	o.wait("both gone", func() bool { return o.Connections() == 0 })
	x := o.dial()
	o.Disconnect(true)
	if f := x.read(); f != nil {
		t.Errorf("an abrupt end says %v", f)
	}
}

// TestCommandWhereTheBotIsNot: only the response_url reaches that channel.
func TestCommandWhereTheBotIsNot(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	if err := o.Command("U1", "C2", "/klant", "x"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.api.PostEphemeral("C2", "U1", slack.MsgOptionText("x", false)); code(err) != "not_in_channel" {
		t.Errorf("postEphemeral: %v", err)
	}
	if err := slack.PostWebhook(d.got("command").ResponseURL, &slack.WebhookMessage{Text: "hier"}); err != nil {
		t.Fatal(err)
	}
	if m := o.Messages("C2", "U1"); len(m) != 1 || m[0].Text != "hier" || !m[0].Ephemeral {
		t.Errorf("messages %+v", m)
	}
}

func TestLinkDisabled(t *testing.T) {
	o := newOffice(t)
	w := o.dial()
	o.DisableLink(true)
	if f := w.read(); f["reason"] != "link_disabled" {
		t.Errorf("frame %v", f)
	}
	if _, _, err := o.api.StartSocketModeContext(t.Context()); err == nil {
		t.Error("a ticket was given while off")
	}
}

func TestNobodyThere(t *testing.T) {
	o := newOffice(t)
	if err := o.Command("U1", "C1", "/klant", "x"); code(err) != "dispatch_failed" {
		t.Errorf("error %v", err)
	}
	if p := o.Problems("U1"); len(p) != 1 || !strings.Contains(p[0].Text, "niet verbonden") {
		t.Errorf("problems %v", p)
	}
	if err := o.Command("U2", "C1", "/klant", "x"); !strings.Contains(err.(*Failure).Text, "not connected") {
		t.Errorf("an English user reads %v", err)
	}
	// An event waits for the app.
	dm, _ := o.DM("U1")
	if _, err := o.Say("U1", dm, "ben je daar?", ""); err != nil {
		t.Fatal(err)
	}
	w := o.dial()
	f := w.read()
	if f["type"] != "events_api" || f["payload"].(map[string]any)["event"].(map[string]any)["text"] != "ben je daar?" {
		t.Errorf("frame %v", f)
	}
}

func TestNotAcknowledged(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 50 * time.Millisecond })
	w := o.dial()
	if err := o.Command("U1", "C1", "/klant", "x"); code(err) != "operation_timeout" {
		t.Errorf("error %v", err)
	}
	if f := w.read(); f["type"] != "slash_commands" || f["accepts_response_payload"] != true {
		t.Errorf("frame %v", f)
	}
	if a := o.Acks(); len(a) != 1 || a[0].Delivered.IsZero() || !a[0].Acknowledged.IsZero() {
		t.Errorf("acks %+v", a)
	}
}

// TestDroppedConnection: its unacknowledged events come on another one.
func TestDroppedConnection(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 5 * time.Second })
	a := o.dial()
	if _, err := o.Mention("U1", "C1", "hallo", ""); err != nil {
		t.Fatal(err)
	}
	first := a.read()
	b := o.dial()
	_ = a.ws.CloseNow()
	again := b.read()
	if again == nil || again["payload"].(map[string]any)["event_id"] != first["payload"].(map[string]any)["event_id"] {
		t.Errorf("again %v", again)
	}
}

func TestSeveralConnectionsShare(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 5 * time.Second })
	var counts [2]atomic.Int32
	for i := range 2 {
		o.connect(func(b *bot, e socketmode.Event) { counts[i].Add(1); b.ack(e, nil) })
	}
	for range 10 {
		if err := o.Command("U1", "C1", "/klant", "x"); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := counts[0].Load(), counts[1].Load(); a != 5 || b != 5 {
		t.Errorf("%d and %d of 10", a, b)
	}
}

func TestLargeAcknowledgementIsDropped(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.AckTimeout = 200 * time.Millisecond })
	w := o.dial()
	done := make(chan error, 1)
	go func() { done <- o.Command("U1", "C1", "/klant", "x") }()
	w.ack(w.read(), map[string]any{"text": strings.Repeat("x", 20*1024)})
	if err := <-done; code(err) != "operation_timeout" {
		t.Errorf("error %v", err)
	}
	if len(o.Refusals()) != 1 {
		t.Errorf("refusals %v", o.Refusals())
	}
}

// TestCommandPayload: every field, should_escape and the acknowledgement's answer.
func TestCommandPayload(t *testing.T) {
	o := newOffice(t)
	got := make(chan slack.SlashCommand, 1)
	o.connect(func(b *bot, e socketmode.Event) {
		got <- e.Data.(slack.SlashCommand)
		b.ack(e, map[string]any{"response_type": "in_channel", "text": "voor allen"})
	})
	if err := o.Command("U1", "C4", "/klant", " A & <b> @bram #algemeen @niemand "); err != nil {
		t.Fatal(err)
	}
	c := <-got
	if c.Text != "A &amp; &lt;b&gt; <@U2|bram> <#C1|algemeen> @niemand" {
		t.Errorf("text %q", c.Text)
	}
	if c.ChannelName != "privategroup" || c.TeamID != "T1" || c.TeamDomain != "kantoor" || c.APIAppID != "A1" || c.TriggerID == "" || c.ResponseURL == "" {
		t.Errorf("payload %+v", c)
	}
	if m := o.Messages("C4", "U1"); len(m) != 1 || m[0].Ephemeral || m[0].Text != "voor allen" {
		t.Errorf("messages %+v", m)
	}
	if err := o.Command("U1", "C4", "/ruw", "<b>"); err != nil {
		t.Fatal(err)
	}
	if c := <-got; c.Text != "<b>" {
		t.Errorf("unescaped text %q", c.Text)
	}
	if err := o.Command("U3", "C2", "/klant", "x"); code(err) != "channel_not_found" {
		t.Errorf("a guest in a foreign channel: %v", err)
	}
}
