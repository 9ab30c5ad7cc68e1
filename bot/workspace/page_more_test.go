package workspace

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// TestPageWithoutUser is somebody: the first full member.
func TestPageWithoutUser(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.Users = append([]User{{ID: "U0", Name: "gast0", IsRestricted: true}}, c.Users...) })
	b := &browser{t: t, ws: o.rawPage("")}
	if h := b.next("hello"); h["me"] != "U1" || len(h["commands"].([]any)) != 2 || len(h["shortcuts"].([]any)) != 2 || h["app"].(map[string]any)["home"] != true {
		t.Errorf("hello %v", h)
	}
}

func TestPageThreadsAndDMs(t *testing.T) {
	o := newOffice(t)
	p, q := o.page("U1"), o.page("U2")
	root, err := o.Say("U2", "C1", "vraag", "")
	if err != nil {
		t.Fatal(err)
	}
	p.next("message")
	p.send(map[string]any{"type": "send", "channel": "C1", "text": "antwoord", "thread_ts": root})
	p.next("message")
	if f := p.next("message_changed"); f["message"].(map[string]any)["reply_count"] != 1.0 {
		t.Errorf("root %v", f)
	}
	p.send(map[string]any{"type": "thread", "channel": "C1", "thread_ts": root})
	if f := p.next("history"); f["thread_ts"] != root || len(f["messages"].([]any)) != 2 {
		t.Errorf("thread %v", f)
	}
	p.send(map[string]any{"type": "open", "channel": "C1"})
	if f := p.next("history"); len(f["messages"].([]any)) != 1 || f["more"] != false {
		t.Errorf("channel %v", f)
	}
	p.send(map[string]any{"type": "dm", "user": "U2"})
	f := p.next("channels")
	if !strings.Contains(string(mustJSON(f)), `"with":"U2"`) {
		t.Errorf("channels %s", mustJSON(f))
	}
	id, _ := p.next("history")["channel"].(string)
	p.send(map[string]any{"type": "send", "channel": id, "text": "hoi"})
	for f := q.next("message"); f["channel"] != id; f = q.next("message") { // fails when it never comes
		if f["channel"] != "C1" {
			t.Errorf("bram got %v", f)
		}
	}
	if o.Messages(id, "U3") != nil {
		t.Error("another reads a direct message")
	}
	p.send(map[string]any{"type": "send", "channel": "C5", "text": "inbraak"})
	if f := p.next("error"); f["code"] != "channel_not_found" {
		t.Errorf("error %v", f)
	}
	p.send(map[string]any{"type": "faults", "faults": map[string]any{"duplicate": 7}})
	if f := p.next("error"); f["code"] != "invalid_faults" {
		t.Errorf("error %v", f)
	}
	p.send(map[string]any{"type": "jump", "to_ms": 1800000000000})
	if f := p.next("clock"); f["now_ms"].(float64) < 1800000000000 {
		t.Errorf("clock %v", f)
	}
}

// TestUnread counts what others said since the channel was last opened.
func TestUnread(t *testing.T) {
	o := newOffice(t)
	for range 3 {
		if _, err := o.Say("U2", "C1", "nieuws", ""); err != nil {
			t.Fatal(err)
		}
	}
	unread := func(user string) int {
		for _, c := range o.Channels(user) {
			if c.ID == "C1" {
				return c.Unread
			}
		}
		return -1
	}
	if unread("U1") != 3 || unread("U2") != 0 {
		t.Errorf("unread %d and %d", unread("U1"), unread("U2"))
	}
	p := o.page("U1")
	p.send(map[string]any{"type": "open", "channel": "C1"})
	p.next("history")
	if unread("U1") != 0 {
		t.Errorf("after opening %d", unread("U1"))
	}
}

// TestPageElements: what a page reports of selects, pickers and feedback.
func TestPageElements(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	p := o.page("U1")
	blocks := `[{"type":"actions","block_id":"rij","elements":[{"type":"static_select","action_id":"keuze","options":[` + opts(2) + `]},
		{"type":"datepicker","action_id":"datum"}]},
		{"type":"context_actions","block_id":"oordeel","elements":[{"type":"feedback_buttons","action_id":"f",
		"positive_button":{"text":` + pt + `,"value":"goed"},"negative_button":{"text":` + pt + `,"value":"slecht"}}]}]`
	ts := o.form("chat.postMessage", "channel", "C1", "text", "t", "blocks", blocks)["ts"]
	act := func(key string, action, state map[string]any) slack.InteractionCallback {
		t.Helper()
		p.send(map[string]any{"type": "action", "key": key, "channel": "C1", "ts": ts, "action": action, "state": state})
		for {
			if f := p.next("working"); f["key"] == key && f["on"] == false {
				return d.got(slack.InteractionTypeBlockActions)
			}
		}
	}
	option := map[string]any{"text": map[string]any{"type": "plain_text", "text": "x"}, "value": "v1"}
	got := act("a", map[string]any{"type": "static_select", "block_id": "rij", "action_id": "keuze", "selected_option": option}, nil)
	if a := got.ActionCallback.BlockActions[0]; a.SelectedOption.Value != "v1" {
		t.Errorf("select %+v", a)
	}
	got = act("b", map[string]any{"type": "datepicker", "block_id": "rij", "action_id": "datum", "selected_date": "2026-11-21"}, nil)
	if got.BlockActionState.Values["rij"]["keuze"].SelectedOption.Value != "v1" || got.BlockActionState.Values["rij"]["datum"].SelectedDate != "2026-11-21" {
		t.Errorf("state %+v", got.BlockActionState)
	}
	got = act("c", map[string]any{"type": "feedback_buttons", "block_id": "oordeel", "action_id": "f", "value": "goed"}, nil)
	if a := got.ActionCallback.BlockActions[0]; a.Value != "goed" {
		t.Errorf("feedback %+v", a)
	}
	p.send(map[string]any{"type": "action", "key": "d", "channel": "C1", "ts": ts, "action": map[string]any{"block_id": "rij", "action_id": "weg"}})
	if f := p.next("error"); f["code"] != "element_not_found" || f["key"] != "d" {
		t.Errorf("error %v", f)
	}
	p.send(map[string]any{"type": "options", "request": 9, "channel": "C1", "ts": ts, "block_id": "rij", "action_id": "keuze", "value": "jan"})
	if f := p.next("options"); f["request"] != 9.0 || len(f["options"].([]any)) != 0 {
		t.Errorf("options %v", f)
	}
}

// TestOwnAddress: pages are served at the configured name, and only a caller
// with a token teaches the server its address.
func TestOwnAddress(t *testing.T) {
	o := newOffice(t)
	o.SetBaseURL("http://kantoor.test:8484")
	ask := func(host, path string) int {
		req, _ := http.NewRequest(http.MethodGet, o.url+path, nil)
		req.Host = host
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	if got := ask("kantoor.test:8484", "/"); got != 200 {
		t.Errorf("own address: %d", got)
	}
	if got := ask("kantoor.test:9", "/"); got != 403 {
		t.Errorf("another port: %d", got)
	}
	o.SetBaseURL("")
	ask("evil.test", "/api/auth.test")
	ask("evil.test", "/api/api.test")
	o.mu.Lock()
	learned := o.base
	o.mu.Unlock()
	if learned != "" {
		t.Errorf("learned %q from a stranger", learned)
	}
	if _, err := o.api.AuthTest(); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.base != o.url {
		t.Errorf("learned %q, want %q", o.base, o.url)
	}
}

// TestJumpSurvives: a restart tells the business clock of the jump before it.
func TestJumpSurvives(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.jsonl")
	t.Run("before", func(t *testing.T) {
		newOffice(t, func(c *Config) { c.StatePath = path }).Jump(48 * time.Hour)
	})
	var told time.Time
	newOffice(t, func(c *Config) { c.StatePath = path; c.OnJump = func(at time.Time) { told = at } })
	if d := time.Until(told); d < 47*time.Hour {
		t.Errorf("told %v", told)
	}
}

// TestSlackFileByURL: an image may name its file by its private address.
func TestSlackFileByURL(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.FileProcessing = time.Nanosecond })
	id, err := o.Upload("U1", "C1", "a.png", pixel())
	if err != nil {
		t.Fatal(err)
	}
	f, _, _, err := o.api.GetFileInfo(id, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	image := slack.NewImageBlockSlackFile(&slack.SlackFileObject{URL: f.URLPrivate}, "beeld", "", nil)
	if _, _, err := o.api.PostMessage("C1", slack.MsgOptionBlocks(image)); err != nil {
		t.Error(err)
	}
}
