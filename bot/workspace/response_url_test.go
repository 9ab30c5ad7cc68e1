package workspace

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestResponseURL(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	post := func(url, body string) int {
		t.Helper()
		resp, err := http.Post(url, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	o.trigger(d)
	url := d.got("command").ResponseURL
	texts := func(user string) (out []string) {
		for _, m := range o.Messages("C1", user) {
			out = append(out, m.Text)
		}
		return out
	}
	if post(url, `{`) != 400 || post(url, `{"text":""}`) != 400 || post(url, `{"blocks":[{"type":"alert"}]}`) != 400 {
		t.Error("a bad body was taken")
	}
	if post(url, `{"text":"alleen ik"}`) != 200 || post(url, `{"text":"wij","response_type":"in_channel"}`) != 200 {
		t.Error("a good body was refused")
	}
	if got := texts("U2"); !slices.Equal(got, []string{"wij"}) {
		t.Errorf("another sees %v", got)
	}
	for range 3 {
		post(url, `{"text":"meer"}`)
	}
	if got := post(url, `{"text":"zesde"}`); got != 404 {
		t.Errorf("sixth use: %d", got)
	}
	o.trigger(d)
	url = d.got("command").ResponseURL
	o.Jump(31 * time.Minute)
	if got := post(url, `{"text":"te laat"}`); got != 404 {
		t.Errorf("after 31 minutes: %d", got)
	}
	if post(o.url+"/response/T1/geraden", `{"text":"x"}`) != 404 {
		t.Error("a guessed address works")
	}
}

// TestEphemeralsAreOutOfReach: only by response_url, and never made public.
func TestEphemeralsAreOutOfReach(t *testing.T) {
	o := newOffice(t)
	d := o.desk()
	ts, err := o.api.PostEphemeral("C1", "U1", slack.MsgOptionText("geheim", false), slack.MsgOptionBlocks(buttonBlocks("a", "Knop")...))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := o.api.UpdateMessage("C1", ts, slack.MsgOptionText("x", false)); code(err) != "message_not_found" {
		t.Errorf("chat.update: %v", err)
	}
	if _, _, err := o.api.DeleteMessage("C1", ts); code(err) != "message_not_found" {
		t.Errorf("chat.delete: %v", err)
	}
	if h, err := o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1"}); err != nil || len(h.Messages) != 0 {
		t.Error("an ephemeral is in the history")
	}
	if err := o.Press("U2", On("C1", ts), "Knop"); code(err) != "message_not_found" {
		t.Errorf("another user presses: %v", err)
	}
	if err := o.Press("U1", On("C1", ts), "Knop"); err != nil {
		t.Fatal(err)
	}
	got := d.got(slack.InteractionTypeBlockActions)
	if !got.Container.IsEphemeral || got.Message.Text != "" {
		t.Errorf("payload %+v", got.Container)
	}
	if err := slack.PostWebhook(got.ResponseURL, &slack.WebhookMessage{Text: "open", ReplaceOriginal: true, ResponseType: "in_channel"}); err != nil {
		t.Fatal(err)
	}
	if m := o.Messages("C1", "U1"); len(m) != 1 || !m[0].Ephemeral || m[0].Text != "open" {
		t.Errorf("replaced %+v", m)
	}
	if len(o.Messages("C1", "U2")) != 0 {
		t.Error("replacing made it public")
	}
	if err := slack.PostWebhook(got.ResponseURL, &slack.WebhookMessage{DeleteOriginal: true}); err != nil || len(o.Messages("C1", "U1")) != 0 {
		t.Error("not deleted", err)
	}
}
