package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// LogGamma returns ln Γ(x) for x > 0.
func LogGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// Digamma returns the derivative of LogGamma for x > 0.
func Digamma(x float64) float64 { return mathext.Digamma(x) }

// LogBeta returns ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a+b) for a, b > 0. Where
// one argument is far larger than the other, the difference of its two terms
// comes from Stirling's series: subtracted as they stand they cancel to nothing.
// Source: NIST DLMF 5.11.1.
func LogBeta(a, b float64) float64 {
	if a > b {
		a, b = b, a
	}
	if b < 100 {
		return LogGamma(a) + LogGamma(b) - LogGamma(a+b)
	}
	// ln Γ(b) - ln Γ(a+b), with ln Γ(x) = (x-1/2) ln x - x + ln(2π)/2 + tail(x).
	tail := func(x float64) float64 { return (1 - (1./30-1/(105*x*x))/(x*x)) / (12 * x) }
	return LogGamma(a) - (b-.5)*math.Log1p(a/b) - a*math.Log(a+b) + a + tail(b) - tail(a+b)
}

// hypergeometricTerms bounds Hypergeometric's sum; it is enough for z up to
// 0.9999.
const hypergeometricTerms = 1 << 20

// Hypergeometric returns Gauss's 2F1(1, b; c; z) for 0 < b <= c and 0 <= z < 1:
// the sum over k of (b)_k/(c)_k z^k. All terms are positive and shrink at least
// as fast as z^k, so summing them as they stand loses nothing, which general
// routines do for large b. It fails with ErrRange for other arguments, and where
// z is so near 1 that the sum does not end in a million terms. Source: NIST DLMF
// 15.2.1.
func Hypergeometric(b, c, z float64) (float64, error) {
	if !(b > 0 && b <= c && z >= 0 && z < 1) || math.IsInf(c, 1) {
		return 0, ErrRange
	}
	sum, term := 1., 1.
	for k := range hypergeometricTerms {
		term *= (b + float64(k)) / (c + float64(k)) * z
		sum += term
		if term < 1e-17*(1-z)*sum {
			return sum, nil
		}
	}
	return 0, ErrRange
}
