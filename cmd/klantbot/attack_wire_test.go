package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// gate is a bot that Slack reaches over HTTP, attacked at its own port, before any
// proxy.
type gate struct {
	st   *stage
	base string
	n    atomic.Int64
}

func newAttackedGate(t *testing.T) *gate {
	st := newWebStage(t, sampleDB(t))
	st.start()
	return &gate{st: st, base: "http://" + st.front.to.Load().Host}
}

// command is what Slack posts for a command of user.
func (g *gate) command(user string, more ...string) string {
	v := url.Values{"command": {"/klant"}, "text": {"1001"}, "team_id": {"T0KANTOOR"}, "user_id": {user}, "channel_id": {"C02KLANTEN"},
		"api_app_id": {"A0KLANTBOT"}, "response_url": {g.st.server.URL + "/nowhere"}, "trigger_id": {fmt.Sprint("1.2.", g.n.Add(1))}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// signed is body as Slack would sign it at at.
func (g *gate) signed(path, body string, at time.Time, secret string) *http.Request {
	r, err := http.NewRequest(http.MethodPost, g.base+path, strings.NewReader(body))
	if err != nil {
		g.st.t.Fatal(err)
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	io.WriteString(mac, "v0:"+stamp+":"+body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if path == "/slack/events" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

// written counts what any request that was taken in leaves behind. Which keys are
// remembered is not in it: old ones are forgotten at any moment.
func (g *gate) written() string {
	t := g.st.t.(*testing.T)
	var all []string
	for _, table := range []string{"inbox", "audit", "ledger", "setting", "client", "touch", "member"} {
		all = append(all, fmt.Sprint(table, count(t, g.st.dsn, `SELECT COUNT(*) FROM `+table)))
	}
	return strings.Join(all, " ")
}

// refuses sends r and holds that nothing came of it: one of the wanted statuses, no name
// in the answer, and nothing written.
func (g *gate) refuses(t *testing.T, r *http.Request, wanted ...int) {
	t.Helper()
	before := g.written()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(resp.Body)
	ok := false
	for _, status := range wanted {
		ok = ok || resp.StatusCode == status
	}
	if !ok || strings.Contains(string(said), "Jansen") {
		t.Errorf("status %d, want %v: %s", resp.StatusCode, wanted, said)
	}
	if after := g.written(); after != before {
		t.Errorf("it was taken in: %s became %s", before, after)
	}
}

// wireAttacks: requests that are not Slack's, or not as Slack makes them.
func wireAttacks(t *testing.T) []attack {
	g := newAttackedGate(t)
	secret, now := g.st.slack.SigningSecret(), time.Now
	const path, events, screens = "/slack/commands", "/slack/events", "/slack/interactivity"
	changed := func(name string, change func(*http.Request), wanted ...int) attack {
		return attack{name, func(t *testing.T) {
			r := g.signed(path, g.command("U01"), now(), secret)
			change(r)
			g.refuses(t, r, wanted...)
		}}
	}
	body := func(name, path, body string, wanted ...int) attack {
		return attack{name, func(t *testing.T) { g.refuses(t, g.signed(path, body, now(), secret), wanted...) }}
	}
	head := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	const signature, stamp = "X-Slack-Signature", "X-Slack-Request-Timestamp"
	all := []attack{
		changed("no signature", func(r *http.Request) { r.Header.Del(signature) }, 401),
		changed("a made-up signature", head(signature, "v0="+strings.Repeat("0", 64)), 401),
		changed("a signature of another version", head(signature, "v1="+strings.Repeat("0", 64)), 401),
		changed("half a signature", func(r *http.Request) { r.Header.Set(signature, r.Header.Get(signature)[:35]) }, 401),
		changed("a signature in capitals", func(r *http.Request) { r.Header.Set(signature, strings.ToUpper(r.Header.Get(signature))) }, 401),
		changed("two signatures", func(r *http.Request) { r.Header.Add(signature, r.Header.Get(signature)) }, 401),
		changed("no time", func(r *http.Request) { r.Header.Del(stamp) }, 401),
		changed("a time that is no number", head(stamp, "nu"), 401),
		changed("a time beyond numbers", head(stamp, "99999999999999999999"), 401),
		changed("another time than was signed", head(stamp, strconv.FormatInt(now().Unix()-1, 10)), 401),
		changed("another body than was signed", func(r *http.Request) {
			b := g.command("U02")
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(b)), int64(len(b))
		}, 401),
		changed("a body of unknown length", func(r *http.Request) { r.ContentLength = -1 }, 411),
		changed("a packed body", head("Content-Encoding", "gzip"), 415),
		changed("another content type", head("Content-Type", "text/plain"), 415),
		changed("a question instead of a request", func(r *http.Request) { r.Method, r.Body, r.ContentLength = http.MethodGet, nil, 0 }, 405),
		{"the secret of another app, with its app id", func(t *testing.T) {
			g.refuses(t, g.signed(path, g.command("U01", "api_app_id", "A0ANDER"), now(), "8f742231b10e8888abcd99yyyzzz85a5"), 401)
		}},
		{"an empty secret", func(t *testing.T) { g.refuses(t, g.signed(path, g.command("U01"), now(), ""), 401) }},
		{"a request of six minutes ago", func(t *testing.T) {
			g.refuses(t, g.signed(path, g.command("U01"), now().Add(-6*time.Minute), secret), 401)
		}},
		{"a request of the future", func(t *testing.T) {
			g.refuses(t, g.signed(path, g.command("U01"), now().Add(6*time.Minute), secret), 401)
		}},
		body("a field twice", path, g.command("U0GAST")+"&user_id=U01", 400),
		body("no command", path, "text=1001", 400),
		body("a form that is none", path, "%zz", 400),
		body("five megabytes", path, strings.Repeat("x", 5<<20), 413),
		body("a screen that is no JSON", screens, "payload=%7B", 400),
		body("a screen of nothing", screens, "payload=null", 200, 400),
		body("a screen that is a list", screens, "payload=%5B%5D", 200, 400),
		body("a screen ten thousand deep", screens, "payload="+url.QueryEscape(strings.Repeat("[", 10_000)+strings.Repeat("]", 10_000)), 200, 400),
		body("an event that is no JSON", events, "{", 400),
		body("an event of nothing", events, "null", 200, 400),
		body("an event without a workspace", events, `{"event":{"type":"message","user":"U01","text":"1001"}}`, 200, 400),
		body("a challenge without end", events, `{"type":"url_verification","challenge":"`+strings.Repeat("x", 10_000)+`"}`, 400),
	}
	return append(all, attack{"a request once more", g.replay}, attack{"a body that never comes", g.slow}, attack{"an answer led inside", g.ledInside},
		attack{"the figures read through a proxy", func(t *testing.T) {
			r, _ := http.NewRequest(http.MethodGet, g.base+"/metrics", nil)
			r.Header.Set("X-Forwarded-For", "203.0.113.9")
			g.refuses(t, r, 403)
		}})
}

// replay sends a request of Slack's once more, when it was answered.
func (g *gate) replay(t *testing.T) {
	body := g.command("U01")
	r := g.signed("/slack/commands", body, time.Now(), g.st.slack.SigningSecret())
	again := r.Clone(t.Context())
	again.Body = io.NopCloser(strings.NewReader(body))
	resp, err := http.DefaultClient.Do(r)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("the first was not taken in: %v %v", resp, err)
	}
	resp.Body.Close()
	g.rest(t)
	g.refuses(t, again, http.StatusConflict)
}

// rest waits until the bot answered all it was asked.
func (g *gate) rest(t *testing.T) {
	t.Helper()
	if err := g.st.answered(); err != nil {
		t.Fatal(err)
	}
}

// slow sends half of what it announced, and meanwhile colleagues are answered.
func (g *gate) slow(t *testing.T) {
	before := g.written()
	r := g.signed("/slack/commands", g.command("U01"), time.Now(), g.st.slack.SigningSecret())
	var whole bytes.Buffer
	if err := r.Write(&whole); err != nil {
		t.Fatal(err)
	}
	var held []net.Conn
	for range 50 {
		c, err := net.Dial("tcp", strings.TrimPrefix(g.base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := c.Write(whole.Bytes()[:whole.Len()-10]); err != nil {
			t.Fatal(err)
		}
		held = append(held, c)
	}
	g.refuses(t, g.signed("/slack/commands", "text=x", time.Now(), g.st.slack.SigningSecret()), 400) // it answers
	for _, c := range held {
		c.Close()
	}
	if after := g.written(); after != before {
		t.Errorf("half a request was taken in: %s became %s", before, after)
	}
}

// ledInside has Slack's own request name an address of this machine to answer to.
func (g *gate) ledInside(t *testing.T) {
	var hits atomic.Int64
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
	defer trap.Close()
	for _, to := range []string{trap.URL, strings.Replace(g.st.server.URL, "http://", "http://U01@", 1), "http://169.254.169.254/latest", "file:///etc/passwd", "//" + strings.TrimPrefix(trap.URL, "http://")} {
		resp, err := http.DefaultClient.Do(g.signed("/slack/commands", g.command("U01", "response_url", to), time.Now(), g.st.slack.SigningSecret()))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = bufio.NewReader(resp.Body).Peek(1)
		resp.Body.Close()
	}
	g.rest(t)
	if n := hits.Load(); n > 0 {
		t.Errorf("it answered there %d times", n)
	}
}
