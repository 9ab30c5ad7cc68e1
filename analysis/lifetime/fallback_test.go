package lifetime

import (
	"errors"
	"math"
	"testing"
)

// Where no fit is to be had, an office-wide rate and its annuity are.
func TestTheAnnuityStandsWhereNothingFits(t *testing.T) {
	for name, survivors := range map[string][]float64{
		"nobody leaves":                   {50, 50, 50, 50},
		"the same share every year":       {1000, 800, 640, 512, 409.6},
		"falling retention":               {100, 95, 80, 50, 10},
		"who is left after a year stays":  {100, 60, 60, 60, 60},
		"a single client":                 {1, 1, 1},
		"forty clients, of whom one left": {40, 40, 39, 39},
	} {
		cohort := Cohort{Survivors: survivors}
		fit, err := FitSBG(cohort)
		if name != "forty clients, of whom one left" && err == nil {
			t.Errorf("%s: fits as %+v", name, fit)
		}
		if err != nil && fit != (SBGFit{}) {
			t.Errorf("%s: %+v beside %v", name, fit, err)
		}
		r, err := MeanRetention(cohort)
		if err != nil || !(r > 0 && r <= 1) {
			t.Errorf("%s: mean retention %v, %v", name, r, err)
			continue
		}
		// Annuity asks for r under 1: who never saw anybody leave has no rate.
		worth, err := Annuity(100, min(r, .99), .08)
		if err != nil || !(worth > 0) || math.IsInf(worth, 0) {
			t.Errorf("%s: annuity %v, %v", name, worth, err)
		}
	}
}

// A search that does not arrive is a reason, not a number.
func TestSearchThatDoesNotArrive(t *testing.T) {
	flat := func(slope, x []float64) { clear(slope) }
	for name, c := range map[string]struct {
		value    func(x []float64) float64
		gradient func(slope, x []float64)
		want     error
	}{
		"never a number": {func([]float64) float64 { return math.NaN() }, flat, ErrNotConverged},
		"a peak without a flat top": {func(x []float64) float64 { return -math.Abs(math.Log(x[0])) },
			func(slope, x []float64) { slope[0] = -math.Copysign(1/x[0], math.Log(x[0])) }, ErrNotConverged},
		"rises for ever":     {func(x []float64) float64 { return math.Log(x[0]) }, func(slope, x []float64) { slope[0] = 1 / x[0] }, ErrNoSpread},
		"everywhere as good": {func([]float64) float64 { return -1 }, flat, ErrNoSpread},
	} {
		x, err := maximize(c.value, c.gradient, [][]float64{{1.5}, {.3}})
		if x != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v; want %v", name, x, err, c.want)
		}
	}
}
