package workspace

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"testing"

	"github.com/slack-go/slack"
)

// TestPageHistory: a channel of 5,000 messages opens with its newest ones, and
// the page asks its way back to the first, each message once.
func TestPageHistory(t *testing.T) {
	const all = 5_000
	o := newOffice(t)
	o.mu.Lock()
	c := o.st.channels["C1"]
	for i := range all {
		c.add(&message{TS: o.st.nextTS(o.now()), User: "U2", Text: strconv.Itoa(i)})
	}
	o.mu.Unlock()
	p := o.page("U1")
	p.send(map[string]any{"type": "open", "channel": "C1"})
	f := p.next("history")
	want := all
	for {
		list := f["messages"].([]any)
		if len(list) != historyPage || f["more"] != (want > historyPage) {
			t.Fatalf("%d messages before %d, more %v", len(list), want, f["more"])
		}
		for i := len(list) - 1; i >= 0; i-- {
			want--
			if text := list[i].(map[string]any)["text"]; text != strconv.Itoa(want) {
				t.Fatalf("%v stands where %d belongs", text, want)
			}
		}
		if f["more"] == false {
			break
		}
		oldest := list[0].(map[string]any)["ts"]
		p.send(map[string]any{"type": "history", "channel": "C1", "before": oldest})
		if f = p.next("history"); f["before"] != oldest {
			t.Fatalf("it answers what was before %v", f["before"])
		}
	}
	if want != 0 {
		t.Errorf("the first message shown is %d", want)
	}
}

// TestPageHistoryIsPrivate: a page gets no history of what its user does not see.
func TestPageHistoryIsPrivate(t *testing.T) {
	o := newOffice(t)
	if _, err := o.api.PostEphemeral("C1", "U2", slack.MsgOptionText("alleen U2", false)); err != nil {
		t.Fatal(err)
	}
	p := o.page("U1")
	p.send(map[string]any{"type": "history", "channel": "C1", "before": "9999999999.000000"})
	if f := p.next("history"); len(f["messages"].([]any)) != 0 {
		t.Errorf("%v", f)
	}
}

// TestPageUploadPlaces: a file goes to a channel, to a thread in it, or, for a
// file_input, only into the store.
func TestPageUploadPlaces(t *testing.T) {
	o := newOffice(t)
	root, err := o.Say("U1", "C1", "begin", "")
	if err != nil {
		t.Fatal(err)
	}
	upload := func(query string) (int, File) {
		t.Helper()
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		part, _ := w.CreateFormFile("file", "lijst.csv")
		_, _ = io.WriteString(part, "a;b")
		w.Close()
		resp, err := http.Post(o.url+"/page/upload?user=U1"+query, w.FormDataContentType(), &b)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		var said struct{ File File }
		if err := json.NewDecoder(resp.Body).Decode(&said); err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, said.File
	}
	if status, f := upload(""); status != 200 || f.ID == "" || f.Name != "lijst.csv" || len(o.Messages("C1", "U1")) != 1 {
		t.Errorf("without a channel: %d, %+v, %d messages", status, f, len(o.Messages("C1", "U1")))
	}
	if status, _ := upload("&channel=C1&thread_ts=" + root); status != 200 {
		t.Errorf("in a thread: %d", status)
	}
	if m := o.Messages("C1", "U1"); len(m) != 2 || m[1].ThreadTS != root || len(m[1].Files) != 1 || m[0].ReplyCount != 1 {
		t.Errorf("in a thread: %+v", m)
	}
	for _, wrong := range []string{"&channel=C1&thread_ts=1.000000", "&channel=C404", "&channel=C1&user=UX"} {
		if status, _ := upload(wrong); status != 400 && wrong != "&channel=C1&user=UX" {
			t.Errorf("%s: %d", wrong, status)
		}
	}
}
