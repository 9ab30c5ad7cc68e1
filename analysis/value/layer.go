package value

import (
	"math"
	"slices"

	"klantbot/analysis"
)

// earning returns the amounts above zero, the largest first.
func earning(amounts []analysis.Cents) []analysis.Cents {
	sorted := make([]analysis.Cents, 0, len(amounts))
	for _, a := range amounts {
		if a > 0 {
			sorted = append(sorted, a)
		}
	}
	slices.Sort(sorted)
	slices.Reverse(sorted)
	return sorted
}

// fewGroups is the size below which four layers say nothing.
const fewGroups = 20

// floors returns the least amount of each layer that earns, from the top down:
// Top, Groot, Midden and Klein, or with few groups Top and Klein. sorted is not
// empty.
func floors(sorted []analysis.Cents) ([]analysis.Layer, []analysis.Cents) {
	n := len(sorted)
	if n < fewGroups {
		return []analysis.Layer{analysis.LayerTop, analysis.LayerSmall},
			[]analysis.Cents{sorted[(n+4)/5-1], 1}
	}
	c1 := max(1, (n+50)/100)
	c2 := max(c1+1, (n+10)/20)
	c3 := max(c2+1, (2*n+5)/10)
	return []analysis.Layer{analysis.LayerTop, analysis.LayerLarge, analysis.LayerMiddle, analysis.LayerSmall},
		[]analysis.Cents{sorted[c1-1], sorted[c2-1], sorted[c3-1], 1}
}

// LayersOf returns the layer of each yearly revenue. With N groups above zero,
// c1 = max(1, round(.01N)), c2 = max(c1+1, round(.05N)) and
// c3 = max(c2+1, round(.20N)), the best c1 are Top, up to c2 Groot, up to c3
// Midden and the rest Klein; under twenty, the best ceil(.2N) are Top and the
// rest Klein. Equal amounts are in the same layer, that of the best-ranked.
// Without yearly revenue a group is Inactief where it was ever invoiced, else
// Prospect where status says so, else nog geen relatie; status may be nil, or
// is by row. Source: DOMAIN.md, "Layers".
func LayersOf(yearly []Yearly, status []analysis.ClientStatus) []analysis.Layer {
	amounts := amountsOf(yearly)
	layers := make([]analysis.Layer, len(yearly))
	var names []analysis.Layer
	var least []analysis.Cents
	if sorted := earning(amounts); len(sorted) > 0 {
		names, least = floors(sorted)
	}
	for row, y := range yearly {
		switch {
		case amounts[row] > 0:
			layers[row] = names[slices.IndexFunc(least, func(floor analysis.Cents) bool { return amounts[row] >= floor })]
		case y.Known:
			layers[row] = analysis.LayerInactive
		case status != nil && status[row] == analysis.Prospect:
			layers[row] = analysis.LayerProspect
		default:
			layers[row] = analysis.LayerNone
		}
	}
	return layers
}

// amountsOf returns the yearly amounts, zero where nothing was ever invoiced.
func amountsOf(yearly []Yearly) []analysis.Cents {
	amounts := make([]analysis.Cents, len(yearly))
	for i, y := range yearly {
		if y.Known {
			amounts[i] = y.Amount
		}
	}
	return amounts
}

// LayerShare is one layer of the pyramid. Shares are percentages, 0..100.
type LayerShare struct {
	Layer  analysis.Layer
	Groups int
	// ShareGroups is of the groups that earn; Nominal is what the layer would
	// hold by its name (1, 4, 15, 80), which equal amounts and small offices miss.
	// Both are zero for layers that do not earn.
	ShareGroups  float64
	Nominal      float64
	Revenue      analysis.Cents
	ShareRevenue float64 // of the revenue of the layers that earn
}

// Pyramid is Jay Curry's client pyramid of an office.
type Pyramid struct {
	Groups  int            // that earn
	Revenue analysis.Cents // of those
	// Pareto is the percentage of the revenue that the best 20% of the groups
	// bring: max(1, round(.2N)) of them, under twenty ceil(.2N).
	Pareto float64
	Layers []LayerShare // all, from the top down; with few groups some are empty
}

// NewPyramid counts the groups and their revenue by layer. layers are
// LayersOf(yearly). Where nobody earns all shares are zero; else the shares of
// groups, and those of revenue, add up to 100.
func NewPyramid(yearly []Yearly, layers []analysis.Layer) Pyramid {
	at := map[analysis.Layer]int{}
	var p Pyramid
	for i, l := range analysis.Layers() {
		at[l] = i
		p.Layers = append(p.Layers, LayerShare{Layer: l})
	}
	amounts := amountsOf(yearly)
	for row, l := range layers {
		share := &p.Layers[at[l]]
		share.Groups++
		share.Revenue += amounts[row]
		if l.Earns() {
			p.Groups++
			p.Revenue += amounts[row]
		}
	}
	p.setShares()
	p.Pareto = pareto(earning(amounts))
	return p
}

func (p *Pyramid) setShares() {
	if p.Groups == 0 {
		return
	}
	for i := range p.Layers {
		share := &p.Layers[i]
		if !share.Layer.Earns() {
			continue
		}
		share.Nominal = nominal(share.Layer, p.Groups)
		share.ShareGroups = percent(float64(share.Groups), float64(p.Groups))
		share.ShareRevenue = percent(float64(share.Revenue), float64(p.Revenue))
	}
}

// percent returns what percentage part is of whole. It divides first: 100*part
// would round, and the whole of a large amount be 100.00000000000001 percent.
func percent(part, whole float64) float64 { return 100 * (part / whole) }

func nominal(l analysis.Layer, groups int) float64 {
	if groups < fewGroups {
		return map[analysis.Layer]float64{analysis.LayerTop: 20, analysis.LayerSmall: 80}[l]
	}
	return map[analysis.Layer]float64{analysis.LayerTop: 1, analysis.LayerLarge: 4, analysis.LayerMiddle: 15, analysis.LayerSmall: 80}[l]
}

func pareto(sorted []analysis.Cents) float64 {
	n := len(sorted)
	if n == 0 {
		return 0
	}
	best := int(math.Max(1, math.Round(.2*float64(n))))
	if n < fewGroups {
		best = (n + 4) / 5
	}
	var top, all float64
	for i, a := range sorted {
		all += float64(a)
		if i < best {
			top += float64(a)
		}
	}
	return percent(top, all)
}
