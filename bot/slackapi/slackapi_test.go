package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands/view"
)

// server is a Slack that misbehaves as a test wants.
type server struct {
	*httptest.Server
	calls atomic.Int64
}

func newServer(t *testing.T, answer http.HandlerFunc) (*server, *Client) {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.calls.Add(1)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	c, err := New(Config{BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: s.URL + "/api", Timeout: 500 * time.Millisecond, Unpaced: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return s, c
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, body)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) }
}

func drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client left
	select {
	case <-r.Context().Done():
	case <-time.After(2 * time.Second):
	}
}

// TestWrites: what may have arrived is never sent again.
func TestWrites(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		want   error
	}{
		{"500", status(500), bot.ErrUncertain},
		{"503", status(503), bot.ErrUncertain},
		{"dropped", drop, bot.ErrUncertain},
		{"no answer in time", hang, bot.ErrUncertain},
		{"not json", says("<html>"), bot.ErrUncertain},
		{"fatal_error", says(`{"ok":false,"error":"fatal_error"}`), bot.ErrUncertain},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, api := newServer(t, c.answer)
			_, err := api.Post(t.Context(), "C1", 1, view.Say("x"))
			if !errors.Is(err, c.want) || s.calls.Load() != 1 {
				t.Errorf("%v after %d calls", err, s.calls.Load())
			}
		})
	}
	gone := httptest.NewServer(nil)
	gone.Close()
	api, err := New(Config{APIURL: gone.URL, Unpaced: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := api.Post(ctx, "C1", 1, view.Say("x")); !errors.Is(err, bot.ErrUnreached) || errors.Is(err, bot.ErrUncertain) {
		t.Errorf("nobody listens: %v", err)
	}
}

// TestReads are tried again, a bounded number of times.
func TestReads(t *testing.T) {
	var failing atomic.Int64
	failing.Store(2)
	s, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if failing.Add(-1) >= 0 {
			w.WriteHeader(502)
			return
		}
		says(`{"ok":true,"user":{"id":"U1","team_id":"T1","tz":"Mars/Base","tz_offset":3600,"locale":"nl-NL","profile":{"email":"a@b.c"}}}`)(w, r)
	})
	p, err := api.Person(t.Context(), "U1")
	if err != nil || s.calls.Load() != 3 || !p.Colleague("T1") || p.Colleague("T2") || p.Email != "a@b.c" {
		t.Errorf("%+v, %v after %d calls", p, err, s.calls.Load())
	}
	if _, offset := time.Unix(0, 0).In(p.Zone).Zone(); offset != 3600 {
		t.Errorf("zone %v", p.Zone)
	}
	failing.Store(100)
	if _, err := api.Person(t.Context(), "U2"); !errors.Is(err, bot.ErrUncertain) || s.calls.Load() != 3+tries {
		t.Errorf("%v after %d calls", err, s.calls.Load())
	}
}

// TestRetryAfter rests the method that was limited, and only that one.
func TestRetryAfter(t *testing.T) {
	var limited atomic.Bool
	limited.Store(true)
	_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "chat.postMessage") && limited.Swap(false) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
			return
		}
		if strings.HasSuffix(r.URL.Path, "conversations.open") {
			says(`{"ok":true,"channel":{"id":"D1"}}`)(w, r)
			return
		}
		says(`{"ok":true,"ts":"1.2","channel":"C1"}`)(w, r)
	})
	began := time.Now()
	ts, err := api.Post(t.Context(), "C1", 1, view.Say("x"))
	if took := time.Since(began); err != nil || ts != "1.2" || took < time.Second {
		t.Errorf("%q, %v after %v", ts, err, took)
	}
	limited.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), 1100*time.Millisecond) // too short to wait and send
	defer cancel()
	_, err = api.Post(ctx, "C1", 1, view.Say("x"))
	var rate *bot.RateLimited
	if !errors.As(err, &rate) || rate.After > time.Second || rate.After < 500*time.Millisecond {
		t.Errorf("no room to wait: %v", err)
	}
	began = time.Now()
	if _, err := api.OpenDM(t.Context(), "U1"); err != nil || time.Since(began) > 500*time.Millisecond {
		t.Errorf("another method waited: %v", err)
	}
}

// TestPacer spreads calls by Slack's rates, a channel at a time.
func TestPacer(t *testing.T) {
	now := time.Unix(1000, 0)
	p := newPacer(false)
	p.now = func() time.Time { return now }
	post := func(channel string) time.Duration { return p.reserve(turn{"chat.postMessage", channel}, time.Hour) }
	for i, want := range []time.Duration{0, time.Second, 2 * time.Second} {
		if got := post("C1"); got != want {
			t.Errorf("post %d waits %v, want %v", i, got, want)
		}
	}
	if got := post("C2"); got != 0 {
		t.Errorf("another channel waits %v", got)
	}
	if got := p.reserve(turn{"chat.postMessage", "C1"}, time.Second); got != 3*time.Second {
		t.Errorf("too long: %v", got)
	}
	if got := post("C1"); got != 3*time.Second {
		t.Errorf("a refused turn was reserved: %v", got)
	}
	now = now.Add(time.Hour)
	for i := range 21 { // a burst of 20, then one each .6 s
		want := time.Duration(0)
		if i == 20 {
			want = 600 * time.Millisecond
		}
		if got := p.reserve(turn{"users.info", ""}, time.Hour); got != want {
			t.Errorf("call %d waits %v, want %v", i, got, want)
		}
	}
	p.block("users.info", 7*time.Second)
	if got := p.reserve(turn{"users.info", ""}, time.Hour); got != 7*time.Second {
		t.Errorf("blocked: %v", got)
	}
	for i := range 2 * mostTurns {
		now = now.Add(2 * time.Second)
		post(fmt.Sprint(i))
	}
	if len(p.due) > mostTurns {
		t.Errorf("%d channels are remembered", len(p.due))
	}
}

// TestCache shares one call, forgets on demand also while loading, keeps no
// failures, and expires.
func TestCache(t *testing.T) {
	var loads atomic.Int64
	var fail atomic.Bool
	release := make(chan struct{})
	c := newCache(time.Hour, func(context.Context, string) (int64, error) {
		<-release
		if fail.Load() {
			return 0, errors.New("no")
		}
		return loads.Add(1), nil
	})
	now := time.Now()
	c.now = func() time.Time { return now }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := c.get(t.Context(), "a"); v != 1 || err != nil {
				t.Errorf("%d, %v", v, err)
			}
		})
	}
	short, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := c.get(short, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("an impatient caller: %v", err)
	}
	time.Sleep(20 * time.Millisecond)
	close(release)
	all.Wait()
	get := func(want int64) {
		t.Helper()
		if v, err := c.get(t.Context(), "a"); v != want || err != nil {
			t.Errorf("%d, %v; want %d", v, err, want)
		}
	}
	get(1)
	c.forget("a")
	get(2)
	now = now.Add(2 * time.Hour)
	fail.Store(true)
	if _, err := c.get(t.Context(), "a"); err == nil {
		t.Error("a failure was hidden")
	}
	fail.Store(false)
	get(3)

	release = make(chan struct{})
	c.forget("a")
	done := make(chan struct{})
	go func() { _, _ = c.get(t.Context(), "a"); close(done) }()
	time.Sleep(20 * time.Millisecond)
	c.forget("a") // Slack says that it changed while we were asking
	close(release)
	<-done
	get(5)
	for i := range mostCached + 10 {
		c.mu.Lock()
		c.keep(fmt.Sprint(i), 0)
		c.mu.Unlock()
	}
	if len(c.entries) > mostCached {
		t.Errorf("%d entries", len(c.entries))
	}
}

// TestRespond reads what response_urls answer, and calls no other machine.
func TestRespond(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		want   error
		code   string
	}{
		{"ok", says("ok"), nil, ""},
		{"ok as json", says(`{"ok":true}`), nil, ""},
		{"expired", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(404)
			fmt.Fprint(w, `{"ok":false,"error":"expired_url"}`)
		}, bot.ErrExpired, ""},
		{"used up", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(404); fmt.Fprint(w, "used_url") }, bot.ErrExpired, ""},
		{"blocks", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(400); fmt.Fprint(w, "invalid_blocks") }, nil, "invalid_blocks"},
		{"text of a person", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(400); fmt.Fprint(w, "Jansen BV") }, nil, "http_400"},
		{"failing", status(500), bot.ErrUncertain, ""},
		{"redirected", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "http://127.0.0.1:1/", 302) }, nil, "http_302"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, api := newServer(t, c.answer)
			err := api.Respond(t.Context(), s.URL+"/response/T1/secret", view.Say("x"), false)
			if c.want != nil && !errors.Is(err, c.want) || bot.Code(err) != c.code || c.want == nil && c.code == "" && err != nil {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("the error tells the address: %v", err)
			}
		})
	}
	s, api := newServer(t, says("ok"))
	for _, url := range []string{"http://169.254.169.254/latest", "https://hooks.slack.com.evil.example/x", "http://hooks.slack.com/x",
		"https://user@hooks.slack.com/x", "file:///etc/passwd", "//hooks.slack.com/x", "", strings.Replace(s.URL, "http:", "https:", 1)} {
		if err := api.Respond(t.Context(), url, view.Say("x"), false); bot.Code(err) != "foreign_host" {
			t.Errorf("%q: %v", url, err)
		}
	}
	if s.calls.Load() != 0 {
		t.Errorf("%d calls", s.calls.Load())
	}
}

// TestPointers: places are kept, words are not.
func TestPointers(t *testing.T) {
	_, api := newServer(t, says(`{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":[
		"[ERROR] failed to match all allowed schemas of Jansen BV [json-pointer:/blocks/0/text]",
		"[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]","Jansen"]}}`))
	_, err := api.Post(t.Context(), "C1", 1, view.Say("x"))
	if !bot.InvalidBlocks(err) || err.Error() != "chat.postMessage: invalid_blocks at /blocks/0/text /blocks/0/text/text" {
		t.Errorf("got %v", err)
	}
}

// TestCheck: what only a person can mend ends the start with a sentence; what
// passes is asked again.
func TestCheck(t *testing.T) {
	good := `{"ok":true,"team_id":"T1","team":"Kantoor","user_id":"UBOT","bot_id":"B1"}`
	for _, c := range []struct{ name, auth, open, key, token string }{
		{"wrong bot token", `{"ok":false,"error":"invalid_auth"}`, "", "slack.invalid_auth", "SLACK_BOT_TOKEN"},
		{"a person's token", `{"ok":true,"team_id":"T1","user_id":"U1"}`, "", "slack.not_allowed_token_type", "SLACK_BOT_TOKEN"},
		{"removed", `{"ok":false,"error":"account_inactive"}`, "", "slack.account_inactive", "SLACK_BOT_TOKEN"},
		{"bot token as app token", good, `{"ok":false,"error":"not_allowed_token_type"}`, "slack.not_allowed_token_type", "SLACK_APP_TOKEN"},
		{"scope", good, `{"ok":false,"error":"missing_scope","needed":"connections:write","provided":"x"}`, "slack.missing_scope", "SLACK_APP_TOKEN"},
		{"revoked", good, `{"ok":false,"error":"token_revoked"}`, "slack.token_revoked", "SLACK_APP_TOKEN"},
		{"socket mode off", good, `{"ok":false,"error":"socket_mode_not_enabled"}`, "slack.refused", "SLACK_APP_TOKEN"},
		{"fine", good, `{"ok":true,"url":"wss://x"}`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var stumbled atomic.Bool
			_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case !stumbled.Swap(true):
					w.WriteHeader(503) // passes
				case strings.HasSuffix(r.URL.Path, "/api/auth.test"):
					says(c.auth)(w, r)
				default:
					says(c.open)(w, r)
				}
			})
			who, err := api.Check(t.Context())
			var known *analysis.Error
			switch {
			case c.key == "" && (err != nil || who != Identity{"T1", "Kantoor", "UBOT", "B1"}):
				t.Errorf("%+v, %v", who, err)
			case c.key != "" && (!errors.As(err, &known) || known.Key != c.key || known.Args["token"] != c.token):
				t.Errorf("got %v", err)
			}
			if known != nil && c.name == "scope" && known.Args["needed"] != "connections:write" {
				t.Errorf("args %v", known.Args)
			}
		})
	}
	_, api := newServer(t, status(404))
	_, err := api.Check(t.Context())
	var known *analysis.Error
	if !errors.As(err, &known) || known.Key != "slack.no_such_server" {
		t.Errorf("404: %v", err)
	}
	for _, url := range []string{"slack.com/api", "ftp://x", "http://", "::"} {
		if _, err := New(Config{APIURL: url}); err == nil {
			t.Errorf("%q was taken for an address", url)
		}
	}
}

// TestModalInSlacksShape: titles and labels fit, the name is the external_id.
func TestModalInSlacksShape(t *testing.T) {
	var got struct {
		Trigger string `json:"trigger_id"`
		View    struct {
			Title, Close struct{ Text string }
			Submit       *struct{ Text string }
			External     string `json:"external_id"`
			Private      string `json:"private_metadata"`
			Callback     string `json:"callback_id"`
			Blocks       []map[string]any
		}
	}
	_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xoxb-1" {
			t.Error("no token")
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		says(`{"ok":true,"view":{"id":"V1","type":"modal"}}`)(w, r)
	})
	m := view.Modal{Title: strings.Repeat("é", 30), Close: "Sluiten", Private: "7", Callback: "a.b.v1", Blocks: view.Say("x").Blocks}
	if err := api.Open(t.Context(), "trig", "naam", m); err != nil {
		t.Fatal(err)
	}
	v := got.View
	if len([]rune(v.Title.Text)) != 24 || v.Submit != nil || v.Close.Text != "Sluiten" || v.External != "naam" ||
		v.Private != "7" || v.Callback != "a.b.v1" || len(v.Blocks) != 1 || got.Trigger != "trig" {
		t.Errorf("sent %+v", got)
	}
	raw, err := api.EncodeModal(m)
	if err != nil || !strings.Contains(string(raw), `"type":"modal"`) {
		t.Errorf("%s, %v", raw, err)
	}
}
