package stats_test

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis/stats"
)

// values draws numbers with ties, signs, zeros of both signs and extremes.
func values(least int) *rapid.Generator[[]float64] {
	return rapid.SliceOfN(rapid.OneOf(
		rapid.Map(rapid.IntRange(-5, 5), func(n int) float64 { return float64(n) }),
		rapid.Float64(),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64}),
	), least, 60)
}

func TestPercentRanks(t *testing.T) {
	for _, c := range []struct {
		name         string
		values, want []float64
	}{
		{"one", []float64{7}, []float64{.5}},
		{"all equal", []float64{3, 3, 3, 3}, []float64{.5, .5, .5, .5}},
		{"rising", []float64{-1, 0, 1, 2}, []float64{.125, .375, .625, .875}},
		{"ties", []float64{10, 20, 20, 5}, []float64{.375, .75, .75, .125}},
		{"zeros of both signs are equal", []float64{math.Copysign(0, -1), 0}, []float64{.5, .5}},
	} {
		got, err := stats.PercentRanks(c.values)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v %v, want %v", c.name, got, err, c.want)
		}
	}
}

func TestPercentRanksAreTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(1).Draw(t, "values")
		ranks, err := stats.PercentRanks(v)
		if err != nil {
			t.Fatal(err)
		}
		for i := range v {
			below, equal := 0., 0.
			for j := range v {
				if v[j] < v[i] {
					below++
				}
				if v[j] == v[i] {
					equal++
				}
			}
			if want := (below + equal/2) / float64(len(v)); ranks[i] != want {
				t.Fatalf("rank of %v is %v, want %v", v[i], ranks[i], want)
			}
		}
	})
}

func TestPercentRankColumnsAreThoseOfEachColumn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfN(values(1), 0, 7).Draw(t, "columns")
		all, err := stats.PercentRankColumns(columns)
		if err != nil || len(all) != len(columns) {
			t.Fatal(len(all), err)
		}
		for i, column := range columns {
			if one, err := stats.PercentRanks(column); err != nil || !slices.Equal(all[i], one) {
				t.Fatalf("column %d: %v, alone %v %v", i, all[i], one, err)
			}
		}
	})
	if _, err := stats.PercentRankColumns([][]float64{{1}, {math.NaN()}}); !errors.Is(err, stats.ErrNotFinite) {
		t.Errorf("a NaN in a column: %v", err)
	}
}

func TestOrderIsStableAndFalling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(0).Draw(t, "values")
		got, err := stats.Order(v)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]int, len(v))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int { return cmp.Compare(v[b], v[a]) })
		if !slices.Equal(got, want) {
			t.Fatalf("%v ordered %v, want %v", v, got, want)
		}
	})
}

func TestRanksRefuseWhatHasNoOrder(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if _, err := stats.PercentRanks([]float64{1, bad}); !errors.Is(err, stats.ErrNotFinite) {
			t.Errorf("rank of %v: %v", bad, err)
		}
		if _, err := stats.Order([]float64{1, bad}); !errors.Is(err, stats.ErrNotFinite) {
			t.Errorf("order of %v: %v", bad, err)
		}
		if _, err := stats.Median([]float64{1, bad}); !errors.Is(err, stats.ErrNotFinite) {
			t.Errorf("median of %v: %v", bad, err)
		}
	}
	if _, err := stats.PercentRanks(nil); !errors.Is(err, stats.ErrEmpty) {
		t.Errorf("rank of nothing: %v", err)
	}
}

// million makes six criteria as an office has them: amounts in cents with a long
// tail, shares, and judgements with few values.
func million() [][]float64 {
	source := rand.New(rand.NewPCG(1, 2))
	columns := make([][]float64, 6)
	for i := range columns {
		columns[i] = make([]float64, 1_000_000)
		for j := range columns[i] {
			switch i {
			case 0, 1:
				columns[i][j] = math.Round(math.Exp(source.NormFloat64()*1.5 + 13))
			case 2, 3:
				columns[i][j] = source.Float64()
			default:
				columns[i][j] = float64(source.IntN(5))
			}
		}
	}
	return columns
}

func BenchmarkPercentRankColumns(b *testing.B) {
	columns := million()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := stats.PercentRankColumns(columns); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOrder(b *testing.B) {
	amounts := million()[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := stats.Order(amounts); err != nil {
			b.Fatal(err)
		}
	}
}
