package view

import (
	"encoding/json"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

func sampleThread() ThreadDigest {
	link, day := "https://kantoor.slack.com/archives/C1/p1700000000000001?thread_ts=1700000000.000000&cid=C1", analysis.Date(2026, 11, 21)
	return ThreadDigest{AsOf: analysis.Date(2026, 11, 26), Messages: 24, Offline: true, Points: []ThreadPoint{
		{Kind: ThreadDecision, Text: "we spreken af: 28 uur vaste prijs", Link: link, Day: day},
		{Kind: ThreadAction, Text: "ik pas m aan voor " + hostile, Link: link, Day: day, Owner: "U2"},
		{Kind: ThreadAction, Text: "Kees regelt een laptop", Day: day, OwnerName: hostile},
		{Kind: ThreadQuestion, Text: "wie informeert de klant?", Link: link, Day: day, Owner: "U3"},
	}}
}

func TestGoldenThread(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		golden(t, "thread."+string(lang)+".json", ThreadDigestMessage(p, sampleThread()))
		golden(t, "thread_none."+string(lang)+".json", ThreadDigestMessage(p, ThreadDigest{Messages: 1, Offline: true}))
	}
}

// However long a thread is, its digest keeps to Slack's limits and says what it left out.
func TestLongThread(t *testing.T) {
	d := ThreadDigest{Messages: 1000, More: true}
	for i := range 400 {
		d.Points = append(d.Points, ThreadPoint{Kind: []ThreadPointKind{ThreadDecision, ThreadAction, ThreadQuestion}[i%3],
			Text: strings.Repeat(hostile, 40), Link: "https://kantoor.slack.com/x", Owner: "U1"})
	}
	m := ThreadDigestMessage(locale.New(locale.Dutch, nil), d)
	raw, err := json.Marshal(m.Blocks)
	if err != nil || len(m.Blocks) > 50 || len(raw) > 60_000 {
		t.Errorf("%d blocks, %d bytes, %v", len(m.Blocks), len(raw), err)
	}
	for _, want := range []string{"En nog 122 eerder in de thread.", "de eerste 1.000 berichten zijn gelezen"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("does not say %q", want)
		}
	}
	if strings.Contains(m.Text, "<!channel>") || len(m.Text) > 300 {
		t.Errorf("the text is %q", m.Text)
	}
}
