package survey

import "math"

// NPS is the net promoter score of clients, in percentage points. A school mark
// (rapportcijfer) is no NPS and is never rescaled to one.
type NPS struct {
	Score                           float64 // -100..100
	Low, High                       float64 // 95% interval
	Promoters, Passives, Detractors int     // 9-10, 7-8, 0-6
}

// N is how many answered.
func (n NPS) N() int { return n.Promoters + n.Passives + n.Detractors }

// z95 is the 97.5% quantile of the normal distribution.
const z95 = 1.959963984540054

// NewNPS returns the score with its adjusted Wald interval: three quarters of a
// promoter and of a detractor and three answers are added, then
// p-d ± z·sqrt((p+d-(p-d)²)/n), kept within ±100. It reports false without
// answers. Source: Rocks, "Interval estimation for the net promoter score", The
// American Statistician 70 (2016).
func NewNPS(promoters, passives, detractors int) (NPS, bool) {
	n := NPS{Promoters: promoters, Passives: passives, Detractors: detractors}
	if n.N() <= 0 || min(promoters, passives, detractors) < 0 {
		return NPS{}, false
	}
	n.Score = 100 * float64(promoters-detractors) / float64(n.N())
	all := float64(n.N()) + 3
	p, d := (float64(promoters)+.75)/all, (float64(detractors)+.75)/all
	half := z95 * math.Sqrt((p+d-(p-d)*(p-d))/all)
	n.Low, n.High = math.Max(-100, 100*(p-d-half)), math.Min(100, 100*(p-d+half))
	return n, true
}

// netPromoters counts scores of 0 to 10.
func netPromoters(scores []float64) (NPS, bool) {
	var promoters, passives, detractors int
	for _, s := range scores {
		switch {
		case s >= 9:
			promoters++
		case s >= 7:
			passives++
		default:
			detractors++
		}
	}
	return NewNPS(promoters, passives, detractors)
}
