package chart

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// The paper: 16:9, one unit is one pixel, y runs down.
const (
	paperWidth  = 1600
	paperHeight = 900
	margin      = 72
)

// between parts what stands on one line.
const between = " \u00a0·\u00a0 "

// Options is what stands around a picture. Everything may be empty.
type Options struct {
	// Scope is whose picture it is: the office, a manager, a soort klant.
	Scope string
	// AsOf is the day the figures are of; zero and analysis.NoDay leave it out.
	AsOf analysis.Day
	// Headline replaces the sentence that the picture makes of its figures.
	Headline string
	// Source replaces the source line: where the figures come from.
	Source string
}

// above is what stands over the headline: what it is, of whom, and when.
func (o Options) above(p *locale.Printer, title string) []string {
	parts := []string{title}
	if o.Scope != "" {
		parts = append(parts, o.Scope)
	}
	if o.AsOf.Known() && o.AsOf != 0 {
		parts = append(parts, p.Date(o.AsOf))
	}
	return parts
}

// align says which side of a text stands at its x.
type align int

const (
	left align = iota
	centre
	right
)

// box is a rectangle on the paper in pixels.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) overlaps(o box) bool {
	return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
}

func (b box) corners() [][2]float64 {
	return [][2]float64{{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}}
}

// label is a text that was drawn: where it stands, and the least contrast
// with what was under it.
type label struct {
	text     string
	box      box
	size     float64
	contrast float64
}

// slide is the paper of one picture.
type slide struct {
	canvas *vgimg.Canvas
	img    *image.RGBA
	labels []label
}

func newSlide() *slide {
	c := vgimg.NewWith(vgimg.UseWH(paperWidth, paperHeight), vgimg.UseDPI(72), vgimg.UseBackgroundColor(white))
	return &slide{canvas: c, img: c.Image().(*image.RGBA)}
}

// frame draws what every picture has: what it is, of whom and when; the
// sentence to remember; the source and the notes.
func (s *slide) frame(p *locale.Printer, title, sentence string, o Options, notes ...string) {
	s.fitted(margin, 80, paperWidth-2*margin, left, kicker, strings.Join(o.above(p, title), between))
	if o.Headline != "" {
		sentence = o.Headline
	}
	l := headline
	lines := l.wrap(sentence, paperWidth-2*margin, 2)
	if len(lines) > 1 {
		l.size = 32
		lines = l.wrap(sentence, paperWidth-2*margin, 2)
	}
	for i, line := range lines {
		s.text(margin, 130-float64(len(lines)-1)*6+float64(i)*40, left, l, line)
	}
	source := o.Source
	if source == "" {
		source = p.T("chart.source", nil)
	}
	notes = append(notes, source)
	below := caption.wrap(strings.Join(notes, between), paperWidth-2*margin, 2)
	for i, line := range below {
		s.text(margin, 862+float64(2*i-len(below)+1)*12, left, caption, line)
	}
}

// text writes one line with its baseline at y.
func (s *slide) text(x, y float64, a align, l lettering, str string) {
	if str == "" {
		return
	}
	w := l.width(str)
	switch a {
	case centre:
		x -= w / 2
	case right:
		x -= w
	}
	// Whole pixels keep the stems sharp.
	x, y = math.Round(x), math.Round(y)
	b := box{x, y - .74*l.size, x + w, y + .22*l.size}
	s.labels = append(s.labels, label{text: str, box: b, size: l.size, contrast: s.ground(b, l.ink)})
	s.canvas.SetColor(l.ink)
	s.canvas.FillString(l.face(), vg.Point{X: vg.Length(x), Y: vg.Length(paperHeight - y)}, str)
}

// fitted is text that shrinks, or is cut, to width.
func (s *slide) fitted(x, y, width float64, a align, l lettering, str string) {
	l, str = l.fit(l.clean(str), width)
	s.text(x, y, a, l, str)
}

// ground returns the least contrast of c with what is already in b.
func (s *slide) ground(b box, c color.RGBA) float64 {
	least := 21.0
	const across, down = 12, 3
	for i := 0; i <= across; i++ {
		for j := 0; j <= down; j++ {
			x := int(b.x0 + (b.x1-b.x0)*float64(i)/across)
			y := int(b.y0 + (b.y1-b.y0)*float64(j)/down)
			least = min(least, contrast(c, s.img.RGBAAt(x, y)))
		}
	}
	return least
}

// fill paints the polygon through corners.
func (s *slide) fill(c color.RGBA, corners ...[2]float64) {
	var path vg.Path
	for i, k := range corners {
		pt := vg.Point{X: vg.Length(k[0]), Y: vg.Length(paperHeight - k[1])}
		if i == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
	path.Close()
	s.canvas.SetColor(c)
	s.canvas.Fill(path)
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

// rule draws a horizontal or vertical line of width pixels.
func (s *slide) rule(c color.RGBA, x0, y0, x1, y1, width float64) {
	if y0 == y1 {
		s.rect(c, box{x0, y0, x1, y0 + width})
		return
	}
	s.rect(c, box{x0, y0, x0 + width, y1})
}

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

// write encodes the picture as PNG.
func (s *slide) write(w io.Writer) error {
	if err := png.Encode(w, s.img); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}
