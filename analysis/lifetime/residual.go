package lifetime

import (
	"fmt"
	"math"

	"klantbot/analysis/stats"
)

// Interval is a range that holds the truth about one client with the chance that
// was asked for.
type Interval struct{ Low, High float64 }

// Residual returns the discounted expected residual lifetime (DERL) of a client
// in its n-th period, n >= 1, just before it renews for the n-th time: the sum
// over t >= n of S(t)/S(n-1)/(1+d)^(t-n), in periods, where the first renewal is
// not discounted. With yearly margin m the client is still worth m·DERL; Annuity
// looks one year earlier and so is DERL/(1+d) where r is constant. d is the
// discount rate per period, d > 0; otherwise ErrRange.
//
// DERL = (B+n-1)/(A+B+n-1) · 2F1(1, B+n; A+B+n; 1/(1+d)). Source: Fader & Hardie
// 2010, equation 6.
func (m SBG) Residual(n int, d float64) (float64, error) {
	if !positive(m.A, m.B, d) || n < 1 {
		return 0, fmt.Errorf("residual lifetime: %w", ErrRange)
	}
	b := m.B + float64(n)
	series, err := stats.Hypergeometric(b, m.A+b, 1/(1+d))
	if err != nil {
		return 0, fmt.Errorf("residual lifetime: %w: %w", ErrRange, err)
	}
	return answer((b - 1) / (m.A + b - 1) * series)
}

// ResidualInterval returns between which values the discounted residual lifetime
// of one such client lies with probability level, cut evenly on both sides. It
// is wide, and rightly so: one client either renews or it does not. It counts
// what chance does to a client, not that A and B are themselves estimated. Level
// in (0,1), the rest as for Residual; otherwise ErrRange.
func (m SBG) ResidualInterval(n int, d, level float64) (Interval, error) {
	if !positive(m.A, m.B, d) || n < 1 || !(level > 0 && level < 1) {
		return Interval{}, fmt.Errorf("residual interval: %w", ErrRange)
	}
	tail := (1 - level) / 2
	return Interval{Low: worth(m.renewals(n, tail), d), High: worth(m.renewals(n, 1-tail), d)}, nil
}

// eternal bounds a quantile of renewals: what comes later is worth nothing at
// any discount rate.
const eternal = 1 << 40

// renewals returns the smallest k so that the client renews at most k times with
// probability p or more.
func (m SBG) renewals(n int, p float64) float64 {
	atMost := func(k float64) bool { return 1-m.survival(float64(n-1), k+1) >= p }
	high := 1.
	for !atMost(high) && high < eternal {
		high *= 2
	}
	low := -1. // more than low
	for high-low > 1 {
		if middle := math.Floor((low + high) / 2); atMost(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// worth is the value of k renewals of 1, the first one now:
// (1 - (1+d)^-k)(1+d)/d.
func worth(k, d float64) float64 { return -math.Expm1(-k*math.Log1p(d)) * (1 + d) / d }
