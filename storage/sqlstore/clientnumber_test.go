package sqlstore

import "testing"

// TestLower proves the order of client numbers, each before all that follow.
func TestLower(t *testing.T) {
	order := []string{"", "0", "007", "07", "7", "12", "999", "1000", "1000-2", "1000-10", "1000/1", "A1000", "B9", "B10", "B10a", "K"}
	for i, a := range order {
		for j, b := range order {
			if got := lower(a, b); got != (i < j) {
				t.Errorf("lower(%q, %q) = %t", a, b, got)
			}
		}
	}
}
