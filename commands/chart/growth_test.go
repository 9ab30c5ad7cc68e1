package chart

import (
	"slices"
	"testing"
)

func growing() Growing {
	return Growing{Title: "Klantbot", Sentence: "Answers stay flat, and only what reads the whole office grows with it", Source: "A test",
		Sizes: []float64{5_000, 50_000, 500_000, 1_000_000}, Names: []string{"5,000", "50,000", "500,000", "1,000,000"}, Below: []string{"1 MB", "2 MB", "20 MB", "40 MB"},
		Lines: []GrowingLine{{"look-up", []float64{.1, .2, .2, .3}, false}, {"acknowledgement", []float64{.9, 1, 0, 1.1}, false},
			{"answer", []float64{1, 1.1, 1.2, 1.2}, false}, {"import", []float64{100, 1000, 10000, 20000}, true}, {"never", []float64{0, 0, 0, 0}, true}},
		Marks: []GrowingMark{{"0.1 ms", .1}, {"1 ms", 1}, {"100 ms", 100}, {"100 s", 100_000}}}
}

// TestGrowthCanBeRead: every word stands on the paper and over no other, also where
// lines end in one place.
func TestGrowthCanBeRead(t *testing.T) {
	labels := drawGrowth(growing()).labels
	if len(labels) < 15 {
		t.Errorf("only %d labels", len(labels))
	}
	for i, l := range labels {
		if l.box.x0 < margin-1 || l.box.x1 > paperWidth-margin+1 || l.contrast < 4.5 || l.text == "never" {
			t.Errorf("%q: %v, contrast %.1f", l.text, l.box, l.contrast)
		}
		for _, o := range labels[i+1:] {
			if l.box.overlaps(o.box) {
				t.Errorf("%q lies over %q", l.text, o.text)
			}
		}
	}
}

// TestApartBy: heights move as little as they must.
func TestApartBy(t *testing.T) {
	got := apartBy([]float64{100, 300, 110, 0}, 30)
	if !slices.Equal(got, []float64{90, 300, 120, 0}) {
		t.Errorf("%v", got)
	}
}
