package chart

import (
	"image/color"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Cell is what stands in one quadrant.
type Cell struct {
	Groups  int
	Revenue analysis.Cents
}

func (c Cell) plus(o Cell) Cell { return Cell{c.Groups + o.Groups, c.Revenue + o.Revenue} }

// quadrant is two axes that cut a field in four. The matrix and the client
// types are quadrants, each with its own words.
type quadrant struct {
	x, y    axis
	corners [4]corner
	points  []spot
	// side is what can not be placed on the x axis yet; nil when all is placed.
	side *sideband
	// all is what the shares of revenue are of.
	all Cell
	// pale shows only the names: nothing is placed yet.
	pale string
}

// The corners in reading order.
const (
	highLow  = iota // high on y, low on x
	highHigh        // high on both
	lowLow
	lowHigh
)

type axis struct{ title, low, high string }

// corner is one of the four fields.
type corner struct {
	name       string
	meaning    string
	cell       Cell
	tone, tint color.RGBA
}

// sideband stands beside the field, over both rows.
type sideband struct {
	title  string
	cell   Cell
	remark string
}

// Where a quadrant stands. With points the field is in the middle and the
// words beside it, so that no point ever lies under a word.
const (
	fieldTop  = 222
	fieldFoot = 764
	fieldGap  = 6
	cardWidth = 372
)

// draw puts q on s.
func (q quadrant) draw(s *slide, p *locale.Printer) {
	field := box{margin + 76, fieldTop, paperWidth - margin, fieldFoot}
	if q.side != nil {
		field.x0 += 236
		q.drawSide(s, p, field)
	}
	crowded := len(q.points) > 0
	if crowded {
		field.x0 = margin + 76 + cardWidth
		field.x1 = paperWidth - margin - cardWidth
	}
	q.axes(s, field, crowded)
	for i, c := range q.corners {
		b := q.part(field, i)
		s.rect(c.tint, b)
		switch {
		case crowded:
			card := box{margin + 76, b.y0, field.x0 - 28, b.y1}
			if i == highHigh || i == lowHigh {
				card = box{field.x1 + 28, b.y0, paperWidth - margin, b.y1}
			}
			q.words(s, p, c, card)
		default:
			s.rect(c.tone, box{b.x0, b.y0, b.x0 + 8, b.y1})
			q.words(s, p, c, box{b.x0 + 36, b.y0 + 8, b.x1 - 24, b.y1})
		}
	}
	q.scatter(s, field)
}

// part is the field of corner i.
func (q quadrant) part(field box, i int) box {
	mx, my := (field.x0+field.x1)/2, (field.y0+field.y1)/2
	b := box{field.x0, field.y0, mx - fieldGap/2, my - fieldGap/2}
	if i == highHigh || i == lowHigh {
		b.x0, b.x1 = mx+fieldGap/2, field.x1
	}
	if i == lowLow || i == lowHigh {
		b.y0, b.y1 = my+fieldGap/2, field.y1
	}
	return b
}

// axes writes what runs along the sides. All of it is horizontal: nobody tilts
// their head for a slide.
func (q quadrant) axes(s *slide, field box, crowded bool) {
	quarter := (field.y1 - field.y0) / 4
	s.fitted(margin, field.y0-16, 400, left, strong, "↑ "+q.y.title)
	s.fitted(margin, field.y0+quarter+6, 68, left, caption, q.y.high)
	s.fitted(margin, field.y1-quarter+6, 68, left, caption, q.y.low)
	// Low and high stand under the middle of their half; the title between them,
	// or beside the field when that is narrow.
	half := (field.x1 - field.x0) / 2
	room, y := half-20, field.y1+28
	if !crowded {
		room = half/2 - 20
	}
	s.fitted(field.x0+half/2, y, room, centre, caption, q.x.low)
	s.fitted(field.x1-half/2, y, room, centre, caption, q.x.high)
	if crowded {
		s.fitted(field.x1+28, y, cardWidth-28, left, strong, q.x.title+" →")
	} else {
		s.fitted((field.x0+field.x1)/2, y+2, half-room-24, centre, strong, q.x.title+" →")
	}
}

// words writes a corner's name, count and revenue in b.
func (q quadrant) words(s *slide, p *locale.Printer, c corner, b box) {
	width := b.x1 - b.x0
	s.fitted(b.x0, b.y0+38, width, left, heading.in(c.tone), c.name)
	y := b.y0 + 66
	for _, line := range caption.wrap(c.meaning, width, 2) {
		s.text(b.x0, y, left, caption, line)
		y += 24
	}
	if q.pale != "" {
		s.fitted(b.x0, max(y, b.y0+90)+48, width, left, plain.in(faded), q.pale)
		return
	}
	y = max(y, b.y0+90)
	number, unit := p.Number(int64(c.cell.Groups)), p.N("chart.groups", c.cell.Groups, nil)
	l, number := giant.fit(number, width*.6)
	s.text(b.x0, y+48, left, l, number)
	used := l.width(number) + 14
	s.fitted(b.x0+used, y+48, width-used, left, plain, unit)
	s.fitted(b.x0, y+86, width, left, strong, p.Money(c.cell.Revenue))
	s.fitted(b.x0, y+113, width, left, caption, q.shareOf(p, c.cell))
}

func (q quadrant) shareOf(p *locale.Printer, c Cell) string {
	if q.all.Revenue <= 0 {
		return ""
	}
	share := c.Revenue.Euros() / q.all.Revenue.Euros()
	return p.T("chart.share_revenue", analysis.Args{"share": part(p, share)})
}

// drawSide draws what has no place on the x axis yet, beside the field.
func (q quadrant) drawSide(s *slide, p *locale.Printer, field box) {
	b := box{margin + 76, field.y0, field.x0 - 28, field.y1}
	s.rect(ground, b)
	x, width := b.x0+18, b.x1-b.x0-32
	for i, line := range strong.wrap(q.side.title, width, 2) {
		s.text(x, b.y0+46+float64(i)*28, left, strong, line)
	}
	y := b.y0 + 146
	s.fitted(x, y, width, left, giant, p.Number(int64(q.side.cell.Groups)))
	s.fitted(x, y+32, width, left, plain, p.N("chart.groups", q.side.cell.Groups, nil))
	s.fitted(x, y+72, width, left, strong, p.Money(q.side.cell.Revenue))
	for i, line := range caption.wrap(q.shareOf(p, q.side.cell), width, 2) {
		s.text(x, y+99+float64(i)*24, left, caption, line)
	}
	for i, line := range caption.wrap(q.side.remark, width, 4) {
		s.text(x, y+192+float64(i)*24, left, caption.in(ink), line)
	}
}
