package match

import (
	"slices"
	"testing"
)

// TestScratchIsClean: a query leaves nothing behind for the next one, and while it runs
// what it met is what it keeps of long lists.
func TestScratchIsClean(t *testing.T) {
	entries := newGenerator(2000).entries(3000)
	ix := build(entries)
	s := newScratch(ix)
	for _, query := range []string{"Jansen", "de Wit bv", entries[7].text, typo(newGenerator(1).r, entries[100].text), "Wiebe Jansen transport"} {
		terms := readQuery(query)
		q := s.begin(ix, terms, query, HitScore, minRanked)
		q.recall()
		q.rank(5)
		met := make([]uint32, len(ix.keys))
		for e := range met {
			met[e] = uint32(e)
		}
		met = s.met.keep(met)
		touched := slices.Clone(s.touched)
		slices.Sort(touched)
		if len(met) == 0 || !slices.Equal(met, touched) {
			t.Errorf("%q: met %d entries, touched %d", query, len(met), len(touched))
		}
		s.reset()
		for what, clean := range map[string]bool{
			"counts": !slices.ContainsFunc(s.counts, func(n uint8) bool { return n != 0 }),
			"acc":    !slices.ContainsFunc(s.acc, func(n uint32) bool { return n != 0 }),
			"met":    !slices.ContainsFunc(s.met, func(n uint64) bool { return n != 0 }),
			"rowOf":  !slices.ContainsFunc(s.rowOf, func(n uint16) bool { return n != 0 }),
		} {
			if !clean {
				t.Errorf("%q left something in %s", query, what)
			}
		}
	}
}
