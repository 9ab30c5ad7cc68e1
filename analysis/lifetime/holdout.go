package lifetime

import (
	"errors"
	"fmt"
	"math"
)

// HoldOut says how well a model foretold what it was not shown, beside a guess
// that takes no model. A lifetime per client deserves to be shown only where the
// model did better.
type HoldOut struct {
	Model float64 // root mean square error of the model
	Naive float64 // of the guess, in the same unit
	Over  int     // how many cohorts or clients were foretold
}

// Better says whether the model beat the guess.
func (h HoldOut) Better() bool { return h.Over > 0 && h.Model < h.Naive }

// MeanRetention returns the share of all renewals that came about, the one rate r
// that Annuity takes for a whole office: the sum of all later counts over the sum
// of the counts before them. Errors as of FitSBG, except that nobody having left
// is an answer: 1.
func MeanRetention(cohorts ...Cohort) (float64, error) {
	o, err := periods(cohorts)
	if err != nil && !errors.Is(err, ErrNoLosses) {
		return 0, fmt.Errorf("mean retention: %w", err)
	}
	kept, asked := 0., 0.
	for t := range o.kept {
		kept += o.kept[t]
		asked += o.kept[t] + o.lost[t]
	}
	return answer(kept / asked)
}

// HoldOutSBG fits an SBG to all but the last count of every cohort, and compares
// what it says of that count with MeanRetention of what it was shown. The last
// counts are meant to be of one moment, such as the last year. Cohorts with a
// single count have none to foretell. The errors are in clients; failures as of
// FitSBG.
func HoldOutSBG(cohorts ...Cohort) (HoldOut, error) {
	shown := make([]Cohort, 0, len(cohorts))
	for _, c := range cohorts {
		if n := len(c.Survivors); n > 1 {
			shown = append(shown, Cohort{Age: c.Age, Survivors: c.Survivors[:n-1]})
		}
	}
	if _, err := periods(cohorts); err != nil && !errors.Is(err, ErrNoLosses) {
		return HoldOut{}, fmt.Errorf("hold out: %w", err) // also of the last counts
	}
	fit, err := FitSBG(shown...)
	if err != nil {
		return HoldOut{}, fmt.Errorf("hold out: %w", err)
	}
	naive, err := MeanRetention(shown...)
	if err != nil {
		return HoldOut{}, fmt.Errorf("hold out: %w", err)
	}
	var e squares
	for _, c := range cohorts {
		n := len(c.Survivors)
		if n < 2 {
			continue
		}
		r, err := fit.Retention(c.Age + n - 1)
		if err != nil {
			return HoldOut{}, fmt.Errorf("hold out: %w", err)
		}
		before, last := c.Survivors[n-2], c.Survivors[n-1]
		e.add(before*r-last, before*naive-last)
	}
	return e.means(), nil
}

// HoldOutBGNBD fits a BGNBD to the histories and compares what it expects of the
// time t that followed with bought, what each client then did buy. The guess is
// that everybody goes on at its own pace, Frequency/T. The errors are in
// purchases a client; failures as of FitBGNBD and Next, and ErrRange where bought
// does not fit the histories.
func HoldOutBGNBD(histories []History, t float64, bought []int) (HoldOut, error) {
	if len(histories) != len(bought) || !positive(t) {
		return HoldOut{}, fmt.Errorf("hold out: %w", ErrRange)
	}
	fit, err := FitBGNBD(histories)
	if err != nil {
		return HoldOut{}, fmt.Errorf("hold out: %w", err)
	}
	var e squares
	for i, h := range histories {
		expected, err := fit.Next(h, t)
		if err != nil {
			return HoldOut{}, fmt.Errorf("hold out: %w", err)
		}
		pace := 0.
		if h.T > 0 {
			pace = float64(h.Frequency) / h.T
		}
		e.add(expected-float64(bought[i]), pace*t-float64(bought[i]))
	}
	return e.means(), nil
}

// squares adds up squared errors.
type squares struct {
	model, naive float64
	n            int
}

func (s *squares) add(model, naive float64) {
	s.model += model * model
	s.naive += naive * naive
	s.n++
}

func (s *squares) means() HoldOut {
	n := math.Max(1, float64(s.n))
	return HoldOut{Model: math.Sqrt(s.model / n), Naive: math.Sqrt(s.naive / n), Over: s.n}
}
