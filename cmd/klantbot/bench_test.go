package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/bot/workspace"
	"klantbot/storage/sample"
)

// BenchmarkOffice5000 measures the built program on an office of about 5,000
// clients, from outside: start_ms is from starting the process to its first
// answer on the screen (median of b.N starts, the /klant being typed as soon as
// its socket is up), ack_p99_ms the time between Slack handing over a command
// and hearing that it arrived, answer_p99_ms until the card is on the screen,
// both over a real socket and measured at the workspace, rss_MB and peak_MB
// the process's memory once nobody has asked anything for three seconds and at its highest.
//
//	go test ./cmd/klantbot -run xxx -bench Office5000 -benchtime 10x
func BenchmarkOffice5000(b *testing.B) {
	binary, _ := built(b)
	path := filepath.Join(b.TempDir(), "office.db")
	clients := furnish5000(b, path)
	var starts, acks, answers []time.Duration
	var rss, resting float64
	b.ResetTimer()
	for range b.N {
		m := undisturbed(b, path, binary, "serve", "--connections=1")
		starts = append(starts, m.start)
		acks, answers = append(acks, m.acks...), append(answers, m.answers...)
		rss, resting = max(rss, m.rss), max(resting, m.resting)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(clients), "clients")
	b.ReportMetric(milliseconds(quantile(starts, .5)), "start_ms")
	b.ReportMetric(milliseconds(quantile(acks, .5)), "ack_p50_ms")
	b.ReportMetric(milliseconds(quantile(acks, .99)), "ack_p99_ms")
	b.ReportMetric(milliseconds(quantile(answers, .99)), "answer_p99_ms")
	b.ReportMetric(rss, "peak_MB")
	b.ReportMetric(resting, "rss_MB")
}

// built is the program as an office runs it, read from its disk, and what the linker said when asked
// what leads to what.
func built(b testing.TB) (binary string, said []byte) {
	b.Helper()
	binary = filepath.Join(b.TempDir(), "klantbot")
	said, err := exec.Command("go", "build", "-ldflags=-dumpdep", "-o", binary, "klantbot/cmd/klantbot").CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, said[max(0, len(said)-4096):])
	}
	fromDisk(b, binary)
	return binary, said
}

func furnish5000(b testing.TB, path string) int {
	b.Helper()
	ctx := context.Background()
	db, err := openStore(ctx, path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	size := theSize()
	size.Groups = 4350
	if err := sample.Load(ctx, db, size, asOf); err != nil {
		b.Fatal(err)
	}
	imports, err := db.ListImports(ctx, 10)
	if err != nil {
		b.Fatal(err)
	}
	return imports[len(imports)-1].Added
}

type measured struct {
	start         time.Duration
	acks, answers []time.Duration
	rss, resting  float64 // MB: the peak, and once nobody asked anything for a while
}

// asked is how many cards one start shows, asking how long somebody takes between two,
// and unasked how long nobody asks anything before the memory at rest is read: in an
// office that is most of the day, and in that time our bot looks at the whole office.
const (
	asked   = 200
	asking  = 10 * time.Millisecond
	unasked = 3 * time.Second
)

// undisturbed is measure where nothing goes on beside it: a collection of the workspace's
// memory would take both processors of the bot for some milliseconds.
func undisturbed(b testing.TB, path string, bot string, args ...string) measured {
	b.Helper()
	calmDisk()
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	return measure(b, path, asked, bot, args...)
}

// measure starts a bot, with the office at path if it wants one, and has it show cards.
func measure(b testing.TB, path string, cards int, bot string, args ...string) measured {
	st := newStage(b, path, func(c *workspace.Config) { c.Users = cast(theSize()) })
	cmd := exec.Command(bot, args...)
	cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+st.slack.BotToken(), "SLACK_APP_TOKEN="+st.slack.AppToken(),
		"SLACK_API_URL="+st.server.URL+"/api/", "KLANTBOT_DB="+path)
	channel := st.channel("U01", "#kantoor")
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	st.await("the bot to connect", func() bool { return st.slack.Connections() > 0 })
	var m measured
	for i := range cards {
		time.Sleep(asking) // a person types; what the answer before left to do is done
		typed := time.Now()
		shown := st.slack.Shown(channel, "U01")
		if err := st.slack.Command("U01", channel, "/klant", "1001"); err != nil {
			b.Fatal(err)
		}
		st.await("the card", func() bool { return st.slack.Shown(channel, "U01") > shown })
		if i == 0 {
			m.start = time.Since(began) - asking
		} else {
			m.answers = append(m.answers, time.Since(typed))
		}
	}
	for _, a := range st.slack.Acks() {
		m.acks = append(m.acks, a.Latency())
	}
	time.Sleep(unasked)
	m.rss, m.resting = memory(b, cmd.Process.Pid, "VmHWM:"), memory(b, cmd.Process.Pid, "VmRSS:")
	return m
}

// memory reads a process's resident memory in MB: its peak (VmHWM:), or what it
// is now (VmRSS:).
func memory(b testing.TB, pid int, which string) float64 {
	b.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Skipf("peak memory is read from /proc: %v", err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if kb, ok := strings.CutPrefix(line, which); ok {
			n, err := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return n / 1024
		}
	}
	b.Fatal("no " + which)
	return 0
}

// quantile is the q-th part of the sorted durations, 0 for none.
func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(len(all)-1, int(q*float64(len(all))))]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
