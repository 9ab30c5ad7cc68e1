package chart

import (
	"io"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// The fields of the matrix klantwaarde x klantwaardering.
const (
	Cherish   = iota // koesteren: high value, high rating
	Recover          // herstellen: high value, low rating
	Grow             // laten groeien: low value, high rating
	Efficient        // efficiënt bedienen: low on both
)

// Ratings is what the matrix shows.
type Ratings struct {
	// Cells are the rated groups, by Cherish, Recover, Grow and Efficient.
	Cells [4]Cell
	// Unrated are the groups without a rating: of high value (segment A and B),
	// then of low. The share measured follows from them.
	Unrated [2]Cell
	// Points are the rated groups one by one; without them the matrix shows
	// large figures instead. Values and Marks are their axes.
	Points        []RatingPoint
	Values, Marks Scale
}

// RatingPoint is one rated group, without its name.
type RatingPoint struct {
	Value, Rating float64
	// Field is Cherish, Recover, Grow or Efficient. It decides where the point
	// stands; a value that contradicts it is drawn at the border.
	Field   int
	Revenue analysis.Cents
}

// Measured is the share of the groups of high value that have a rating, 0..1;
// false when there are no groups of high value.
func (r Ratings) Measured() (share float64, known bool) {
	return measured(r.Cells[Cherish].plus(r.Cells[Recover]), r.Unrated[0])
}

func measured(rated, unrated Cell) (share float64, known bool) {
	if rated.Groups+unrated.Groups <= 0 {
		return 0, false
	}
	return float64(rated.Groups) / float64(rated.Groups+unrated.Groups), true
}

func (r Ratings) rated() (all Cell) {
	for _, c := range r.Cells {
		all = all.plus(c)
	}
	return all
}

func (r Ratings) all() Cell { return r.rated().plus(r.Unrated[0]).plus(r.Unrated[1]) }

// fields of the matrix as corners.
var fieldCorner = [4]int{Cherish: highHigh, Recover: highLow, Grow: lowHigh, Efficient: lowLow}

// Matrix draws klantwaarde (up) against klantwaardering (to the right) as PNG.
// When nobody has a rating yet, it says so and shows how many groups wait for
// one. It fails only when w does.
func Matrix(w io.Writer, p *locale.Printer, r Ratings, o Options) error {
	return drawMatrix(p, r, o).write(w)
}

func drawMatrix(p *locale.Printer, r Ratings, o Options) *slide {
	s := newSlide()
	q := quadrant{
		x:   axis{p.T("chart.rating", nil), p.T("chart.rating.low", nil), p.T("chart.rating.high", nil)},
		y:   axis{p.T("chart.value", nil), p.T("chart.low", nil), p.T("chart.high", nil)},
		all: r.all(),
	}
	q.corners = [4]corner{
		highLow:  {name: p.T("chart.recover", nil), advice: p.T("chart.recover.what", nil), cell: r.Cells[Recover], tone: orange, tint: orangeTint},
		highHigh: {name: p.T("chart.cherish", nil), advice: p.T("chart.cherish.what", nil), cell: r.Cells[Cherish], tone: navy, tint: navyTint},
		lowLow:   {name: p.T("chart.efficient", nil), advice: p.T("chart.efficient.what", nil), cell: r.Cells[Efficient], tone: slate, tint: slateTint},
		lowHigh:  {name: p.T("chart.grow", nil), advice: p.T("chart.grow.what", nil), cell: r.Cells[Grow], tone: blue, tint: blueTint},
	}
	if r.rated().Groups == 0 {
		q.pale = p.T("chart.unrated", nil)
	}
	notes := q.unplaced(p, r)
	for _, pt := range r.Points {
		c := fieldCorner[pt.Field&3]
		q.points = append(q.points, spot{
			corner: c, size: pt.Revenue.Euros(),
			u: r.Marks.away(pt.Rating, c == highHigh || c == lowHigh),
			v: r.Values.away(pt.Value, c == highHigh || c == highLow),
		})
	}
	s.frame(p, p.T("chart.matrix.title", nil), matrixSentence(p, r), o, notes...)
	q.draw(s, p)
	return s
}

// unplaced shows the groups without a rating: beside the field, or in a note
// where the points take that place. It returns the notes.
func (q *quadrant) unplaced(p *locale.Printer, r Ratings) (notes []string) {
	if share, known := r.Measured(); known {
		notes = append(notes, p.T("chart.measured", analysis.Args{"share": percent(p, share)}))
	}
	unrated := r.Unrated[0].plus(r.Unrated[1])
	if unrated.Groups == 0 {
		return notes
	}
	if len(r.Points) > 0 {
		return append(notes, p.N("chart.unrated.count", unrated.Groups, analysis.Args{"revenue": unrated.Revenue}))
	}
	q.side = &sideband{title: p.T("chart.unrated", nil), rows: r.Unrated}
	low := r.Cells[Grow].plus(r.Cells[Efficient])
	for i, rated := range []Cell{r.Cells[Cherish].plus(r.Cells[Recover]), low} {
		if share, known := measured(rated, r.Unrated[i]); known {
			q.side.remarks[i] = p.T("chart.measured.part", analysis.Args{"share": percent(p, share)})
		}
	}
	return notes
}

// matrixSentence says what needs action: high value that rates us low.
func matrixSentence(p *locale.Printer, r Ratings) string {
	recover := r.Cells[Recover]
	switch {
	case r.rated().Groups == 0:
		return p.T("chart.matrix.empty", nil)
	case recover.Groups+r.Cells[Cherish].Groups == 0:
		return p.T("chart.matrix.unmeasured", nil)
	case recover.Groups == 0:
		return p.T("chart.matrix.none", nil)
	default:
		return p.N("chart.matrix.sentence", recover.Groups, analysis.Args{"revenue": recover.Revenue})
	}
}
