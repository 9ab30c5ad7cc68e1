package chart

import (
	"io"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Ratings is what the matrix shows.
type Ratings struct {
	// Cells are groups and revenue by cell; analysis.NotMeasured are the groups
	// without a rating. A cell that is left out is empty.
	Cells map[analysis.MatrixCell]Cell
	// High counts the groups of high value, segment A and B, and Measured those
	// among them with a rating.
	High, Measured int
	// Points are the rated groups one by one; without them the matrix shows
	// large figures instead. Values and Marks are their axes.
	Points        []RatingPoint
	Values, Marks Scale
}

// RatingPoint is one rated group, without its name.
type RatingPoint struct {
	Value, Rating float64
	// Cell decides where the point stands: a value that contradicts it is drawn
	// at the border. A point that is not measured is not drawn.
	Cell analysis.MatrixCell
	// Revenue is what the area of the point stands for.
	Revenue analysis.Cents
}

// measured is the share of the groups of high value with a rating, in words;
// false when there are no groups of high value.
func (r Ratings) measured(p *locale.Printer) (share string, known bool) {
	if r.High <= 0 {
		return "", false
	}
	return percent(p, float64(r.Measured)/float64(r.High)), true
}

func (r Ratings) rated() (all Cell) {
	for cell, c := range r.Cells {
		if cell != analysis.NotMeasured {
			all = all.plus(c)
		}
	}
	return all
}

func (r Ratings) all() Cell { return r.rated().plus(r.Cells[analysis.NotMeasured]) }

var ratingCorner = map[analysis.MatrixCell]int{
	analysis.Recover: highLow, analysis.Cherish: highHigh, analysis.Efficient: lowLow, analysis.Grow: lowHigh}

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
		highLow:  {name: p.T("chart.recover", nil), meaning: p.T("chart.recover.what", nil), cell: r.Cells[analysis.Recover], tone: orange, tint: orangeTint},
		highHigh: {name: p.T("chart.cherish", nil), meaning: p.T("chart.cherish.what", nil), cell: r.Cells[analysis.Cherish], tone: navy, tint: navyTint},
		lowLow:   {name: p.T("chart.efficient", nil), meaning: p.T("chart.efficient.what", nil), cell: r.Cells[analysis.Efficient], tone: slate, tint: slateTint},
		lowHigh:  {name: p.T("chart.grow", nil), meaning: p.T("chart.grow.what", nil), cell: r.Cells[analysis.Grow], tone: blue, tint: blueTint},
	}
	if r.rated().Groups == 0 {
		q.pale = p.T("chart.unrated", nil)
	}
	notes := q.unplaced(p, r)
	for _, pt := range r.Points {
		if c, rated := ratingCorner[pt.Cell]; rated {
			q.points = append(q.points, spot{
				corner: c, size: area(p, pt.Revenue),
				u: r.Marks.away(pt.Rating, c == highHigh || c == lowHigh),
				v: r.Values.away(pt.Value, c == highHigh || c == highLow),
			})
		}
	}
	s.frame(p, p.T("chart.matrix.title", nil), matrixSentence(p, r), p.T("chart.source.ratings", nil), o, notes...)
	q.draw(s, p)
	return s
}

// unplaced shows the groups without a rating: beside the field, or in a note
// where the points take that place. It returns the notes.
func (q *quadrant) unplaced(p *locale.Printer, r Ratings) (notes []string) {
	remark := ""
	if share, known := r.measured(p); known {
		remark = p.T("chart.measured", analysis.Args{"share": share})
	}
	unrated := r.Cells[analysis.NotMeasured]
	if unrated.Groups > 0 && len(r.Points) == 0 {
		q.side = &sideband{title: p.T("chart.unrated", nil), cell: unrated, remark: remark}
		return nil
	}
	if remark != "" {
		notes = append(notes, remark)
	}
	if unrated.Groups > 0 {
		notes = append(notes, p.N("chart.unrated.count", unrated.Groups, analysis.Args{"revenue": unrated.Revenue}))
	}
	return notes
}

// matrixSentence says what needs action: high value that rates us low.
func matrixSentence(p *locale.Printer, r Ratings) string {
	recover := r.Cells[analysis.Recover]
	switch {
	case r.rated().Groups == 0:
		return p.T("chart.matrix.empty", nil)
	case recover.Groups+r.Cells[analysis.Cherish].Groups == 0:
		return p.T("chart.matrix.unmeasured", nil)
	case recover.Groups == 0:
		return p.T("chart.matrix.none", nil)
	default:
		return p.N("chart.matrix.sentence", recover.Groups, analysis.Args{"revenue": recover.Revenue})
	}
}
