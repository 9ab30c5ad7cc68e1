package survey

import "math"

// Quadrant is where a theme stands in importance against performance.
type Quadrant string

// The quadrants.
const (
	Concentrate Quadrant = "concentreren"        // important, and not done well
	Keep        Quadrant = "behouden"            // important and done well
	LowPriority Quadrant = "lage prioriteit"     // neither
	Overdone    Quadrant = "mogelijk overdreven" // done well, and not important
)

// Cut divides the plane. NaN stands for the grand mean of the themes.
type Cut struct{ Importance, Performance float64 }

// GrandMeans is the cut of an office that chose none.
func GrandMeans() Cut { return Cut{math.NaN(), math.NaN()} }

// Place gives every theme that has both means its quadrant and returns the cut
// that was used, false where no theme has both. A mean on the cut counts as
// above it.
func (c Cut) Place(themes []ThemeFigures) (Cut, bool) {
	var importance, performance []float64
	for _, t := range themes {
		if t.Importance.N > 0 && t.Performance.N > 0 {
			importance, performance = append(importance, t.Importance.Mean), append(performance, t.Performance.Mean)
		}
	}
	if len(importance) == 0 {
		return c, false
	}
	if math.IsNaN(c.Importance) {
		c.Importance = Estimated(importance).Mean
	}
	if math.IsNaN(c.Performance) {
		c.Performance = Estimated(performance).Mean
	}
	for i := range themes {
		t := &themes[i]
		if t.Importance.N > 0 && t.Performance.N > 0 {
			t.Quadrant = c.of(t.Importance.Mean, t.Performance.Mean)
		}
	}
	return c, true
}

// margin keeps a mean that is equal to the cut but for rounding above it.
const margin = 1e-9

func (c Cut) of(importance, performance float64) Quadrant {
	important, well := importance >= c.Importance-margin, performance >= c.Performance-margin
	switch {
	case important && well:
		return Keep
	case important:
		return Concentrate
	case well:
		return Overdone
	}
	return LowPriority
}
