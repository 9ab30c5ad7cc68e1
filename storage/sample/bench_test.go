package sample

import (
	"io"
	"testing"
	"time"

	"klantbot/analysis"
)

// counter counts what is written and keeps nothing.
type counter struct{ bytes, lines int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += int64(len(p))
	for _, b := range p {
		if b == '\n' {
			c.lines++
		}
	}
	return len(p), nil
}

// BenchmarkWriteInvoices writes a year of a large office and reports lines a
// second; a year of MaxGroups is about 4.5 million lines.
func BenchmarkWriteInvoices(b *testing.B) { benchmarkWrite(b, WriteInvoices) }

// BenchmarkWriteClients writes the client list of a large office.
func BenchmarkWriteClients(b *testing.B) { benchmarkWrite(b, WriteClients) }

func benchmarkWrite(b *testing.B, write func(io.Writer, Size) error) {
	s := Size{Groups: 100_000, Seed: 1, AsOf: analysis.Date(2026, time.December, 31), Years: 1}
	var all counter
	b.ReportAllocs()
	for b.Loop() {
		if err := write(&all, s); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(all.bytes / int64(b.N))
	b.ReportMetric(float64(all.lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(all.lines)/float64(b.N), "lines")
}
