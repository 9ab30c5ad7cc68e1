package stats

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

// How a search for a maximum can end without one.
var (
	// ErrNotConverged: the search stopped before the slope was flat.
	ErrNotConverged = errors.New("the search for a maximum did not converge")
	// ErrNoMaximum: the function keeps rising to the edge of what was searched,
	// or is as good along a whole line: there is no single best point.
	ErrNoMaximum = errors.New("there is no single maximum")
)

// Problem is a smooth function to maximise. For numbers that must be positive,
// let x be their logarithm.
type Problem struct {
	// Value returns the function at x. It is asked only within Radius and should
	// be of order one, as a mean log-likelihood is: the tests on slope and
	// curvature are absolute.
	Value func(x []float64) float64
	// Gradient fills slope with the derivatives of Value at x.
	Gradient func(slope, x []float64)
	// Starts are where the search begins; the best end of all counts, the first
	// of equals. The same starts give the same answer.
	Starts [][]float64
	// Radius bounds every |x[i]|.
	Radius float64
}

// Maximum is where a function is largest.
type Maximum struct {
	X     []float64
	Value float64
}

const (
	flatSlope     = 1e-6 // above it a search has not arrived
	flatCurvature = 1e-6 // below it a direction does not matter
	nearEdge      = .01  // of Radius
)

// Maximize searches from every start by BFGS, and again by Nelder-Mead where
// that got stuck. It fails with ErrRange for a Problem without starts,
// ErrNotConverged or ErrNoMaximum; whatever it returns has a slope under 1e-6 and
// curves down in every direction. Sources: Nocedal & Wright 2006, chapters 6 and
// 9; gonum/optimize.
func Maximize(p Problem) (Maximum, error) {
	best := Maximum{Value: math.Inf(-1)}
	for _, start := range p.Starts {
		x := p.climb(start)
		if v := p.Value(x); v > best.Value {
			best = Maximum{X: x, Value: v}
		}
	}
	if len(p.Starts) == 0 {
		return Maximum{}, fmt.Errorf("maximize: %w", ErrRange)
	}
	if err := p.judge(best); err != nil {
		return Maximum{}, fmt.Errorf("maximize: %w", err)
	}
	return best, nil
}

// climb returns where a search from start ends, within the radius.
func (p Problem) climb(start []float64) []float64 {
	settings := &optimize.Settings{GradientThreshold: flatSlope / 100, MajorIterations: 1000,
		Converger: &optimize.FunctionConverge{Absolute: 1e-14, Iterations: 20}}
	problem := optimize.Problem{Func: p.cost, Grad: p.costSlope}
	x := start
	// An error here says only that a line search found nothing better; judge
	// decides by the slope what the place is worth.
	if r, _ := optimize.Minimize(problem, x, settings, &optimize.BFGS{}); r != nil {
		x = p.inside(r.X)
	}
	if p.steepness(x) <= flatSlope || p.atEdge(x) {
		return x
	}
	settings = &optimize.Settings{MajorIterations: 5000, Converger: &optimize.FunctionConverge{Absolute: 1e-14, Iterations: 100}}
	if r, _ := optimize.Minimize(problem, x, settings, &optimize.NelderMead{}); r != nil {
		x = p.inside(r.X)
	}
	return x
}

// cost is what is minimised: the function turned over, and outside the radius a
// bowl that leads back.
func (p Problem) cost(x []float64) float64 {
	in, out := p.inside(x), 0.
	for i := range x {
		out += (x[i] - in[i]) * (x[i] - in[i])
	}
	v := p.Value(in)
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return out - v
}

func (p Problem) costSlope(slope, x []float64) {
	in := p.inside(x)
	p.Gradient(slope, in)
	for i := range slope {
		if x[i] != in[i] {
			slope[i] = 2 * (x[i] - in[i])
		} else {
			slope[i] = -slope[i]
		}
	}
}

func (p Problem) inside(x []float64) []float64 {
	in := make([]float64, len(x))
	for i, v := range x {
		in[i] = max(-p.Radius, min(p.Radius, v))
	}
	return in
}

func (p Problem) atEdge(x []float64) bool {
	for _, v := range x {
		if math.Abs(v) > p.Radius*(1-nearEdge) {
			return true
		}
	}
	return false
}

func (p Problem) steepness(x []float64) float64 {
	slope, steepest := make([]float64, len(x)), 0.
	p.Gradient(slope, x)
	for _, s := range slope {
		steepest = max(steepest, math.Abs(s))
	}
	return steepest
}

// judge says whether m is a maximum, and the only one near.
func (p Problem) judge(m Maximum) error {
	if m.X == nil || math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
		return ErrNotConverged
	}
	if p.atEdge(m.X) {
		return ErrNoMaximum
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(p.curvature(m.X), false) {
		return ErrNotConverged
	}
	if least := eigen.Values(nil)[0]; !(least > flatCurvature) {
		return ErrNoMaximum
	}
	if !(p.steepness(m.X) <= flatSlope) {
		return ErrNotConverged
	}
	return nil
}

// curvature returns the second derivatives at x, turned over: positive where the
// function curves down. They are central differences of the gradient.
func (p Problem) curvature(x []float64) *mat.SymDense {
	const step = 1e-4
	n := len(x)
	rows := make([][]float64, n)
	for i := range x {
		at, up, down := append([]float64(nil), x...), make([]float64, n), make([]float64, n)
		at[i] = x[i] + step
		p.Gradient(up, at)
		at[i] = x[i] - step
		p.Gradient(down, at)
		rows[i] = make([]float64, n)
		for j := range n {
			rows[i][j] = (down[j] - up[j]) / (2 * step)
		}
	}
	c := mat.NewSymDense(n, nil)
	for i := range n {
		for j := i; j < n; j++ {
			c.SetSym(i, j, (rows[i][j]+rows[j][i])/2)
		}
	}
	return c
}
