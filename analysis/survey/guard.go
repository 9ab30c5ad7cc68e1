package survey

import (
	"cmp"
	"math/bits"
	"slices"

	"klantbot/analysis"
)

// Fewest is below how many distinct persons nothing is shown of an anonymous
// wave or of employees; an office may raise it. Source: DOMAIN.md §3.
const Fewest = 5

// Cell is one figure of some persons: what may be shown of them, or not.
type Cell struct {
	Figure  string // for instance nps, or theme/groei/importance
	Group   string // the part of the wave it is of; empty: all of it
	Persons []analysis.ResponseID
}

// Verdict is what became of a cell.
type Verdict string

// The verdicts.
const (
	Shown   Verdict = "shown"
	Earlier Verdict = "earlier" // as it was shown before: too few came or went since
	TooFew  Verdict = "too_few" // of fewer persons than may be shown
	Follows Verdict = "follows" // with what is or was shown, something about too few would follow
)

// Released is a cell with its verdict. With Earlier the persons are those of the
// earlier cell; with TooFew and Follows there are none.
type Released struct {
	Cell
	Verdict Verdict
}

// Guard decides what may be shown of a wave in which nobody may be recognised.
type Guard struct {
	Fewest  int
	Shown   []Cell                                // everything that was ever shown of the wave
	Present func(person analysis.ResponseID) bool // whether an answer still counts; nil: all do
}

// Release returns a verdict for each cell, in their order. Figures of one name
// are weighed together, in the order of cells: put the whole before its parts.
//
// A mean with its n is a sum, so whoever reads reports can add and subtract them.
// Each shown cell is a row of a matrix with a column per person. A cell is
// released only if no combination of the rows, old ones included, is about
// persons fewer than Fewest and not none, that was not possible without it:
// neither a hidden group, nor the difference of two groups, nor who came since
// the last report. That is more than that no group of persons can be worked out,
// since even the difference of two scores tells both where one is the highest
// and the other the lowest there is.
func (g Guard) Release(cells []Cell) []Released {
	out := make([]Released, len(cells))
	public := map[string][]Cell{}
	for _, c := range g.Shown {
		public[c.Figure] = append(public[c.Figure], sorted(c))
	}
	for i, c := range cells {
		out[i] = g.judge(sorted(c), public)
	}
	return out
}

func (g Guard) judge(c Cell, public map[string][]Cell) Released {
	known := public[c.Figure]
	switch {
	case len(c.Persons) < g.Fewest:
		return Released{Cell{Figure: c.Figure, Group: c.Group}, TooFew}
	case slices.ContainsFunc(known, func(k Cell) bool { return slices.Equal(k.Persons, c.Persons) }):
		return Released{c, Shown} // tells nothing new
	case !g.tells(known, c):
		public[c.Figure] = append(known, c)
		return Released{c, Shown}
	}
	for _, k := range slices.Backward(known) {
		if k.Group == c.Group && len(k.Persons) >= g.Fewest && g.present(k) {
			return Released{k, Earlier}
		}
	}
	return Released{Cell{Figure: c.Figure, Group: c.Group}, Follows}
}

func (g Guard) present(c Cell) bool {
	return g.Present == nil || !slices.ContainsFunc(c.Persons, func(p analysis.ResponseID) bool { return !g.Present(p) })
}

func sorted(c Cell) Cell {
	c.Persons = slices.Compact(slices.Sorted(slices.Values(c.Persons)))
	return c
}

// atom is persons who are in the same cells, and so can not be told apart.
type atom struct {
	size int
	in   []bool // by cell
}

// atomsOf splits the persons of cells.
func atomsOf(cells []Cell) []atom {
	member := map[analysis.ResponseID][]byte{}
	for i, c := range cells {
		for _, p := range c.Persons {
			if member[p] == nil {
				member[p] = make([]byte, (len(cells)+7)/8)
			}
			member[p][i/8] |= 1 << (i % 8)
		}
	}
	count := map[string]int{}
	for _, m := range member {
		count[string(m)]++
	}
	atoms := make([]atom, 0, len(count))
	for m, n := range count {
		a := atom{size: n, in: make([]bool, len(cells))}
		for i := range cells {
			a.in[i] = m[i/8]&(1<<(i%8)) != 0
		}
		atoms = append(atoms, a)
	}
	analysis.Sort(atoms, func(a, b atom) int {
		return cmp.Or(cmp.Compare(a.size, b.size), slices.CompareFunc(a.in, b.in, func(x, y bool) int { return cmp.Compare(bit(x), bit(y)) }))
	})
	return atoms
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// mostSmall bounds the search: with more atoms of too few persons than this a
// cell is not released. A wave that came in so many drops is shown as before.
const mostSmall = 24

// tells reports whether showing c beside known lets something be worked out
// about fewer persons than may be.
func (g Guard) tells(known []Cell, c Cell) bool {
	atoms := atomsOf(append(slices.Clone(known), c))
	small := 0
	for small < len(atoms) && atoms[small].size < g.Fewest {
		small++
	}
	if small > mostSmall {
		return true
	}
	left := make([]bool, len(atoms)) // atoms that are left out
	var search func(from, persons int) bool
	search = func(from, persons int) bool {
		if persons > 0 && gained(atoms, left, len(known)) {
			return true
		}
		for i := from; i < small && persons+atoms[i].size < g.Fewest; i++ {
			left[i] = true
			found := search(i+1, persons+atoms[i].size)
			left[i] = false
			if found {
				return true
			}
		}
		return false
	}
	return search(0, 0)
}

// gained reports whether the last of n+1 cells adds a combination that is about
// nobody but the atoms left out: the combinations that vanish on all others are
// as many as the rank lost by dropping the columns left out.
func gained(atoms []atom, left []bool, n int) bool {
	with := rank(atoms, nil, n+1) - rank(atoms, left, n+1)
	return with > rank(atoms, nil, n)-rank(atoms, left, n)
}

// prime is 2^61-1. The rank of a matrix of zeros and ones modulo it is that over
// the fractions as long as no determinant within reaches it, which by Hadamard's
// bound needs more than 35 rows.
const prime = 1<<61 - 1

// rank returns the rank of the first n cells over the atoms that are not left
// out.
func rank(atoms []atom, left []bool, n int) int {
	var rows [][]uint64
	for i := range n {
		var row []uint64
		for j, a := range atoms {
			if left == nil || !left[j] {
				row = append(row, bit(a.in[i]))
			}
		}
		rows = append(rows, row)
	}
	found := 0
	for column := 0; n > 0 && column < len(rows[0]) && found < n; column++ {
		pivot := found
		for pivot < n && rows[pivot][column] == 0 {
			pivot++
		}
		if pivot == n {
			continue
		}
		rows[found], rows[pivot] = rows[pivot], rows[found]
		inverse := power(rows[found][column], prime-2)
		for i := found + 1; i < n; i++ {
			factor := times(rows[i][column], inverse)
			for j := column; factor != 0 && j < len(rows[i]); j++ {
				rows[i][j] = (rows[i][j] + prime - times(factor, rows[found][j])) % prime
			}
		}
		found++
	}
	return found
}

func times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	_, rest := bits.Div64(hi, lo, prime)
	return rest
}

func power(a uint64, n uint64) uint64 {
	result := uint64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = times(result, a)
		}
		a = times(a, a)
	}
	return result
}
