package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage/sqlite"
)

//go:embed testdata/bench_week.sql
var benchWeek string

// BenchmarkWeek measures planning the week of everybody from the database on
// SQLite, as the digests do: ms/cold with the signals worked out from every
// history and answer, ms/known with the signals of the same day known. peak_MB is
// the most memory that the program `klantbot attention`, which does the former and
// prints it, held in a process of its own (VmHWM).
//
// KLANTBOT_BENCH_GROUPS=1000000 asks for the largest office, with a manager for
// each 500 groups.
//
//	go test ./cmd/klantbot -run xxx -bench 'Week$' -benchtime 3x
func BenchmarkWeek(b *testing.B) {
	sizes := []int{2_000, 20_000}
	if n, err := strconv.Atoi(os.Getenv("KLANTBOT_BENCH_GROUPS")); err == nil {
		sizes = []int{n}
	}
	for _, groups := range sizes {
		b.Run(fmt.Sprint(groups), func(b *testing.B) { benchmarkWeek(b, groups, max(12, groups/500)) })
	}
}

func benchmarkWeek(b *testing.B, groups, managers int) {
	path := filepath.Join(b.TempDir(), "office.db")
	store, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	sized := strings.NewReplacer(":groups", strconv.Itoa(groups), ":managers", strconv.Itoa(managers))
	if _, err := beside(b, path).ExecContext(b.Context(), sized.Replace(benchOffice+benchWeek)); err != nil {
		b.Fatal(err)
	}
	ask := commands.AttentionAsk{Day: analysis.DayOf(asOf)}
	var cold, known spent
	signals := 0
	for b.Loop() {
		use := attentionOf(store)
		for _, sum := range []*spent{&cold, &known} {
			debug.FreeOSMemory()
			stop := spending()
			week, err := use.Plan(b.Context(), ask)
			if err != nil || len(week.People) != managers {
				b.Fatal(len(week.People), err)
			}
			sum.add(stop())
			signals = 0
			for _, p := range week.People {
				for _, r := range p.Rows {
					signals += min(len(r.Signals), 1)
				}
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(cold.wall)/float64(b.N), "ms/cold")
	b.ReportMetric(milliseconds(cold.cpu)/float64(b.N), "cpu-ms/cold")
	b.ReportMetric(milliseconds(known.wall)/float64(b.N), "ms/known")
	b.ReportMetric(milliseconds(known.cpu)/float64(b.N), "cpu-ms/known")
	b.ReportMetric(float64(signals), "signals")
	b.ReportMetric(peakOf(b, "attention", "--db", path, "--as-of", asOf.Format(time.DateOnly)), "peak_MB")
}
