package lifetime

import (
	"errors"
	"fmt"
	"math"

	"klantbot/analysis/stats"
)

// Why there is no answer.
var (
	// ErrTooFew: fewer clients or periods than the model has parameters to tell.
	ErrTooFew = errors.New("too few observations")
	// ErrNoRepeats: nobody came back, so nothing is known of how often people do.
	ErrNoRepeats = errors.New("no repeat purchases")
	// ErrNoLosses: nobody left, so nothing is known of how long people stay.
	ErrNoLosses = errors.New("nobody left")
	// ErrNoSpread: no finite parameters fit best, because the clients do not
	// differ in the way the model measures; one rate for all says as much.
	ErrNoSpread = errors.New("the likelihood has no single maximum")
	// ErrNotConverged: the search for the best parameters did not arrive.
	ErrNotConverged = errors.New("the fit did not converge")
	// ErrRange: an argument or parameter is outside what its formula knows.
	ErrRange = errors.New("argument out of range")
	// ErrNoMean: the fitted spread is so wide that the mean amount is infinite.
	ErrNoMean = errors.New("the mean does not exist")
	// ErrTooFar: the horizon is so long, against the clients' pace, that the sum
	// is not finished in reasonable time.
	ErrTooFar = errors.New("the horizon is too far")
)

// RowError names the row of the input that can not be.
type RowError struct {
	Row   int    // from 0, as the rows were handed in
	Field string // frequency, recency, T, monetary_value or survivors
}

// Error names row and field, not the value.
func (e *RowError) Error() string { return fmt.Sprintf("row %d: %s can not be", e.Row, e.Field) }

// maximize is stats.Maximize over the logarithms of positive parameters, with
// the reasons of this package. gradient is by the logarithms too.
func maximize(value func(params []float64) float64, gradient func(slope, params []float64), starts [][]float64) ([]float64, error) {
	// e^11 = 60,000: with such parameters, in units in which the observations are
	// of order one, clients differ by less than a percent.
	p := stats.Problem{Radius: 11}
	for _, start := range starts {
		p.Starts = append(p.Starts, apply(math.Log, start))
	}
	p.Value = func(x []float64) float64 { return value(apply(math.Exp, x)) }
	p.Gradient = func(slope, x []float64) {
		params := apply(math.Exp, x)
		gradient(slope, params)
		for i := range slope {
			slope[i] *= params[i]
		}
	}
	m, err := stats.Maximize(p)
	switch {
	case errors.Is(err, stats.ErrNoMaximum):
		return nil, fmt.Errorf("%w: %w", ErrNoSpread, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNotConverged, err)
	}
	return apply(math.Exp, m.X), nil
}

func apply(f func(float64) float64, x []float64) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return y
}

// finite says whether v is a number to calculate with.
func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// positive says whether all are finite and above zero.
func positive(values ...float64) bool {
	for _, v := range values {
		if !(finite(v) && v > 0) {
			return false
		}
	}
	return true
}

// answer lets nothing out that is not a number.
func answer(v float64) (float64, error) {
	if !finite(v) {
		return 0, ErrRange
	}
	return v, nil
}
