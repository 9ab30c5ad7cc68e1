package workspace

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// posted is a request that the app got, checked by slack-go's own verifier.
type posted struct {
	path   string
	header http.Header
	body   []byte
	form   map[string]string
}

// webApp is an app over HTTP: answer decides what it says to each request.
func webApp(t *testing.T, answer func(http.ResponseWriter, posted)) *office {
	t.Helper()
	var o *office
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		check, err := slack.NewSecretsVerifier(r.Header, o.SigningSecret())
		if err == nil {
			_, _ = check.Write(body)
			err = check.Ensure()
		}
		if err != nil {
			t.Errorf("%s is not signed: %v", r.URL.Path, err)
		}
		p := posted{path: r.URL.Path, header: r.Header, body: body, form: map[string]string{}}
		if strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			_ = r.ParseForm()
			for name := range r.PostForm {
				p.form[name] = r.PostForm.Get(name)
			}
		}
		answer(w, p)
	}))
	t.Cleanup(app.Close)
	o = newOffice(t, func(c *Config) {
		c.AckTimeout = 5 * time.Second
		m := strings.NewReplacer(`"socket_mode_enabled": true`, `"socket_mode_enabled": false`,
			`"is_enabled": true}`, `"is_enabled": true, "request_url": "`+app.URL+`/press", "message_menu_options_url": "`+app.URL+`/options"}`,
			`"event_subscriptions": {`, `"event_subscriptions": {"request_url": "`+app.URL+`/events", `,
			`"command": "/klant",`, `"command": "/klant", "url": "`+app.URL+`/command",`).Replace(testManifest)
		c.Manifest = []byte(m)
	})
	return o
}

// TestWebhooks: each kind comes to its own address, in the form Slack gives it, and
// the answer is the acknowledgement.
func TestWebhooks(t *testing.T) {
	got := make(chan posted, 10)
	o := webApp(t, func(w http.ResponseWriter, p posted) {
		got <- p
		if p.path == "/command" {
			_, _ = io.WriteString(w, "Gevonden") // words, shown to who typed
		}
	})
	if err := o.Command("U1", "C1", "/klant", "V&D <x>"); err != nil {
		t.Fatal(err)
	}
	p := <-got
	if p.path != "/command" || p.form["command"] != "/klant" || p.form["text"] != "V&amp;D &lt;x&gt;" || p.form["team_id"] != "T1" || p.form["trigger_id"] == "" {
		t.Errorf("command: %s %v", p.path, p.form)
	}
	if all := o.Messages("C1", "U1"); len(all) != 1 || all[0].Text != "Gevonden" {
		t.Errorf("the answer's words: %+v", all)
	}
	if err := o.Shortcut("U1", "zoek", Place{}); err != nil {
		t.Fatal(err)
	}
	var pressed slack.InteractionCallback
	if p = <-got; p.path != "/press" || json.Unmarshal([]byte(p.form["payload"]), &pressed) != nil || pressed.CallbackID != "zoek" {
		t.Errorf("shortcut: %s %v", p.path, p.form)
	}
	if _, err := o.Mention("U1", "C1", "hallo", ""); err != nil {
		t.Fatal(err)
	}
	p = <-got
	e, err := slackevents.ParseEvent(p.body, slackevents.OptionNoVerifyToken())
	if err != nil || p.path != "/events" || e.InnerEvent.Type != "app_mention" || p.header.Get("X-Slack-Retry-Num") != "" {
		t.Errorf("event: %s %s %v", p.path, e.InnerEvent.Type, err)
	}
}

// TestWebhookRetries: an event that fails comes again as Slack says, and not where
// the app wants it no more; a command does not.
func TestWebhookRetries(t *testing.T) {
	got := make(chan posted, 10)
	status := make(chan int, 10)
	o := webApp(t, func(w http.ResponseWriter, p posted) {
		got <- p
		if s := <-status; s < 0 {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(-s)
		} else {
			w.WriteHeader(s)
		}
	})
	status <- 500
	if _, err := o.Mention("U1", "C1", "hallo", ""); err != nil {
		t.Fatal(err)
	}
	first := <-got
	status <- 404
	again := <-got // at once
	if string(again.body) != string(first.body) || again.header.Get("X-Slack-Retry-Num") != "1" || again.header.Get("X-Slack-Retry-Reason") != "http_error" {
		t.Errorf("again: %v", again.header)
	}
	o.wait("third waits", func() bool { return o.waitingCount() == 1 })
	status <- -403
	o.Jump(time.Minute)
	if third := <-got; third.header.Get("X-Slack-Retry-Num") != "2" {
		t.Errorf("third: %v", third.header)
	}
	o.wait("it to be given up", func() bool { return len(o.Acks()) == 3 && o.waitingCount() == 0 })
	status <- 503
	var failed *Failure
	if err := o.Command("U1", "C1", "/klant", "x"); !errors.As(err, &failed) || failed.Code != "dispatch_failed" {
		t.Errorf("command: %v", err)
	}
	<-got
}

// TestVerify: an address is only taken when it gives the challenge back.
func TestVerify(t *testing.T) {
	honest := true
	o := webApp(t, func(w http.ResponseWriter, p posted) {
		var asked struct{ Type, Challenge string }
		if json.Unmarshal(p.body, &asked) != nil || asked.Type != "url_verification" {
			t.Errorf("asked %s", p.body)
		}
		if honest {
			_, _ = io.WriteString(w, asked.Challenge)
		}
	})
	if err := o.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	honest = false
	if o.Verify(t.Context()) == nil {
		t.Error("an address that says nothing was taken")
	}
}
