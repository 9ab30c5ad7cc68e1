package stats_test

import (
	"errors"
	"math"
	"testing"

	"klantbot/analysis/stats"
)

// hill has its top at top and falls off as a bowl, steeper in later directions.
func hill(top []float64, starts ...[]float64) stats.Problem {
	return stats.Problem{Radius: 10, Starts: starts,
		Value: func(x []float64) float64 {
			v := 0.
			for i := range x {
				v -= float64(i+1) * (x[i] - top[i]) * (x[i] - top[i])
			}
			return v
		},
		Gradient: func(slope, x []float64) {
			for i := range x {
				slope[i] = -2 * float64(i+1) * (x[i] - top[i])
			}
		}}
}

func TestMaximizeFindsTheTop(t *testing.T) {
	m, err := stats.Maximize(hill([]float64{1, -2, 3}, []float64{0, 0, 0}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{1, -2, 3} {
		if math.Abs(m.X[i]-want) > 1e-6 {
			t.Errorf("x[%d] = %v, want %v", i, m.X[i], want)
		}
	}
}

// Rosenbrock's valley, turned over: the test that naive searches fail.
func TestMaximizeFollowsACurvedRidge(t *testing.T) {
	m, err := stats.Maximize(stats.Problem{Radius: 10, Starts: [][]float64{{-1.2, 1}},
		Value: func(x []float64) float64 {
			return -(100*math.Pow(x[1]-x[0]*x[0], 2) + math.Pow(1-x[0], 2))
		},
		Gradient: func(slope, x []float64) {
			slope[0] = 400*x[0]*(x[1]-x[0]*x[0]) + 2*(1-x[0])
			slope[1] = -200 * (x[1] - x[0]*x[0])
		}})
	if err != nil || math.Abs(m.X[0]-1) > 1e-5 || math.Abs(m.X[1]-1) > 1e-5 {
		t.Errorf("%+v %v", m, err)
	}
}

func TestMaximizeTakesTheBestOfTheStarts(t *testing.T) {
	// Two hills in one dimension, the higher one near 4.
	p := stats.Problem{Radius: 10, Starts: [][]float64{{-4}, {4}},
		Value: func(x []float64) float64 {
			return math.Exp(-(x[0]+4)*(x[0]+4)) + 2*math.Exp(-(x[0]-4)*(x[0]-4))
		},
		Gradient: func(slope, x []float64) {
			slope[0] = -2*(x[0]+4)*math.Exp(-(x[0]+4)*(x[0]+4)) - 4*(x[0]-4)*math.Exp(-(x[0]-4)*(x[0]-4))
		}}
	if m, err := stats.Maximize(p); err != nil || math.Abs(m.X[0]-4) > 1e-4 {
		t.Errorf("%+v %v", m, err)
	}
}

func TestMaximizeSaysWhenThereIsNoTop(t *testing.T) {
	slope := func(at func(x float64) float64) func(s, x []float64) {
		return func(s, x []float64) { s[0] = at(x[0]) }
	}
	for _, c := range []struct {
		name  string
		value func(x []float64) float64
		slope func(s, x []float64)
		want  error
	}{
		{"rises for ever", func(x []float64) float64 { return x[0] }, slope(func(float64) float64 { return 1 }), stats.ErrNoMaximum},
		{"levels off", func(x []float64) float64 { return -math.Exp(-x[0]) }, slope(func(x float64) float64 { return math.Exp(-x) }), stats.ErrNoMaximum},
		{"flat", func(x []float64) float64 { return 3 }, slope(func(float64) float64 { return 0 }), stats.ErrNoMaximum},
		{"a roof, without a slope at the top", func(x []float64) float64 { return -math.Abs(x[0]) },
			slope(func(x float64) float64 { return math.Copysign(1, -x) }), stats.ErrNotConverged},
		{"no number anywhere", func(x []float64) float64 { return math.NaN() }, slope(func(float64) float64 { return math.NaN() }), stats.ErrNotConverged},
	} {
		m, err := stats.Maximize(stats.Problem{Radius: 8, Starts: [][]float64{{.3}}, Value: c.value, Gradient: c.slope})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %+v %v, want %v", c.name, m, err, c.want)
		}
	}
	if _, err := stats.Maximize(hill([]float64{0})); !errors.Is(err, stats.ErrRange) {
		t.Errorf("without starts: %v", err)
	}
}
