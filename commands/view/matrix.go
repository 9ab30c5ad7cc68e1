package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// MatrixFigures is klantwaarde x klantwaardering of the office.
type MatrixFigures struct {
	value.Matrix
	AsOf    analysis.Day
	Version *analysis.SegmentVersion // whose segments these are; nil: none yet
}

// cellKeys are the catalogue's names of the cells.
var cellKeys = map[analysis.MatrixCell]string{analysis.Cherish: "matrix.cherish", analysis.Recover: "matrix.recover",
	analysis.Grow: "matrix.grow", analysis.Efficient: "matrix.efficient", analysis.NotMeasured: "matrix.unmeasured"}

// total is all groups of the matrix.
func (f MatrixFigures) total() (all value.CellShare) {
	for _, c := range f.Cells {
		all.Groups += c.Groups
		all.Revenue += c.Revenue
	}
	return all
}

// MatrixMessage shows the cells as a table, with what stands out above it.
func MatrixMessage(p *locale.Printer, f MatrixFigures, actions PyramidActions) Message {
	title := p.T("matrix.title", nil)
	m := Message{Text: twin(title)}
	if f.Version == nil {
		m.Blocks = []slack.Block{header(title), section(p.T("pyramid.unsegmented", nil))}
		return m
	}
	top := []slack.Block{header(title), context(segmentedAsOf(p, *f.Version)), section(matrixHeadline(p, f))}
	var bottom []slack.Block
	if buttons := pyramidButtons(p, actions); len(buttons) > 0 {
		bottom = append(bottom, slack.NewActionBlock("", buttons...))
	}
	m.Blocks = concat(top, []slack.Block{cellTable(p, f)}, bottom)
	m.Plain = concat(top, []slack.Block{section(strings.Join(cellLines(p, f), "\n"))}, bottom)
	return m
}

// segmentedAsOf says whose segments figures are by.
func segmentedAsOf(p *locale.Printer, v analysis.SegmentVersion) string {
	return p.T("pyramid.segments."+string(v.State), analysis.Args{"version": int64(v.ID), "day": v.AsOf})
}

// matrixHeadline says how much of the clients that matter was asked, and whom to
// win back.
func matrixHeadline(p *locale.Printer, f MatrixFigures) string {
	if f.total().Groups == f.cell(analysis.NotMeasured).Groups {
		return p.N("matrix.nobody", f.total().Groups, analysis.Args{"high": f.High})
	}
	said := ""
	if share, ok := f.MeasuredShare(); ok {
		said = p.T("matrix.measured", analysis.Args{"share": percent(p, share), "high": f.High}) + " "
	}
	recover := f.cell(analysis.Recover)
	return said + p.N("matrix.headline", recover.Groups, analysis.Args{"revenue": recover.Revenue})
}

func (f MatrixFigures) cell(which analysis.MatrixCell) value.CellShare {
	for _, c := range f.Cells {
		if c.Cell == which {
			return c
		}
	}
	return value.CellShare{Cell: which}
}

func cellTable(p *locale.Printer, f MatrixFigures) slack.Block {
	table := figureTable(p, "matrix.caption", "matrix.cell", "pyramid.groups", "pyramid.revenue", "pyramid.part")
	for _, c := range f.Cells {
		key := cellKeys[c.Cell]
		table.AddRow(slack.NewDataTableRawTextCell(p.T(key, nil)+" ("+p.T(key+".what", nil)+")"),
			numberCell(float64(c.Groups), p.Number(int64(c.Groups))), moneyCell(p, c.Revenue),
			partCell(p, shareOf(c.Revenue, f.total().Revenue)))
	}
	return table
}

// cellLines is the table as text: for Slack's older places and the terminal.
func cellLines(p *locale.Printer, f MatrixFigures) []string {
	var lines []string
	for _, c := range f.Cells {
		lines = append(lines, p.N("matrix.line", c.Groups, analysis.Args{"cell": p.T(cellKeys[c.Cell], nil), "revenue": c.Revenue,
			"part": part100(p, shareOf(c.Revenue, f.total().Revenue))}))
	}
	return lines
}

// figureTable is a table whose columns these keys name.
func figureTable(p *locale.Printer, caption string, columns ...string) *slack.DataTableBlock {
	table := slack.NewDataTableBlock(p.T(caption, nil)).WithPageSize(10)
	var row []slack.DataTableCell
	for _, key := range columns {
		row = append(row, slack.NewDataTableRawTextCell(p.T(key, nil)))
	}
	table.AddRow(row...)
	return table
}

func numberCell(v float64, shown string) slack.DataTableCell {
	return slack.NewDataTableRawNumberCell(v).WithText(shown)
}

// moneyCell is an amount, which sorts as nothing where it is not said.
func moneyCell(p *locale.Printer, amount analysis.Cents) slack.DataTableCell {
	if p.Hushed() {
		return numberCell(beneath, p.Money(amount))
	}
	return numberCell(amount.Euros(), p.Money(amount))
}

// shareOf is part of whole as a percentage, 0..100; of nothing it is nothing.
func shareOf(part, whole analysis.Cents) float64 {
	if whole <= 0 {
		return 0
	}
	return 100 * part.Euros() / whole.Euros()
}

// MatrixText is the matrix for a terminal.
func MatrixText(p *locale.Printer, f MatrixFigures) string {
	if f.Version == nil {
		return ""
	}
	return p.T("matrix.title", nil) + "\n" + matrixHeadline(p, f) + "\n  " + strings.Join(cellLines(p, f), "\n  ") + "\n"
}
