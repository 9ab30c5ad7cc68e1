package analysis

// Cents is an amount of money in euro cents (EUR, excluding VAT). Negative
// amounts are credit notes. The whole range of int64 is allowed: 92 quadrillion
// euros, so sums of an office never overflow.
type Cents int64

// Euros returns the amount in euros, for charts only: a float64 is exact to
// the cent up to 90 trillion euros. Amounts are never calculated with in euros.
func (c Cents) Euros() float64 { return float64(c) / 100 }
