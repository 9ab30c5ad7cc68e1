package lifetime_test

import (
	"testing"

	"klantbot/analysis/lifetime"
)

func BenchmarkFitBGNBD(b *testing.B) {
	histories := cdnow(b)
	for b.Loop() {
		if _, err := lifetime.FitBGNBD(histories); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitGammaGamma(b *testing.B) {
	spending := cdnowSpending(b)
	for b.Loop() {
		if _, err := lifetime.FitGammaGamma(spending); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitSBG(b *testing.B) {
	for b.Loop() {
		if _, err := lifetime.FitSBG(lifetime.Cohort{Survivors: highEnd}); err != nil {
			b.Fatal(err)
		}
	}
}

// A year's forecast of every client.
func BenchmarkNext(b *testing.B) {
	histories, m := cdnow(b), lifetime.BGNBD{R: .2426, Alpha: 4.4135, A: .7929, B: 2.4258}
	for b.Loop() {
		for _, h := range histories {
			if _, err := m.Next(h, 52); err != nil {
				b.Fatal(err)
			}
		}
	}
}
