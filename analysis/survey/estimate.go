package survey

import "math"

// Estimate is a mean with how far the answers lie apart.
type Estimate struct {
	N    int
	Mean float64
	SD   float64 // sample standard deviation; 0 with one answer
}

// Estimated returns the mean and spread of values, in two passes; N is 0 without
// any.
func Estimated(values []float64) Estimate {
	e := Estimate{N: len(values)}
	if e.N == 0 {
		return e
	}
	for _, v := range values {
		e.Mean += v
	}
	e.Mean /= float64(e.N)
	if e.N > 1 {
		for _, v := range values {
			e.SD += (v - e.Mean) * (v - e.Mean)
		}
		e.SD = math.Sqrt(e.SD / float64(e.N-1))
	}
	return e
}

// Difference is how far two means lie apart.
type Difference struct {
	Value float64
	// StandardError is Welch's sqrt(s²/n + s²/n), which does not suppose that both
	// spread alike; 0 where one side has a single answer, which tells nothing.
	StandardError float64
}

// Minus returns e - other, and false where one of them has no answers.
func (e Estimate) Minus(other Estimate) (Difference, bool) {
	if e.N == 0 || other.N == 0 {
		return Difference{}, false
	}
	d := Difference{Value: e.Mean - other.Mean}
	if e.N > 1 && other.N > 1 {
		d.StandardError = math.Sqrt(e.SD*e.SD/float64(e.N) + other.SD*other.SD/float64(other.N))
	}
	return d, true
}

// Clear reports whether the difference is more than chance makes of nothing: two
// standard errors, and a spread that is known.
func (d Difference) Clear() bool {
	return d.StandardError > 0 && math.Abs(d.Value) > 2*d.StandardError
}
