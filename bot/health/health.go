package health

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"klantbot/storage"
)

// Backlog is what health needs of the store; see storage.Condition.
type Backlog interface {
	Ping(ctx context.Context) error
	Backlog(ctx context.Context, now time.Time) (storage.Backlog, error)
}

// Config is what a Health is made of.
type Config struct {
	Store Backlog
	// Slack reports whether requests can come in: a socket is up, or HTTP listens.
	Slack func() bool
	// Index reports whether names can be looked up.
	Index func() bool
	// Told adds what the other rooms counted.
	Told func(*Sheet)
	// Token lets who sends it as a Bearer read metrics from another machine; empty:
	// nobody.
	Token string
	Now   func() time.Time // wall time; time.Now when nil
}

// asking bounds what the database may take for one answer.
const asking = 2 * time.Second

// Health answers how the bot is doing.
type Health struct {
	cfg   Config
	began time.Time
	times timings
}

// New returns a Health, or an error where something is missing.
func New(cfg Config) (*Health, error) {
	if cfg.Store == nil || cfg.Slack == nil || cfg.Index == nil {
		return nil, errors.New("health: an incomplete Config")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Health{cfg: cfg, began: cfg.Now()}, nil
}

// Routes are the addresses and what answers there.
func (h *Health) Routes() map[string]http.Handler {
	return map[string]http.Handler{
		"/healthz": reading(h.alive),
		"/readyz":  reading(h.ready),
		"/metrics": reading(h.metrics),
	}
}

// reading answers GET and HEAD alone.
func reading(answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		answer(w, r)
	})
}

// alive says that the process answers at all.
func (h *Health) alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// ready says whether people get answers, and which part does not stand.
func (h *Health) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), asking)
	defer cancel()
	said := struct {
		Ready    bool `json:"ready"`
		Database bool `json:"database"`
		Slack    bool `json:"slack"`
		Index    bool `json:"index"`
	}{Database: h.cfg.Store.Ping(ctx) == nil, Slack: h.cfg.Slack(), Index: h.cfg.Index()}
	said.Ready = said.Database && said.Slack && said.Index
	raw, err := json.Marshal(said)
	if err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if !said.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(raw, '\n'))
}

// metrics writes them all for who may read them.
func (h *Health) metrics(w http.ResponseWriter, r *http.Request) {
	if !ownMachine(r) && !h.bears(r) {
		http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), asking)
	defer cancel()
	s := &Sheet{}
	h.own(s)
	h.waiting(ctx, s)
	h.times.write(s)
	if h.cfg.Told != nil {
		h.cfg.Told(s)
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	_, _ = w.Write(s.Bytes())
}

// bears reports whether r carries the token.
func (h *Health) bears(r *http.Request) bool {
	given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && h.cfg.Token != "" && subtle.ConstantTimeCompare([]byte(given), []byte(h.cfg.Token)) == 1
}

// throughProxy are the headers with which a proxy says that it is one.
var throughProxy = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"}

// ownMachine reports whether r was sent by this machine itself, by its own address:
// not by a proxy on it, nor by a page in a browser on it that calls us by a name of
// its own.
func ownMachine(r *http.Request) bool {
	for _, name := range throughProxy {
		if _, ok := r.Header[name]; ok {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		return false
	}
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	at, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && at.Unmap().IsLoopback()
}
