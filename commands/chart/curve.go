package chart

import (
	"image/color"
	"math"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// The feelings stand between these, so that a word fits above the best and below
// the worst.
const (
	feelingBest  = curveTop + 35 // where 5 stands
	feelingWorst = curveFoot - 34
)

func feelingY(v float64) float64 { return feelingWorst - (v-1)/4*(feelingWorst-feelingBest) }

// curve draws the feeling of each phase: its spread as a band, its median as a
// point on a line, and where too few answered nothing but the fact of it.
func (s *slide) curve(p *locale.Printer, phases []JourneyPhase, width float64) {
	s.text(margin, feelingY(3)+6, left, strong16, p.T("chart.journey.feeling", nil))
	for _, v := range []float64{1, 3, 5} {
		s.rule(hair, journeyLeft, journeyRight, feelingY(v), 1)
		s.text(journeyLeft-10, feelingY(v)+6, right, small.in(faded), p.Points(v))
	}
	middle := func(i int) float64 { return journeyLeft + (float64(i)+.5)*width - 4 }
	for from := 0; from < len(phases); from++ {
		to := from
		for to < len(phases) && phases[to].Feeling.measured() {
			to++
		}
		if to > from {
			s.band(phases[from:to], middle(from), width)
			from = to - 1
		}
	}
	for i := 1; i < len(phases); i++ {
		if a, b := phases[i-1].Feeling, phases[i].Feeling; a.measured() && b.measured() {
			s.stroke(navy, middle(i-1), feelingY(a.Median), middle(i), feelingY(b.Median), 4)
		}
	}
	worst := worstPhase(phases)
	for i, phase := range phases {
		switch at := feelingY(phase.Feeling.Median); {
		case i == worst: // larger, and ringed: not by colour alone
			s.dot(middle(i), at, 12, orange, 1)
			s.dot(middle(i), at, 9, white, 1)
			s.dot(middle(i), at, 7, orange, 1)
		case phase.Feeling.measured():
			s.dot(middle(i), at, 8, navy, 1)
		}
	}
	for i, phase := range phases {
		switch f := phase.Feeling; {
		case f.measured():
			s.medianWord(p, phases, i, middle(i))
		case len(f.shown()) > 0:
			s.visibleFeelings(p, f, middle(i), width)
		case f.Persons > 0 && f.Persons < FewestFeelings:
			s.fitted(middle(i), feelingY(3)-4, width-2*columnPad, centre, small.in(faded), p.T("chart.journey.few", nil))
			s.fitted(middle(i), feelingY(3)+18, width-2*columnPad, centre, small.in(faded), p.T("chart.journey.few.count", analysis.Args{"count": f.Persons, "fewest": FewestFeelings}))
		default:
			s.fitted(middle(i), feelingY(3)-4, width-2*columnPad, centre, small.in(faded), p.T("chart.journey.unasked", nil))
		}
	}
}

// band paints the spread of phases that follow each other, the first at x.
func (s *slide) band(phases []JourneyPhase, x, width float64) {
	const half = 16
	var above, below [][2]float64
	for i, phase := range phases {
		low, high := phase.Feeling.spread()
		at := x + float64(i)*width
		// A spread of nothing is still a line of some thickness.
		above = append(above, [2]float64{at - half, feelingY(high) - 2}, [2]float64{at + half, feelingY(high) - 2})
		below = append(below, [2]float64{at + half, feelingY(low) + 2}, [2]float64{at - half, feelingY(low) + 2})
	}
	corners := above
	for i := len(phases) - 1; i >= 0; i-- {
		corners = append(corners, below[2*i], below[2*i+1])
	}
	s.fill(bandTint, corners...)
}

// stroke draws a line of some thickness between two points.
func (s *slide) stroke(c color.RGBA, x0, y0, x1, y1, thick float64) {
	length := math.Hypot(x1-x0, y1-y0)
	if length == 0 {
		return
	}
	dx, dy := (y1-y0)/length*thick/2, -(x1-x0)/length*thick/2
	s.fill(c, [2]float64{x0 + dx, y0 + dy}, [2]float64{x1 + dx, y1 + dy}, [2]float64{x1 - dx, y1 - dy}, [2]float64{x0 - dx, y0 - dy})
}

// medianWord writes the median where the line does not run: above a peak, below a
// valley, and beside a slope.
func (s *slide) medianWord(p *locale.Printer, phases []JourneyPhase, i int, x float64) {
	l := lettering{size: 20, bold: true, ink: ink}
	word := p.Points(phases[i].Feeling.Median)
	here := phases[i].Feeling.Median
	rise := func(k int) float64 {
		if k < 0 || k >= len(phases) || !phases[k].Feeling.measured() {
			return 0
		}
		return phases[k].Feeling.Median - here
	}
	before, after := rise(i-1), rise(i+1)
	y := feelingY(here)
	switch {
	case before > 0 && after > 0:
		s.text(x, y+32, centre, l, word)
	case before > 0 && after < 0:
		s.text(x+4, y-14, left, l, word)
	case after > 0 && before < 0:
		s.text(x-4, y-14, right, l, word)
	case before > 0:
		s.text(x+14, y-14, left, l, word)
	case after > 0:
		s.text(x-14, y-14, right, l, word)
	default:
		s.text(x, y-18, centre, l, word)
	}
}

// visibleFeelings draws the answers of the few one by one, as was said beforehand,
// with no median: of so few there is none to tell.
func (s *slide) visibleFeelings(p *locale.Printer, f Feeling, x, width float64) {
	const radius, apart = 7, 20
	count := map[int]int{}
	for _, a := range f.shown() {
		count[a]++
	}
	for v := 1; v <= 5; v++ {
		for k := range count[v] {
			at := x + (float64(k)-float64(count[v]-1)/2)*apart
			s.dot(at, feelingY(float64(v)), radius, blue, 1)
			s.dot(at, feelingY(float64(v)), radius-2.5, white, 1)
		}
	}
	s.fitted(x, curveFoot-6, width-2*columnPad, centre, small.in(faded), p.N("chart.journey.visible", len(f.shown()), nil))
}
