package value

import (
	"math/rand/v2"
	"testing"

	"klantbot/analysis"
)

// office makes n groups of four kinds with six criteria, a tenth of the
// judgements and half of the margins unknown.
func office(n int) *Table {
	r := rand.New(rand.NewPCG(1, 2))
	table := &Table{Kinds: []string{"mkb", "zzp", "stichting", "particulier"}, Kind: make([]uint16, n), Revenue: make([]analysis.Cents, n),
		Columns: map[string][]float64{}}
	for _, key := range []string{KeyMargin, KeyStrategic, KeyLoyalty, KeyStability, KeyCreation} {
		column := make([]float64, n)
		for row := range column {
			switch {
			case r.IntN(10) == 0:
				column[row] = Unknown()
			case key == KeyMargin:
				column[row] = float64(r.IntN(3_000_000) - 500_000)
			case key == KeyLoyalty:
				column[row] = 100 * float64(r.IntN(6)) / 5
			default:
				column[row] = float64(r.IntN(Levels))
			}
		}
		table.Columns[key] = column
	}
	for row := range n {
		table.Kind[row] = uint16(min(3, r.IntN(6)))
		table.Revenue[row] = analysis.Cents(1 + 500_000*r.ExpFloat64())
	}
	return table
}

func benchmarkValuate(b *testing.B, n int) {
	table := office(n)
	b.ReportAllocs()
	for b.Loop() {
		s, err := Valuate(table, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := DefaultRules().Segments(s.Value); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkValuate scores and segments groups on six criteria. The issue asks
// for a tenth of what SQLite's window functions take, some .7 s at a million.
func BenchmarkValuate(b *testing.B) {
	b.Run("2000", func(b *testing.B) { benchmarkValuate(b, 2_000) })
	b.Run("1000000", func(b *testing.B) { benchmarkValuate(b, 1_000_000) })
}

func BenchmarkExplain(b *testing.B) {
	s, err := Valuate(office(1_000_000), nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, ok := s.Explain(12345); !ok {
			b.Fatal("no score")
		}
	}
}

func BenchmarkLayers(b *testing.B) {
	table := office(1_000_000)
	yearly := make([]Yearly, len(table.Revenue))
	for row, amount := range table.Revenue {
		yearly[row] = Yearly{Amount: amount, Known: true}
	}
	for b.Loop() {
		NewPyramid(yearly, LayersOf(yearly, nil))
	}
}
