package stats_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
	"klantbot/analysis/stats"
)

// Expected values are R's quantile(x, p, type = 7).
func TestQuantile(t *testing.T) {
	x := []float64{9, 1, 4, 16}
	for _, c := range []struct{ p, want float64 }{{0, 1}, {.1, 1.9}, {.25, 3.25}, {.5, 6.5}, {.75, 10.75}, {1, 16}} {
		got, err := stats.Quantile(x, c.p)
		if err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("quantile %v = %v %v, want %v", c.p, got, err, c.want)
		}
	}
	if !slices.Equal(x, []float64{9, 1, 4, 16}) {
		t.Errorf("the values were moved: %v", x)
	}
	if m, err := stats.Median([]float64{3, 1, 2}); m != 2 || err != nil {
		t.Errorf("median %v %v", m, err)
	}
	for _, p := range []float64{-.1, 1.1, math.NaN()} {
		if _, err := stats.Quantile(x, p); !errors.Is(err, stats.ErrRange) {
			t.Errorf("quantile %v: %v", p, err)
		}
	}
	if _, err := stats.Median(nil); !errors.Is(err, stats.ErrEmpty) {
		t.Errorf("median of nothing: %v", err)
	}
}

func TestQuantileRisesAndStaysWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := values(1).Draw(t, "values")
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		q := rapid.Float64Range(p, 1).Draw(t, "q")
		low, err1 := stats.Quantile(v, p)
		high, err2 := stats.Quantile(v, q)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		slack := 1e-12 * math.Max(math.Abs(low), math.Abs(high))
		if low > high+slack || low < slices.Min(v) || high > slices.Max(v) {
			t.Fatalf("quantiles %v and %v of %v are %v and %v", p, q, v, low, high)
		}
	})
}
