package chart

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// The paper: 16:9, one unit is one pixel, y runs down.
const (
	paperWidth  = 1600
	paperHeight = 900
	margin      = 72
)

// align says which side of a text stands at its x.
type align int

const (
	left align = iota
	centre
	right
)

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
	img    *image.RGBA
	labels []label
}

func newSlide() *slide {
	img := image.NewRGBA(image.Rect(0, 0, paperWidth, paperHeight))
	draw.Draw(img, img.Rect, image.NewUniform(white), image.Point{}, draw.Src)
	return &slide{img: img}
}

// text writes one line with its baseline at y.
func (s *slide) text(x, y float64, a align, l lettering, str string) {
	if str = l.clean(str); str == "" {
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
	pen := font.Drawer{Dst: s.img, Src: image.NewUniform(l.ink), Face: l.face(), Dot: fixed.P(int(x), int(y))}
	pen.DrawString(visual(str))
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

// write encodes the picture as PNG.
func (s *slide) write(w io.Writer) error {
	if err := png.Encode(w, s.img); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}
