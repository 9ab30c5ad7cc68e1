package socket_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/socket"
	"klantbot/bot/workspace"
)

const manifest = `{"display_information": {"name": "Klantbot"},
 "features": {"bot_user": {"display_name": "Klantbot"}, "slash_commands": [{"command": "/klant", "description": "d"}]},
 "oauth_config": {"scopes": {"bot": ["commands","chat:write","users:read"]}},
 "settings": {"event_subscriptions": {"bot_events": ["user_change"]}, "interactivity": {"is_enabled": true}, "socket_mode_enabled": true}}`

// handler is the test's Handler.
type handler func(context.Context, bot.Incoming) ([]byte, error)

func (h handler) Handle(ctx context.Context, e bot.Incoming) ([]byte, error) { return h(ctx, e) }

type office struct {
	*workspace.Server
	t   *testing.T
	api *slack.Client
}

func newOffice(t *testing.T, change ...func(*workspace.Config)) *office {
	t.Helper()
	noLeaks(t)
	cfg := workspace.Config{Manifest: []byte(manifest), BotUser: "UBOT",
		Users:      []workspace.User{{ID: "U1", Name: "anna"}},
		Channels:   []workspace.Channel{{ID: "C1", Name: "algemeen", Members: []string{"U1", "UBOT"}}},
		AckTimeout: 700 * time.Millisecond, PingInterval: 50 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	ws, err := workspace.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(ws.Handler())
	ws.SetBaseURL(web.URL)
	t.Cleanup(func() { _ = ws.Close(); web.Close() })
	return &office{Server: ws, t: t, api: client(web.URL, ws.BotToken(), ws.AppToken())}
}

func client(url, botToken, appToken string) *slack.Client {
	h := &http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	return slack.New(botToken, slack.OptionAppLevelToken(appToken), slack.OptionAPIURL(url+"/api/"), slack.OptionHTTPClient(h))
}

func noLeaks(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		for deadline := time.Now().Add(3 * time.Second); runtime.NumGoroutine() > before; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				buf := make([]byte, 1<<16)
				t.Errorf("goroutines outlive the test:\n%s", buf[:runtime.Stack(buf, true)])
				return
			}
		}
	})
}

// run connects and returns a function that stops and hands over Run's error.
func run(t *testing.T, api *slack.Client, h handler, change ...func(*socket.Config)) (*socket.Wire, func() error) {
	t.Helper()
	cfg := socket.Config{API: api, Handler: h, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Connections: 1,
		Stagger: 100 * time.Millisecond, PingWithin: 500 * time.Millisecond}
	for _, c := range change {
		c(&cfg)
	}
	w, err := socket.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Run(ctx) }()
	stop := sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() { _ = stop() })
	return w, stop
}

func until(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s", what)
		}
	}
}

func accept(context.Context, bot.Incoming) ([]byte, error) { return nil, nil }

func two(c *socket.Config) { c.Connections = 2 }

// TestEnvelope: a command arrives as it came and is acknowledged; what was not
// stored is not, and a panic ends nothing.
func TestEnvelope(t *testing.T) {
	o := newOffice(t)
	var got bot.Incoming
	var answer atomic.Pointer[handler] // one that was given up still reads it
	use := func(h handler) { answer.Store(&h) }
	use(func(_ context.Context, e bot.Incoming) ([]byte, error) { got = e; return nil, nil })
	w, stop := run(t, o.api, func(ctx context.Context, e bot.Incoming) ([]byte, error) { return (*answer.Load())(ctx, e) })
	until(t, "connection", w.Connected)
	if err := o.Command("U1", "C1", "/klant", "Jansen"); err != nil {
		t.Fatal(err)
	}
	var p map[string]any
	if err := json.Unmarshal(got.Payload, &p); err != nil || got.Kind != bot.KindCommand || p["text"] != "Jansen" {
		t.Errorf("%s %s, %v", got.Kind, got.Payload, err)
	}
	for name, h := range map[string]handler{
		"not stored": func(context.Context, bot.Incoming) ([]byte, error) { return nil, errors.New("disk full") },
		"panic":      func(context.Context, bot.Incoming) ([]byte, error) { panic("x") },
	} {
		use(h)
		var failed *workspace.Failure
		if err := o.Command("U1", "C1", "/klant", ""); !errors.As(err, &failed) || failed.Code != "operation_timeout" {
			t.Errorf("%s: %v", name, err)
		}
	}
	use(accept)
	if err := o.Command("U1", "C1", "/klant", ""); err != nil {
		t.Error(err)
	}
	if s := w.States()[0]; s.Number != 1 || s.Since.IsZero() || s.Heard.IsZero() || s.Trouble != "" {
		t.Errorf("state %+v", s)
	}
	if err := stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
	if w.Connected() {
		t.Error("still connected")
	}
}

// TestRefresh: Slack refreshes the connections all the time. With two of them
// somebody always listens, events all arrive, and a command fails only when it
// is under way to a connection in the moment that slack-go closes it: the
// person is told so.
func TestRefresh(t *testing.T) {
	o := newOffice(t, func(c *workspace.Config) {
		c.ConnectionTime, c.WarningTime, c.AckTimeout = 2500*time.Millisecond, 100*time.Millisecond, 3*time.Second
	})
	var commands, events sync.Map
	w, _ := run(t, o.api, func(_ context.Context, e bot.Incoming) ([]byte, error) {
		var p struct {
			Trigger string `json:"trigger_id"`
			Event   string `json:"event_id"`
		}
		_ = json.Unmarshal(e.Payload, &p)
		if e.Kind == bot.KindEvent {
			events.Store(p.Event, true)
		} else {
			commands.Store(p.Trigger, true)
		}
		return nil, nil
	}, two, func(c *socket.Config) { c.Stagger = 500 * time.Millisecond })
	until(t, "both connections", func() bool { return o.Connections() == 2 })
	began := w.States()
	failed, sent, refreshed, last := 0, 0, 0, began
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); sent++ {
		if err := o.Command("U1", "C1", "/klant", ""); err != nil {
			failed++
		}
		o.SetUser(workspace.User{ID: "U1", Name: "anna", Title: fmt.Sprint(sent)})
		now := w.States()
		for i := range now {
			if now[i].Since != last[i].Since {
				refreshed++
			}
		}
		last = now
		if w.Connected() {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		t.Error("no connection at all")
	}
	after := w.States()
	if after[0].Since == began[0].Since || after[1].Since == began[1].Since {
		t.Error("a connection was not refreshed")
	}
	if apart := after[0].Since.Sub(after[1].Since).Abs(); apart < 200*time.Millisecond {
		t.Errorf("refreshed %v apart", apart)
	}
	// Commands go one by one, so that each refresh can catch but one.
	if failed > refreshed || count(&commands) < sent-failed {
		t.Errorf("%d of %d commands failed; %d handled", failed, sent, count(&commands))
	}
	until(t, "every event", func() bool { return count(&events) == sent })
	t.Logf("%d of %d commands failed", failed, sent)
}

func count(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

// TestReconnect: connections that break without a word come back, apart.
func TestReconnect(t *testing.T) {
	o := newOffice(t)
	w, _ := run(t, o.api, accept, two)
	for range 2 {
		until(t, "both connections", func() bool { return o.Connections() == 2 && w.States()[0].Connected && w.States()[1].Connected })
		o.Disconnect(true)
		until(t, "none", func() bool { return o.Connections() < 2 })
	}
	until(t, "both again", func() bool { return o.Connections() == 2 })
	s := w.States()
	if apart := s[0].Since.Sub(s[1].Since).Abs(); apart < 50*time.Millisecond {
		t.Errorf("both began within %v", apart)
	}
}

// TestFatal: what only a person can mend ends Run with a sentence, at the start
// and later on.
func TestFatal(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		name string
		api  *slack.Client
		key  string
	}{
		{"wrong token", client(base(o), o.BotToken(), "xapp-wrong"), "slack.invalid_auth"},
		{"bot token", client(base(o), o.BotToken(), o.BotToken()), "slack.not_allowed_token_type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := socket.New(socket.Config{API: c.api, Handler: handler(accept), Log: slog.New(slog.DiscardHandler)})
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			var known *analysis.Error
			if err := w.Run(ctx); !errors.As(err, &known) || known.Key != c.key || known.Args["token"] != "SLACK_APP_TOKEN" {
				t.Errorf("got %v", err)
			}
		})
	}
	w, err := socket.New(socket.Config{API: o.api, Handler: handler(accept), Log: slog.New(slog.DiscardHandler), Stagger: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	go func() { ended <- w.Run(ctx) }()
	until(t, "both connections", func() bool { return o.Connections() == 2 })
	o.DisableLink(true)
	var known *analysis.Error
	if err := <-ended; !errors.As(err, &known) || known.Args["code"] != "socket_mode_not_enabled" {
		t.Errorf("link disabled: %v", err)
	}
}

// base is where the workspace listens.
func base(o *office) string {
	_, url, err := o.api.StartSocketModeContext(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	url = strings.Replace(url, "ws://", "http://", 1)
	return url[:strings.Index(url, "/socket")]
}

// TestStop: what is being handled when we stop is still acknowledged.
func TestStop(t *testing.T) {
	o := newOffice(t)
	began := make(chan struct{})
	w, stop := run(t, o.api, func(context.Context, bot.Incoming) ([]byte, error) {
		close(began)
		time.Sleep(200 * time.Millisecond)
		return nil, nil
	})
	until(t, "connection", w.Connected)
	typed := make(chan error, 1)
	go func() { typed <- o.Command("U1", "C1", "/klant", "") }()
	<-began
	if err := stop(); err != nil {
		t.Error(err)
	}
	if err := <-typed; err != nil {
		t.Errorf("the command: %v", err)
	}
}

// newerSlack is a server that sends frames as a test wants and collects the
// acknowledgements.
func newerSlack(t *testing.T, frames ...string) (*slack.Client, <-chan string) {
	t.Helper()
	noLeaks(t)
	acks := make(chan string, 10)
	mux := http.NewServeMux()
	var url string
	mux.HandleFunc("/api/apps.connections.open", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"ok":true,"url":%q}`, strings.Replace(url, "http", "ws", 1)+"/socket")
	})
	mux.HandleFunc("/socket", func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
		if err != nil {
			return
		}
		defer func() { _ = ws.CloseNow() }()
		go func() {
			for ws.Ping(r.Context()) == nil {
				time.Sleep(50 * time.Millisecond)
			}
		}()
		for _, f := range frames {
			_ = ws.Write(r.Context(), websocket.MessageText, []byte(f))
		}
		for {
			_, data, err := ws.Read(r.Context())
			if err != nil {
				return
			}
			acks <- string(data)
		}
	})
	web := httptest.NewServer(mux)
	url = web.URL
	t.Cleanup(web.Close)
	return client(url, "xoxb", "xapp"), acks
}

// TestNewerThanTheLibrary: an inner event that slack-go does not know is handed
// over and acknowledged all the same; what is no envelope is survived.
func TestNewerThanTheLibrary(t *testing.T) {
	api, acks := newerSlack(t, `{"type":"hello","num_connections":1}`, `not json`, `{"type":"from_2030"}`,
		`{"type":"events_api","envelope_id":"e-1","payload":{"event_id":"E1","event":{"type":"invented_in_2030"}}}`)
	got := make(chan bot.Incoming, 1)
	run(t, api, func(_ context.Context, e bot.Incoming) ([]byte, error) { got <- e; return []byte(`{"a":1}`), nil })
	select {
	case e := <-got:
		if e.Kind != bot.KindEvent || !strings.Contains(string(e.Payload), "E1") {
			t.Errorf("%s %s", e.Kind, e.Payload)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the event did not arrive")
	}
	if ack := <-acks; !strings.Contains(ack, `"envelope_id":"e-1"`) || !strings.Contains(ack, `"payload":{"a":1}`) {
		t.Errorf("acknowledged %s", ack)
	}
}
