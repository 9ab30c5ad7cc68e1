package sqlstore

import "testing"

// TestTally: it is the same for the same rows in any order, and for no others.
func TestTally(t *testing.T) {
	table := shape{columns: []column{{"name", "text"}, {"total_cents", "integer"}, {"score", "real"}, {"value", "bytes"}}}
	tallied := func(rows ...[]any) *tally {
		y := newTally(table)
		for _, row := range rows {
			y.add(row)
		}
		return y
	}
	one, two := []any{"Jansen", int64(12_345), 1.5, []byte("x")}, []any{"", int64(-45), nil, []byte{}}
	want := tallied(one, two)
	if other := tallied(two, one); !want.equal(other) || want.cents()["total_cents"] != 12_300 || len(want.cents()) != 1 {
		t.Errorf("in another order it differs, or the sum is wrong: %v", want.cents())
	}
	if !tallied([]any{"", int64(0), 0.0, nil}).equal(tallied([]any{"", int64(0), negativeZero(), nil})) {
		t.Error("the sign of zero, which SQLite does not keep, counts")
	}
	for name, other := range map[string]*tally{
		"a row less":           tallied(one),
		"a row twice":          tallied(one, two, two),
		"amounts swapped":      tallied([]any{"Jansen", int64(-45), 1.5, []byte("x")}, []any{"", int64(12_345), nil, []byte{}}),
		"another name":         tallied([]any{"Janssen", int64(12_345), 1.5, []byte("x")}, two),
		"unknown for empty":    tallied(one, []any{nil, int64(-45), nil, []byte{}}),
		"zero for unknown":     tallied(one, []any{"", int64(-45), 0.0, []byte{}}),
		"text for bytes":       tallied([]any{"Jansen", int64(12_345), 1.5, "x"}, two),
		"a word moved along":   tallied([]any{"Jansenx", int64(12_345), 1.5, []byte("")}, two),
		"a number for another": tallied([]any{"Jansen", int64(12_345), 2.5, []byte("x")}, two),
	} {
		if want.equal(other) {
			t.Errorf("%s is not noticed", name)
		}
	}
}

func negativeZero() float64 { zero := 0.0; return -zero }
