package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// browser is a page's socket without a page.
type browser struct {
	t  *testing.T
	ws *websocket.Conn
}

// rawPage opens a page's socket without reading from it.
func (o *office) rawPage(user string) *websocket.Conn {
	o.t.Helper()
	ws, _, err := websocket.Dial(context.Background(), strings.Replace(o.url, "http", "ws", 1)+"/page/socket?user="+user, nil)
	if err != nil {
		o.t.Fatal(err)
	}
	ws.SetReadLimit(1 << 22)
	o.t.Cleanup(func() { _ = ws.CloseNow() })
	return ws
}

func (o *office) page(user string) *browser {
	o.t.Helper()
	b := &browser{t: o.t, ws: o.rawPage(user)}
	if h := b.next("hello"); h["me"] != user {
		o.t.Errorf("hello to %v", h["me"])
	}
	return b
}

// next skips frames until one of the kind comes.
func (b *browser) next(kind string) map[string]any {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for {
		_, raw, err := b.ws.Read(ctx)
		if err != nil {
			b.t.Fatalf("waiting for frame %s: %v", kind, err)
		}
		var f map[string]any
		if err := json.Unmarshal(raw, &f); err != nil {
			b.t.Fatal(err)
		}
		if f["type"] == kind {
			return f
		}
	}
}

func (b *browser) send(v any) {
	b.t.Helper()
	if err := b.ws.Write(context.Background(), websocket.MessageText, mustJSON(v)); err != nil {
		b.t.Fatal(err)
	}
}

func TestPageStatic(t *testing.T) {
	o := newOffice(t)
	resp, err := http.Get(o.url + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	h := resp.Header
	if resp.StatusCode != 200 || !strings.HasPrefix(h.Get("Content-Type"), "text/html") || h.Get("Cache-Control") != "no-store" ||
		!strings.Contains(h.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Errorf("%d %v", resp.StatusCode, h)
	}
	for path, want := range map[string]int{"/bestaat-niet.js": 404, "/../server.go": 404, "/%2e%2e/server.go": 404} {
		if r, err := http.Get(o.url + path); err != nil || r.StatusCode != want {
			t.Errorf("%s: %v %v", path, r.StatusCode, err)
		}
	}
}

// TestPageHostAndOrigin: DNS rebinding and other sites are refused, and the
// socket endpoint of Socket Mode is not.
func TestPageHostAndOrigin(t *testing.T) {
	o := newOffice(t)
	for _, tc := range []struct {
		path, host, origin string
		want               int
	}{
		{"/", "evil.example", "", 403},
		{"/", "localhost:1", "", 200},
		{"/page/socket?user=U1", "", "https://evil.example", 403},
		{"/page/upload?user=U1&channel=C1", "", "https://evil.example", 403},
		{"/page/socket?user=U9", "", "", 403},
		{"/page/socket?user=UBOT", "", "", 403},
	} {
		method := http.MethodGet
		if strings.Contains(tc.path, "upload") {
			method = http.MethodPost
		}
		req, _ := http.NewRequest(method, o.url+tc.path, nil)
		if tc.host != "" {
			req.Host = tc.host
		}
		if tc.origin != "" {
			req.Header.Set("Origin", tc.origin)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != tc.want {
			t.Errorf("%s from %q at %q: %d, want %d", tc.path, tc.origin, tc.host, resp.StatusCode, tc.want)
		}
	}
}

// TestPageDialogue plays the whole protocol: command, spinner, buttons, modal
// with errors, external select, Home, DM, jump and faults.
func TestPageDialogue(t *testing.T) {
	o := newOffice(t)
	o.connect(func(b *bot, e socketmode.Event) {
		switch v := e.Data.(type) {
		case slack.SlashCommand:
			b.ack(e, map[string]any{"text": "Kies", "blocks": slack.Blocks{BlockSet: buttonBlocks("open", "Open")}})
		case slack.InteractionCallback:
			switch v.Type {
			case slack.InteractionTypeBlockActions:
				b.ack(e, nil)
				if _, err := o.api.OpenView(v.TriggerID, modalView("Zoek", "naam")); err != nil {
					t.Error(err)
				}
			case slack.InteractionTypeBlockSuggestion:
				b.ack(e, map[string]any{"options": []*slack.OptionBlockObject{slack.NewOptionBlockObject("7", text("Jansen "+v.Value), nil)}})
			case slack.InteractionTypeViewSubmission:
				if v.View.State.Values["naam"]["naam"].Value == "fout" {
					b.ack(e, slack.NewErrorsViewSubmissionResponse(map[string]string{"naam": "Onbekend"}))
				} else {
					b.ack(e, nil)
				}
			default:
				b.ack(e, nil)
			}
		default:
			b.ack(e, nil)
		}
	})
	p := o.page("U1")
	other := o.page("U2")
	p.send(map[string]any{"type": "onbekend"})
	p.send(map[string]any{"type": "open", "channel": "C1"})
	p.next("history")
	p.send(map[string]any{"type": "command", "channel": "C1", "command": "/klant", "text": "Jansen", "key": "k1"})
	if w := p.next("working"); w["on"] != true || w["key"] != "k1" {
		t.Errorf("%v", w)
	}
	m := p.next("message")["message"].(map[string]any)
	if m["ephemeral"] != true || m["text"] != "Kies" {
		t.Errorf("message %v", m)
	}
	if w := p.next("working"); w["on"] != false {
		t.Errorf("%v", w)
	}
	p.send(map[string]any{"type": "action", "key": "k2", "channel": "C1", "ts": m["ts"],
		"action": map[string]any{"type": "button", "action_id": "open", "block_id": "knoppen", "value": "vervalst"}})
	stack := p.next("modals")["stack"].([]any)
	view := stack[0].(map[string]any)["id"]
	p.send(map[string]any{"type": "options", "request": 4, "view": view, "block_id": "klant", "action_id": "klant", "value": "jan"})
	if f := p.next("options"); f["request"] != 4.0 || len(f["options"].([]any)) != 1 {
		t.Errorf("%v", f)
	}
	state := func(v string) map[string]any {
		return map[string]any{"values": map[string]any{"naam": map[string]any{"naam": map[string]any{"type": "plain_text_input", "value": v}}}}
	}
	p.send(map[string]any{"type": "submit", "view": view, "state": state(""), "key": "k3"})
	p.next("view_errors") // Slack's own: required
	p.send(map[string]any{"type": "submit", "view": view, "state": state("fout"), "key": "k4"})
	if f := p.next("view_errors"); f["errors"].(map[string]any)["naam"] != "Onbekend" {
		t.Errorf("%v", f)
	}
	p.send(map[string]any{"type": "submit", "view": view, "state": state("goed"), "key": "k5"})
	if f := p.next("modals"); len(f["stack"].([]any)) != 0 {
		t.Errorf("%v", f)
	}
	p.send(map[string]any{"type": "home"})
	if f := p.next("home"); f["view"] != nil {
		t.Errorf("%v", f)
	}
	p.send(map[string]any{"type": "dm", "user": "UBOT"})
	p.next("channels")
	p.next("history")
	p.send(map[string]any{"type": "send", "channel": "C1", "text": "hallo <@U2>"})
	if f := other.next("message"); f["message"].(map[string]any)["text"] != "hallo <@U2>" {
		t.Errorf("another page first saw %v", f) // never the ephemeral
	}
	p.send(map[string]any{"type": "jump", "by_ms": 60_000})
	p.next("clock")
	p.send(map[string]any{"type": "faults", "faults": map[string]any{"rate_limited": 0.5, "retry_after": 3}})
	if f := other.next("faults"); f["faults"].(map[string]any)["retry_after"] != 3.0 {
		t.Errorf("%v", f)
	}
	p.send(map[string]any{"type": "command", "channel": "C1", "command": "/weg", "key": "k6"})
	if f := p.next("error"); f["code"] != "unknown_command" {
		t.Errorf("%v", f)
	}
}

func TestPageUpload(t *testing.T) {
	o := newOffice(t)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreateFormFile("file", "lijst.csv")
	_, _ = io.WriteString(part, "a;b\n1;2\n")
	w.Close()
	resp, err := http.Post(o.url+"/page/upload?user=U1&channel=C1", w.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	m := o.Messages("C1", "U1")
	if resp.StatusCode != 200 || len(m) != 1 || len(m[0].Files) != 1 || m[0].Files[0].Name != "lijst.csv" {
		t.Fatalf("%d %+v", resp.StatusCode, m)
	}
	got, err := http.Get(o.url + m[0].Files[0].Page)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	raw, _ := io.ReadAll(got.Body)
	if string(raw) != "a;b\n1;2\n" || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("%q %v", raw, got.Header)
	}
	if r, _ := http.Get(o.url + "/files/" + m[0].Files[0].ID + "/geraden/lijst.csv"); r.StatusCode != 404 {
		t.Errorf("guessed key: %d", r.StatusCode)
	}
}

// TestSlowPageIsDropped: a window that does not read must not slow down others.
func TestSlowPageIsDropped(t *testing.T) {
	o := newOffice(t)
	o.page("U1") // never reads on
	o.mu.Lock()
	for p := range o.pages {
		for range pageQueue + 10 {
			p.offer(PageClock{Type: "clock"})
		}
	}
	o.mu.Unlock()
	eventually(t, "the slow page to go", func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		return len(o.pages) == 0
	})
}

// modalView is a modal with a text input "naam" and an external select "klant".
func modalView(title, block string) slack.ModalViewRequest {
	in := slack.NewInputBlock(block, text("Naam"), nil, slack.NewPlainTextInputBlockElement(nil, block))
	sel := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, text("Zoek"), "klant")
	ext := slack.NewInputBlock("klant", text("Klant"), nil, sel).WithOptional(true)
	return slack.ModalViewRequest{Type: slack.VTModal, Title: text(title), Submit: text("OK"), CallbackID: "zoek",
		PrivateMetadata: "id=7", NotifyOnClose: true, Blocks: slack.Blocks{BlockSet: []slack.Block{in, ext}}}
}
