package chart

import (
	"image/color"
	"io"
	"math"
)

// Growing is how long things take in offices of rising size, for the README: it has
// its words with it, and is in no language of the bot.
type Growing struct {
	Title, Sentence, Source string
	Sizes                   []float64 // what lies across, rising, more than 0; two or more
	Names                   []string  // of the sizes, below them
	Below                   []string  // a second line of each; nil: none
	Lines                   []GrowingLine
	Marks                   []GrowingMark // what lies up
}

// GrowingLine is one thing: a value for each size, of which one that is not above 0 was
// not measured.
type GrowingLine struct {
	Name   string
	Values []float64
	Grows  bool // it may grow with the office
}

// GrowingMark is a rule across, of a value with its name.
type GrowingMark struct {
	Name  string
	Value float64
}

// Where the parts of the picture stand.
const (
	growTop   = 210
	growFoot  = 760
	growLeft  = 190
	growRight = 1130
)

// Growth draws every line over the sizes as PNG, both axes by their logarithm, so that
// what does not grow lies flat and what grows with the office goes up by one in one.
// There must be marks at least as far apart as the values. It fails only when w does.
func Growth(w io.Writer, g Growing) error { return drawGrowth(g).write(w) }

func drawGrowth(g Growing) *slide {
	s := newSlide()
	s.frame(nil, g.Title, g.Sentence, g.Source, Options{})
	across := logarithmic(g.Sizes[0], g.Sizes[len(g.Sizes)-1], growLeft+30, growRight-30)
	up := logarithmic(g.Marks[0].Value, g.Marks[len(g.Marks)-1].Value, growFoot, growTop)
	for _, m := range g.Marks {
		s.rule(hair, growLeft, growRight, up(m.Value), 1)
		s.text(growLeft-16, up(m.Value)+7, right, caption, m.Name)
	}
	for i, size := range g.Sizes {
		s.rule(hair, across(size), across(size)+1, growFoot, 10)
		s.text(across(size), growFoot+36, centre, plain, g.Names[i])
		if i < len(g.Below) {
			s.text(across(size), growFoot+62, centre, caption, g.Below[i])
		}
	}
	ends := make([]float64, len(g.Lines))
	for n, l := range g.Lines {
		ends[n] = s.grown(l, g.Sizes, across, up)
	}
	for n, y := range apartBy(ends, 34) {
		if ends[n] > 0 {
			s.fitted(growRight+10, y+8, paperWidth-margin-growRight-10, left, plain.in(g.Lines[n].tone()), g.Lines[n].Name)
		}
	}
	return s
}

// grown draws one line and returns where it ends, 0 where nothing was measured.
func (s *slide) grown(l GrowingLine, sizes []float64, across, up func(float64) float64) (end float64) {
	px, py := 0.0, 0.0
	for i, v := range l.Values {
		if !(v > 0) || i >= len(sizes) {
			continue
		}
		x, y := across(sizes[i]), up(v)
		if py > 0 {
			s.stroke(l.tone(), px, py, x, y, 4)
		}
		s.dot(x, y, 7, l.tone(), 1)
		px, py = x, y
	}
	return py
}

func (l GrowingLine) tone() color.RGBA {
	if l.Grows {
		return orange
	}
	return blue
}

// logarithmic is the place of values by their logarithm: least at from, most at to.
func logarithmic(least, most, from, to float64) func(float64) float64 {
	return func(v float64) float64 {
		return from + math.Log(v/least)/math.Log(most/least)*(to-from)
	}
}

// apartBy moves heights at most as far as they must to stand at least step apart, in
// the same order; those of 0 are nowhere.
func apartBy(heights []float64, step float64) []float64 {
	moved := make([]float64, len(heights))
	copy(moved, heights)
	for range len(moved) * 20 { // each round spreads what still touches
		still := true
		for i := range moved {
			for j := range moved {
				over := moved[i] > moved[j] || moved[i] == moved[j] && i > j
				if gap := moved[i] - moved[j]; i != j && heights[i] > 0 && heights[j] > 0 && over && gap < step-.01 {
					moved[i], moved[j] = moved[i]+(step-gap)/2, moved[j]-(step-gap)/2
					still = false
				}
			}
		}
		if still {
			break
		}
	}
	return moved
}
