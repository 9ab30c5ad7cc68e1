package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klantbot/commands/locale"
)

func modelModals(p *locale.Printer) map[string]Modal {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	row := SettingRow{Value: "3", Version: 3, Own: true, By: "U2", At: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC)}
	used := ModelWindow{Host: "api.openai.com", Name: "gpt-5-mini", On: true, Daily: 250_000, Row: row, Outcome: Outcome{Said: p.T("model.on.done", nil)}}
	for i, verdict := range []string{"ok", "http 502", "unknown id", "gate", "budget"} {
		used.Calls = append(used.Calls, ModelCall{At: at.Add(-time.Duration(i) * 30 * time.Hour), By: "U3", Model: "gpt-5-mini", Tokens: 4321 / (i + 1), Verdict: verdict})
	}
	used.Calls[4].By, used.Calls[4].Tokens = "", 1
	moved := ModelWindow{Host: "127.0.0.1:11434", Name: hostile, Moved: true, Daily: 250_000, Row: row}
	return map[string]Modal{
		"model_none":  Model(p, ModelWindow{}, at),
		"model_off":   Model(p, ModelWindow{Host: "api.openai.com", Name: "gpt-5-mini", Row: SettingRow{Value: "0"}}, at),
		"model_on":    Model(p, used, at),
		"model_moved": Model(p, moved, at),
		"model_ask":   AskModel(p, ModelForm{Host: "api.openai.com", Name: strings.Repeat("lang ", 80), Daily: 250_000, Private: "3|x"}),
	}
}

func TestGoldenModel(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range modelModals(p) {
			golden(t, name+"."+string(lang)+".json", m)
			raw, err := json.Marshal(m.Blocks)
			if err != nil {
				t.Fatal(err)
			}
			for _, mrkdwn := range markups(t, raw) {
				if strings.Contains(mrkdwn, "Kroeg") {
					t.Errorf("%s: a name stands in mrkdwn: %s", name, mrkdwn)
				}
			}
		}
	}
}

// Each word by which a job may come to nothing has its sentence.
func TestSummaryMade(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for _, why := range []string{"breaker", "budget", "job budget", "timeout", "http 429", "http 502", "broken", "empty", "unfinished", "truncated", "json",
			"unknown id", "gate", "verify", "nothing to ask", "audit", "names", "prompt", "encode", "failed", "a word nobody knows"} {
			said := SummaryMade(p, SurveySummary{Mode: "offline", Fallback: why})
			if strings.Contains(said, "survey.") || said == SummaryMade(p, SurveySummary{Mode: "offline"}) {
				t.Errorf("%s: %q", why, said)
			}
		}
		for _, s := range []SurveySummary{{Mode: "model"}, {Pending: true}, {}} {
			if said := SummaryMade(p, s); strings.Contains(said, "survey.") {
				t.Errorf("%+v: %q", s, said)
			}
		}
	}
}
