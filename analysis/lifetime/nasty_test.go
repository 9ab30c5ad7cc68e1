package lifetime_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis/lifetime"
	_ "klantbot/analysis/rapidseed"
)

func TestSBGSaysWhyThereIsNoFit(t *testing.T) {
	for _, c := range []struct {
		name      string
		survivors []float64
		want      error
	}{
		{"nothing", nil, lifetime.ErrTooFew},
		{"one count", []float64{100}, lifetime.ErrTooFew},
		{"one period", []float64{100, 80}, lifetime.ErrTooFew},
		{"nobody to begin with", []float64{0, 0, 0, 0}, lifetime.ErrTooFew},
		{"nobody leaves", []float64{50, 50, 50, 50}, lifetime.ErrNoLosses},
		{"one client that stays", []float64{1, 1, 1, 1, 1}, lifetime.ErrNoLosses},
		{"the same share every year", []float64{1000, 800, 640, 512, 409.6}, lifetime.ErrNoSpread},
		{"falling retention", []float64{100, 95, 80, 50, 10}, lifetime.ErrNoSpread},
		{"everybody leaves at once", []float64{100, 0, 0}, lifetime.ErrNoSpread},
		{"who is left after a year stays", []float64{100, 60, 60, 60, 60}, lifetime.ErrNoSpread},
		{"huge", []float64{math.MaxFloat64, math.MaxFloat64 / 2, 1, 1}, nil},
	} {
		fit, err := lifetime.FitSBG(lifetime.Cohort{Survivors: c.survivors})
		if c.want == nil && (err == nil || isOurs(err)) {
			continue
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %+v %v, want %v", c.name, fit, err, c.want)
		}
	}
}

func TestBGNBDSaysWhyThereIsNoFit(t *testing.T) {
	same := func(n int, h lifetime.History) []lifetime.History {
		all := make([]lifetime.History, n)
		for i := range all {
			all[i] = h
		}
		return all
	}
	for _, c := range []struct {
		name      string
		histories []lifetime.History
		want      error
	}{
		{"nothing", nil, lifetime.ErrTooFew},
		{"one client", same(1, lifetime.History{Frequency: 3, Recency: 20, T: 30}), lifetime.ErrTooFew},
		{"nobody came back", same(500, lifetime.History{T: 40}), lifetime.ErrNoRepeats},
		{"no time passed", same(10, lifetime.History{}), lifetime.ErrTooFew},
		{"all alike", same(100, lifetime.History{Frequency: 4, Recency: 30, T: 39}), lifetime.ErrNoSpread},
		{"all came just now", same(100, lifetime.History{Frequency: 4, Recency: 39, T: 39}), lifetime.ErrNoSpread},
	} {
		if fit, err := lifetime.FitBGNBD(c.histories); !errors.Is(err, c.want) {
			t.Errorf("%s: %+v %v, want %v", c.name, fit, err, c.want)
		}
	}
}

func TestGammaGammaSaysWhyThereIsNoFit(t *testing.T) {
	equal := make([]lifetime.Spending, 50)
	for i := range equal {
		equal[i] = lifetime.Spending{Frequency: 1 + i%4, Mean: 125}
	}
	for _, c := range []struct {
		name     string
		spending []lifetime.Spending
		want     error
	}{
		{"nothing", nil, lifetime.ErrTooFew},
		{"one client", equal[:1], lifetime.ErrTooFew},
		{"all amounts equal", equal, lifetime.ErrNoSpread},
	} {
		if fit, err := lifetime.FitGammaGamma(c.spending); !errors.Is(err, c.want) {
			t.Errorf("%s: %+v %v, want %v", c.name, fit, err, c.want)
		}
	}
}

func TestRowsThatCanNotBe(t *testing.T) {
	good := []lifetime.History{{T: 5}, {Frequency: 2, Recency: 3, T: 5}}
	for field, bad := range map[string][]lifetime.History{
		"frequency": {{Frequency: -1, T: 3}},
		"recency":   {{Frequency: 1, Recency: 4, T: 3}, {Frequency: 1, Recency: -1, T: 3}, {Frequency: 1, Recency: math.NaN(), T: 3}},
		"T":         {{T: -1}, {T: math.Inf(1)}, {T: math.NaN()}},
	} {
		for _, h := range bad {
			_, err := lifetime.FitBGNBD(append(good[:2:2], h))
			expectRow(t, err, 2, field)
		}
	}
	for field, bad := range map[string][]lifetime.Spending{
		"frequency":      {{Frequency: 0, Mean: 3}, {Frequency: -2, Mean: 3}},
		"monetary_value": {{Frequency: 1}, {Frequency: 1, Mean: -3}, {Frequency: 1, Mean: math.NaN()}, {Frequency: 1, Mean: math.Inf(1)}},
	} {
		for _, s := range bad {
			_, err := lifetime.FitGammaGamma([]lifetime.Spending{{Frequency: 1, Mean: 2}, s})
			expectRow(t, err, 1, field)
		}
	}
	for _, s := range [][]float64{{100, 90, 95}, {100, 90, -1}, {100, 90, math.NaN()}} {
		_, err := lifetime.FitSBG(lifetime.Cohort{Survivors: s})
		expectRow(t, err, 2, "survivors")
		_, err = lifetime.FitSBG(lifetime.Cohort{Survivors: highEnd}, lifetime.Cohort{Survivors: s})
		expectRow(t, err, len(highEnd)+2, "survivors")
	}
}

func expectRow(t *testing.T, err error, row int, field string) {
	t.Helper()
	var e *lifetime.RowError
	if !errors.As(err, &e) || e.Row != row || e.Field != field {
		t.Errorf("%v, want row %d and field %s", err, row, field)
	}
}

// isOurs says whether err is one of the reasons the package promises.
func isOurs(err error) bool {
	for _, known := range []error{lifetime.ErrTooFew, lifetime.ErrNoRepeats, lifetime.ErrNoLosses, lifetime.ErrNoSpread,
		lifetime.ErrNotConverged, lifetime.ErrRange, lifetime.ErrNoMean, lifetime.ErrTooFar} {
		if errors.Is(err, known) {
			return true
		}
	}
	var row *lifetime.RowError
	return errors.As(err, &row)
}

// Whatever comes in, a finite number or a reason comes out.
func TestNothingThatIsNotANumberComesOut(t *testing.T) {
	wild := rapid.OneOf(rapid.Float64Range(0, 1e3), rapid.Float64(), rapid.SampledFrom([]float64{0, -1, 1e-300, 1e300, math.Inf(1), math.NaN()}))
	rapid.Check(t, func(t *rapid.T) {
		check := func(what string, v float64, err error) {
			if err != nil && !isOurs(err) {
				t.Fatalf("%s: %v", what, err)
			}
			if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
				t.Fatalf("%s = %v", what, v)
			}
		}
		f := func(name string) float64 { return wild.Draw(t, name) }
		n := rapid.IntRange(-1, 5000).Draw(t, "n")
		s := lifetime.SBG{A: f("a"), B: f("b")}
		v, err := s.Survival(n)
		check("survival", v, err)
		v, err = s.Retention(n)
		check("retention", v, err)
		v, err = s.Residual(n, f("d"))
		check("residual", v, err)
		in, err := s.ResidualInterval(n, f("d"), .8)
		check("residual low", in.Low, err)
		check("residual high", in.High, err)
		v, err = lifetime.Annuity(f("m"), f("r"), f("d"))
		check("annuity", v, err)
		m := lifetime.BGNBD{R: f("r"), Alpha: f("alpha"), A: f("a"), B: f("b")}
		h := lifetime.History{Frequency: n, Recency: f("recency"), T: f("T")}
		alive, err := m.Alive(h)
		check("alive", alive.P, err)
		v, err = m.Purchases(f("t"))
		check("purchases", v, err)
		v, err = m.Next(h, f("t"))
		check("next", v, err)
		v, err = m.LogLikelihood([]lifetime.History{h})
		check("likelihood", v, err)
		g := lifetime.GammaGamma{P: f("p"), Q: f("q"), V: f("v")}
		v, err = g.Mean()
		check("mean", v, err)
		v, err = g.ConditionalMean(lifetime.Spending{Frequency: n, Mean: f("z")})
		check("conditional mean", v, err)
	})
}

// Small random offices: a fit or a reason, and the same one twice.
func TestFitsOfRandomOffices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.SampledFrom([]float64{1, 40, 1e7}).Draw(t, "unit")
		histories := make([]lifetime.History, rapid.IntRange(1, 40).Draw(t, "clients"))
		var spending []lifetime.Spending
		for i := range histories {
			h := history(t)
			h.T, h.Recency = h.T*long, h.Recency*long
			histories[i] = h
			if h.Frequency > 0 {
				spending = append(spending, lifetime.Spending{Frequency: h.Frequency, Mean: rapid.Float64Range(.01, 1e6).Draw(t, "mean")})
			}
		}
		b, err := lifetime.FitBGNBD(histories)
		again, _ := lifetime.FitBGNBD(histories)
		if b != again || err != nil && !isOurs(err) || err == nil && !sound(b.LogLikelihood, b.R, b.Alpha, b.A, b.B) {
			t.Fatalf("%+v, again %+v, %v", b, again, err)
		}
		g, err := lifetime.FitGammaGamma(spending)
		if err != nil && !isOurs(err) || err == nil && !sound(g.LogLikelihood, g.P, g.Q, g.V) {
			t.Fatalf("%+v %v", g, err)
		}
		if errors.Is(err, lifetime.ErrNotConverged) {
			t.Fatalf("Gamma-Gamma did not converge on %+v", spending)
		}
	})
}

func sound(values ...float64) bool {
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) || i > 0 && v <= 0 {
			return false
		}
	}
	return true
}
