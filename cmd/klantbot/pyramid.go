package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/view"
)

type pyramidCmd struct{}

// Run prints what /piramide shows of the whole office.
func (c *pyramidCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	use := commands.Pyramid{Portfolio: db, Segments: db, Managers: db, Roster: db, Ratings: commands.SurveyRatings{Surveys: db}, Store: db, Now: wallTime}
	today := analysis.DayOf(s.at.In(officeZone()))
	figures, err := use.Office(s.ctx, operator, today)
	if err != nil {
		return err
	}
	matrix, err := use.Matrix(s.ctx, operator, today)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, toPyramidJSON(figures, matrix))
	}
	_, err = fmt.Fprint(s.out, view.PyramidText(s.printer(), figures), view.MatrixText(s.printer(), matrix))
	return err
}

// The types below are CLI.md's promise for pyramid. Shares are percentages.
type (
	layerJSON struct {
		Layer        analysis.Layer `json:"layer"`
		Groups       int            `json:"groups"`
		ShareGroups  float64        `json:"share_groups"`
		Nominal      float64        `json:"nominal"`
		Revenue      analysis.Cents `json:"revenue_cents"`
		ShareRevenue float64        `json:"share_revenue"`
	}
	cellJSON struct {
		Cell    analysis.MatrixCell `json:"cell"`
		Groups  int                 `json:"groups"`
		Revenue analysis.Cents      `json:"revenue_cents"`
	}
	flowJSON struct {
		From   analysis.Layer `json:"from"`
		To     analysis.Layer `json:"to"`
		Groups int            `json:"groups"`
	}
	pyramidJSON struct {
		AsOf      analysis.Day   `json:"as_of"`
		Groups    int            `json:"groups"`
		Revenue   analysis.Cents `json:"revenue_cents"`
		Pareto    float64        `json:"pareto_share"`
		Layers    []layerJSON    `json:"layers"`
		Matrix    []cellJSON     `json:"matrix"`
		Measured  *float64       `json:"measured_share"` // of the A and B groups; null where there are none
		Migration []flowJSON     `json:"migration"`
	}
)

func toPyramidJSON(f view.PyramidFigures, m view.MatrixFigures) pyramidJSON {
	j := pyramidJSON{AsOf: f.AsOf, Groups: f.Groups, Revenue: f.Revenue, Pareto: f.Pareto, Layers: []layerJSON{}, Migration: []flowJSON{},
		Matrix: []cellJSON{}}
	for _, c := range m.Cells {
		j.Matrix = append(j.Matrix, cellJSON{c.Cell, c.Groups, c.Revenue})
	}
	if m.Version == nil { // without segments nobody's value is high or low
		j.Matrix = []cellJSON{{analysis.NotMeasured, f.Groups, f.Revenue}}
	}
	if share, ok := m.MeasuredShare(); ok {
		j.Measured = &share
	}
	for _, l := range f.Layers {
		j.Layers = append(j.Layers, layerJSON{l.Layer, l.Groups, l.ShareGroups, l.Nominal, l.Revenue, l.ShareRevenue})
	}
	if f.Migration != nil {
		for _, flow := range f.Migration.Flows {
			j.Migration = append(j.Migration, flowJSON{flow.From, flow.To, flow.Groups})
		}
	}
	return j
}
