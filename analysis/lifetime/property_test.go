package lifetime_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"

	"klantbot/analysis/lifetime"
)

// parameter draws from what fits find, and well beyond.
func parameter(t *rapid.T, name string) float64 {
	return math.Exp(rapid.Float64Range(-5, 6).Draw(t, name))
}

func history(t *rapid.T) lifetime.History {
	h := lifetime.History{Frequency: rapid.IntRange(0, 60).Draw(t, "x"), T: rapid.Float64Range(0, 500).Draw(t, "T")}
	if h.Frequency > 0 {
		h.Recency = h.T * rapid.Float64Range(0, 1).Draw(t, "recency")
	}
	return h
}

func TestSurvivalFallsAndRetentionRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.SBG{A: parameter(t, "A"), B: parameter(t, "B")}
		survival, retention := 1., 0.
		for n := 1; n < 130; n++ {
			s, err1 := m.Survival(n)
			r, err2 := m.Retention(n)
			if err1 != nil || err2 != nil || !(s < survival && s >= 0 && r > retention && r < 1) {
				t.Fatalf("%+v: in period %d survival %v after %v, retention %v after %v, %v %v", m, n, s, survival, r, retention, err1, err2)
			}
			if math.Abs(s-survival*r) > 1e-12 {
				t.Fatalf("%+v: S(%d) = %v, S·r = %v", m, n, s, survival*r)
			}
			survival, retention = s, r
		}
	})
}

func TestResidualIsItsSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.SBG{A: parameter(t, "A"), B: parameter(t, "B")}
		n, d := rapid.IntRange(1, 40).Draw(t, "n"), rapid.Float64Range(.01, .5).Draw(t, "d")
		got, err := m.Residual(n, d)
		if err != nil {
			t.Fatal(err)
		}
		want, share := 0., 1.
		for k := 0; k < 5000; k++ {
			r, err := m.Retention(n + k)
			if err != nil {
				t.Fatal(err)
			}
			share *= r
			want += share * math.Pow(1+d, -float64(k))
		}
		if math.Abs(got-want) > 1e-9*want {
			t.Fatalf("%+v after %d at %v: %v, sum %v", m, n, d, got, want)
		}
		later, err := m.Residual(n+1, d)
		if err != nil || later <= got {
			t.Fatalf("who stays is worth more: %v then %v %v", got, later, err)
		}
		in, err := m.ResidualInterval(n, d, .8)
		if err != nil || !(in.Low >= 0 && in.Low <= in.High && in.High <= (1+d)/d*(1+1e-12)) {
			t.Fatalf("interval %+v %v", in, err)
		}
	})
}

// The interval holds as many simulated clients as it says, and no fewer steps
// would do.
func TestResidualIntervalHoldsItsShare(t *testing.T) {
	m, d, source := lifetime.SBG{A: .668, B: 3.806}, .08, rand.New(rand.NewPCG(3, 4))
	in, err := m.ResidualInterval(3, d, .8)
	if err != nil {
		t.Fatal(err)
	}
	const clients = 20_000
	below, above, sum := 0, 0, 0.
	for range clients {
		worth := 0.
		for k := 0; k < 400; k++ {
			r, _ := m.Retention(3 + k)
			if source.Float64() > r {
				break
			}
			worth += math.Pow(1+d, -float64(k))
		}
		sum += worth
		if worth < in.Low-1e-9 {
			below++
		}
		if worth > in.High+1e-9 {
			above++
		}
	}
	if below > clients/10 || above > clients/10+100 {
		t.Errorf("interval %+v: %d below and %d above of %d", in, below, above, clients)
	}
	expected := value(t)(m.Residual(3, d))
	near(t, "mean of the simulation", sum/clients, expected, .15)
}

func TestAliveIsAChance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.BGNBD{R: parameter(t, "R"), Alpha: parameter(t, "Alpha"), A: parameter(t, "A"), B: parameter(t, "B")}
		h := history(t)
		got, err := m.Alive(h)
		if err != nil || !(got.P >= 0 && got.P <= 1) || got.Repeated != (h.Frequency > 0) {
			t.Fatalf("%+v %+v: %+v %v", m, h, got, err)
		}
		if h.Frequency == 0 && got.P != 1 {
			t.Fatalf("without repetition P = %v", got.P)
		}
		h.T += 10 // longer silent
		if later, err := m.Alive(h); err != nil || later.P > got.P {
			t.Fatalf("silence made it likelier: %v then %v %v", got.P, later.P, err)
		}
	})
}

// The published forms with 2F1, where they are defined and do not cancel.
func TestPurchasesAreThePublishedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.BGNBD{R: rapid.Float64Range(.1, 5).Draw(t, "R"), Alpha: rapid.Float64Range(1, 20).Draw(t, "Alpha"),
			A: rapid.Float64Range(1.2, 4).Draw(t, "A"), B: rapid.Float64Range(.5, 5).Draw(t, "B")}
		time := rapid.Float64Range(.1, 15).Draw(t, "t")
		published := func(m lifetime.BGNBD) float64 {
			series := mathext.Hypergeo(m.R, m.B, m.A+m.B-1, time/(m.Alpha+time))
			return (m.A + m.B - 1) / (m.A - 1) * (1 - math.Pow(m.Alpha/(m.Alpha+time), m.R)*series)
		}
		got, err := m.Purchases(time)
		if want := published(m); err != nil || math.Abs(got-want) > 1e-6*(1+want) {
			t.Fatalf("%+v in %v: %v %v, published %v", m, time, got, err, want)
		}
		h := lifetime.History{Frequency: rapid.IntRange(1, 6).Draw(t, "x"), Recency: 3, T: rapid.Float64Range(3, 30).Draw(t, "T")}
		x := float64(h.Frequency)
		want := published(lifetime.BGNBD{R: m.R + x, Alpha: m.Alpha + h.T, A: m.A, B: m.B + x}) /
			(1 + m.A/(m.B+x-1)*math.Pow((m.Alpha+h.T)/(m.Alpha+h.Recency), m.R+x))
		if got, err := m.Next(h, time); err != nil || math.Abs(got-want) > 1e-6*(1+want) {
			t.Fatalf("%+v %+v in %v: %v %v, published %v", m, h, time, got, err, want)
		}
	})
}

func TestNextIsFiniteAndRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.BGNBD{R: parameter(t, "R"), Alpha: parameter(t, "Alpha"), A: parameter(t, "A"), B: parameter(t, "B")}
		h, time := history(t), rapid.Float64Range(0, 20).Draw(t, "t")
		got, err1 := m.Next(h, time)
		more, err2 := m.Next(h, time*1.5+1)
		if errors.Is(err1, lifetime.ErrTooFar) || errors.Is(err2, lifetime.ErrTooFar) {
			terms := (m.R + float64(h.Frequency) + 60) * (1 + (time*1.5+1)/(m.Alpha+h.T))
			if terms < 200_000 {
				t.Fatalf("%+v %+v: %v is not too far", m, h, time)
			}
			return
		}
		if err1 != nil || err2 != nil || !(got >= 0 && got <= more*(1+1e-9)) {
			t.Fatalf("%+v %+v: in %v %v, later %v, %v %v", m, h, time, got, more, err1, err2)
		}
		in, err := m.NextInterval(h, time, .8)
		if err != nil || !(in.Low >= 0 && in.Low <= in.High) {
			t.Fatalf("interval %+v %v", in, err)
		}
	})
}

// A simulated client and its future, against interval and expectation.
func TestNextIntervalHoldsItsShare(t *testing.T) {
	m, source := lifetime.BGNBD{R: 2, Alpha: 4, A: 1, B: 3}, rand.New(rand.NewPCG(5, 6))
	const clients, time = 40_000, 10
	// Gamma(2, 4) is the sum of two exponentials; Beta(1, 3) is inverted directly.
	counts, sum := make([]int, 200), 0
	for range clients {
		rate := (source.ExpFloat64() + source.ExpFloat64()) / 4
		drop := 1 - math.Pow(source.Float64(), 1./3)
		n := 0
		for at := source.ExpFloat64() / rate; at < time; at += source.ExpFloat64() / rate {
			n++
			if source.Float64() < drop {
				break
			}
		}
		counts[n]++
		sum += n
	}
	near(t, "mean of the simulation", float64(sum)/clients, value(t)(m.Purchases(time)), .05)
	// A new client is a history of nothing in no time.
	in, err := m.NextInterval(lifetime.History{}, time, .8)
	if err != nil {
		t.Fatal(err)
	}
	below, above := 0, 0
	for n, c := range counts {
		if float64(n) < in.Low {
			below += c
		}
		if float64(n) > in.High {
			above += c
		}
	}
	if below > clients/10 || above > clients/10+200 {
		t.Errorf("interval %+v: %d below and %d above of %d", in, below, above, clients)
	}
	next := value(t)(m.Next(lifetime.History{}, time))
	near(t, "a new client's future", next, value(t)(m.Purchases(time)), 1e-12)
}

// No neighbour is likelier than the fit; a fit that stopped halfway has one.
func TestFitsAreAtTheTop(t *testing.T) {
	source := rand.New(rand.NewPCG(7, 8))
	nudge := func() float64 { return math.Exp(.05 * source.NormFloat64()) }
	cohorts := []lifetime.Cohort{{Survivors: []float64{200, 161, 139, 126, 116}}, {Survivors: []float64{150, 118, 100}}, {Age: 3, Survivors: []float64{80, 72, 66}}}
	sbg, err := lifetime.FitSBG(cohorts...)
	if err != nil {
		t.Fatal(err)
	}
	histories := cdnow(t)[:400]
	bg, err := lifetime.FitBGNBD(histories)
	if err != nil {
		t.Fatal(err)
	}
	spending := cdnowSpending(t)
	gg, err := lifetime.FitGammaGamma(spending)
	if err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if v := value(t)(lifetime.SBG{A: sbg.A * nudge(), B: sbg.B * nudge()}.LogLikelihood(cohorts...)); v > sbg.LogLikelihood+1e-9 {
			t.Fatalf("sBG: %v is likelier than %v", v, sbg.LogLikelihood)
		}
		m := lifetime.BGNBD{R: bg.R * nudge(), Alpha: bg.Alpha * nudge(), A: bg.A * nudge(), B: bg.B * nudge()}
		if v := value(t)(m.LogLikelihood(histories)); v > bg.LogLikelihood+1e-9 {
			t.Fatalf("BG/NBD: %v is likelier than %v", v, bg.LogLikelihood)
		}
		g := lifetime.GammaGamma{P: gg.P * nudge(), Q: gg.Q * nudge(), V: gg.V * nudge()}
		if v := value(t)(g.LogLikelihood(spending)); v > gg.LogLikelihood+1e-9 {
			t.Fatalf("Gamma-Gamma: %v is likelier than %v", v, gg.LogLikelihood)
		}
	}
}

// Another unit of time or money, other order: the same fit.
func TestFitsDoNotDependOnUnitOrOrder(t *testing.T) {
	histories, spending := cdnow(t), cdnowSpending(t)
	bg, err := lifetime.FitBGNBD(histories)
	if err != nil {
		t.Fatal(err)
	}
	gg, err := lifetime.FitGammaGamma(spending)
	if err != nil {
		t.Fatal(err)
	}
	for _, unit := range []float64{1. / 52, 7, 1e9} {
		days, cents := slices.Clone(histories), slices.Clone(spending)
		slices.Reverse(days)
		slices.Reverse(cents)
		purchases := 0
		for i := range days {
			days[i].Recency *= unit
			days[i].T *= unit
			purchases += days[i].Frequency
		}
		for i := range cents {
			cents[i].Mean *= unit
		}
		b, err := lifetime.FitBGNBD(days)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "R", b.R, bg.R, 1e-5)
		near(t, "Alpha", b.Alpha/unit, bg.Alpha, 1e-4)
		near(t, "A", b.A, bg.A, 1e-5)
		near(t, "B", b.B, bg.B, 1e-4)
		near(t, "log-likelihood", b.LogLikelihood+float64(purchases)*math.Log(unit), bg.LogLikelihood, 1e-5)
		g, err := lifetime.FitGammaGamma(cents)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "P", g.P, gg.P, 1e-4)
		near(t, "Q", g.Q, gg.Q, 1e-4)
		near(t, "V", g.V/unit, gg.V, 1e-3)
		near(t, "log-likelihood", g.LogLikelihood+float64(len(cents))*math.Log(unit), gg.LogLikelihood, 1e-5)
	}
}

func TestSBGDoesNotDependOnTheNumberOfClients(t *testing.T) {
	for _, n := range []float64{.01, 3, 12_345} {
		counts := make([]float64, len(highEnd))
		for i := range counts {
			counts[i] = highEnd[i] * n
		}
		fit, err := lifetime.FitSBG(lifetime.Cohort{Survivors: counts})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "A", fit.A, .668088, 1e-5)
		near(t, "log-likelihood per client", fit.PerClient, -1.611158, 1e-6)
	}
}

func TestConditionalMeanLiesBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := lifetime.GammaGamma{P: parameter(t, "P"), Q: 1 + parameter(t, "Q"), V: parameter(t, "V")}
		s := lifetime.Spending{Frequency: rapid.IntRange(1, 50).Draw(t, "x"), Mean: parameter(t, "mean")}
		all, err1 := m.Mean()
		got, err2 := m.ConditionalMean(s)
		low, high := min(all, s.Mean), max(all, s.Mean)
		if err1 != nil || err2 != nil || got < low*(1-1e-9) || got > high*(1+1e-9) {
			t.Fatalf("%+v %+v: %v is not between %v and %v, %v %v", m, s, got, low, high, err1, err2)
		}
	})
}
