package lifetime

import (
	"fmt"
	"math"
	"slices"
)

// Alive says whether a client is still one.
type Alive struct {
	// P is the chance that the client did not drop out, in [0,1].
	P float64
	// Repeated is false where the client never came back. P is then 1 only because
	// the model lets people drop out after a repeat purchase: it means "no
	// repetition yet", not certainty, and is to be shown so.
	Repeated bool
}

// Alive returns the chance that a client with history h is still alive,
// 1/(1 + [x>0] A/(B+x-1) ((Alpha+T)/(Alpha+recency))^(R+x)). It fails with
// ErrRange for parameters and histories that can not be.
func (m BGNBD) Alive(h History) (Alive, error) {
	if err := m.check(h); err != nil {
		return Alive{}, fmt.Errorf("P(alive): %w", err)
	}
	if h.Frequency == 0 {
		return Alive{P: 1}, nil
	}
	x := float64(h.Frequency)
	odds := math.Log(m.A/(m.B+x-1)) + (m.R+x)*math.Log1p((h.T-h.Recency)/(m.Alpha+h.Recency))
	p, err := answer(1 / (1 + math.Exp(odds)))
	return Alive{P: p, Repeated: true}, err
}

func (m BGNBD) check(h History) error {
	if !positive(m.R, m.Alpha, m.A, m.B) || h.Frequency < 0 || !(finite(h.T) && h.T >= 0) ||
		h.Frequency > 0 && !(h.Recency >= 0 && h.Recency <= h.T) {
		return ErrRange
	}
	return nil
}

// Purchases returns E[X(t)], the expected number of repeat purchases of a new
// client in time t >= 0 after its first one. It fails with ErrRange, and with
// ErrTooFar where t is thousands of times Alpha.
func (m BGNBD) Purchases(t float64) (float64, error) {
	if !positive(m.R, m.Alpha, m.A, m.B) || !(finite(t) && t >= 0) {
		return 0, fmt.Errorf("expected purchases: %w", ErrRange)
	}
	f, err := m.count(t)
	if err != nil {
		return 0, fmt.Errorf("expected purchases: %w", err)
	}
	return f.mean, nil
}

// Next returns the expected number of purchases of a client with history h in
// the time t >= 0 that comes: P(alive) times what a client does whose rate is
// spread as Gamma(R+x, Alpha+T) and whose chance to drop out as Beta(A, B+x).
// That is equation 10 of the source, written as a sum that cancels nowhere.
// Errors as of Purchases.
func (m BGNBD) Next(h History, t float64) (float64, error) {
	alive, f, err := m.next(h, t)
	if err != nil {
		return 0, fmt.Errorf("conditional expectation: %w", err)
	}
	return answer(alive * f.mean)
}

// NextInterval returns between which numbers of purchases the client will stay in
// the time t with probability level or more, cut evenly on both sides. It counts
// what chance does to a client, not that the parameters are themselves estimated.
// Level in (0,1); errors as of Next.
func (m BGNBD) NextInterval(h History, t, level float64) (Interval, error) {
	if !(level > 0 && level < 1) {
		return Interval{}, fmt.Errorf("purchases interval: %w", ErrRange)
	}
	alive, f, err := m.next(h, t)
	if err != nil {
		return Interval{}, fmt.Errorf("purchases interval: %w", err)
	}
	tail := (1 - level) / 2
	return Interval{Low: f.quantile(alive, tail), High: f.quantile(alive, 1-tail)}, nil
}

func (m BGNBD) next(h History, t float64) (float64, forecast, error) {
	if !(finite(t) && t >= 0) {
		return 0, forecast{}, ErrRange
	}
	alive, err := m.Alive(h)
	if err != nil {
		return 0, forecast{}, err
	}
	x := float64(h.Frequency)
	f, err := BGNBD{R: m.R + x, Alpha: m.Alpha + h.T, A: m.A, B: m.B + x}.count(t)
	return alive.P, f, err
}

// forecast is how many purchases a client that is alive makes.
type forecast struct {
	mean  float64
	above []float64 // above[k] = P(more than k), as far as it matters
}

// quantile returns the smallest k with P(at most k) >= p, for a client that is
// alive with chance alive.
func (f forecast) quantile(alive, p float64) float64 {
	for k, above := range f.above {
		if 1-alive*above >= p {
			return float64(k)
		}
	}
	return float64(len(f.above))
}

// furthest bounds the sum over k: it is enough for t up to thousands of
// times Alpha, or a hundred thousand purchases.
const furthest = 1 << 18

// count works out P(X(t) > k) = P(N > k)·S(k) for all k that matter. N is the
// purchases the client would make if it never dropped out, negative binomial with
// R and z = t/(Alpha+t), and S(k) the chance to survive k chances to drop out,
// sBG's survival; the two are independent. E[X(t)] is their sum.
//
// The published form subtracts two nearly equal 2F1, is undefined at A = 1 and
// overflows for frequent buyers; here every term is positive. Weights of N are
// kept relative to the largest so far and divided by their sum at the end.
func (m BGNBD) count(t float64) (forecast, error) {
	z := t / (m.Alpha + t)
	if z == 0 {
		return forecast{}, nil
	}
	if !(z < 1) || (m.R+40)/(1-z) > furthest {
		return forecast{}, ErrTooFar
	}
	weights, w, sum := []float64{1}, 1., 1.
	for k := 0.; ; k++ {
		ratio := (m.R + k) / (k + 1) * z
		w *= ratio
		if w > 1e200 {
			for i := range weights {
				weights[i] *= 1e-200
			}
			w, sum = w*1e-200, sum*1e-200
		}
		weights, sum = append(weights, w), sum+w
		if ratio < 1 && w*(k+2) < 1e-16*(1-max(ratio, z))*sum {
			break
		}
		if k > furthest {
			return forecast{}, ErrTooFar
		}
	}
	f := forecast{above: make([]float64, len(weights)-1)}
	tail := 0.
	for k := range slices.Backward(f.above) {
		tail += weights[k+1]
		f.above[k] = min(1, tail/sum)
	}
	survival := 1.
	for k := range f.above {
		f.above[k] *= survival
		f.mean += f.above[k]
		survival *= (m.B + float64(k)) / (m.A + m.B + float64(k))
	}
	return f, nil
}
