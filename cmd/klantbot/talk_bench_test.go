package main

import (
	"strings"
	"testing"
	"time"

	"klantbot/bot/workspace"
	"klantbot/prompts/openai/openaitest"
)

// BenchmarkModelAnswer measures a question to a model that thinks for ever, on the
// sample office, at the workspace and over real sockets: sign_ms from sending the
// question until somebody sees that it is worked on, and stop_ms from pressing Stop
// until the endpoint has lost its caller (the slowest of b.N, each).
//
//	go test ./cmd/klantbot -run xxx -bench ModelAnswer -benchtime 30x
func BenchmarkModelAnswer(b *testing.B) {
	st := newStage(b, sampleDB(b), func(c *workspace.Config) { c.Now = newBusinessClock(asOf).Now })
	st.liar = openaitest.New(b, nil, 1)
	st.liar.Plan(openaitest.Step{Tool: "pyramid", Arguments: `{"what":"show","manager":null}`})
	_, dropped := st.liar.Hold()
	st.start()
	for _, line := range []string{"U01 #kantoor> /klantbot taalmodel", "U01 modal press Zet aan", "U01 modal submit Hoogstens per dag, in tokens=10.000.000", "U01 modal sees Het taalmodel staat aan"} {
		if err := st.line(line); err != nil {
			b.Fatal(err)
		}
	}
	var sign, stop time.Duration
	b.ResetTimer()
	for n := range b.N {
		began := time.Now()
		if err := st.line("U02 #kantoor> @klantbot vertel een mop over boekhouders"); err != nil {
			b.Fatal(err)
		}
		seen := func() bool {
			for _, m := range st.slack.Messages(st.channel("U02", "#kantoor"), "U02") {
				if strings.Contains(string(m.Blocks), "ask.stop.v1") {
					return true
				}
			}
			return false
		}
		st.await("a sign", seen)
		sign = max(sign, time.Since(began))
		for calls, _, _ := st.liar.Seen(""); calls < 2*(n+1); calls, _, _ = st.liar.Seen("") {
			time.Sleep(time.Millisecond)
		}
		began = time.Now()
		if err := st.line("U02 #kantoor press Stop"); err != nil {
			b.Fatal(err)
		}
		<-dropped
		stop = max(stop, time.Since(began))
		st.await("the sign to go", func() bool { return !seen() })
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(sign), "sign_ms")
	b.ReportMetric(milliseconds(stop), "stop_ms")
}
