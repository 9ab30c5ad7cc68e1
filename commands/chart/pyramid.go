package chart

import (
	"image/color"
	"io"
	"math"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// PyramidLayer is one layer of the klantenpiramide, from the top down.
type PyramidLayer struct {
	// Name is the layer in the reader's language: Top, Groot, ...
	Name string
	// Groups is how many relatiegroepen stand in it.
	Groups int
	// ShareGroups is its share, 0..1, of the groups with yearly revenue; Nominal
	// is the share it should have by rank, 0 when there is none to show.
	ShareGroups, Nominal float64
	// Revenue is its yearly revenue, ShareRevenue its share of all, 0..1.
	Revenue      analysis.Cents
	ShareRevenue float64
	// Base puts it under the pyramid: Inactief, Prospect, nog geen relatie. A
	// base layer has no yearly revenue, and only its name and count are shown.
	Base bool
}

// Pyramid draws the klantenpiramide as PNG: left how many groups a layer has,
// in the middle the pyramid on its base, right what the layer brings in. It
// fails only when w does.
func Pyramid(w io.Writer, p *locale.Printer, layers []PyramidLayer, o Options) error {
	return drawPyramid(p, layers, o).write(w)
}

// Where the parts of the pyramid stand.
const (
	pyramidTop    = 262 // of the first layer
	pyramidFoot   = 640 // of the last layer
	pyramidMiddle = 668
	pyramidApex   = 62  // half the width at the top
	pyramidBase   = 292 // half the width at the foot
	layerGap      = 5
	countRight    = 216 // right side of the counts
	shareLeft     = 244 // left side of the shares
	shareWidth    = 120
	barGap        = 14 // between a bar and its words
	pairGap       = 12
	barLeft       = 1016
	barRight      = paperWidth - margin
	baseTop       = 656
	baseFoot      = 728
	totalRule     = 756
	totalLine     = 794
)

func drawPyramid(p *locale.Printer, layers []PyramidLayer, o Options) *slide {
	s := newSlide()
	tiers, base := splitLayers(layers)
	s.frame(p, p.T("chart.pyramid.title", nil), pyramidSentence(p, tiers), p.T("chart.source", nil), o)
	s.fitted(countRight, pyramidTop-22, countRight-margin, right, caption, p.T("chart.pyramid.groups", nil))
	s.fitted(shareLeft, pyramidTop-22, shareWidth, left, caption, p.T("chart.pyramid.share", nil))
	s.text(barLeft, pyramidTop-22, left, caption, p.T("chart.pyramid.revenue", nil))
	if groups, _ := sums(tiers); groups == 0 {
		s.emptyPyramid(p)
	} else {
		s.tiers(p, tiers)
	}
	s.base(p, base)
	s.totals(p, tiers)
	return s
}

func splitLayers(layers []PyramidLayer) (tiers, base []PyramidLayer) {
	for _, l := range layers {
		if l.Base {
			base = append(base, l)
		} else {
			tiers = append(tiers, l)
		}
	}
	return tiers, base
}

// pyramidSentence says what the best layers are and bring: the upper half of
// them, Top and Groot of four.
func pyramidSentence(p *locale.Printer, tiers []PyramidLayer) string {
	groups, revenue := sums(tiers)
	if groups == 0 || revenue <= 0 || len(tiers) < 2 || p.Hushed() {
		return p.T("chart.pyramid.plain", nil)
	}
	var names []string
	var shareGroups, shareRevenue float64
	for _, t := range tiers[:(len(tiers)+1)/2] {
		names = append(names, t.Name)
		shareGroups += t.ShareGroups
		shareRevenue += t.ShareRevenue
	}
	if math.IsNaN(shareGroups+shareRevenue) || math.IsInf(shareGroups+shareRevenue, 0) {
		return p.T("chart.pyramid.plain", nil)
	}
	return p.T("chart.pyramid.sentence", analysis.Args{
		"layers": p.List(names), "groups": percent(p, shareGroups), "revenue": percent(p, shareRevenue)})
}

func sums(layers []PyramidLayer) (groups int, revenue analysis.Cents) {
	for _, l := range layers {
		groups += l.Groups
		revenue += l.Revenue
	}
	return groups, revenue
}

// halfWidth is half the width of the pyramid at height y.
func halfWidth(y float64) float64 {
	return pyramidApex + (pyramidBase-pyramidApex)*(y-pyramidTop)/(pyramidFoot-pyramidTop)
}

func trapezoid(y0, y1 float64) [][2]float64 {
	a, b := halfWidth(y0), halfWidth(y1)
	return [][2]float64{{pyramidMiddle - a, y0}, {pyramidMiddle + a, y0}, {pyramidMiddle + b, y1}, {pyramidMiddle - b, y1}}
}

// tiers draws a row for each layer with yearly revenue.
func (s *slide) tiers(p *locale.Printer, tiers []PyramidLayer) {
	height := (pyramidFoot - pyramidTop - layerGap*float64(len(tiers)-1)) / float64(len(tiers))
	roomy := height >= 64
	scale := barScale(p, tiers, roomy)
	for i, t := range tiers {
		y0 := pyramidTop + float64(i)*(height+layerGap)
		middle := y0 + height/2
		shade := blues[min(i, len(blues)-1)]
		s.shape(shade, trapezoid(y0, y0+height)...)
		s.tierName(t.Name, shade, y0, height)
		if i > 0 {
			y, half := y0-layerGap/2-1, halfWidth(y0)+14
			s.rule(hair, margin, pyramidMiddle-half, y, 1)
			s.rule(hair, pyramidMiddle+half, barRight, y, 1)
		}
		s.fitted(countRight, middle+10, countRight-margin, right, figure, p.Number(int64(t.Groups)))
		s.pair(shareLeft, middle, shareWidth, plain, percent(p, t.ShareGroups), nominal(p, t), roomy)
		length := max(0, t.ShareRevenue*scale)
		if !(length < barRight-barLeft) || p.Hushed() { // also not a number
			length = 0
		}
		thick := min(44, height*.5)
		s.shape(shade, box{barLeft, middle - thick/2, barLeft + max(length, 2), middle + thick/2}.corners()...)
		x := barLeft + length + barGap
		s.pair(x, middle, barRight-x, strong, part(p, t.ShareRevenue), p.Money(t.Revenue), roomy)
	}
}

func nominal(p *locale.Printer, t PyramidLayer) string {
	if t.Nominal <= 0 {
		return ""
	}
	return p.T("chart.pyramid.nominal", analysis.Args{"share": percent(p, t.Nominal)})
}

// tierName writes the name inside its layer, in two lines when it is long.
func (s *slide) tierName(name string, shade color.RGBA, y0, height float64) {
	l := heading.in(inkOn(shade))
	lines := 1
	if height >= 80 {
		lines = 2
	}
	room := func(n int) float64 { // between the sides, at the top of n lines
		return 2*halfWidth(y0+height/2-float64(n)*14) - 28
	}
	words := l.wrap(name, room(lines), lines)
	if len(words) == 1 {
		s.fitted(pyramidMiddle, y0+height/2+9, room(1), centre, l, name)
		return
	}
	for i, line := range words {
		s.text(pyramidMiddle, y0+height/2-6+float64(i)*30, centre, l, line)
	}
}

// barScale is how many pixels a share of 1 takes, so that the longest bar
// leaves room for the widest words behind it.
func barScale(p *locale.Printer, tiers []PyramidLayer, roomy bool) float64 {
	var most, widest float64
	for _, t := range tiers {
		if t.ShareRevenue > most && t.ShareRevenue <= 1e6 {
			most = t.ShareRevenue
		}
		share, amount := strong.width(part(p, t.ShareRevenue)), caption.width(p.Money(t.Revenue))
		if roomy {
			widest = max(widest, share, amount)
		} else {
			widest = max(widest, share+pairGap+amount)
		}
	}
	if most == 0 {
		return 0
	}
	return max(40, barRight-barLeft-barGap-widest-2) / most
}

// pair writes what matters with a small remark under it, or behind it when the
// row is low.
func (s *slide) pair(x, middle, width float64, l lettering, what, remark string, roomy bool) {
	switch {
	case remark == "":
		s.fitted(x, middle+8, width, left, l, what)
	case roomy:
		s.fitted(x, middle-3, width, left, l, what)
		s.fitted(x, middle+21, width, left, caption, remark)
	default:
		s.fitted(x, middle+8, width, left, l, what)
		used := l.width(what) + pairGap
		s.fitted(x+used, middle+8, width-used, left, caption, remark)
	}
}

// base draws the groups without yearly revenue as the ground the pyramid
// stands on: they are work for later, not part of the shares.
func (s *slide) base(p *locale.Printer, base []PyramidLayer) {
	if len(base) == 0 {
		return
	}
	x0, x1 := float64(pyramidMiddle-pyramidBase), float64(pyramidMiddle+pyramidBase)
	width := (x1 - x0 - layerGap*float64(len(base)-1)) / float64(len(base))
	total := 0
	for i, b := range base {
		x := x0 + float64(i)*(width+layerGap)
		s.rect(ground, box{x, baseTop, x + width, baseFoot})
		s.fitted(x+width/2, baseTop+30, width-20, centre, caption.in(ink), b.Name)
		s.fitted(x+width/2, baseTop+59, width-20, centre, strong, p.Number(int64(b.Groups)))
		total += b.Groups
	}
	s.fitted(countRight, baseTop+46, countRight-margin, right, figure.in(faded), p.Number(int64(total)))
	s.fitted(barLeft, baseTop+43, barRight-barLeft, left, caption, p.T("chart.pyramid.without", nil))
}

// totals draws the bottom line: the groups that the shares are of.
func (s *slide) totals(p *locale.Printer, tiers []PyramidLayer) {
	groups, revenue := sums(tiers)
	s.rule(ink, margin, barRight, totalRule, 2)
	s.fitted(countRight, totalLine, countRight-margin, right, figure, p.Number(int64(groups)))
	s.fitted(pyramidMiddle, totalLine, 2*pyramidBase, centre, plain, p.T("chart.pyramid.total", nil))
	s.fitted(barLeft, totalLine, barRight-barLeft, left, figure, p.Money(revenue))
	if groups > 0 {
		s.fitted(shareLeft, totalLine, shareWidth, left, plain, percent(p, 1))
	}
}

// emptyPyramid says that there is nothing to stack yet.
func (s *slide) emptyPyramid(p *locale.Printer) {
	s.fill(slateTint, trapezoid(pyramidTop, pyramidFoot)...)
	const room = 2*pyramidApex + 100
	for i, line := range strong.wrap(p.T("chart.pyramid.empty", nil), room, 4) {
		s.text(pyramidMiddle, (pyramidTop+pyramidFoot)/2+20+float64(i)*30, centre, strong, line)
	}
}
