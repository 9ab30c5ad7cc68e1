package view

import (
	"encoding/json"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

var drawnBy = analysis.SegmentVersion{ID: 3, State: analysis.Final, AsOf: analysis.Date(2026, 11, 1)}

// earningOffice is a pyramid of every layer with a migration.
func earningOffice() PyramidFigures {
	var yearly []value.Yearly
	var status []analysis.ClientStatus
	for i := range 40 {
		yearly, status = append(yearly, value.Yearly{Amount: analysis.Cents(5_000_000 / (i + 1)), Known: true}), append(status, analysis.Current)
	}
	yearly, status = append(yearly, value.Yearly{}), append(status, analysis.Prospect)
	return PyramidFigures{Pyramid: value.NewPyramid(yearly, value.LayersOf(yearly, status)), AsOf: analysis.Date(2026, 11, 21), Since: drawnBy,
		Migration: &value.Migration{Count: map[value.Movement]int{value.Up: 3, value.Down: 1, value.Lost: 2}}}
}

// ratedOffice is a matrix in which some are measured.
func ratedOffice(rated bool) MatrixFigures {
	high, low := value.NotKnown, value.NotKnown
	if rated {
		high, low = value.Yes, value.No
	}
	return MatrixFigures{AsOf: analysis.Date(2026, 11, 21), Version: &drawnBy, Matrix: value.NewMatrix([]value.MatrixEntry{
		{Segment: analysis.SegmentA, RatingHigh: high, Yearly: 900000}, {Segment: analysis.SegmentB, RatingHigh: low, Yearly: 400000},
		{Segment: analysis.SegmentC, RatingHigh: high, Yearly: 100000}, {Segment: analysis.SegmentD, RatingHigh: low, Yearly: 50000},
		{Segment: analysis.SegmentB, Yearly: 350000}})}
}

func typedOffice() TypesFigures {
	f := TypesFigures{AsOf: analysis.Date(2026, 11, 21), Version: &drawnBy, Groups: 100, Revenue: 9_000_000}
	for i, t := range append(analysis.ClientTypes(), "") {
		f.Rows = append(f.Rows, TypeRow{Type: t, Groups: 10 * (i + 1), Revenue: analysis.Cents(1_000_000 * (i + 1)), Strategy: value.Strategy{Type: t}})
	}
	f.Rows[2].Strategy.Goal = hostile
	return f
}

func moversPage() MovedPage {
	return MovedPage{Since: drawnBy, Hidden: 2, Offset: 10, Size: 10, Listed: 25, Rows: []MovedRow{
		{Client: 7, Group: analysis.Group{ID: 3, Number: "01000", Name: "Jansen Groep"}, Manager: "Fleur de Vries", From: analysis.LayerTop, To: analysis.LayerInactive, Movement: value.Lost, Amount: 4520049},
		{Group: analysis.Group{ID: 4, Number: "8", Name: hostile}, From: analysis.LayerSmall, To: analysis.LayerMiddle, Movement: value.Up}}}
}

// TestGoldenPyramid holds the pyramid, the matrix and the client types.
func TestGoldenPyramid(t *testing.T) {
	measured := typedOffice()
	measured.Rows[3].Themes = []TypeTheme{{"opvolging", 4.4, 3.1}, {"groei", 4, 3.25}, {hostile, 3.9, 4}}
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range map[string]Message{
			"pyramid":        PyramidMessage(p, earningOffice(), PyramidActions{Picture: true, What: "office", Share: "kantoor", Others: true, Moved: true}),
			"matrix":         MatrixMessage(p, ratedOffice(true), PyramidActions{Picture: true, What: "matrix"}),
			"matrix_unrated": MatrixMessage(p, ratedOffice(false), PyramidActions{Picture: true, What: "matrix", Share: "kantoor"}),
			"matrix_none":    MatrixMessage(p, MatrixFigures{}, PyramidActions{}),
			"types":          TypesMessage(p, typedOffice(), PyramidActions{Picture: true, What: "types"}),
			"types_measured": TypesMessage(p, measured, PyramidActions{}),
			"movers":         Movers(p, moversPage()),
			"movers_nobody":  Movers(p, MovedPage{Since: drawnBy, Size: 10}),
		} {
			golden(t, name+"."+string(lang)+".json", m)
			if strings.Contains(m.Text, "€") {
				t.Errorf("%s has an amount in its text: %s", name, m.Text)
			}
			raw, err := json.Marshal(m.Blocks)
			if err != nil {
				t.Fatal(err)
			}
			for _, mrkdwn := range markups(t, raw) {
				if strings.Contains(mrkdwn, "Kroeg") {
					t.Errorf("%s: a typed name stands in mrkdwn: %s", name, mrkdwn)
				}
			}
		}
		goldenText(t, "pyramid."+string(lang)+".txt", PyramidText(p, earningOffice())+MatrixText(p, ratedOffice(true))+MatrixText(p, MatrixFigures{}))
	}
}

// TestGoldenServices holds what independence forbids.
func TestGoldenServices(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		golden(t, "services."+string(lang)+".json", Services(p, ServicesPage{Offset: 10, Size: 10, Listed: 25,
			Rows: []analysis.Service{{ID: 3, Name: hostile}, {ID: 4, Name: "Controle jaarrekening", Forbidden: true}}}))
		golden(t, "services_none."+string(lang)+".json", Services(p, ServicesPage{Size: 10}))
	}
}
