package workspace

import (
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// TestRoad follows the whole road of a command: choice by buttons, press,
// change in place, modal, submission with errors, publication.
func TestRoad(t *testing.T) {
	o := newOffice(t)
	o.connect(func(b *bot, e socketmode.Event) {
		switch v := e.Data.(type) {
		case slack.SlashCommand:
			if v.Text != "Jansen" || v.ChannelID != "C1" || v.UserName != "anna" {
				t.Errorf("command payload %+v", v)
			}
			b.ack(e, nil)
			if _, err := o.api.PostEphemeral(v.ChannelID, v.UserID, slack.MsgOptionText("Welke?", false),
				slack.MsgOptionBlocks(buttonBlocks("klant.show.v1", "Jansen BV")...)); err != nil {
				t.Error(err)
			}
		case slack.InteractionCallback:
			b.ack(e, nil)
			switch v.Type {
			case slack.InteractionTypeBlockActions:
				a := v.ActionCallback.BlockActions[0]
				if a.ActionID != "klant.show.v1" || a.Value != "42" || a.BlockID != "knoppen" || !v.Container.IsEphemeral {
					t.Errorf("action %+v in %+v", a, v.Container)
				}
				err := slack.PostWebhook(v.ResponseURL, &slack.WebhookMessage{Text: "Kaart", ReplaceOriginal: true})
				if err != nil {
					t.Error(err)
				}
			}
		}
	})
	if err := o.Command("U1", "C1", "/klant", "Jansen"); err != nil {
		t.Fatal(err)
	}
	o.wait("choice", func() bool { return len(o.Messages("C1", "U1")) == 1 })
	if n := len(o.Messages("C1", "U2")); n != 0 {
		t.Errorf("another user sees %d messages", n)
	}
	if err := o.Press("U1", On("C1", ""), "Jansen BV"); err != nil {
		t.Fatal(err)
	}
	o.wait("card", func() bool {
		m := o.Messages("C1", "U1")
		return len(m) == 1 && m[0].Text == "Kaart" && m[0].Blocks == nil
	})
	for _, a := range o.Acks() {
		if a.Latency() <= 0 {
			t.Errorf("no latency of %s", a.Type)
		}
	}
}
