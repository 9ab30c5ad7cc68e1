package lifetime

import (
	"fmt"
	"math"

	"klantbot/analysis/stats"
)

// SBG is the shifted-beta-geometric model of yearly mandates: at the end of each
// period a client leaves with a chance of its own, and those chances are spread
// over clients as Beta(A, B). The ones who leave easily go first, so retention
// rises with time although nobody changes. A, B > 0. Source: Fader & Hardie 2007.
type SBG struct{ A, B float64 }

// Cohort is a group of clients that began together, counted once a period.
type Cohort struct {
	// Age is how many periods old the clients were at the first count; 0 when
	// they are counted from their beginning.
	Age int
	// Survivors is how many were left at each count, as numbers or as shares of
	// any whole. It never rises.
	Survivors []float64
}

// SBGFit is a fitted SBG.
type SBGFit struct {
	SBG
	// LogLikelihood is the sum over the clients, where Survivors counts clients.
	LogLikelihood float64
	// PerClient is the mean over the clients; it does not change when Survivors
	// holds percentages instead of numbers.
	PerClient float64
}

// FitSBG returns the most likely SBG for the cohorts together. Together they
// must hold two periods after a count (ErrTooFew) and a client that left
// (ErrNoLosses); a count that rises or is negative is a RowError whose Row counts
// through all cohorts. ErrNoSpread: retention does not rise with time, so one
// yearly rate and Annuity say as much.
func FitSBG(cohorts ...Cohort) (SBGFit, error) {
	p, err := periods(cohorts)
	if err != nil {
		return SBGFit{}, fmt.Errorf("fit sBG: %w", err)
	}
	params, err := maximize(func(q []float64) float64 { return p.logLikelihood(SBG{q[0], q[1]}) / p.clients },
		func(slope, q []float64) { p.gradient(slope, SBG{q[0], q[1]}) },
		[][]float64{{1, 1}, {.5, 4}, {5, 20}})
	if err != nil {
		return SBGFit{}, fmt.Errorf("fit sBG: %w", err)
	}
	m := SBG{params[0], params[1]}
	ll := p.logLikelihood(m)
	return SBGFit{SBG: m, LogLikelihood: ll, PerClient: ll / p.clients}, nil
}

// LogLikelihood returns the sum over clients of ln P(period in which it left),
// and ln S(last count) for those who stayed; errors as of FitSBG.
func (m SBG) LogLikelihood(cohorts ...Cohort) (float64, error) {
	if !positive(m.A, m.B) {
		return 0, fmt.Errorf("sBG likelihood: %w", ErrRange)
	}
	p, err := periods(cohorts)
	if err != nil {
		return 0, fmt.Errorf("sBG likelihood: %w", err)
	}
	return answer(p.logLikelihood(m))
}

// observed is what all cohorts did in each period of a client's life: kept[t]
// stayed through period t+1 and lost[t] left in it.
type observed struct {
	kept, lost []float64
	clients    float64 // at the first counts
}

// oldest bounds ages, so that a mistaken one can not ask for all memory.
const oldest = 10_000

func periods(cohorts []Cohort) (observed, error) {
	var o observed
	row, losses, longest := 0, 0., 0
	for _, c := range cohorts {
		if c.Age < 0 || c.Age+len(c.Survivors) > oldest {
			return o, ErrRange
		}
		for i, n := range c.Survivors {
			if !(finite(n) && n >= 0) || i > 0 && n > c.Survivors[i-1] {
				return o, &RowError{Row: row + i, Field: "survivors"}
			}
		}
		row += len(c.Survivors)
		if len(c.Survivors) == 0 || c.Survivors[0] == 0 {
			continue
		}
		o.clients += c.Survivors[0]
		longest = max(longest, len(c.Survivors)-1)
		for i, n := range c.Survivors[1:] {
			t := c.Age + i
			for len(o.kept) <= t {
				o.kept, o.lost = append(o.kept, 0), append(o.lost, 0)
			}
			o.kept[t] += n
			o.lost[t] += c.Survivors[i] - n
			losses += c.Survivors[i] - n
		}
	}
	switch {
	case longest < 2 && len(o.kept) < 2, o.clients == 0:
		return o, ErrTooFew
	case !finite(o.clients):
		return o, ErrRange
	case losses == 0:
		return o, ErrNoLosses
	}
	return o, nil
}

// logLikelihood is the sum over periods of kept·ln r + lost·ln(1-r). It equals
// the published sum of n ln P(t) and n ln S(K), because P and S are products of
// these; clients that were first counted later in life fit in by themselves.
func (o observed) logLikelihood(m SBG) float64 {
	sum := 0.
	for t := range o.kept {
		whole := m.A + m.B + float64(t)
		if o.kept[t] > 0 {
			sum += o.kept[t] * math.Log((m.B+float64(t))/whole)
		}
		if o.lost[t] > 0 {
			sum += o.lost[t] * math.Log(m.A/whole)
		}
	}
	return sum
}

// gradient is that of the mean log-likelihood by A and B.
func (o observed) gradient(slope []float64, m SBG) {
	slope[0], slope[1] = 0, 0
	for t := range o.kept {
		b := m.B + float64(t)
		all := (o.kept[t] + o.lost[t]) / (m.A + b)
		slope[0] += o.lost[t]/m.A - all
		slope[1] += o.kept[t]/b - all
	}
	slope[0] /= o.clients
	slope[1] /= o.clients
}

// Retention returns the share of the clients still there after t-1 periods that
// stays through period t, r(t) = (B+t-1)/(A+B+t-1), t >= 1; otherwise ErrRange.
func (m SBG) Retention(t int) (float64, error) {
	if !positive(m.A, m.B) || t < 1 {
		return 0, fmt.Errorf("sBG retention: %w", ErrRange)
	}
	age := float64(t - 1)
	return answer((m.B + age) / (m.A + m.B + age))
}

// Survival returns the share of the clients still there after t periods,
// S(t) = B(A, B+t)/B(A, B), t >= 0; otherwise ErrRange.
func (m SBG) Survival(t int) (float64, error) {
	if !positive(m.A, m.B) || t < 0 {
		return 0, fmt.Errorf("sBG survival: %w", ErrRange)
	}
	return answer(m.survival(0, float64(t)))
}

// survival is the share of clients of age n that is still there t periods on.
func (m SBG) survival(n, t float64) float64 {
	if t == 0 {
		return 1
	}
	if t <= 100 {
		s := 1.
		for i := range int(t) {
			s *= (m.B + n + float64(i)) / (m.A + m.B + n + float64(i))
		}
		return s
	}
	return math.Exp(stats.LogBeta(m.A, m.B+n+t) - stats.LogBeta(m.A, m.B+n))
}
