package slackhttp_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/slackhttp"
)

// FuzzSignedBody: whatever Slack's secret signed, the answer is one of a few, what is
// handed over is JSON of a kind that is known, and nothing of the body comes back but
// a challenge.
func FuzzSignedBody(f *testing.F) {
	for _, path := range []string{slackhttp.Commands, slackhttp.Interactivity, slackhttp.Options, slackhttp.Events} {
		for _, body := range []string{aCommand, "payload=%7B%22type%22%3A%22block_actions%22%7D", `{"type":"url_verification","challenge":"x"}`,
			`{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention"}}`, "ssl_check=1", "%", "a=1&a=2", "payload=\x00", "\xff"} {
			f.Add(path, body)
		}
	}
	f.Fuzz(func(t *testing.T, path, body string) {
		taken := &taker{}
		wire, err := slackhttp.New(slackhttp.Config{Secret: secret, Handler: taken, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		routes := wire.Routes()
		if routes[path] == nil {
			path = slackhttp.Events
		}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if path == slackhttp.Events {
			r.Header.Set("Content-Type", "application/json")
		}
		sign(r, time.Now(), secret, body)
		w := httptest.NewRecorder()
		routes[path].ServeHTTP(w, r)
		said, _ := io.ReadAll(w.Body)
		if w.Code != 200 && w.Code != 400 {
			t.Errorf("%s answers %d", path, w.Code)
		}
		for _, e := range taken.taken() {
			if !json.Valid(e.Payload) || e.Kind != bot.KindCommand && e.Kind != bot.KindInteractive && e.Kind != bot.KindEvent {
				t.Errorf("%s handed over as %s: %.80q", path, e.Kind, e.Payload)
			}
		}
		if len(taken.taken()) > 0 && len(said) > 0 {
			t.Errorf("the answer holds %.80q", said)
		}
	})
}

// FuzzHeaders: no headers make an unsigned body come in.
func FuzzHeaders(f *testing.F) {
	f.Add("1531420618", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", "application/json", "")
	f.Add("-1", "v0=", "application/json; charset=utf-8", "gzip")
	f.Add("9223372036854775808", "v0="+strings.Repeat("0", 64), "", "")
	f.Fuzz(func(t *testing.T, stamp, proof, contentType, encoding string) {
		taken := &taker{}
		wire, err := slackhttp.New(slackhttp.Config{Secret: secret, Handler: taken, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, slackhttp.Events, bytes.NewReader([]byte(`{"type":"event_callback"}`)))
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", proof)
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Content-Encoding", encoding)
		w := httptest.NewRecorder()
		wire.Routes()[slackhttp.Events].ServeHTTP(w, r)
		if w.Code < 400 || len(taken.taken()) > 0 {
			t.Errorf("taken in with %d", w.Code)
		}
	})
}
