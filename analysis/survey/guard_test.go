package survey

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
	_ "klantbot/analysis/rapidseed"
)

func people(from, to int) (p []analysis.ResponseID) {
	for i := from; i <= to; i++ {
		p = append(p, analysis.ResponseID(i))
	}
	return p
}

func verdicts(released []Released) (v []Verdict) {
	for _, r := range released {
		v = append(v, r.Verdict)
	}
	return v
}

// TestGuard: what a person with a pencil would try first.
func TestGuard(t *testing.T) {
	whole := func(p []analysis.ResponseID) Cell { return Cell{"nps", "", p} }
	part := func(name string, p []analysis.ResponseID) Cell { return Cell{"nps", name, p} }
	for _, c := range []struct {
		name  string
		shown []Cell
		ask   []Cell
		want  []Verdict
	}{
		{"four persons", nil, []Cell{whole(people(1, 4))}, []Verdict{TooFew}},
		{"five persons", nil, []Cell{whole(people(1, 5))}, []Verdict{Shown}},
		{"the whole less a part is a hidden group", nil,
			[]Cell{whole(people(1, 20)), part("zorg", people(1, 17)), part("bouw", people(18, 20))}, []Verdict{Shown, Follows, TooFew}},
		{"two hidden groups hide each other", nil,
			[]Cell{whole(people(1, 20)), part("zorg", people(1, 14)), part("bouw", people(15, 17)), part("agri", people(18, 20))},
			[]Verdict{Shown, Shown, TooFew, TooFew}},
		{"who came since", []Cell{whole(people(1, 10))}, []Cell{whole(people(1, 11))}, []Verdict{Earlier}},
		{"enough came since", []Cell{whole(people(1, 10))}, []Cell{whole(people(1, 15))}, []Verdict{Shown}},
		{"a part grows by one while the whole grows by six", []Cell{whole(people(1, 20)), part("zorg", people(1, 10))},
			[]Cell{whole(people(1, 26)), part("zorg", append(people(1, 10), 21))}, []Verdict{Shown, Earlier}},
		{"the rest of a part in three steps", []Cell{whole(people(1, 30)), part("zorg", people(1, 10))},
			[]Cell{part("bouw", people(11, 28))}, []Verdict{Follows}},
		{"the same again", []Cell{whole(people(1, 6))}, []Cell{whole(people(1, 6))}, []Verdict{Shown}},
		{"one exchanged for another", []Cell{whole(people(1, 10))}, []Cell{whole(people(2, 11))}, []Verdict{Earlier}},
		{"another figure is another sum", []Cell{{"grade", "", people(1, 10)}}, []Cell{whole(people(1, 11))}, []Verdict{Shown}},
	} {
		if got := verdicts(Guard{Fewest: Fewest, Shown: c.shown}.Release(c.ask)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestGuardGone: an earlier cell is not shown again once one of its answers was
// taken out.
func TestGuardGone(t *testing.T) {
	g := Guard{Fewest: Fewest, Shown: []Cell{{"nps", "", people(1, 10)}},
		Present: func(p analysis.ResponseID) bool { return p != 3 }}
	if got := g.Release([]Cell{{"nps", "", people(4, 10)}}); got[0].Verdict != Follows || got[0].Persons != nil {
		t.Errorf("Release = %v, want nothing", got)
	}
}

// TestGuardReconstruct plays a reader with unlimited patience against successive
// reports on a wave that grows: they know who answered what figure and which
// part each person is of, add and subtract everything that was ever shown, and
// must not come by any combination about one to four persons. The reader works
// per person and in fractions, and shares no code with the guard.
func TestGuardReconstruct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := Guard{Fewest: Fewest}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		parts := []string{"zorg", "bouw", "agri"}
		var all []analysis.ResponseID
		of := map[string][]analysis.ResponseID{}
		refused := 0
		for range rapid.IntRange(1, 4).Draw(t, "reports") {
			for range rapid.IntRange(0, 7).Draw(t, "arrivals") {
				p := analysis.ResponseID(len(all) + 1)
				part := parts[random.IntN(len(parts))]
				all, of[part] = append(all, p), append(of[part], p)
			}
			cells := []Cell{{"nps", "", slices.Clone(all)}}
			for _, part := range parts {
				cells = append(cells, Cell{"nps", part, slices.Clone(of[part])})
			}
			for _, r := range g.Release(cells) {
				if r.Verdict == Shown {
					g.Shown = append(g.Shown, r.Cell)
				} else {
					refused++
				}
			}
		}
		if set := reconstructed(g.Shown, len(all)); set != nil {
			t.Fatalf("from %v follows something about only %v", g.Shown, set)
		}
	})
}

// TestReconstructed: the reader of the test above can find something.
func TestReconstructed(t *testing.T) {
	if set := reconstructed([]Cell{{"nps", "", people(1, 10)}, {"nps", "a", people(1, 7)}}, 10); set == nil {
		t.Errorf("reconstructed = %v, want something about 8, 9 and 10", set)
	}
	if set := reconstructed([]Cell{{"nps", "", people(1, 10)}, {"nps", "", people(2, 11)}}, 11); set == nil {
		t.Errorf("reconstructed = %v, want something about the two that were exchanged", set)
	}
	if set := reconstructed([]Cell{{"nps", "", people(1, 10)}, {"nps", "a", people(1, 5)}}, 10); set != nil {
		t.Errorf("reconstructed = %v, want nothing", set)
	}
}

// reconstructed returns one to four persons about whom alone a combination of
// the shown sums is, or nil. A combination about S alone exists when leaving the
// columns of S out loses rank.
func reconstructed(shown []Cell, n int) []int {
	full := fractionRank(shown, n, nil)
	var find func(from int, chosen []int) []int
	find = func(from int, chosen []int) []int {
		if len(chosen) > 0 && fractionRank(shown, n, chosen) < full {
			return slices.Clone(chosen)
		}
		if len(chosen) == Fewest-1 {
			return nil
		}
		for p := from; p <= n; p++ {
			if set := find(p+1, append(chosen, p)); set != nil {
				return set
			}
		}
		return nil
	}
	// Any set that gives something away is part of one of four.
	return find(1, nil)
}

func fractionRank(shown []Cell, n int, without []int) int {
	var rows [][]*big.Rat
	for _, c := range shown {
		row := make([]*big.Rat, 0, n)
		for p := 1; p <= n; p++ {
			if !slices.Contains(without, p) {
				v := new(big.Rat)
				if slices.Contains(c.Persons, analysis.ResponseID(p)) {
					v.SetInt64(1)
				}
				row = append(row, v)
			}
		}
		rows = append(rows, row)
	}
	rank := 0
	for column := 0; len(rows) > 0 && column < len(rows[0]) && rank < len(rows); column++ {
		pivot := slices.IndexFunc(rows[rank:], func(r []*big.Rat) bool { return r[column].Sign() != 0 })
		if pivot < 0 {
			continue
		}
		rows[rank], rows[rank+pivot] = rows[rank+pivot], rows[rank]
		for i := rank + 1; i < len(rows); i++ {
			factor := new(big.Rat).Quo(rows[i][column], rows[rank][column])
			for j := column; factor.Sign() != 0 && j < len(rows[i]); j++ {
				rows[i][j] = new(big.Rat).Sub(rows[i][j], new(big.Rat).Mul(factor, rows[rank][j]))
			}
		}
		rank++
	}
	return rank
}
