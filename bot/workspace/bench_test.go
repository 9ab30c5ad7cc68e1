package workspace

import (
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// BenchmarkCommand is a command from typing to its acknowledgement by a real
// slack-go client that answers at once: what the workspace itself adds. p99-µs
// is measured as Acks measures it.
func BenchmarkCommand(b *testing.B) {
	cfg := testConfig()
	ws, err := New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	web := httptest.NewServer(ws.Handler())
	defer web.Close()
	defer ws.Close()
	ws.SetBaseURL(web.URL)
	api := slack.New(ws.BotToken(), slack.OptionAppLevelToken(ws.AppToken()), slack.OptionAPIURL(web.URL+"/api/"))
	smc := socketmode.New(api)
	ctx := b.Context()
	go func() { _ = smc.RunContext(ctx) }()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case e := <-smc.Events:
				if e.Type == socketmode.EventTypeSlashCommand {
					_ = smc.AckCtx(ctx, e.Request.EnvelopeID, nil)
				}
			}
		}
	}()
	if err := ws.Wait(ctx, func() bool { return ws.Connections() == 1 }); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := ws.Command("U1", "C1", "/klant", "Jansen"); err != nil {
			b.Fatal(err)
		}
	}
	var took []time.Duration
	for _, a := range ws.Acks() {
		took = append(took, a.Latency())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkHistory draws a busy channel for a viewer.
func BenchmarkHistory(b *testing.B) {
	ws, err := New(testConfig())
	if err != nil {
		b.Fatal(err)
	}
	defer ws.Close()
	for range 5_000 {
		if _, err := ws.Say("U1", "C1", "regel", ""); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if n := len(ws.Messages("C1", "U2")); n != 5_000 {
			b.Fatal(n)
		}
	}
}
