package lifetime_test

import (
	"bufio"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"klantbot/analysis/lifetime"
)

func TestMeanRetention(t *testing.T) {
	r, err := lifetime.MeanRetention(lifetime.Cohort{Survivors: []float64{100, 80, 70}}, lifetime.Cohort{Survivors: []float64{50, 40}})
	near(t, "r", value(t)(r, err), (80.+70+40)/(100+80+50), 1e-12)
	near(t, "r of who all stay", value(t)(lifetime.MeanRetention(lifetime.Cohort{Survivors: []float64{5, 5, 5}})), 1, 0)
	if _, err := lifetime.MeanRetention(); !errors.Is(err, lifetime.ErrTooFew) {
		t.Errorf("of nothing: %v", err)
	}
}

// An office of six yearly cohorts whose clients differ much: who is old hardly
// leaves, who is new does, and one rate for all is wrong about both.
func TestHoldOutPrefersSBGWhereClientsDiffer(t *testing.T) {
	m := lifetime.SBG{A: .5, B: 1.5}
	var cohorts []lifetime.Cohort
	for years := 2; years <= 7; years++ {
		c := lifetime.Cohort{}
		for n := range years {
			c.Survivors = append(c.Survivors, math.Round(1000*value(t)(m.Survival(n))))
		}
		cohorts = append(cohorts, c)
	}
	h, err := lifetime.HoldOutSBG(cohorts...)
	if err != nil || !h.Better() || h.Over != 6 || h.Model > 3 || h.Naive < 20 {
		t.Errorf("%+v %v", h, err)
	}
	// What was held out was not seen: another last count, the same prediction.
	cohorts[5].Survivors[6]--
	again, err := lifetime.HoldOutSBG(cohorts...)
	if err != nil || math.Abs(again.Model-h.Model) > .5 || again == h {
		t.Errorf("%+v %v", again, err)
	}
	cohorts[5].Survivors[6] = 5000
	var row *lifetime.RowError
	if _, err := lifetime.HoldOutSBG(cohorts...); !errors.As(err, &row) {
		t.Errorf("a last count that rises: %v", err)
	}
	if (lifetime.HoldOut{}).Better() {
		t.Error("nothing foretold is better than a guess")
	}
}

// Where every client renews with the same chance, there is nothing to prefer.
func TestHoldOutSaysWhenThereIsNoModel(t *testing.T) {
	_, err := lifetime.HoldOutSBG(lifetime.Cohort{Survivors: []float64{1000, 800, 640, 512}})
	if !errors.Is(err, lifetime.ErrNoSpread) {
		t.Error(err)
	}
}

// CDNOW: fitted on 39 weeks, tried on the 39 that followed.
func TestHoldOutOfCDNOW(t *testing.T) {
	histories := cdnow(t)
	bought := cdnowLater(t)
	h, err := lifetime.HoldOutBGNBD(histories, 39, bought)
	if err != nil || !h.Better() || h.Over != 2357 {
		t.Fatalf("%+v %v", h, err)
	}
	t.Logf("%+v", h)
	if _, err := lifetime.HoldOutBGNBD(histories, 39, bought[1:]); !errors.Is(err, lifetime.ErrRange) {
		t.Errorf("fewer outcomes than clients: %v", err)
	}
}

// An office that turns out otherwise than its past: those who were silent come
// back at their old pace. Better must be able to say no.
func TestHoldOutCanPreferTheGuess(t *testing.T) {
	histories := cdnow(t)
	bought := make([]int, len(histories))
	for i, h := range histories {
		bought[i] = int(math.Round(39 * float64(h.Frequency) / h.T))
	}
	if h, err := lifetime.HoldOutBGNBD(histories, 39, bought); err != nil || h.Better() {
		t.Errorf("%+v %v", h, err)
	}
}

// cdnowLater counts the days with a purchase in the 39 weeks after the summary
// ends, by client in the order of the summary.
func cdnowLater(t *testing.T) []int {
	t.Helper()
	lines := bufio.NewScanner(shared(t, "CDNOW_sample.txt"))
	var bought []int
	client, last := "", ""
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if f[1] != client {
			client, last = f[1], ""
			bought = append(bought, 0)
		}
		if _, err := time.Parse("20060102", f[2]); err != nil {
			t.Fatal(err)
		}
		if f[2] > "19970930" && f[2] != last {
			bought[len(bought)-1]++
		}
		last = f[2]
	}
	return bought
}
