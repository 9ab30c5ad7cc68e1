package value

import "klantbot/analysis"

// Margin returns what a group brings in in a year less what it costs: y.Amount
// minus hours times cost, EUR cents, negative where it costs more. The history
// holds the cost of the 24 months before asOf; a group that is New has cost of
// as many months as it has revenue, and its cost is annualised like that. False
// where cost or revenue is not known. Source: DOMAIN.md, "Value score".
func Margin(h analysis.GroupHistory, y Yearly, asOf analysis.Day) (analysis.Cents, bool) {
	past := until(h.Months, asOf)
	if !h.CostKnown || !y.Known || len(past) == 0 {
		return 0, false
	}
	months := 24
	if y.New {
		first := past[0].Month
		for _, m := range past {
			first = min(first, m.Month)
		}
		months = monthsBetween(first, asOf) + 1
	}
	return y.Amount - rounded(float64(h.Cost)*12/float64(months)), true
}
