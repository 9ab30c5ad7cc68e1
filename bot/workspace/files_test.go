package workspace

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// pixel is a real PNG of one pixel.
func pixel() []byte {
	b, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		panic(err)
	}
	return b
}

func imageOf(id string) slack.Block {
	return slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: id}, "grafiek", "", nil)
}

// TestFileFlow is SLACK.md's "Pictures and files": upload unshared, poll until
// there is a mimetype, then post by slack_file.
func TestFileFlow(t *testing.T) {
	o := newOffice(t, func(c *Config) { c.FileProcessing = 800 * time.Millisecond })
	// slack-go completes by itself; without a channel the file stays unshared.
	f, err := o.api.UploadFile(slack.UploadFileParameters{Filename: "piramide.png", Title: "Piramide", FileSize: len(pixel()), Reader: bytes.NewReader(pixel())})
	if err != nil {
		t.Fatal(err)
	}
	file, _, _, err := o.api.GetFileInfo(f.ID, 0, 0)
	if err != nil || file.Mimetype != "" {
		t.Errorf("a mimetype at once: %+v %v", file, err)
	}
	if _, _, err := o.api.PostMessage("C1", slack.MsgOptionBlocks(imageOf(f.ID))); code(err) != "invalid_blocks" {
		t.Errorf("used before it is ready: %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); file.Mimetype == ""; {
		if time.Now().After(deadline) {
			t.Fatal("no mimetype")
		}
		time.Sleep(5 * time.Millisecond)
		if file, _, _, err = o.api.GetFileInfo(f.ID, 0, 0); err != nil {
			t.Fatal(err)
		}
	}
	if file.Mimetype != "image/png" || file.Size != len(pixel()) || file.Title != "Piramide" {
		t.Errorf("file %+v", file)
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{imageOf(f.ID)}}}
	publish := func(user string) error {
		_, err := o.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: user, View: home})
		return err
	}
	if err := publish("U1"); code(err) != "invalid_arguments" {
		t.Errorf("Home shows what was never shared: %v", err)
	}
	if _, err := o.api.PostEphemeral("C4", "U1", slack.MsgOptionBlocks(imageOf(f.ID))); code(err) != "invalid_blocks" {
		t.Errorf("in an ephemeral: %v", err)
	}
	if _, _, err := o.api.PostMessage("C4", slack.MsgOptionText("Piramide", false), slack.MsgOptionBlocks(imageOf(f.ID))); err != nil {
		t.Fatal(err)
	}
	if err := publish("U1"); err != nil {
		t.Errorf("Home after sharing: %v", err)
	}
	if err := publish("U2"); code(err) != "invalid_arguments" {
		t.Errorf("Home of somebody outside that channel: %v", err)
	}
	m := o.Messages("C4", "U1")[0]
	if !strings.Contains(string(m.Blocks), `"image_url":"/files/`+f.ID+"/") {
		t.Errorf("a page can not load %s", m.Blocks)
	}
	var b bytes.Buffer
	if err := o.api.GetFile(file.URLPrivateDownload, &b); err != nil || !bytes.Equal(b.Bytes(), pixel()) {
		t.Errorf("download: %d bytes, %v", b.Len(), err)
	}
	resp, err := http.Get(file.URLPrivate)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		t.Error("a download without a token gives the file")
	}
}

func TestUploadRefusals(t *testing.T) {
	o := newOffice(t)
	got := o.form("files.getUploadURLExternal", "filename", "a.csv", "length", "3")
	url := got["upload_url"].(string)
	put := func(body string) int {
		resp, err := http.Post(url, "text/csv", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	files := `[{"id":"` + got["file_id"].(string) + `"}]`
	if e := o.form("files.completeUploadExternal", "files", files)["error"]; e != "file_not_found" {
		t.Errorf("completed without bytes: %v", e)
	}
	if put("vier") != 400 || put("een") != 200 {
		t.Error("length is not checked")
	}
	if o.form("files.completeUploadExternal", "files", files, "channel_id", "C1", "initial_comment", "zie")["ok"] != true {
		t.Error("not completed")
	}
	if m := o.Messages("C1", "U1"); len(m) != 1 || len(m[0].Files) != 1 || m[0].Text != "zie" {
		t.Errorf("shared %+v", m)
	}
	if put("een") != 404 {
		t.Error("the upload URL works twice")
	}
	if _, _, err := o.api.PostMessage("C1", slack.MsgOptionBlocks(imageOf(got["file_id"].(string)))); code(err) != "invalid_blocks" {
		t.Errorf("a CSV as an image: %v", err)
	}
}

// TestStateSurvives: conversations, messages with metadata, files and Home come
// back; ephemerals and a torn last line do not.
func TestStateSurvives(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.jsonl")
	keep := func(c *Config) { c.StatePath = path; c.BotToken = "xoxb-vast" }
	var dm, ts, file string
	t.Run("before", func(t *testing.T) {
		o := newOffice(t, keep)
		var err error
		dm, ts, err = o.api.PostMessage("U1", slack.MsgOptionText("blijft", false), slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "e", EventPayload: map[string]any{"row": "1"}}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.api.PostEphemeral("C1", "U1", slack.MsgOptionText("gaat", false)); err != nil {
			t.Fatal(err)
		}
		if file, err = o.Upload("U1", "C1", "a.csv", []byte("a;b")); err != nil {
			t.Fatal(err)
		}
		o.Jump(24 * time.Hour)
	})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(raw, `{"in":"C1","message":{"ts":"9999999`...), 0o600); err != nil {
		t.Fatal(err)
	}
	o := newOffice(t, keep)
	h, err := o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: dm, IncludeAllMetadata: true})
	if err != nil || len(h.Messages) != 1 || h.Messages[0].Timestamp != ts || h.Messages[0].Metadata.EventPayload["row"] != "1" {
		t.Errorf("history %+v %v", h, err)
	}
	m := o.Messages("C1", "U1")
	if len(m) != 1 || len(m[0].Files) != 1 {
		t.Errorf("C1 %+v", m)
	}
	resp, err := http.Get(o.url + m[0].Files[0].Page)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if m[0].Files[0].ID != file || resp.ContentLength != 3 {
		t.Errorf("file has %d bytes", resp.ContentLength)
	}
	if d := time.Until(o.Now()); d < 23*time.Hour {
		t.Errorf("the jump was forgotten: %v", d)
	}
	next, err := o.Say("U1", "C1", "verder", "")
	if err != nil || next <= ts {
		t.Errorf("ts %s after %s", next, ts)
	}
}

func TestTimestampsIncrease(t *testing.T) {
	fixed := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	var jumped []time.Time
	o := newOffice(t, func(c *Config) {
		c.Now = func() time.Time { return fixed }
		c.OnJump = func(at time.Time) { jumped = append(jumped, at) }
	})
	var all []string
	for i := range 20 {
		if i == 10 {
			o.Jump(-time.Hour)
		}
		ts, err := o.Say("U1", "C1", "x", "")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ts)
	}
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != 20 {
		t.Errorf("ts %v", all)
	}
	if len(jumped) != 1 || !jumped[0].Equal(fixed.Add(-time.Hour)) {
		t.Errorf("OnJump %v", jumped)
	}
}
