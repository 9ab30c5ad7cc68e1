package slackhttp_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/bot/slackhttp"
	"klantbot/bot/workspace"
)

// house is an office with a workspace and an Installer, over real sockets.
type house struct {
	t     *testing.T
	slack *workspace.Server
	web   *httptest.Server // ours
	log   *kept
	now   *clock

	mu   sync.Mutex
	kept []string
	fail error
}

func newHouse(t *testing.T, change ...func(*slackhttp.Installing)) *house {
	t.Helper()
	h := &house{t: t, log: &kept{}, now: &clock{at: time.Now()}}
	mux := http.NewServeMux()
	h.web = httptest.NewServer(mux)
	var m map[string]any
	if err := json.Unmarshal([]byte(`{"display_information":{"name":"Klantbot"},"oauth_config":{"redirect_urls":["`+h.web.URL+slackhttp.Redirect+`"],
		"scopes":{"bot":["commands","chat:write"]}},"settings":{"socket_mode_enabled":false}}`), &m); err != nil {
		t.Fatal(err)
	}
	manifest, _ := json.Marshal(m)
	ws, err := workspace.New(workspace.Config{Team: workspace.Team{ID: "T1", Name: "Kantoor", Domain: "kantoor"}, Manifest: manifest, Now: h.now.time})
	if err != nil {
		t.Fatal(err)
	}
	api := httptest.NewServer(ws.Handler())
	t.Cleanup(func() { _ = ws.Close(); api.Close(); h.web.Close() })
	cfg := slackhttp.Installing{ClientID: ws.ClientID(), ClientSecret: ws.ClientSecret(), Team: "T1", BaseURL: h.web.URL, APIURL: api.URL + "/api/",
		Scopes: []string{"commands", "chat:write"}, HTTP: &http.Client{Timeout: 10 * time.Second}, Keep: h.keep,
		Word: func(key string) string { return key }, Log: slog.New(slog.NewTextHandler(h.log, nil)), Now: h.now.time}
	for _, c := range change {
		c(&cfg)
	}
	installer, err := slackhttp.NewInstaller(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for at, answers := range installer.Routes() {
		mux.Handle(at, answers)
	}
	h.slack = ws
	return h
}

func (h *house) keep(_ context.Context, token string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail == nil {
		h.kept = append(h.kept, token)
	}
	return h.fail
}

// browser follows redirects up to ours, and stops before it brings anything back.
func (h *house) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.Path, slackhttp.Redirect) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

// begin sends b to Slack and returns what Slack would have it bring back.
func (h *house) begin(b *http.Client) *url.URL {
	h.t.Helper()
	resp, err := b.Get(h.web.URL + slackhttp.Install)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		h.t.Fatalf("slack sent nobody back: %d %v", resp.StatusCode, err)
	}
	return back
}

func (h *house) end(b *http.Client, at *url.URL) (int, string) {
	h.t.Helper()
	resp, err := b.Get(at.String())
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	said := make([]byte, 200)
	n, _ := resp.Body.Read(said)
	for header, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"} {
		if resp.Header.Get(header) != want {
			h.t.Errorf("%s is %q", header, resp.Header.Get(header))
		}
	}
	return resp.StatusCode, strings.TrimSpace(string(said[:n]))
}

func with(u *url.URL, name, value string) *url.URL {
	other, q := *u, u.Query()
	q.Set(name, value)
	other.RawQuery = q.Encode()
	return &other
}

// TestInstall: who began in this browser ends with the token, once.
func TestInstall(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	back := h.begin(b)
	cookie := b.Jar.Cookies(back)
	if status, said := h.end(b, back); status != 200 || said != slackhttp.Installed {
		t.Fatalf("%d %s", status, said)
	}
	if len(h.kept) != 1 || h.kept[0] != h.slack.BotToken() {
		t.Errorf("kept %d tokens", len(h.kept))
	}
	b.Jar.SetCookies(back, cookie) // the page took it away
	if status, said := h.end(b, back); status != 400 || said != slackhttp.InstallStale || len(h.kept) != 1 {
		t.Errorf("a second time: %d %s", status, said)
	}
	for _, never := range []string{h.slack.BotToken(), h.slack.ClientSecret(), back.Query().Get("code"), back.Query().Get("state")} {
		if strings.Contains(h.log.String(), never) {
			t.Error("the log holds what it must not")
		}
	}
}

// TestInstallAttacked: nobody else's browser, state, code or workspace gets anywhere,
// and whatever fails leaves nothing behind.
func TestInstallAttacked(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*house)
		attack func(*house, *http.Client, *url.URL) (*http.Client, *url.URL)
		status int
		key    string
	}{
		"another browser": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) { return h.browser(), u }, status: 400, key: slackhttp.InstallStale},
		"another's own cookie": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) {
			o := h.browser()
			h.begin(o)
			return o, u
		}, status: 400, key: slackhttp.InstallStale},
		"no state": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) { return b, with(u, "state", "") }, status: 400, key: slackhttp.InstallStale},
		"a state of words": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) {
			return b, with(u, "state", "zz.zz")
		}, status: 400, key: slackhttp.InstallStale},
		"a longer life": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) {
			_, mac, _ := strings.Cut(u.Query().Get("state"), ".")
			return b, with(u, "state", "zzzzzzz."+mac)
		}, status: 400, key: slackhttp.InstallStale},
		"too late": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) {
			h.now.set(h.now.time().Add(10*time.Minute + time.Second))
			return b, u
		}, status: 400, key: slackhttp.InstallStale},
		"no code": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) { return b, with(u, "code", "") }, status: 403, key: slackhttp.InstallDenied},
		"a guessed code": {attack: func(h *house, b *http.Client, u *url.URL) (*http.Client, *url.URL) {
			return b, with(u, "code", "guess")
		}, status: 502, key: slackhttp.InstallFailed},
		"who says no":      {before: func(h *house) { h.slack.InstallAs("", true) }, status: 403, key: slackhttp.InstallDenied},
		"another office":   {before: func(h *house) { h.slack.InstallAs("T2", false) }, status: 403, key: slackhttp.InstallOther},
		"the disk is full": {before: func(h *house) { h.fail = errors.New("no room") }, status: 502, key: slackhttp.InstallFailed},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			if c.before != nil {
				c.before(h)
			}
			b := h.browser()
			back := h.begin(b)
			if c.attack != nil {
				b, back = c.attack(h, b, back)
			}
			if status, said := h.end(b, back); status != c.status || said != c.key {
				t.Errorf("%d %s, want %d %s", status, said, c.status, c.key)
			}
			if len(h.kept) != 0 {
				t.Error("a token was kept")
			}
			if !h.slack.Revoked() {
				t.Error("the token of another office was not given up")
			}
		})
	}
}

// TestInstallCookie: a browser keeps it from scripts, other sites and plain HTTP.
func TestInstallCookie(t *testing.T) {
	h := newHouse(t, func(c *slackhttp.Installing) { c.BaseURL = "https://klantbot.kantoor.nl" })
	b := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := b.Get(h.web.URL + slackhttp.Install)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if cs := resp.Cookies(); len(cs) != 1 || !strings.HasPrefix(cs[0].Name, "__Host-") || !cs[0].Secure || !cs[0].HttpOnly ||
		cs[0].SameSite != http.SameSiteLaxMode || cs[0].Path != "/" || cs[0].Domain != "" || cs[0].MaxAge != 600 {
		t.Errorf("%v", cs)
	}
	if r, err := b.Post(h.web.URL+slackhttp.Install, "text/plain", nil); err != nil || r.StatusCode != 405 {
		t.Errorf("a POST: %v %v", r, err)
	}
	if _, err := slackhttp.NewInstaller(slackhttp.Installing{ClientID: "x", ClientSecret: "x"}); err == nil {
		t.Error("an Installer for anybody's workspace was made")
	}
}
