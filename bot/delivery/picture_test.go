package delivery_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands/view"
	"klantbot/storage"
)

// TestPicture posts a picture under the first block, once, though Slack drops
// answers and fails calls on the way.
func TestPicture(t *testing.T) {
	o := newOffice(t, 1)
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	o.render = func(context.Context, storage.LedgerEntry) (bot.Message, error) {
		m := view.Say("De piramide", "met uitleg")
		m.Picture = &view.Picture{Name: "piramide.png", Alt: "Vier lagen", PNG: drawn.Bytes()}
		return m, nil
	}
	if err := o.SetFaults(workspace.Faults{DropAnswer: .1, ServerError: .1}); err != nil {
		t.Fatal(err)
	}
	o.queue(storage.LedgerEntry{Key: "plaatje", Channel: "C1"})
	o.run()
	until(t, "the picture", 25*time.Second, func() bool { return o.entry("plaatje").State == storage.Sent })
	messages := o.Messages("C1", "UBOT")
	if len(messages) != 1 {
		t.Fatalf("%d messages", len(messages))
	}
	blocks := string(messages[0].Blocks)
	at, first, second := strings.Index(blocks, `"slack_file"`), strings.Index(blocks, "De piramide"), strings.Index(blocks, "met uitleg")
	if at < first || second < at || !strings.Contains(blocks, `"alt_text":"Vier lagen"`) {
		t.Errorf("the picture stands wrong: %s", blocks)
	}
}
