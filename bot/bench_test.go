package bot_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"klantbot/bot/workspace"
)

// BenchmarkAcknowledge measures, at the workspace and over a real socket, how
// long a command waits for its acknowledgement: decoded, committed to the inbox
// on disk and acknowledged, while the ones before it are being answered. The bar
// is 5 ms at the 99th percentile. "busy" is an office of which four people type
// without ever pausing.
func BenchmarkAcknowledge(b *testing.B) {
	b.Run("one", func(b *testing.B) { benchAcknowledge(b, 1, 10*time.Millisecond) })
	b.Run("busy", func(b *testing.B) { benchAcknowledge(b, 4, 0) })
}

func benchAcknowledge(b *testing.B, people int, rest time.Duration) {
	o := newOffice(b, func(c *workspace.Config) { c.PingInterval = time.Second })
	p := o.run()
	o.command("U1", "C1", "/klant", "") // opens connections and fills caches
	o.hears("U1", "C1", "gezien")
	o.ResetAcks()
	b.ResetTimer()
	var all sync.WaitGroup
	for range people {
		all.Go(func() {
			for range (b.N + people - 1) / people {
				if err := o.Command("U1", "C1", "/klant", "Jansen"); err != nil {
					b.Error(err)
					return
				}
				time.Sleep(rest)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	var took []time.Duration
	for _, a := range o.Acks() {
		took = append(took, a.Latency())
	}
	slices.Sort(took)
	at := func(q float64) float64 { return float64(took[int(q*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(at(.5), "ms/p50")
	b.ReportMetric(at(.99), "ms/p99")
	for end := time.Now().Add(20 * time.Second); p.Counts().Waiting > 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
}
