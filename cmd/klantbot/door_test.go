package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"klantbot/bot/workspace"
)

// TestWatched: a machine that watches learns that the bot is ready, what it does, and
// that Slack can not reach it; and nothing of clients.
func TestWatched(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	st.watch()
	st.start()
	if err := st.line("U01 #kantoor> /klant Jansen"); err != nil {
		t.Fatal(err)
	}
	status, said := st.asks(t, "/readyz")
	if status != http.StatusOK || !strings.Contains(said, `"ready":true`) {
		t.Errorf("readyz: %d %s", status, said)
	}
	_, said = st.asks(t, "/metrics")
	for _, want := range []string{`klantbot_requests_total{became="accepted"} 1`, "klantbot_sockets_up 1", "klantbot_slack_up 1", "klantbot_index_up 1",
		`klantbot_request_seconds_count{entry="client"} 1`, "klantbot_slack_calls_total", "klantbot_deliveries_total", "klantbot_goroutines"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is missing in\n%s", want, said)
		}
	}
	for _, never := range []string{"Jansen", "U01", "T0KANTOOR", "xoxb"} {
		if strings.Contains(said, never) {
			t.Errorf("metrics hold %q", never)
		}
	}
	if err := st.slack.SetFaults(workspace.Faults{ServerError: 1, Methods: []string{"apps.connections.open"}}); err != nil {
		t.Fatal(err)
	}
	st.slack.Disconnect(true)
	st.await("the socket to end", func() bool { return st.slack.Connections() == 0 })
	for status != http.StatusServiceUnavailable {
		status, said = st.asks(t, "/readyz")
	}
	if !strings.Contains(said, `"slack":false`) || !strings.Contains(said, `"database":true`) {
		t.Errorf("without a socket: %s", said)
	}
	if status, _ := st.asks(t, "/healthz"); status != http.StatusOK {
		t.Errorf("healthz: %d", status)
	}
	if status, _ := st.asks(t, "/slack/commands"); status != http.StatusNotFound {
		t.Errorf("over Socket Mode nothing is taken in over HTTP: %d", status)
	}
}

// asks gets a page of the bot's own port.
func (st *stage) asks(t *testing.T, path string) (int, string) {
	t.Helper()
	resp, err := http.Get("http://" + st.watched.Addr().String() + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

// TestListenAt: a port alone is of this machine.
func TestListenAt(t *testing.T) {
	for given, want := range map[string]string{"": "", "8485": "127.0.0.1:8485", ":8485": "127.0.0.1:8485", "0.0.0.0:8485": "0.0.0.0:8485",
		"[::1]:8485": "[::1]:8485", "localhost:1": "localhost:1", "nonsense": "nonsense"} {
		if got := listenAt(given); got != want {
			t.Errorf("%q listens at %q, want %q", given, got, want)
		}
	}
}

// TestLocalIsLocal: the workspace in which anybody may be anybody is never opened to
// others.
func TestLocalIsLocal(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", "[::]:0", "192.168.1.5:8484", "kantoor.nl:80", "10.0.0.1:0"} {
		var out, errs bytes.Buffer
		if run(t.Context(), []string{"--addr", address, "--db", sampleDB(t)}, &out, &errs) != failed || !strings.Contains(errs.String(), "127.0.0.1") {
			t.Errorf("%s: %s%s", address, &out, &errs)
		}
	}
	for address, want := range map[string]bool{"127.0.0.1:1": true, "[::1]:1": true, "localhost:1": true, "127.9.9.9:1": true, "[::ffff:127.0.0.1]:1": true,
		"[::ffff:10.0.0.1]:1": false, "localhost.evil.example:1": false} {
		if ofThisMachine(address) != want {
			t.Errorf("%s is judged wrongly", address)
		}
	}
}

// TestDoctorOverHTTP: who has a signing secret and an address misses no app token.
func TestDoctorOverHTTP(t *testing.T) {
	for name, value := range map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s", "KLANTBOT_LISTEN": "8485"} {
		t.Setenv(name, value)
	}
	said, _ := verb(t, "doctor", "--db", sampleDB(t))
	checks, _ := said["checks"].([]any)
	for _, c := range checks {
		if c := c.(map[string]any); c["name"] == "app_token" {
			holds(t, c, `{"ok":true,"checked":true,"todo":""}`)
			return
		}
	}
	t.Errorf("the app token is not looked at: %v", said)
}
