package stats

import (
	"fmt"
	"math"
	"slices"
)

// Quantile returns the p-quantile of values, 0 <= p <= 1, by linear
// interpolation between order statistics: with h = (n-1)p it is
// x[floor h] + (h - floor h)(x[floor h + 1] - x[floor h]), x sorted and counted
// from zero. values is not changed. It fails with ErrEmpty, ErrNotFinite or
// ErrRange. Source: Hyndman & Fan 1996, type 7, the default of R and of
// spreadsheets.
func Quantile(values []float64, p float64) (float64, error) {
	if !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("quantile: %w", ErrRange)
	}
	if err := check(values); err != nil {
		return 0, fmt.Errorf("quantile: %w", err)
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	whole, part := math.Modf(float64(len(sorted)-1) * p)
	low := sorted[int(whole)]
	if part == 0 {
		return low, nil
	}
	high := sorted[int(whole)+1]
	if low == high {
		return low, nil
	}
	return low*(1-part) + high*part, nil // high-low could overflow
}

// Median returns Quantile(values, 1/2): the middle value, or the mean of the
// two in the middle.
func Median(values []float64) (float64, error) { return Quantile(values, .5) }

// check refuses what has no order.
func check(values []float64) error {
	if len(values) == 0 {
		return ErrEmpty
	}
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return ErrNotFinite
		}
	}
	return nil
}
