package slackapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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
			_, err := api.Post(t.Context(), "C1", "", 1, view.Say("x"))
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
	if _, err := api.Post(ctx, "C1", "", 1, view.Say("x")); !errors.Is(err, bot.ErrUnreached) || errors.Is(err, bot.ErrUncertain) {
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
	var after atomic.Int64
	after.Store(1)
	_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if seconds := after.Load(); strings.HasSuffix(r.URL.Path, "chat.postMessage") && seconds > 0 {
			after.Store(0)
			w.Header().Set("Retry-After", strconv.FormatInt(seconds, 10))
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
	ts, err := api.Post(t.Context(), "C1", "", 1, view.Say("x"))
	if took := time.Since(began); err != nil || ts != "1.2" || took < time.Second {
		t.Errorf("%q, %v after %v", ts, err, took)
	}
	after.Store(3600)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // too short to wait and send
	defer cancel()
	_, err = api.Post(ctx, "C1", "", 1, view.Say("x"))
	var rate *bot.RateLimited
	if !errors.As(err, &rate) || rate.After > time.Hour || rate.After < 50*time.Minute {
		t.Errorf("no room to wait: %v", err)
	}
	if _, err := api.OpenDM(ctx, "U1"); err != nil {
		t.Errorf("another method waited: %v", err)
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
		{"redirected", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusFound)
		}, nil, "http_302"},
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
	_, err := api.Post(t.Context(), "C1", "", 1, view.Say("x"))
	if !bot.InvalidBlocks(err) || err.Error() != "chat.postMessage: invalid_blocks at /blocks/0/text /blocks/0/text/text" {
		t.Errorf("got %v", err)
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
