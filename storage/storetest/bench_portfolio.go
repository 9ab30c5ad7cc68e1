package storetest

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// linesEach is how many invoice lines a group of BenchmarkPortfolio has.
const linesEach = 5

// BenchmarkPortfolio measures what figures of a whole office cost the store:
// reading every history, and writing and reading a segmentation. The largest
// office is asked for with KLANTBOT_BENCH_GROUPS=1000000.
func BenchmarkPortfolio(b *testing.B, fresh Fresh) {
	sizes := []int{2_000, 100_000}
	if n, err := strconv.Atoi(os.Getenv("KLANTBOT_BENCH_GROUPS")); err == nil {
		sizes = []int{n}
	}
	for _, groups := range sizes {
		b.Run(fmt.Sprint(groups), func(b *testing.B) {
			s := fresh(b)()
			portfolioOffice(b, s, groups)
			b.Run("Histories", func(b *testing.B) { benchHistories(b, s, groups) })
			b.Run("SaveDraft", func(b *testing.B) { benchSaveDraft(b, s, groups) })
			b.Run("Items", func(b *testing.B) { benchItems(b, s, groups) })
		})
	}
}

// portfolioOffice imports groups of one client each with linesEach lines.
func portfolioOffice(b *testing.B, s Store, groups int) {
	b.Helper()
	o := storage.ImportOptions{Kind: analysis.ImportClients, File: "clients.csv", At: morning}
	apply(b, s, o, func(staging storage.Staging) error {
		for i := range groups {
			c := someone(fmt.Sprintf("P%07d", i), fmt.Sprint("Bakkerij ", i))
			c.Kind, c.SBI, c.FTE, c.Since = "mkb", "10711", float64(i%50), 12000
			if err := staging.AddClients(b.Context(), []analysis.StagedClient{c}); err != nil {
				return err
			}
		}
		return nil
	})
	o.Kind, o.Source = analysis.ImportRevenue, "Exact"
	apply(b, s, o, func(staging storage.Staging) error {
		for i := range groups * linesEach {
			line := analysis.StagedLine{Number: fmt.Sprintf("P%07d", i/linesEach), Day: analysis.Day(19800 + i%linesEach*91),
				Invoice: "F", Service: numbered("Dienst", i%8), ServiceYear: 2024, Amount: analysis.Cents(10_000 + i)}
			if err := staging.AddLines(b.Context(), []analysis.StagedLine{line}); err != nil {
				return err
			}
		}
		return nil
	})
}

func perGroup(b *testing.B, groups int) {
	b.ReportMetric(float64(groups)*float64(b.N)/b.Elapsed().Seconds(), "groups/s")
}

func benchHistories(b *testing.B, s Store, groups int) {
	for b.Loop() {
		n := 0
		for h, err := range s.Histories(b.Context(), 30000) {
			if err != nil || len(h.Months) != linesEach {
				b.Fatal(len(h.Months), err)
			}
			n++
		}
		if n != groups {
			b.Fatalf("%d histories, want %d", n, groups)
		}
	}
	perGroup(b, groups)
}

// benchSaveDraft replaces the items of a draft, but for the first time.
func benchSaveDraft(b *testing.B, s Store, groups int) {
	items := someItems(groups)
	for b.Loop() {
		err := s.Write(b.Context(), func(tx storage.Tx) error {
			_, err := tx.SaveDraft(b.Context(), analysis.SegmentVersion{Made: morning}, items)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	perGroup(b, groups)
}

func benchItems(b *testing.B, s Store, groups int) {
	for b.Loop() {
		if items, err := s.Items(b.Context(), 1); err != nil || len(items) != groups {
			b.Fatal(len(items), err)
		}
	}
	perGroup(b, groups)
}
