package lifetime

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"klantbot/analysis/stats"
)

// BGNBD is the beta-geometric/NBD model of one-off jobs: while a client is alive
// it buys at random at a rate of its own, spread over clients as Gamma(R, Alpha),
// and after each purchase it drops out with a chance of its own, spread as
// Beta(A, B). All four are above zero; Alpha is in the unit of time of the
// histories. Source: Fader, Hardie & Lee 2005.
type BGNBD struct{ R, Alpha, A, B float64 }

// History is what is known of how often a client came.
type History struct {
	Frequency int     // purchases after the first one, >= 0
	Recency   float64 // time from the first purchase to the last, 0..T; not used where Frequency is 0
	T         float64 // time from the first purchase to now, >= 0
}

// BGNBDFit is a fitted BGNBD.
type BGNBDFit struct {
	BGNBD
	LogLikelihood float64 // sum over the clients, in the histories' unit of time
	Clients       int
}

// FitBGNBD returns the most likely BGNBD. It takes at least four clients of whom
// two came back (ErrTooFew, ErrNoRepeats when none did). A history that can not be
// is a RowError; ErrNoSpread and ErrNotConverged as they say.
func FitBGNBD(histories []History) (BGNBDFit, error) {
	o, err := observe(histories)
	if err != nil {
		return BGNBDFit{}, fmt.Errorf("fit BG/NBD: %w", err)
	}
	switch {
	case o.repeaters == 0:
		return BGNBDFit{}, fmt.Errorf("fit BG/NBD: %w", ErrNoRepeats)
	case len(histories) < 4 || o.repeaters < 2:
		return BGNBDFit{}, fmt.Errorf("fit BG/NBD: %w", ErrTooFew)
	}
	rate := o.purchases / o.clients // a unit of time is the mean T
	params, err := maximize(func(q []float64) float64 { return o.logLikelihood(BGNBD{q[0], q[1], q[2], q[3]}) / o.clients },
		func(slope, q []float64) { o.gradient(slope, BGNBD{q[0], q[1], q[2], q[3]}) },
		[][]float64{{.5, .5 / rate, 1, 2}, {2, 2 / rate, .3, 2}})
	if err != nil {
		return BGNBDFit{}, fmt.Errorf("fit BG/NBD: %w", err)
	}
	m := BGNBD{params[0], params[1], params[2], params[3]}
	ll := o.logLikelihood(m) - o.purchases*math.Log(o.unit)
	m.Alpha *= o.unit
	return BGNBDFit{BGNBD: m, LogLikelihood: ll, Clients: len(histories)}, nil
}

// LogLikelihood returns the sum over the clients of the logarithm of the
// likelihood of their histories (equation 6 of the source); errors as of
// FitBGNBD for the rows, ErrRange for the parameters.
func (m BGNBD) LogLikelihood(histories []History) (float64, error) {
	if !positive(m.R, m.Alpha, m.A, m.B) {
		return 0, fmt.Errorf("BG/NBD likelihood: %w", ErrRange)
	}
	o, err := observe(histories)
	if err != nil {
		return 0, fmt.Errorf("BG/NBD likelihood: %w", err)
	}
	m.Alpha /= o.unit
	return answer(o.logLikelihood(m) - o.purchases*math.Log(o.unit))
}

// seen is the n clients with one history: real files hold many equal ones.
type seen struct {
	x, recency, t float64
	n             float64
}

// scaled is histories in units of their mean T: a fit then does not depend on whether the
// caller counts days or years, and the starts are never far away.
type scaled struct {
	rows      []seen // by x
	clients   float64
	repeaters int
	purchases float64 // after the first, of all clients
	unit      float64
}

func observe(histories []History) (scaled, error) {
	o := scaled{clients: float64(len(histories))}
	total := 0.
	for i, h := range histories {
		switch {
		case h.Frequency < 0:
			return o, &RowError{Row: i, Field: "frequency"}
		case !(finite(h.T) && h.T >= 0):
			return o, &RowError{Row: i, Field: "T"}
		case h.Frequency > 0 && !(h.Recency >= 0 && h.Recency <= h.T):
			return o, &RowError{Row: i, Field: "recency"}
		}
		total += h.T / o.clients
		o.purchases += float64(h.Frequency)
		if h.Frequency > 0 {
			o.repeaters++
		}
	}
	if !positive(total) {
		return o, ErrTooFew
	}
	o.unit = total
	counted := map[History]float64{}
	for _, h := range histories {
		if h.Frequency == 0 {
			h.Recency = 0
		}
		counted[h]++
	}
	o.rows = make([]seen, 0, len(counted))
	for h, n := range counted {
		o.rows = append(o.rows, seen{x: float64(h.Frequency), recency: h.Recency / total, t: h.T / total, n: n})
	}
	// In one order, so that sums round the same way each time.
	slices.SortFunc(o.rows, func(p, q seen) int {
		return cmp.Or(cmp.Compare(p.x, q.x), cmp.Compare(p.recency, q.recency), cmp.Compare(p.t, q.t))
	})
	return o, nil
}

// logLikelihood is the sum of ln Γ(R+x)/Γ(R) + R ln Alpha + ln B(A,B+x)/B(A,B) +
// ln((Alpha+T)^-(R+x) + [x>0] A/(B+x-1) (Alpha+recency)^-(R+x)).
func (o scaled) logLikelihood(m BGNBD) float64 {
	sum, shared, at := 0., 0., -1.
	for _, c := range o.rows {
		if c.x != at { // what clients with equal x share
			at = c.x
			shared = stats.LogGamma(m.R+at) - stats.LogGamma(m.R) + m.R*math.Log(m.Alpha) +
				stats.LogBeta(m.A, m.B+at) - stats.LogBeta(m.A, m.B)
		}
		alive, dropped := m.ways(c)
		sum += c.n * (shared + max(alive, dropped) + math.Log1p(math.Exp(-math.Abs(alive-dropped))))
	}
	return sum
}

// ways returns the logarithms of the two ways in which a history comes about:
// still alive and silent since, or dropped out at the last purchase (-Inf where
// there was none after the first).
func (m BGNBD) ways(c seen) (alive, dropped float64) {
	alive = -(m.R + c.x) * math.Log(m.Alpha+c.t)
	if c.x == 0 {
		return alive, math.Inf(-1)
	}
	return alive, math.Log(m.A/(m.B+c.x-1)) - (m.R+c.x)*math.Log(m.Alpha+c.recency)
}

// gradient is that of the mean log-likelihood by R, Alpha, A and B.
func (o scaled) gradient(slope []float64, m BGNBD) {
	clear(slope)
	at, byR, byA, byB := -1., 0., 0., 0.
	for _, c := range o.rows {
		if c.x != at {
			at = c.x
			byR = stats.Digamma(m.R+at) - stats.Digamma(m.R) + math.Log(m.Alpha)
			whole := stats.Digamma(m.A+m.B) - stats.Digamma(m.A+m.B+at)
			byA, byB = whole, whole+stats.Digamma(m.B+at)-stats.Digamma(m.B)
		}
		alive, dropped := m.ways(c)
		gone := 1 / (1 + math.Exp(alive-dropped)) // chance of the second way
		slope[0] += c.n * (byR - (1-gone)*math.Log(m.Alpha+c.t) - gone*math.Log(m.Alpha+c.recency))
		slope[1] += c.n * (m.R/m.Alpha - (m.R+c.x)*((1-gone)/(m.Alpha+c.t)+gone/(m.Alpha+c.recency)))
		slope[2] += c.n * (byA + gone/m.A)
		slope[3] += c.n * byB
		if c.x > 0 {
			slope[3] -= c.n * gone / (m.B + c.x - 1)
		}
	}
	for i := range slope {
		slope[i] /= o.clients
	}
}
