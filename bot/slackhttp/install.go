package slackhttp

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
)

// Installing is what OAuth of one app in one workspace is made of.
type Installing struct {
	ClientID, ClientSecret string
	Team                   analysis.TeamID // the only one whose token is kept
	BaseURL                string          // where browsers and Slack reach us
	APIURL                 string          // another Slack-compatible server; Slack's own when empty
	Scopes                 []string
	HTTP                   *http.Client
	// Keep stores the token, sealed. It is called with a token of Team alone.
	Keep func(ctx context.Context, token string) error
	// Word words what came of it, in the language of who installs.
	Word func(key string) string
	Log  *slog.Logger
	Now  func() time.Time // wall time; time.Now when nil
}

// What somebody who installs reads: keys of the catalogue.
const (
	Installed     = "install.done"
	InstallDenied = "install.denied"
	InstallStale  = "install.stale"
	InstallOther  = "install.other_team"
	InstallFailed = "install.failed"
)

const (
	// stateLife is how long somebody may take at Slack.
	stateLife = 10 * time.Minute
	// mostStates bounds the answers that are remembered as used within stateLife.
	mostStates = 1000
	// exchanging bounds asking Slack for the token.
	exchanging = 10 * time.Second
)

// Installer is the two addresses of OAuth: Install sends a browser to Slack, and
// Redirect takes it back. What a browser brings back is only believed when this
// process sent that very browser, ten minutes ago at most, and only once.
type Installer struct {
	cfg    Installing
	key    []byte // of the states; another at every start
	cookie string
	secure bool

	mu   sync.Mutex
	used map[string]time.Time // states that came back, with their end
}

// NewInstaller returns an Installer, or an error where something is missing: without
// a Team anybody's workspace would do.
func NewInstaller(cfg Installing) (*Installer, error) {
	if cfg.ClientID == "" || cfg.ClientSecret == "" || cfg.Team == "" || cfg.BaseURL == "" || cfg.Keep == nil || cfg.Word == nil || cfg.Log == nil || cfg.HTTP == nil {
		return nil, errors.New("slackhttp: an incomplete Installing")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	i := &Installer{cfg: cfg, key: []byte(rand.Text() + rand.Text()), cookie: "klantbot_install", used: map[string]time.Time{}}
	if i.secure = strings.HasPrefix(cfg.BaseURL, "https://"); i.secure {
		i.cookie = "__Host-" + i.cookie // no other name of the office's domain can set it
	}
	return i, nil
}

// Routes are the addresses and what answers there.
func (i *Installer) Routes() map[string]http.Handler {
	return map[string]http.Handler{Install: http.HandlerFunc(i.begin), Redirect: http.HandlerFunc(i.end)}
}

func (i *Installer) redirect() string { return strings.TrimSuffix(i.cfg.BaseURL, "/") + Redirect }

// begin sends a browser to Slack, with a state that only it can bring back.
func (i *Installer) begin(w http.ResponseWriter, r *http.Request) {
	guard(w)
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	nonce := rand.Text()
	http.SetCookie(w, &http.Cookie{Name: i.cookie, Value: nonce, Path: "/", MaxAge: int(stateLife.Seconds()), HttpOnly: true,
		Secure: i.secure, SameSite: http.SameSiteLaxMode})
	at := "https://slack.com"
	if u, err := url.Parse(i.cfg.APIURL); err == nil && u.Host != "" {
		at = u.Scheme + "://" + u.Host
	}
	ask := url.Values{"client_id": {i.cfg.ClientID}, "scope": {strings.Join(i.cfg.Scopes, ",")}, "team": {string(i.cfg.Team)},
		"redirect_uri": {i.redirect()}, "state": {i.state(nonce, i.cfg.Now().Add(stateLife))}}
	http.Redirect(w, r, at+"/oauth/v2/authorize?"+ask.Encode(), http.StatusFound)
}

// state vouches for the browser with nonce, until a time.
func (i *Installer) state(nonce string, until time.Time) string {
	end := strconv.FormatInt(until.Unix(), 36)
	mac := hmac.New(sha256.New, i.key)
	mac.Write([]byte(end + "." + nonce))
	return end + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// believed reports whether state was made for the browser with nonce and comes back
// for the first time, in time.
func (i *Installer) believed(state, nonce string) bool {
	head, _, _ := strings.Cut(state, ".")
	seconds, err := strconv.ParseInt(head, 36, 64)
	if err != nil || nonce == "" {
		return false
	}
	end, now := time.Unix(seconds, 0), i.cfg.Now()
	if !hmac.Equal([]byte(state), []byte(i.state(nonce, end))) || !now.Before(end) {
		return false
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	for other, until := range i.used {
		if !now.Before(until) {
			delete(i.used, other)
		}
	}
	if _, again := i.used[state]; again || len(i.used) >= mostStates {
		return false
	}
	i.used[state] = end
	return true
}

// end takes back a browser that was at Slack.
func (i *Installer) end(w http.ResponseWriter, r *http.Request) {
	guard(w)
	nonce := ""
	if c, err := r.Cookie(i.cookie); err == nil {
		nonce = c.Value
	}
	http.SetCookie(w, &http.Cookie{Name: i.cookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: i.secure, SameSite: http.SameSiteLaxMode})
	q := r.URL.Query()
	switch code := q.Get("code"); {
	case r.Method != http.MethodGet || !i.believed(q.Get("state"), nonce):
		i.cfg.Log.Warn("an installation was refused: its state is not ours, too old, or used")
		i.say(w, http.StatusBadRequest, InstallStale)
	case code == "" || q.Get("error") != "":
		i.say(w, http.StatusForbidden, InstallDenied)
	default:
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exchanging)
		defer cancel()
		i.say(w, 0, i.exchange(ctx, code))
	}
}

// exchange gets the token for code and keeps it, where it is of our workspace. Of
// any other it is given up at once.
func (i *Installer) exchange(ctx context.Context, code string) (key string) {
	var options []slack.OAuthOption
	if i.cfg.APIURL != "" {
		options = append(options, slack.OAuthOptionAPIURL(strings.TrimSuffix(i.cfg.APIURL, "/")+"/"))
	}
	got, err := slack.GetOAuthV2ResponseContext(ctx, i.cfg.HTTP, i.cfg.ClientID, i.cfg.ClientSecret, code, i.redirect(), options...)
	switch {
	case err != nil:
		i.cfg.Log.Warn("slack gave no token", "code", codeOf(err))
		return InstallFailed
	case got.Team.ID != string(i.cfg.Team) || got.IsEnterpriseInstall || got.TokenType != "bot" || got.AccessToken == "":
		i.cfg.Log.Warn("an installation in another workspace was refused")
		i.giveUp(ctx, got.AccessToken)
		return InstallOther
	}
	if err := i.cfg.Keep(ctx, got.AccessToken); err != nil {
		i.cfg.Log.Error("the token could not be kept", "error", err)
		return InstallFailed
	}
	i.cfg.Log.Info("installed", "team", got.Team.ID)
	return Installed
}

// giveUp revokes a token that is not for us; that it fails changes nothing, because
// nobody has it.
func (i *Installer) giveUp(ctx context.Context, token string) {
	if token == "" {
		return
	}
	options := []slack.Option{slack.OptionHTTPClient(i.cfg.HTTP)}
	if i.cfg.APIURL != "" {
		options = append(options, slack.OptionAPIURL(strings.TrimSuffix(i.cfg.APIURL, "/")+"/"))
	}
	if _, err := slack.New(token, options...).SendAuthRevokeContext(ctx, ""); err != nil {
		i.cfg.Log.Warn("a token of another workspace could not be revoked", "code", codeOf(err))
	}
}

// codeOf is Slack's error code and nothing that stood around it.
func codeOf(err error) string {
	var said slack.SlackErrorResponse
	if errors.As(err, &said) {
		return said.Err
	}
	return "unreachable"
}

// say writes one sentence.
func (i *Installer) say(w http.ResponseWriter, status int, key string) {
	if status == 0 {
		status = map[string]int{Installed: http.StatusOK, InstallOther: http.StatusForbidden}[key]
	}
	if status == 0 {
		status = http.StatusBadGateway
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(i.cfg.Word(key) + "\n"))
}

// guard keeps an answer out of caches, frames and the next site's log.
func guard(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
}
