package chart

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// box is a rectangle on the paper in pixels.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) overlaps(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

func (b box) corners() [][2]float64 {
	return [][2]float64{{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}}
}

// fill paints the polygon through corners.
func (s *slide) fill(c color.RGBA, corners ...[2]float64) {
	b := around(corners).Intersect(s.img.Rect)
	if b.Empty() {
		return
	}
	r := vector.NewRasterizer(b.Dx(), b.Dy())
	for i, k := range corners {
		x, y := float32(k[0]-float64(b.Min.X)), float32(k[1]-float64(b.Min.Y))
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	r.Draw(s.img, b, image.NewUniform(c), image.Point{})
}

// around is the least rectangle of whole pixels that holds all corners.
func around(corners [][2]float64) image.Rectangle {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, k := range corners {
		x0, y0 = min(x0, k[0]), min(y0, k[1])
		x1, y1 = max(x1, k[0]), max(y1, k[1])
	}
	return image.Rect(int(math.Floor(x0)), int(math.Floor(y0)), int(math.Ceil(x1)), int(math.Ceil(y1)))
}

func (s *slide) rect(c color.RGBA, b box) { s.fill(c, b.corners()...) }

// shape is fill for what must be seen on white: a light one gets an outline.
func (s *slide) shape(c color.RGBA, corners ...[2]float64) {
	if edge, needed := rim(c); needed {
		s.fill(edge, corners...)
		// Shrunk towards the middle by the width of the outline.
		var x, y float64
		for _, k := range corners {
			x, y = x+k[0]/float64(len(corners)), y+k[1]/float64(len(corners))
		}
		inner := make([][2]float64, len(corners))
		for i, k := range corners {
			inner[i] = [2]float64{k[0] - math.Copysign(1.5, k[0]-x), k[1] - math.Copysign(1.5, k[1]-y)}
		}
		corners = inner
	}
	s.fill(c, corners...)
}

// rule draws a horizontal line from x0 to x1, thick pixels high.
func (s *slide) rule(c color.RGBA, x0, x1, y, thick float64) { s.rect(c, box{x0, y, x1, y + thick}) }

// dot paints a disc of radius r with opacity body, 0..1, so that a crowd shows
// as a darker place, and a firmer rim so that each can be told apart. It writes
// the pixels itself: an office has thousands, and a path for each costs too much.
func (s *slide) dot(cx, cy, r float64, c color.RGBA, body float64) {
	const rimWidth = 1.3
	rim := min(1, 1.9*body)
	for y := int(cy - r - 1); y <= int(cy+r+1); y++ {
		for x := int(cx - r - 1); x <= int(cx+r+1); x++ {
			d := math.Hypot(float64(x)+.5-cx, float64(y)+.5-cy)
			cover := min(max(r+.5-d, 0), 1)
			if cover == 0 || !(image.Point{X: x, Y: y}).In(s.img.Rect) {
				continue
			}
			a := body
			if d > r-rimWidth {
				a = rim
			}
			s.img.SetRGBA(x, y, blend(s.img.RGBAAt(x, y), c, a*cover))
		}
	}
}

// blend lays c over ground with opacity a, 0..1.
func blend(ground, c color.RGBA, a float64) color.RGBA {
	mix := func(g, v uint8) uint8 { return uint8(float64(g) + a*(float64(v)-float64(g)) + .5) }
	return color.RGBA{R: mix(ground.R, c.R), G: mix(ground.G, c.G), B: mix(ground.B, c.B), A: 255}
}
