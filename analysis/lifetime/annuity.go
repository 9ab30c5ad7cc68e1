package lifetime

import "fmt"

// Annuity returns what a yearly margin m that goes on with probability r each
// year is worth now, m·r/(1+d-r), in the unit of m: the first margin counted is
// next year's. r in [0,1), d > 0; otherwise ErrRange. Source: Gupta & Lehmann
// 2003.
func Annuity(m, r, d float64) (float64, error) {
	if !finite(m) || !(r >= 0 && r < 1) || !positive(d) {
		return 0, fmt.Errorf("annuity: %w", ErrRange)
	}
	return answer(m * r / (1 + d - r))
}
