package chart

import (
	"cmp"
	"math"
	"slices"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// spot is a point in its own field: u and v run from 0 at the border with the
// other field to 1 at the far end. Size is what its area stands for.
type spot struct {
	corner int
	u, v   float64
	size   float64
}

// area is what the area of a point stands for; where amounts are not said all points
// are alike.
func area(p *locale.Printer, revenue analysis.Cents) float64 {
	if p.Hushed() {
		return 0
	}
	return revenue.Euros()
}

// Scale is an axis for points: where it starts, where low becomes high, and
// where it ends. Low < Border < High.
type Scale struct{ Low, Border, High float64 }

// away is how far value lies past the border, 0..1; high says on which side
// the point belongs. A value on the other side, or one that is not a number,
// lies at the border.
func (a Scale) away(value float64, high bool) float64 {
	span, d := a.Border-a.Low, a.Border-value
	if high {
		span, d = a.High-a.Border, value-a.Border
	}
	if !(span > 0) || !(d > 0) {
		return 0
	}
	if part := d / span; part < 1 {
		return part
	}
	return 1
}

// scatter draws the points, the big ones first so that none hides a smaller,
// and the more there are the smaller and thinner.
func (q quadrant) scatter(s *slide, field box) {
	spots := slices.Clone(q.points)
	analysis.Sort(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.corner, b.corner), cmp.Compare(a.u, b.u), cmp.Compare(a.v, b.v))
	})
	const roomy = 1500 // points that still have room
	thin := min(1, math.Sqrt(roomy/float64(max(1, len(spots)))))
	least, most, body := 2+1.2*thin, 7+8*thin, .08+.34*thin
	for _, d := range spots {
		r := least
		switch {
		case spots[0].size <= 0: // nobody has one
			r = (least + most) / 2
		case d.size > 0:
			r = max(least, most*math.Sqrt(d.size/spots[0].size))
		}
		x, y := q.place(field, d, r)
		s.dot(x, y, r, q.corners[d.corner].tone, body)
	}
}

// place is the middle of d, drawn with radius r: always inside its own part.
func (q quadrant) place(field box, d spot, r float64) (x, y float64) {
	const edge = 4
	b := q.part(field, d.corner)
	in := box{b.x0 + r + edge, b.y0 + r + edge, b.x1 - r - edge, b.y1 - r - edge}
	u, v := d.u, d.v
	if d.corner == highLow || d.corner == lowLow {
		u = 1 - u
	}
	if d.corner == highLow || d.corner == highHigh {
		v = 1 - v
	}
	return in.x0 + u*(in.x1-in.x0), in.y0 + v*(in.y1-in.y0)
}
