package health_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"klantbot/bot/health"
	"klantbot/storage"
)

// office is a Backlog that is well or not.
type office struct {
	ill  bool
	held storage.Backlog
}

func (o *office) Ping(context.Context) error {
	if o.ill {
		return errors.New("gone")
	}
	return nil
}

func (o *office) Backlog(context.Context, time.Time) (storage.Backlog, error) {
	return o.held, o.Ping(context.Background())
}

type parts struct{ slack, index bool }

func ask(t *testing.T, h *health.Health, path string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8485"+path, nil)
	r.RemoteAddr = "127.0.0.1:40000"
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	h.Routes()[path].ServeHTTP(w, r)
	return w
}

func newHealth(t *testing.T, o *office, p *parts) *health.Health {
	t.Helper()
	h, err := health.New(health.Config{Store: o, Slack: func() bool { return p.slack }, Index: func() bool { return p.index }, Token: "open sesame",
		Told: func(s *health.Sheet) { s.Counter("x_total", "X.", 3, health.Label{Name: "a", Value: "q\"\\\n"}) }})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestReady: each part that does not stand makes it unready and is named; it lives
// all the same.
func TestReady(t *testing.T) {
	for _, c := range []struct {
		o    office
		p    parts
		want string
	}{
		{office{}, parts{true, true}, `{"ready":true,"database":true,"slack":true,"index":true}`},
		{office{ill: true}, parts{true, true}, `{"ready":false,"database":false,"slack":true,"index":true}`},
		{office{}, parts{false, true}, `{"ready":false,"database":true,"slack":false,"index":true}`},
		{office{}, parts{true, false}, `{"ready":false,"database":true,"slack":true,"index":false}`},
	} {
		h := newHealth(t, &c.o, &c.p)
		w := ask(t, h, "/readyz")
		if got := strings.TrimSpace(w.Body.String()); got != c.want || (w.Code == 200) != strings.Contains(c.want, `"ready":true`) {
			t.Errorf("%d %s, want %s", w.Code, got, c.want)
		}
		if w := ask(t, h, "/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
			t.Errorf("healthz: %d %q", w.Code, w.Body)
		}
	}
}

// TestMetrics: in Prometheus' format, each metric described once.
func TestMetrics(t *testing.T) {
	o := &office{held: storage.Backlog{Inbox: 2, InboxAge: 90 * time.Second, Due: 4, Failed: 1, ModelCalls: 7}}
	h := newHealth(t, o, &parts{true, true})
	h.Ran("client.card", 30*time.Millisecond)
	h.Ran("client.card", 3*time.Second)
	said := ask(t, h, "/metrics").Body.String()
	for _, line := range []string{"klantbot_inbox_open 2", "klantbot_inbox_age_seconds 90", `klantbot_ledger_messages{state="due"} 4`, `klantbot_ledger_messages{state="failed"} 1`,
		"klantbot_model_calls_total 7", "klantbot_database_up 1", `klantbot_x_total{a="q\"\\\n"} 3`, "# TYPE klantbot_request_seconds histogram",
		`klantbot_request_seconds_bucket{entry="client.card",le="0.025"} 0`, `klantbot_request_seconds_bucket{entry="client.card",le="0.05"} 1`,
		`klantbot_request_seconds_bucket{entry="client.card",le="+Inf"} 2`, `klantbot_request_seconds_sum{entry="client.card"} 3.03`} {
		if !strings.Contains("\n"+said, "\n"+line+"\n") {
			t.Errorf("%q is missing in\n%s", line, said)
		}
	}
	if n := strings.Count(said, "# TYPE klantbot_ledger_messages "); n != 1 {
		t.Errorf("it is described %d times", n)
	}
	o.ill = true
	if said := ask(t, h, "/metrics").Body.String(); !strings.Contains(said, "klantbot_database_up 0") || strings.Contains(said, "ledger_messages") {
		t.Errorf("without a database:\n%s", said)
	}
}

// TestMetricsAreForThisMachine: nobody else reads them, by whatever road.
func TestMetricsAreForThisMachine(t *testing.T) {
	h := newHealth(t, &office{}, &parts{true, true})
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"this machine": {func(*http.Request) {}, 200},
		"by its IPv6":  {func(r *http.Request) { r.RemoteAddr, r.Host = "[::1]:4000", "[::1]:8485" }, 200},
		"mapped":       {func(r *http.Request) { r.RemoteAddr = "[::ffff:127.0.0.1]:4000" }, 200},
		"by name":      {func(r *http.Request) { r.Host = "localhost:8485" }, 200},
		"with the token": {func(r *http.Request) {
			r.RemoteAddr = "10.0.0.9:1"
			r.Header.Set("Authorization", "Bearer open sesame")
		}, 200},
		"another machine":        {func(r *http.Request) { r.RemoteAddr = "10.0.0.9:4000" }, 403},
		"link-local":             {func(r *http.Request) { r.RemoteAddr = "[fe80::1%eth0]:4000" }, 403},
		"no address":             {func(r *http.Request) { r.RemoteAddr = "@" }, 403},
		"a proxy":                {func(r *http.Request) { r.Header.Set("X-Forwarded-For", "127.0.0.1") }, 403},
		"a proxy that says none": {func(r *http.Request) { r.Header["X-Forwarded-For"] = nil }, 403},
		"Forwarded":              {func(r *http.Request) { r.Header.Set("Forwarded", "for=127.0.0.1") }, 403},
		"Via":                    {func(r *http.Request) { r.Header.Set("Via", "1.1 x") }, 403},
		"rebound name":           {func(r *http.Request) { r.Host = "evil.example:8485" }, 403},
		"looks like us":          {func(r *http.Request) { r.Host = "127.0.0.1.evil.example" }, 403},
		"a wrong token":          {func(r *http.Request) { r.RemoteAddr = "10.0.0.9:1"; r.Header.Set("Authorization", "Bearer open") }, 403},
		"an empty token":         {func(r *http.Request) { r.RemoteAddr = "10.0.0.9:1"; r.Header.Set("Authorization", "Bearer ") }, 403},
		"a POST":                 {func(r *http.Request) { r.Method = http.MethodPost }, 405},
	} {
		if w := ask(t, h, "/metrics", c.change); w.Code != c.status || w.Code != 200 && strings.Contains(w.Body.String(), "klantbot_") {
			t.Errorf("%s: %d, want %d", name, w.Code, c.status)
		}
	}
	none, err := health.New(health.Config{Store: &office{}, Slack: func() bool { return true }, Index: func() bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	if w := ask(t, none, "/metrics", func(r *http.Request) { r.RemoteAddr = "10.0.0.9:1"; r.Header.Set("Authorization", "Bearer ") }); w.Code != 403 {
		t.Errorf("without a token configured: %d", w.Code)
	}
}
