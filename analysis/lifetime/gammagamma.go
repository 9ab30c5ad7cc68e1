package lifetime

import (
	"fmt"
	"math"

	"klantbot/analysis/stats"
)

// GammaGamma is the model of what one purchase is worth: the amounts of a client
// spread around a mean of its own as a Gamma with shape P, and those means over
// clients so that the scale is Gamma(Q, V). How much and how often are taken to
// be unrelated. All three are above zero; V is in the unit of money of the
// amounts. Sources: Fader, Hardie & Lee 2005 (RFM and CLV); Fader & Hardie, "The
// Gamma-Gamma model of monetary value", 2013.
type GammaGamma struct{ P, Q, V float64 }

// Spending is what is known of how much a client spends.
type Spending struct {
	Frequency int     // purchases the mean is over, those after the first; >= 1
	Mean      float64 // mean amount of one purchase, > 0
}

// GammaGammaFit is a fitted GammaGamma.
type GammaGammaFit struct {
	GammaGamma
	LogLikelihood float64 // sum over the clients, in the unit of money of the amounts
	Clients       int
}

// FitGammaGamma returns the most likely GammaGamma. It takes at least three
// clients (ErrTooFew); a frequency under 1 or an amount that is not positive is a
// RowError: leave clients without a repeat purchase out. ErrNoSpread where all
// spend the same, ErrNotConverged as it says.
func FitGammaGamma(spending []Spending) (GammaGammaFit, error) {
	o, err := spent(spending)
	if err != nil {
		return GammaGammaFit{}, fmt.Errorf("fit Gamma-Gamma: %w", err)
	}
	if len(spending) < 3 {
		return GammaGammaFit{}, fmt.Errorf("fit Gamma-Gamma: %w", ErrTooFew)
	}
	clients := float64(len(spending))
	params, err := maximize(func(q []float64) float64 { return o.logLikelihood(GammaGamma{q[0], q[1], q[2]}) / clients },
		func(slope, q []float64) { o.gradient(slope, GammaGamma{q[0], q[1], q[2]}) },
		[][]float64{{4, 3, .5}, {1, 2, 1}})
	if err != nil {
		return GammaGammaFit{}, fmt.Errorf("fit Gamma-Gamma: %w", err)
	}
	m := GammaGamma{params[0], params[1], params[2]}
	ll := o.logLikelihood(m) - clients*math.Log(o.unit)
	m.V *= o.unit
	return GammaGammaFit{GammaGamma: m, LogLikelihood: ll, Clients: len(spending)}, nil
}

// LogLikelihood returns the sum over the clients of the logarithm of the density
// of their mean amount; a RowError as of FitGammaGamma, ErrRange for parameters
// that can not be.
func (m GammaGamma) LogLikelihood(spending []Spending) (float64, error) {
	if !positive(m.P, m.Q, m.V) {
		return 0, fmt.Errorf("Gamma-Gamma likelihood: %w", ErrRange)
	}
	o, err := spent(spending)
	if err != nil {
		return 0, fmt.Errorf("Gamma-Gamma likelihood: %w", err)
	}
	m.V /= o.unit
	return answer(o.logLikelihood(m) - float64(len(spending))*math.Log(o.unit))
}

// amounts is spending in units of their mean, so that a fit does not depend on whether the
// caller counts cents or euros.
type amounts struct {
	rows []amount
	unit float64
}

type amount struct{ x, z float64 }

func spent(spending []Spending) (amounts, error) {
	var o amounts
	for i, s := range spending {
		switch {
		case s.Frequency < 1:
			return o, &RowError{Row: i, Field: "frequency"}
		case !positive(s.Mean):
			return o, &RowError{Row: i, Field: "monetary_value"}
		}
		o.unit += s.Mean / float64(len(spending))
	}
	if len(spending) == 0 {
		return o, ErrTooFew
	}
	if !finite(o.unit) {
		return o, ErrRange
	}
	for _, s := range spending {
		o.rows = append(o.rows, amount{x: float64(s.Frequency), z: s.Mean / o.unit})
	}
	return o, nil
}

// logLikelihood is the sum of -ln B(Px, Q) + Q ln V + (Px-1) ln z + Px ln x -
// (Px+Q) ln(V+xz), with terms of one size taken together.
func (o amounts) logLikelihood(m GammaGamma) float64 {
	sum := 0.
	for _, c := range o.rows {
		px, whole := m.P*c.x, m.V+c.x*c.z
		sum += -stats.LogBeta(px, m.Q) + m.Q*math.Log(m.V/whole) + px*math.Log(c.x*c.z/whole) - math.Log(c.z)
	}
	return sum
}

// gradient is that of the mean log-likelihood by P, Q and V.
func (o amounts) gradient(slope []float64, m GammaGamma) {
	clear(slope)
	atQ := stats.Digamma(m.Q)
	for _, c := range o.rows {
		px, whole := m.P*c.x, m.V+c.x*c.z
		both := stats.Digamma(px + m.Q)
		slope[0] += c.x * (both - stats.Digamma(px) + math.Log(c.x*c.z/whole))
		slope[1] += both - atQ + math.Log(m.V/whole)
		slope[2] += m.Q/m.V - (px+m.Q)/whole
	}
	for i := range slope {
		slope[i] /= float64(len(o.rows))
	}
}

// Mean returns the mean amount of a purchase over all clients, P·V/(Q-1), which
// is also what is expected of a client without a repeat purchase. It fails with
// ErrNoMean where Q <= 1 and ErrRange for parameters that can not be.
func (m GammaGamma) Mean() (float64, error) {
	if !positive(m.P, m.Q, m.V) {
		return 0, fmt.Errorf("mean amount: %w", ErrRange)
	}
	if m.Q <= 1 {
		return 0, fmt.Errorf("mean amount: %w", ErrNoMean)
	}
	return answer(m.P * m.V / (m.Q - 1))
}

// ConditionalMean returns the expected amount of a next purchase of a client,
// P(V + x·mean)/(Px+Q-1): its own mean, drawn towards everybody's the more the
// less often it bought. It fails with ErrNoMean where Px+Q <= 1 and ErrRange for
// what can not be.
func (m GammaGamma) ConditionalMean(s Spending) (float64, error) {
	if !positive(m.P, m.Q, m.V, s.Mean) || s.Frequency < 1 {
		return 0, fmt.Errorf("conditional mean amount: %w", ErrRange)
	}
	x := float64(s.Frequency)
	if m.P*x+m.Q <= 1 {
		return 0, fmt.Errorf("conditional mean amount: %w", ErrNoMean)
	}
	return answer(m.P * (m.V + x*s.Mean) / (m.P*x + m.Q - 1))
}
