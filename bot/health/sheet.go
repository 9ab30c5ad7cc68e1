package health

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Sheet is a page of metrics in the text format of Prometheus, version 0.0.4.
type Sheet struct{ b bytes.Buffer }

// Bytes is the page.
func (s *Sheet) Bytes() []byte { return s.b.Bytes() }

// Label is a name with a value, both written in the code: never of a client.
type Label struct{ Name, Value string }

// Counter adds a number that only grows.
func (s *Sheet) Counter(name, help string, v int64, labels ...Label) {
	s.line("counter", name, help, strconv.FormatInt(v, 10), labels)
}

// Gauge adds a number as it is now.
func (s *Sheet) Gauge(name, help string, v float64, labels ...Label) {
	s.line("gauge", name, help, strconv.FormatFloat(v, 'g', -1, 64), labels)
}

func (s *Sheet) line(kind, name, help, value string, labels []Label) {
	s.head(kind, name, help)
	fmt.Fprintf(&s.b, "klantbot_%s%s %s\n", name, labelled(labels), value)
}

// head writes what a metric is, before its first line.
func (s *Sheet) head(kind, name, help string) {
	head := fmt.Sprintf("# HELP klantbot_%s %s\n# TYPE klantbot_%s %s\n", name, help, name, kind)
	if !bytes.Contains(s.b.Bytes(), []byte(head)) {
		s.b.WriteString(head)
	}
}

var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func labelled(labels []Label) string {
	if len(labels) == 0 {
		return ""
	}
	var parts []string
	for _, l := range labels {
		parts = append(parts, l.Name+`="`+escaped.Replace(l.Value)+`"`)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// own is what the process says of itself.
func (h *Health) own(s *Sheet) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	s.Gauge("uptime_seconds", "Since the start.", h.cfg.Now().Sub(h.began).Seconds())
	s.Gauge("goroutines", "Goroutines at the moment.", float64(runtime.NumGoroutine()))
	s.Gauge("heap_bytes", "Bytes of Go's heap in use.", float64(m.HeapInuse))
	s.Gauge("go_memory_bytes", "Bytes that Go has of the system.", float64(m.Sys-m.HeapReleased))
	s.Gauge("slack_up", "1 when requests of Slack can come in.", yes(h.cfg.Slack()))
	s.Gauge("index_up", "1 when names can be looked up.", yes(h.cfg.Index()))
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// waiting is what the store says still has to be done.
func (h *Health) waiting(ctx context.Context, s *Sheet) {
	b, err := h.cfg.Store.Backlog(ctx, h.cfg.Now())
	s.Gauge("database_up", "1 when the database answers.", yes(err == nil))
	if err != nil {
		return
	}
	s.Gauge("inbox_open", "Requests that were acknowledged and not answered.", float64(b.Inbox))
	s.Gauge("inbox_age_seconds", "Age of the oldest of those.", b.InboxAge.Seconds())
	const depth = "Messages in the ledger that were not sent."
	for _, d := range []struct {
		state string
		n     int
	}{{"due", b.Due}, {"later", b.Later}, {"sending", b.Sending}, {"unknown", b.Unknown}, {"failed", b.Failed}} {
		s.Gauge("ledger_messages", depth, float64(d.n), Label{"state", d.state})
	}
	s.Gauge("ledger_age_seconds", "Since the oldest message that should be gone was due.", b.DueAge.Seconds())
	s.Counter("model_calls_total", "Calls of a language model that the database knows of.", b.ModelCalls)
	s.Counter("model_calls_failed_total", "Of those, how many did not end well.", b.ModelFailed)
	s.Counter("model_tokens_total", "Tokens read and written, as the endpoint counted them.", b.ModelTokens)
}

// steps are the upper bounds of the buckets of a duration.
var steps = []time.Duration{5 * time.Millisecond, 10 * time.Millisecond, 25 * time.Millisecond, 50 * time.Millisecond, 100 * time.Millisecond,
	250 * time.Millisecond, 500 * time.Millisecond, time.Second, 2500 * time.Millisecond, 5 * time.Second, 10 * time.Second}

// timings are how long each entry of the Registry took.
type timings struct {
	mu  sync.Mutex
	all map[string]*timing
}

type timing struct {
	within []int64 // by step
	count  int64
	sum    time.Duration
}

// Ran notes that entry, an id of the Registry, took so long.
func (h *Health) Ran(entry string, took time.Duration) {
	h.times.mu.Lock()
	defer h.times.mu.Unlock()
	t := h.times.all[entry]
	if t == nil {
		if h.times.all == nil {
			h.times.all = map[string]*timing{}
		}
		t = &timing{within: make([]int64, len(steps))}
		h.times.all[entry] = t
	}
	t.count++
	t.sum += took
	for i, step := range steps {
		if took <= step {
			t.within[i]++
		}
	}
}

func (t *timings) write(s *Sheet) {
	t.mu.Lock()
	defer t.mu.Unlock()
	const name = "request_seconds"
	entries := make([]string, 0, len(t.all))
	for entry := range t.all {
		entries = append(entries, entry)
	}
	slices.Sort(entries)
	for _, entry := range entries {
		s.head("histogram", name, "How long the use-case of a request took.")
		of := t.all[entry]
		for i, step := range steps {
			fmt.Fprintf(&s.b, "klantbot_%s_bucket%s %d\n", name, labelled([]Label{{"entry", entry}, {"le", strconv.FormatFloat(step.Seconds(), 'g', -1, 64)}}), of.within[i])
		}
		fmt.Fprintf(&s.b, "klantbot_%s_bucket%s %d\n", name, labelled([]Label{{"entry", entry}, {"le", "+Inf"}}), of.count)
		fmt.Fprintf(&s.b, "klantbot_%s_sum%s %g\n", name, labelled([]Label{{"entry", entry}}), of.sum.Seconds())
		fmt.Fprintf(&s.b, "klantbot_%s_count%s %d\n", name, labelled([]Label{{"entry", entry}}), of.count)
	}
}
