package chart

import (
	"io"
	"math"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Themes is what the picture of importance against performance shows.
type Themes struct {
	Points []ThemePoint // in the order of their numbers
	// Importance and Performance are where the field is cut.
	Importance, Performance float64
	Scale                   int // what both go up to: 5 or 10
	N                       int // people who answered
}

// ThemePoint is one theme, placed in the field that Corner names.
type ThemePoint struct {
	Name                    string
	Importance, Performance float64
	Corner                  ThemeCorner
}

// ThemeCorner is one of the four fields.
type ThemeCorner int

// The fields, in reading order: important and not done well stands at the top
// left.
const (
	ThemeWork ThemeCorner = iota
	ThemeKeep
	ThemeLow
	ThemeMuch
)

// ImportanceAgainstPerformance draws how important themes are (up) against how
// well the office does (to the right) as PNG, each with a number that the fields
// beside it name. It fails only when w does.
func ImportanceAgainstPerformance(w io.Writer, p *locale.Printer, t Themes, o Options) error {
	return drawThemes(p, t, o).write(w)
}

func drawThemes(p *locale.Printer, t Themes, o Options) *slide {
	s := newSlide()
	q := quadrant{
		x: axis{p.T("chart.themes.performance", nil), p.T("chart.themes.worse", nil), p.T("chart.themes.better", nil)},
		y: axis{p.T("chart.themes.importance", nil), p.T("chart.themes.less", nil), p.T("chart.themes.more", nil)},
	}
	q.corners = [4]corner{
		highLow:  {name: p.T("chart.themes.work", nil), tone: orange, tint: orangeTint},
		highHigh: {name: p.T("chart.themes.keep", nil), tone: navy, tint: navyTint},
		lowLow:   {name: p.T("chart.themes.low", nil), tone: slate, tint: slateTint},
		lowHigh:  {name: p.T("chart.themes.much", nil), tone: blue, tint: blueTint},
	}
	s.frame(p, p.T("chart.themes.title", nil), themesSentence(p, t), p.T("chart.source.themes", nil), o,
		p.N("chart.themes.note", t.N, analysis.Args{"scale": t.Scale}))
	field := box{margin + 76 + cardWidth, fieldTop, paperWidth - margin - cardWidth, fieldFoot}
	q.axes(s, field, true)
	for i, c := range q.corners {
		b := q.part(field, i)
		s.rect(c.tint, b)
		card := box{margin + 76, b.y0, field.x0 - 28, b.y1}
		if i == highHigh || i == lowHigh {
			card = box{field.x1 + 28, b.y0, paperWidth - margin, b.y1}
		}
		t.list(s, p, ThemeCorner(i), c, card)
	}
	t.place(s, q, field)
	return s
}

// list writes the numbers and names of the themes of one field.
func (t Themes) list(s *slide, p *locale.Printer, at ThemeCorner, c corner, b box) {
	width := b.x1 - b.x0
	s.fitted(b.x0, b.y0+30, width, left, heading.in(c.tone), c.name)
	y, step := b.y0+62, t.spacing(at)
	for i, pt := range t.Points {
		if pt.Corner != at {
			continue
		}
		if y > b.y1-14 {
			s.fitted(b.x0, y, width, left, caption, "…")
			return
		}
		s.fitted(b.x0, y, 30, left, strong.in(c.tone), strconv.Itoa(i+1))
		s.fitted(b.x0+34, y, width-34-96, left, plain, pt.Name)
		s.fitted(b.x1, y, 90, right, caption, p.Score(pt.Importance)+" / "+p.Score(pt.Performance))
		y += step
	}
}

// spacing is how far the lines of a field stand apart: nine still fit.
func (t Themes) spacing(at ThemeCorner) float64 {
	n := 0
	for _, pt := range t.Points {
		if pt.Corner == at {
			n++
		}
	}
	if n > 7 {
		return 23
	}
	return 28
}

// themeRadius is how large the disc with a theme's number is.
const themeRadius = 17

// place draws the numbered discs, moved apart where they would cover each other.
func (t Themes) place(s *slide, q quadrant, field box) {
	importance, performance := t.scales()
	var taken [][2]float64
	for i, pt := range t.Points {
		c := int(pt.Corner)
		d := spot{corner: c, u: performance.away(pt.Performance, c == highHigh || c == lowHigh), v: importance.away(pt.Importance, c == highLow || c == highHigh)}
		x, y := free(q.part(field, c), taken, q, field, d)
		taken = append(taken, [2]float64{x, y})
		s.dot(x, y, themeRadius, q.corners[c].tone, 1)
		s.text(x, y+8, centre, strong.in(white), strconv.Itoa(i+1))
	}
}

// scales run from the lowest to the highest theme with the cut between them, and a
// little beyond: themes lie close together on a scale of five.
func (t Themes) scales() (importance, performance Scale) {
	span := func(cut float64, of func(ThemePoint) float64) Scale {
		away := .1
		for _, pt := range t.Points {
			away = max(away, math.Abs(of(pt)-cut))
		}
		return Scale{cut - away*1.1, cut, cut + away*1.1}
	}
	return span(t.Importance, func(pt ThemePoint) float64 { return pt.Importance }), span(t.Performance, func(pt ThemePoint) float64 { return pt.Performance })
}

// free is where d stands, or the nearest place in its part where it covers nothing
// that was drawn before.
func free(part box, taken [][2]float64, q quadrant, field box, d spot) (x, y float64) {
	x0, y0 := q.place(field, d, themeRadius)
	best, found := [2]float64{x0, y0}, math.Inf(1)
	const step = 6
	for dy := -120.0; dy <= 120; dy += step {
		for dx := -120.0; dx <= 120; dx += step {
			x, y := x0+dx, y0+dy
			inside := x >= part.x0+themeRadius+2 && x <= part.x1-themeRadius-2 && y >= part.y0+themeRadius+2 && y <= part.y1-themeRadius-2
			clear := !slices.ContainsFunc(taken, func(o [2]float64) bool { return math.Hypot(o[0]-x, o[1]-y) < 2*themeRadius+2 })
			if d := math.Hypot(dx, dy); inside && clear && d < found {
				best, found = [2]float64{x, y}, d
			}
		}
	}
	return best[0], best[1]
}

// themesSentence names what is important and not done well.
func themesSentence(p *locale.Printer, t Themes) string {
	var work, keep []string
	for _, pt := range t.Points {
		switch pt.Corner {
		case ThemeWork:
			work = append(work, pt.Name)
		case ThemeKeep:
			keep = append(keep, pt.Name)
		}
	}
	const named = 3
	switch {
	case len(work) > 0:
		return p.T("chart.themes.sentence", analysis.Args{"themes": p.List(work[:min(len(work), named)])})
	case len(keep) > 0:
		return p.T("chart.themes.sentence_well", analysis.Args{"themes": p.List(keep[:min(len(keep), named)])})
	}
	return p.T("chart.themes.sentence_none", nil)
}

// ImportanceText says in words what ImportanceAgainstPerformance draws, at most
// 2000 characters.
func ImportanceText(p *locale.Printer, t Themes, o Options) string {
	names := map[ThemeCorner]string{ThemeWork: "chart.themes.work", ThemeKeep: "chart.themes.keep", ThemeLow: "chart.themes.low", ThemeMuch: "chart.themes.much"}
	var rows []string
	if len(t.Points) == 0 {
		rows = append(rows, p.T("chart.themes.nothing", nil))
	}
	for _, pt := range t.Points {
		rows = append(rows, p.T("chart.themes.row", analysis.Args{"name": pt.Name, "importance": p.Score(pt.Importance), "performance": p.Score(pt.Performance),
			"field": p.T(names[pt.Corner], nil)}))
	}
	return twin(p, p.T("chart.themes.title", nil), themesSentence(p, t), o, rows)
}
