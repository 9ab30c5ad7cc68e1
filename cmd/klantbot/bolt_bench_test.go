package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// helloWorld is the smallest bot that Bolt for JavaScript makes: it acknowledges the
// command and says hello.
const helloWorld = `
const { App } = require('@slack/bolt');
const app = new App({
  token: process.env.SLACK_BOT_TOKEN, appToken: process.env.SLACK_APP_TOKEN, socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
app.command('/klant', async ({ ack, respond }) => { await ack(); await respond('Hello world'); });
app.start().catch((e) => { console.error(e); process.exit(1); });
`

// BenchmarkBolt measures the program on an office of about 5,000 clients and Bolt's
// hello world, in turns, on the same socket and load, as BenchmarkOffice5000 does. The
// metrics that begin with bolt_ are Bolt's, those with x- our figure divided by its, and
// flush_ is the disk alone (see flushes).
//
//	mkdir /tmp/bolt && (cd /tmp/bolt && npm install @slack/bolt)
//	KLANTBOT_BOLT=/tmp/bolt go test ./cmd/klantbot -run xxx -bench Bolt -benchtime 5x
func BenchmarkBolt(b *testing.B) {
	modules := filepath.Join(os.Getenv("KLANTBOT_BOLT"), "node_modules")
	if _, err := os.Stat(filepath.Join(modules, "@slack", "bolt")); err != nil {
		b.Skip("@slack/bolt is not here: set KLANTBOT_BOLT to a folder in which npm installed it")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		b.Skip("node is not here")
	}
	b.Setenv("NODE_PATH", modules)
	binary, _ := built(b)
	path, script := filepath.Join(b.TempDir(), "office.db"), filepath.Join(b.TempDir(), "hello.js")
	furnish5000(b, path)
	if err := os.WriteFile(script, []byte(helloWorld), 0o600); err != nil {
		b.Fatal(err)
	}
	var ours, bolts sides
	var disk []time.Duration
	b.ResetTimer()
	for range b.N {
		ours.add(undisturbed(b, path, binary, "serve", "--connections=1"))
		bolts.add(undisturbed(b, path, node, script))
		disk = append(disk, flushes(b, filepath.Dir(path))...)
	}
	b.ReportMetric(0, "ns/op")
	for _, m := range []struct {
		name string
		of   func(*sides) float64
	}{{"start_ms", func(s *sides) float64 { return milliseconds(quantile(s.starts, .5)) }},
		{"ack_p50_ms", func(s *sides) float64 { return milliseconds(quantile(s.acks, .5)) }},
		{"ack_p99_ms", func(s *sides) float64 { return milliseconds(quantile(s.acks, .99)) }},
		{"rss_MB", func(s *sides) float64 { return s.rss }}} {
		us, they := m.of(&ours), m.of(&bolts)
		b.ReportMetric(us, m.name)
		b.ReportMetric(they, "bolt_"+m.name)
		b.ReportMetric(us/they, "x-"+m.name)
	}
	b.ReportMetric(milliseconds(quantile(disk, .5)), "flush_p50_ms")
	b.ReportMetric(milliseconds(quantile(disk, .99)), "flush_p99_ms")
}

// flushes times what an acknowledgement of ours can not do without and Bolt's does not do:
// four pages, the least that storing an envelope changes, written to the disk of folder,
// with nothing else to do, as often and as long after one another as cards are asked for.
func flushes(b *testing.B, folder string) []time.Duration {
	b.Helper()
	const pages = 4 * 4096
	path := filepath.Join(folder, "flushed")
	if err := os.WriteFile(path, make([]byte, asked*pages), 0o600); err != nil {
		b.Fatal(err)
	}
	calmDisk()
	f, err := os.OpenFile(path, os.O_WRONLY|syscall.O_DSYNC, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	took := make([]time.Duration, asked)
	for i := range took {
		time.Sleep(asking)
		began := time.Now()
		if _, err := f.Write(make([]byte, pages)); err != nil {
			b.Fatal(err)
		}
		took[i] = time.Since(began)
	}
	return took
}

// sides is what one of two bots was measured at.
type sides struct {
	starts, acks []time.Duration
	rss          float64 // MB, the highest
}

func (s *sides) add(m measured) {
	s.starts, s.acks, s.rss = append(s.starts, m.start), append(s.acks, m.acks...), max(s.rss, m.resting)
}
