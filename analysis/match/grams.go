package match

import (
	"encoding/binary"
	"slices"
)

// shortWord is the length up to which a word is also listed by its first and
// its last letter with its length: a typo can leave a short word without one
// trigram, but never without both its ends.
const shortWord = 5

// gramIndex lists the words of a dictionary by their trigrams. Trigrams are
// hashed to buckets; what shares a bucket by accident is dropped when words
// are compared.
type gramIndex struct {
	shift  uint     // a hash >> shift is its bucket
	starts []uint32 // starts[b] is where the list of bucket b starts in lists
	lists  []byte   // word numbers, ascending, as differences in varints
}

func (g *gramIndex) bucket(x uint32) uint32 { return x * 2654435761 >> g.shift }

// eachGram calls do with the bucket of every trigram of word, which is taken
// to stand between two marks, and of its ends when it is short.
func (g *gramIndex) eachGram(word []byte, do func(bucket uint32)) {
	const mark = 1
	a, b := uint32(mark), uint32(0)
	for i, c := range word {
		if i > 0 {
			do(g.bucket(a<<16 | b<<8 | uint32(c)))
			a = b
		}
		b = uint32(c)
	}
	do(g.bucket(a<<16 | b<<8 | mark))
	if n := len(word); n <= shortWord {
		do(g.edge(word[0], n, 2))
		do(g.edge(word[n-1], n, 3))
	}
}

// edge is the bucket of words of length n that begin (side 2) or end (side 3)
// with c.
func (g *gramIndex) edge(c byte, n int, side uint32) uint32 {
	return g.bucket(side<<24 | uint32(n)<<8 | uint32(c))
}

// newGramIndex indexes the words of d.
func newGramIndex(d *texts) gramIndex {
	bits := uint(8)
	for bits < 16 && 1<<bits < len(d.ends)/2 {
		bits++
	}
	g := gramIndex{shift: 32 - bits}
	at := make([]uint32, 1<<bits+1)
	for i := range d.ends {
		g.eachGram(d.at(uint32(i)), func(b uint32) { at[b+1]++ })
	}
	for b := range 1 << bits {
		at[b+1] += at[b]
	}
	flat := make([]uint32, at[1<<bits])
	next := slices.Clone(at)
	for i := range d.ends {
		g.eachGram(d.at(uint32(i)), func(b uint32) {
			flat[next[b]] = uint32(i)
			next[b]++
		})
	}
	g.starts = make([]uint32, 1<<bits+1)
	g.lists = make([]byte, 0, 2*len(flat))
	for b := range 1 << bits {
		last := uint32(0)
		for _, i := range flat[at[b]:at[b+1]] {
			g.lists = binary.AppendUvarint(g.lists, uint64(i-last))
			last = i
		}
		g.starts[b+1] = uint32(len(g.lists))
	}
	g.lists = slices.Clone(g.lists)
	return g
}

// list returns the coded list of bucket b; its length in bytes grows with the
// number of words in it.
func (g *gramIndex) list(b uint32) []byte { return g.lists[g.starts[b]:g.starts[b+1]] }

// buckets returns the distinct buckets that hold words like word, in an order
// that depends on the index and the word only: fewest words first.
func (g *gramIndex) buckets(word []byte, dst []uint32) []uint32 {
	g.eachGram(word, func(b uint32) { dst = append(dst, b) })
	n := len(word)
	for m := max(n-1, 1); m <= min(n+1, shortWord); m++ {
		dst = append(dst, g.edge(word[0], m, 2), g.edge(word[n-1], m, 3))
	}
	slices.SortFunc(dst, func(a, b uint32) int {
		if c := len(g.list(a)) - len(g.list(b)); c != 0 {
			return c
		}
		return int(a) - int(b)
	})
	return slices.Compact(dst)
}
