package workspace

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const testManifest = `{
 "display_information": {"name": "Klantbot"},
 "features": {
  "app_home": {"home_tab_enabled": true, "messages_tab_enabled": true},
  "bot_user": {"display_name": "Klantbot"},
  "agent_view": {"agent_description": "d"},
  "shortcuts": [
   {"name": "Zoek klant", "type": "global", "callback_id": "zoek", "description": "d"},
   {"name": "Leg contact vast", "type": "message", "callback_id": "contact", "description": "d"}],
  "slash_commands": [
   {"command": "/klant", "description": "Toont een klant", "usage_hint": "[naam]", "should_escape": true},
   {"command": "/ruw", "description": "Zonder escape"}]
 },
 "oauth_config": {"scopes": {"bot": ["commands","chat:write","app_mentions:read","im:write","im:history","im:read","users:read",
  "users:read.email","channels:read","groups:read","channels:history","groups:history","mpim:read","mpim:write","files:read","files:write",
  "assistant:write","reactions:write","reactions:read","team:read","channels:join"]}},
 "settings": {"event_subscriptions": {"bot_events": ["app_mention","message.im","app_home_opened","app_context_changed","agent_session_stopped","file_shared","user_change",
  "channel_shared","channel_unshared","app_uninstalled","tokens_revoked","member_joined_channel"]},
  "interactivity": {"is_enabled": true}, "socket_mode_enabled": true}}`

// office is a workspace on a real loopback listener with a real slack-go client.
type office struct {
	*Server
	t   *testing.T
	url string
	api *slack.Client
}

func testConfig() Config {
	return Config{
		Team: Team{ID: "T1", Name: "Kantoor", Domain: "kantoor"},
		Users: []User{
			{ID: "U1", Name: "anna", RealName: "Anna de Vries", Email: "anna@kantoor.nl", IsAdmin: true, IsOwner: true},
			{ID: "U2", Name: "bram", RealName: "Bram Bakker", Email: "bram@kantoor.nl", Locale: "en-GB", TZ: "Europe/London"},
			{ID: "U3", Name: "gast", RealName: "Gast", IsRestricted: true},
			{ID: "U4", Name: "buiten", RealName: "Buiten", IsStranger: true},
			{ID: "U5", Name: "oud", RealName: "Oud", Deleted: true, Email: "oud@kantoor.nl"},
		},
		Channels: []Channel{
			{ID: "C1", Name: "algemeen", Members: []string{"U1", "U2", "U3", "UBOT"}},
			{ID: "C2", Name: "zonder-bot", Members: []string{"U1"}},
			{ID: "C3", Name: "oud", Members: []string{"U1", "UBOT"}, IsArchived: true},
			{ID: "C4", Name: "geheim", Kind: KindPrivate, Members: []string{"U1", "UBOT"}},
			{ID: "C5", Name: "besloten", Kind: KindPrivate, Members: []string{"U2"}},
			{ID: "C6", Name: "buiten", Members: []string{"U1", "U4", "UBOT"}, IsExtShared: true},
		},
		BotUser: "UBOT", AppID: "A1", Manifest: []byte(testManifest),
		PingInterval: 50 * time.Millisecond, FileProcessing: 30 * time.Millisecond, Seed: 1,
	}
}

func newOffice(t *testing.T, change ...func(*Config)) *office {
	t.Helper()
	cfg := testConfig()
	for _, c := range change {
		c(&cfg)
	}
	ws, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(ws.Handler())
	ws.SetBaseURL(web.URL)
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
		web.Close()
	})
	return &office{Server: ws, t: t, url: web.URL, api: slack.New(ws.BotToken(), slack.OptionAppLevelToken(ws.AppToken()),
		slack.OptionAPIURL(web.URL+"/api/"))}
}

// wait fails the test when cond does not come true within ten seconds.
func (o *office) wait(what string, cond func() bool) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := o.Wait(ctx, cond); err != nil {
		o.t.Fatalf("waited for %s: %v", what, err)
	}
}

// bot is a real socketmode client; handle gets every event of Slack's and
// acknowledges by itself.
type bot struct {
	*socketmode.Client
	mu     sync.Mutex
	events []socketmode.Event
}

func (o *office) connect(handle func(b *bot, e socketmode.Event)) *bot {
	o.t.Helper()
	before := o.Connections()
	b := &bot{Client: socketmode.New(o.api)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = b.RunContext(ctx) }()
	handled := make(chan struct{})
	go func() {
		defer close(handled)
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-b.Events:
				b.mu.Lock()
				b.events = append(b.events, e)
				b.mu.Unlock()
				switch e.Type {
				case socketmode.EventTypeErrorBadMessage:
					o.t.Errorf("slack-go can not read a frame: %v", e.Data.(*socketmode.ErrorBadMessage).Cause)
				case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
					if handle != nil {
						handle(b, e)
					} else {
						_ = b.AckCtx(ctx, e.Request.EnvelopeID, nil)
					}
				}
			}
		}
	}()
	o.t.Cleanup(func() { cancel(); <-done; <-handled })
	// One that just ended may have been counted before, or this one lived so shortly that
	// nobody saw it.
	o.wait("connection", func() bool { return o.Connections() > before || b.hellos() > 0 })
	return b
}

// hellos is how often it connected.
func (b *bot) hellos() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.events {
		if e.Type == socketmode.EventTypeHello {
			n++
		}
	}
	return n
}

// eventually fails the test when cond does not come true within ten seconds;
// for what the workspace itself does not see.
func eventually(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !cond(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
	}
}

// ack acknowledges with a payload or nil.
func (b *bot) ack(e socketmode.Event, payload any) {
	_ = b.AckCtx(context.Background(), e.Request.EnvelopeID, payload)
}

func text(t string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, t, false, false)
}

func buttonBlocks(actionID, label string) []slack.Block {
	return []slack.Block{
		slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "Kies", false, false), nil, nil),
		slack.NewActionBlock("knoppen", slack.NewButtonBlockElement(actionID, "42", text(label))),
	}
}

func code(err error) string {
	if f, ok := err.(*Failure); ok {
		return f.Code
	}
	if r, ok := err.(slack.SlackErrorResponse); ok {
		return r.Err
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func mustJSON(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func repeated(n int) string { return strings.Repeat("é", n) }
