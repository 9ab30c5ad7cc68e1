package chart

import (
	"io"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Types is what the picture of the client types shows.
type Types struct {
	// Cells are groups and revenue by client type; the empty type is nog te
	// bepalen. A type that is left out is empty.
	Cells map[analysis.ClientType]Cell
	// Points are the groups one by one; without them the picture shows large
	// figures instead. Values and Potentials are their axes.
	Points             []TypePoint
	Values, Potentials Scale
}

// TypePoint is one group, without its name.
type TypePoint struct {
	Value, Potential float64
	// Type decides in which field the point stands. Each soort klant has a
	// border of its own, so a value that contradicts it is drawn at the border.
	// A point whose type is nog te bepalen is not drawn.
	Type analysis.ClientType
	// Revenue is what the area of the point stands for.
	Revenue analysis.Cents
}

func (t Types) determined() (all Cell) {
	for kind, c := range t.Cells {
		if kind != "" {
			all = all.plus(c)
		}
	}
	return all
}

func (t Types) all() Cell { return t.determined().plus(t.Cells[""]) }

var typeCorner = map[analysis.ClientType]int{
	analysis.Large: highLow, analysis.Strategic: highHigh, analysis.Transactional: lowLow, analysis.Developing: lowHigh}

// ClientTypes draws klantwaarde (up) against potential (to the right) as PNG,
// with a point for each group. It fails only when w does.
func ClientTypes(w io.Writer, p *locale.Printer, t Types, o Options) error {
	return drawTypes(p, t, o).write(w)
}

func drawTypes(p *locale.Printer, t Types, o Options) *slide {
	s := newSlide()
	q := quadrant{
		x:   axis{p.T("chart.potential", nil), p.T("chart.potential.low", nil), p.T("chart.potential.high", nil)},
		y:   axis{p.T("chart.value", nil), p.T("chart.low", nil), p.T("chart.high", nil)},
		all: t.all(),
	}
	q.corners = [4]corner{
		highLow:  {name: p.T("chart.large", nil), meaning: p.T("chart.large.what", nil), cell: t.Cells[analysis.Large], tone: blue, tint: blueTint},
		highHigh: {name: p.T("chart.strategic", nil), meaning: p.T("chart.strategic.what", nil), cell: t.Cells[analysis.Strategic], tone: navy, tint: navyTint},
		lowLow:   {name: p.T("chart.transactional", nil), meaning: p.T("chart.transactional.what", nil), cell: t.Cells[analysis.Transactional], tone: slate, tint: slateTint},
		lowHigh:  {name: p.T("chart.developing", nil), meaning: p.T("chart.developing.what", nil), cell: t.Cells[analysis.Developing], tone: orange, tint: orangeTint},
	}
	notes := []string{p.T("chart.ours", nil)}
	unknown := t.Cells[""]
	switch {
	case unknown.Groups == 0:
	case len(t.Points) > 0:
		notes = append(notes, p.N("chart.undetermined.count", unknown.Groups, analysis.Args{"revenue": unknown.Revenue}))
	default:
		q.side = &sideband{title: p.T("chart.undetermined", nil), cell: unknown}
	}
	if t.determined().Groups == 0 {
		q.pale = p.T("chart.undetermined", nil)
	}
	if len(t.Points) > 0 && !p.Hushed() {
		notes = append(notes, p.T("chart.area", nil))
	}
	for _, pt := range t.Points {
		if c, determined := typeCorner[pt.Type]; determined {
			q.points = append(q.points, spot{
				corner: c, size: area(p, pt.Revenue),
				u: t.Potentials.away(pt.Potential, c == highHigh || c == lowHigh),
				v: t.Values.away(pt.Value, c == highHigh || c == highLow),
			})
		}
	}
	s.frame(p, p.T("chart.types.title", nil), typesSentence(p, t), p.T("chart.source.types", nil), o, notes...)
	q.draw(s, p)
	return s
}

// typesSentence says what the clients of high value are and bring.
func typesSentence(p *locale.Printer, t Types) string {
	all := t.all()
	if t.determined().Groups == 0 {
		return p.T("chart.types.empty", nil)
	}
	high := t.Cells[analysis.Large].plus(t.Cells[analysis.Strategic])
	if all.Revenue <= 0 || high.Groups == 0 || p.Hushed() {
		return p.T("chart.types.plain", nil)
	}
	return p.T("chart.types.sentence", analysis.Args{
		"groups":  percent(p, float64(high.Groups)/float64(all.Groups)),
		"revenue": percent(p, high.Revenue.Euros()/all.Revenue.Euros())})
}
