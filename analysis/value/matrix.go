package value

import "klantbot/analysis"

// CellOf returns where a group stands in klantwaarde x klantwaardering: value
// is high in A and B; ratingHigh is NotKnown where the group was not measured.
// It is empty without a segment.
func CellOf(segment analysis.Segment, ratingHigh Truth) analysis.MatrixCell {
	switch {
	case segment == "":
		return ""
	case ratingHigh == NotKnown:
		return analysis.NotMeasured
	case segment.High() && ratingHigh == Yes:
		return analysis.Cherish
	case segment.High():
		return analysis.Recover
	case ratingHigh == Yes:
		return analysis.Grow
	}
	return analysis.Efficient
}

// MatrixEntry is a group in the matrix.
type MatrixEntry struct {
	Segment    analysis.Segment
	RatingHigh Truth
	Yearly     analysis.Cents
}

// CellShare is one cell with its groups and their yearly revenue.
type CellShare struct {
	Cell    analysis.MatrixCell
	Groups  int
	Revenue analysis.Cents
}

// Matrix is klantwaarde x klantwaardering of an office.
type Matrix struct {
	Cells []CellShare // every cell, NotMeasured last
	// High counts the A and B groups and Measured those among them with a rating:
	// a matrix of a tenth of the best clients says little.
	High, Measured int
}

// NewMatrix counts entries by cell. Entries without a segment are left out.
func NewMatrix(entries []MatrixEntry) Matrix {
	var m Matrix
	at := map[analysis.MatrixCell]int{}
	for i, cell := range analysis.MatrixCells() {
		at[cell] = i
		m.Cells = append(m.Cells, CellShare{Cell: cell})
	}
	for _, e := range entries {
		cell := CellOf(e.Segment, e.RatingHigh)
		if cell == "" {
			continue
		}
		share := &m.Cells[at[cell]]
		share.Groups++
		share.Revenue += e.Yearly
		if e.Segment.High() {
			m.High++
			if e.RatingHigh != NotKnown {
				m.Measured++
			}
		}
	}
	return m
}

// MeasuredShare returns the percentage of A and B groups with a rating, 0..100,
// and false where there are none.
func (m Matrix) MeasuredShare() (float64, bool) {
	if m.High == 0 {
		return 0, false
	}
	return percent(float64(m.Measured), float64(m.High)), true
}
