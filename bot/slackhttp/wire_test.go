package slackhttp_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/slackhttp"
)

const secret = "8f742231b10e8888abcd99yyyzzz85a5"

// taker is the test's Handler: it keeps what was handed over.
type taker struct {
	mu    sync.Mutex
	got   []bot.Incoming
	ack   []byte
	err   error
	panic bool
}

func (h *taker) Handle(_ context.Context, e bot.Incoming) ([]byte, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.panic {
		panic("Jansen")
	}
	h.got = append(h.got, e)
	return h.ack, h.err
}

func (h *taker) taken() []bot.Incoming {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.got
}

// gate is a Wire behind a real socket.
type gate struct {
	t    *testing.T
	web  *httptest.Server
	wire *slackhttp.Wire
	log  *kept
	*taker
	now *clock
}

// clock is wall time that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// kept is a log that is read while it is written.
type kept struct {
	mu sync.Mutex
	b  strings.Builder
}

func (k *kept) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.b.Write(p)
}

func (k *kept) String() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.b.String()
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{t: t, taker: &taker{}, log: &kept{}, now: &clock{at: time.Now()}}
	wire, err := slackhttp.New(slackhttp.Config{Secret: secret, Handler: g.taker, Log: slog.New(slog.NewTextHandler(g.log, nil)),
		Now: g.now.time})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for at, answers := range wire.Routes() {
		mux.Handle(at, answers)
	}
	g.wire, g.web = wire, httptest.NewServer(mux)
	t.Cleanup(g.web.Close)
	return g
}

// request is a signed one as Slack makes it; change makes it another.
func (g *gate) request(path, body string, change ...func(*http.Request)) *http.Request {
	g.t.Helper()
	r, err := http.NewRequest(http.MethodPost, g.web.URL+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if path == slackhttp.Events {
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
	}
	sign(r, g.now.time(), secret, body)
	for _, c := range change {
		c(r)
	}
	return r
}

// sign is written here anew, after Slack's description, so that it can not agree
// with the code by accident.
func sign(r *http.Request, at time.Time, secret, body string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, "v0:"+stamp+":"+body)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

func (g *gate) send(r *http.Request) (status int, said, kind string) {
	g.t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	return resp.StatusCode, string(raw), resp.Header.Get("Content-Type")
}

// TestSlacksOwnExample is the one in Slack's documentation of signatures.
func TestSlacksOwnExample(t *testing.T) {
	g := newGate(t)
	g.now.set(time.Unix(1531420618, 0))
	body := "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA" +
		"&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554" +
		"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	status, said, _ := g.send(g.request(slackhttp.Commands, body, func(r *http.Request) {
		r.Header.Set("X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
	}))
	if status != http.StatusOK || said != "" || len(g.taken()) != 1 {
		t.Fatalf("%d %q, %d taken", status, said, len(g.taken()))
	}
	var fields map[string]string
	if err := json.Unmarshal(g.taken()[0].Payload, &fields); err != nil || fields["command"] != "/webhook-collect" || fields["text"] != "" ||
		g.taken()[0].Kind != bot.KindCommand || fields["team_id"] != "T1DC2JH3J" {
		t.Errorf("handed over as %s %v (%v)", g.taken()[0].Kind, fields, err)
	}
}

const aCommand = "command=%2Fklant&text=Jansen&trigger_id=1.2.3&user_id=U1&team_id=T1"

// TestForged: none of these is taken in, and none is told why.
func TestForged(t *testing.T) {
	g := newGate(t)
	for name, c := range map[string]struct {
		path   string
		change func(*http.Request)
		status int
	}{
		"no signature":        {"", func(r *http.Request) { r.Header.Del("X-Slack-Signature") }, 401},
		"no time":             {"", func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") }, 401},
		"another secret":      {"", func(r *http.Request) { sign(r, g.now.time(), "guessed", aCommand) }, 401},
		"an empty secret":     {"", func(r *http.Request) { sign(r, g.now.time(), "", aCommand) }, 401},
		"another body":        {"", func(r *http.Request) { sign(r, g.now.time(), secret, aCommand+"&x=1") }, 401},
		"another version":     {"", func(r *http.Request) { edit(r, "X-Slack-Signature", "v0=", "v1=") }, 401},
		"no version":          {"", func(r *http.Request) { edit(r, "X-Slack-Signature", "v0=", "") }, 401},
		"upper case":          {"", func(r *http.Request) { upper(r) }, 401},
		"cut off":             {"", func(r *http.Request) { cutOff(r, 32) }, 401},
		"one character":       {"", func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=a") }, 401},
		"two signatures":      {"", func(r *http.Request) { r.Header.Add("X-Slack-Signature", r.Header.Get("X-Slack-Signature")) }, 401},
		"two times":           {"", func(r *http.Request) { r.Header.Add("X-Slack-Request-Timestamp", stampOf(g.now.time())) }, 401},
		"five minutes old":    {"", func(r *http.Request) { sign(r, g.now.time().Add(-5*time.Minute-time.Second), secret, aCommand) }, 401},
		"from the future":     {"", func(r *http.Request) { sign(r, g.now.time().Add(5*time.Minute+time.Second), secret, aCommand) }, 401},
		"a time beyond int64": {"", func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "99999999999999999999") }, 401},
		"the smallest int64":  {"", func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "-9223372036854775808") }, 401},
		"a plus in the time":  {"", func(r *http.Request) { edit(r, "X-Slack-Request-Timestamp", "1", "+1") }, 401},
		"a time of words":     {"", func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "now") }, 401},
		"GET":                 {"", func(r *http.Request) { r.Method, r.Body, r.ContentLength = http.MethodGet, nil, 0 }, 405},
		"PUT":                 {"", func(r *http.Request) { r.Method = http.MethodPut }, 405},
		"JSON as a command":   {"", func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, 415},
		"a form as an event":  {slackhttp.Events, func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, 415},
		"multipart":           {"", func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") }, 415},
		"no content type":     {"", func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		"gzip":                {"", func(r *http.Request) { r.Header.Set("Content-Encoding", "gzip") }, 415},
		"no length":           {"", func(r *http.Request) { r.ContentLength = -1 }, 411},
		"nothing":             {"", func(r *http.Request) { r.Body, r.ContentLength = http.NoBody, 0 }, 400},
		"too long":            {"", func(r *http.Request) { long(r, 4<<20+1) }, 413},
		"another address":     {"/slack/", func(*http.Request) {}, 404},
		"below an address":    {slackhttp.Commands + "/x", func(*http.Request) {}, 404},
	} {
		path := slackhttp.Commands
		if c.path != "" {
			path = c.path
		}
		status, said, _ := g.send(g.request(path, aCommand, c.change))
		if status != c.status {
			t.Errorf("%s: %d %q, want %d", name, status, said, c.status)
		}
		if strings.Contains(said, "signature") || strings.Contains(said, "klant") {
			t.Errorf("%s is told too much: %q", name, said)
		}
	}
	if n := len(g.taken()); n != 0 {
		t.Errorf("%d were taken in", n)
	}
	for _, never := range []string{"Jansen", secret} {
		if strings.Contains(g.log.String(), never) {
			t.Errorf("the log holds %q", never)
		}
	}
}

func edit(r *http.Request, header, old, by string) {
	r.Header.Set(header, strings.Replace(r.Header.Get(header), old, by, 1))
}

func upper(r *http.Request) {
	r.Header.Set("X-Slack-Signature", "v0="+strings.ToUpper(strings.TrimPrefix(r.Header.Get("X-Slack-Signature"), "v0="))+"A"[:0])
	if r.Header.Get("X-Slack-Signature") == strings.ToLower(r.Header.Get("X-Slack-Signature")) {
		r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("A", 64)) // by chance it was digits alone
	}
}

func cutOff(r *http.Request, n int) {
	r.Header.Set("X-Slack-Signature", r.Header.Get("X-Slack-Signature")[:3+n])
}

func stampOf(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

func long(r *http.Request, n int64) {
	r.Body, r.ContentLength = io.NopCloser(io.LimitReader(zeroes{}, n)), n
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestReplayed: what was signed once is taken in once, also much later, and an
// event that Slack delivers again within the second is simply had.
func TestReplayed(t *testing.T) {
	g := newGate(t)
	g.ack = []byte(`{"options":[]}`)
	suggestion := "payload=" + url.QueryEscape(`{"type":"block_suggestion","value":"jan"}`)
	event := `{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}}`
	first := g.now.time()
	for _, c := range []struct {
		path, body string
		again      int
	}{{slackhttp.Commands, aCommand, 409}, {slackhttp.Options, suggestion, 409}, {slackhttp.Interactivity, suggestion, 409}, {slackhttp.Events, event, 200}} {
		g.now.set(first)
		r, before := g.request(c.path, c.body), len(g.taken())
		if c.path == slackhttp.Interactivity {
			sign(r, first.Add(time.Second), secret, c.body) // Slack signs each request anew
		}
		again := r.Clone(t.Context())
		if status, said, _ := g.send(r); status != 200 || said != string(g.ack) {
			t.Fatalf("%s: %d %q", c.path, status, said)
		}
		for _, later := range []time.Duration{0, time.Second, 4*time.Minute + 59*time.Second} {
			g.now.set(first.Add(later))
			r := again.Clone(t.Context())
			r.Body = io.NopCloser(strings.NewReader(c.body))
			status, said, _ := g.send(r)
			if status != c.again || strings.Contains(said, "options") {
				t.Errorf("%s again after %s: %d %q", c.path, later, status, said)
			}
		}
		if n := len(g.taken()) - before; n != 1 {
			t.Errorf("%s was taken in %d times", c.path, n)
		}
	}
	if n := g.wire.Counts().Replays; n != 12 {
		t.Errorf("%d replays counted", n)
	}
}

// TestMeanwhileNotTaken: what could not be stored may come again as it is.
func TestMeanwhileNotTaken(t *testing.T) {
	g := newGate(t)
	for _, trouble := range []func(){func() { g.err = errors.New("the disk is full") }, func() { g.panic = true }} {
		g.taker.mu.Lock()
		trouble()
		g.taker.mu.Unlock()
		r := g.request(slackhttp.Commands, aCommand)
		if status, said, _ := g.send(r); status != 503 || strings.Contains(said, "disk") || strings.Contains(said, "Jansen") {
			t.Errorf("%d %q", status, said)
		}
		g.taker.mu.Lock()
		g.err, g.panic = nil, false
		g.taker.mu.Unlock()
		again := g.request(slackhttp.Commands, aCommand, func(a *http.Request) { a.Header = r.Header.Clone() })
		if status, _, _ := g.send(again); status != 200 {
			t.Errorf("again: %d", status)
		}
		g.now.set(g.now.time().Add(time.Second)) // or the same request would be signed the same
	}
	if strings.Contains(g.log.String(), "Jansen") {
		t.Error("the log holds what the panic said")
	}
}

// TestAnswers: what Slack asks is answered in the form it wants.
func TestAnswers(t *testing.T) {
	g := newGate(t)
	for _, c := range []struct{ name, path, body, ack, said, kind string }{
		{"challenge", slackhttp.Events, `{"type":"url_verification","challenge":"3eZbrw1aBm"}`, "", "3eZbrw1aBm", "text/plain; charset=utf-8"},
		{"ssl_check", slackhttp.Commands, "ssl_check=1&token=x", "", "", ""},
		{"an empty acknowledgement", slackhttp.Commands, aCommand, "", "", ""},
		{"errors of a modal", slackhttp.Interactivity, "payload=" + url.QueryEscape(`{"type":"view_submission"}`), `{"response_action":"clear"}`, `{"response_action":"clear"}`, "application/json"},
		{"options", slackhttp.Options, "payload=" + url.QueryEscape(`{"type":"block_suggestion"}`), `{"options":[]}`, `{"options":[]}`, "application/json"},
	} {
		g.taker.mu.Lock()
		g.ack = []byte(c.ack)
		g.taker.mu.Unlock()
		status, said, kind := g.send(g.request(c.path, c.body))
		if status != 200 || said != c.said || c.kind != "" && kind != c.kind {
			t.Errorf("%s: %d %q %s", c.name, status, said, kind)
		}
	}
	for _, body := range []string{"%zz", "text=x", "command=%2Fa&command=%2Fb", "payload=x"} {
		if status, said, _ := g.send(g.request(slackhttp.Commands, body)); status != 400 || strings.Contains(said, "zz") {
			t.Errorf("%s: %d %q", body, status, said)
		}
	}
	for _, body := range []string{"payload=", "payload=%7B", "payload=1&payload=2", "nothing=1"} {
		if status, _, _ := g.send(g.request(slackhttp.Interactivity, body)); status != 400 {
			t.Errorf("%s: %d", body, status)
		}
	}
	for _, body := range []string{"{", `{"type":"url_verification"}`, `{"type":"url_verification","challenge":"` + strings.Repeat("x", 501) + `"}`, `[]`} {
		if status, said, _ := g.send(g.request(slackhttp.Events, body)); status != 400 || strings.Contains(said, "xxx") {
			t.Errorf("%.30s: %d", body, status)
		}
	}
}

// TestSlowClients are dropped, those that hang before the header and in the body,
// and hold up nobody meanwhile.
func TestSlowClients(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- slackhttp.Serve(ctx, l, g.web.Config.Handler, slog.New(slog.DiscardHandler)) }()
	dial := func(said string) net.Conn {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		if _, err := io.WriteString(c, said); err != nil {
			t.Fatal(err)
		}
		return c
	}
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4194304\r\n"+
		"X-Slack-Request-Timestamp: %d\r\nX-Slack-Signature: v0=%s\r\n\r\ncommand=", slackhttp.Commands, g.now.time().Unix(), strings.Repeat("a", 64))
	slow := []net.Conn{dial(""), dial("POST /slack/commands HTTP/1.1\r\nHost:")}
	for range 40 { // more than the room for bodies, if it were given for what they promise
		slow = append(slow, dial(head))
	}
	g.web.URL = "http://" + l.Addr().String()
	if status, _, _ := g.send(g.request(slackhttp.Commands, aCommand)); status != 200 {
		t.Errorf("somebody else meanwhile: %d", status)
	}
	for i, c := range slow {
		_ = c.SetReadDeadline(time.Now().Add(2 * time.Minute)) // far beyond, for a busy machine
		if _, err := io.Copy(io.Discard, c); err != nil {
			t.Errorf("client %d was not dropped: %v", i, err)
		}
	}
	cancel()
	if err := <-served; err != nil {
		t.Errorf("Serve: %v", err)
	}
	if n := len(g.taken()); n != 1 {
		t.Errorf("%d taken in", n)
	}
}
