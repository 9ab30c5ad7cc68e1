package stats_test

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"

	"klantbot/analysis/stats"
)

// Where the arguments are whole, B(a, b) is a product of fractions, which cancels
// nowhere.
func TestLogBeta(t *testing.T) {
	for _, b := range []float64{1, 2.5, 70, 99.9, 100, 101, 12345.5, 1e9, 1e15} {
		want := -math.Log(b)
		for a := 1.; a <= 30; a++ {
			for _, got := range []float64{stats.LogBeta(a, b), stats.LogBeta(b, a)} {
				if !(math.Abs(got-want) <= 1e-13*math.Abs(want)) {
					t.Errorf("ln B(%v, %v) = %.17g, want %.17g", a, b, got, want)
				}
			}
			want += math.Log(a / (a + b)) // B(a+1, b) = B(a, b) a/(a+b)
		}
	}
}

func TestHypergeometric(t *testing.T) {
	// 2F1(1,1;2;z) = -ln(1-z)/z and 2F1(1,b;b;z) = 1/(1-z).
	for _, z := range []float64{.001, .3, .9, .99, .999} {
		if got, err := stats.Hypergeometric(1, 2, z); err != nil || math.Abs(got/(-math.Log1p(-z)/z)-1) > 1e-12 {
			t.Errorf("2F1(1,1;2;%v) = %v %v", z, got, err)
		}
		if got, err := stats.Hypergeometric(4.2, 4.2, z); err != nil || math.Abs(got*(1-z)-1) > 1e-12 {
			t.Errorf("2F1(1,b;b;%v) = %v %v", z, got, err)
		}
	}
	if got, err := stats.Hypergeometric(2, 3, 0); got != 1 || err != nil {
		t.Errorf("at zero %v %v", got, err)
	}
	for _, c := range [][3]float64{{0, 1, .5}, {2, 1, .5}, {1, 2, 1}, {1, 2, -1}, {1, math.Inf(1), .5}, {math.NaN(), 1, .5}, {1, 1, 1 - 1e-9}} {
		if got, err := stats.Hypergeometric(c[0], c[1], c[2]); !errors.Is(err, stats.ErrRange) {
			t.Errorf("2F1(1,%v;%v;%v) = %v %v", c[0], c[1], c[2], got, err)
		}
	}
}

func TestHypergeometricAgreesWithGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.Float64Range(.1, 20).Draw(t, "b")
		c := b + rapid.Float64Range(.01, 10).Draw(t, "more")
		z := rapid.Float64Range(.01, .5).Draw(t, "z")
		got, err := stats.Hypergeometric(b, c, z)
		if want := mathext.Hypergeo(1, b, c, z); err != nil || math.Abs(got/want-1) > 1e-9 {
			t.Fatalf("%v %v, gonum %v", got, err, want)
		}
	})
}
