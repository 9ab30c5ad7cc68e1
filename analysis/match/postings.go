package match

import (
	"encoding/binary"
	"slices"
)

// levels is how finely postings tell how much a word matters to an entry: its
// share of the weight of the entry's words.
const levels = 8

// levelShift leaves room for 2^29 entries beside a level in 32 bits.
const levelShift = 29

// levelShare is the share that each level stands for.
var levelShare = [levels]float32{.08, .25, .42, .58, .72, .83, .915, .98}

// levelOf returns the level of a share in 0..1.
func levelOf(share float32) uint32 { return uint32(levelOfPercent[int(share*100)]) }

// levelOfPercent is the level of each whole percentage.
var levelOfPercent = func() (table [102]uint8) {
	borders := [...]int{16, 33, 50, 66, 78, 88, 95}
	for percent := range table {
		for _, border := range borders {
			if percent >= border {
				table[percent]++
			}
		}
	}
	return table
}()

// postings holds for each word of the dictionary the entries it stands in, the
// ones to which it matters most first, so that reading may stop early. A list
// is a run for each level that occurs: count·levels+level, then the entries in
// ascending order as differences; all numbers are varints.
type postings struct {
	ends  []uint32
	lists []byte
}

// newPostings codes lists of entries with their level, ascending by entry:
// word w has flat[starts[w]:starts[w+1]].
func newPostings(flat, starts []uint32) postings {
	p := postings{ends: make([]uint32, 0, len(starts)-1), lists: make([]byte, 0, 4*len(flat))}
	for w := range len(starts) - 1 {
		list := flat[starts[w]:starts[w+1]]
		var count [levels]int
		for _, x := range list {
			count[x>>levelShift]++
		}
		for level := levels - 1; level >= 0; level-- {
			if count[level] == 0 {
				continue
			}
			p.lists = binary.AppendUvarint(p.lists, uint64(count[level]*levels+level))
			last := uint32(0)
			for _, x := range list {
				if int(x>>levelShift) == level {
					e := x & (1<<levelShift - 1)
					p.lists = binary.AppendUvarint(p.lists, uint64(e-last))
					last = e
				}
			}
		}
		p.ends = append(p.ends, uint32(len(p.lists)))
	}
	p.lists = slices.Clone(p.lists)
	return p
}

// of returns the coded list of word w.
func (p *postings) of(w uint32) []byte {
	start := uint32(0)
	if w > 0 {
		start = p.ends[w-1]
	}
	return p.lists[start:p.ends[w]]
}

// uvarint is binary.Uvarint for the numbers below 2^32 written here.
func uvarint(b []byte) (uint32, []byte) {
	if b[0] < 0x80 {
		return uint32(b[0]), b[1:]
	}
	x, n := uvarintAt(b, 0)
	return x, b[n:]
}

// uvarintAt reads the number at b[i:] and returns where it ends.
func uvarintAt(b []byte, i int) (uint32, int) {
	x := uint32(0)
	for shift := 0; ; shift += 7 {
		c := b[i]
		i++
		x |= uint32(c&0x7f) << shift
		if c < 0x80 {
			return x, i
		}
	}
}

// decode fills entries from the differences in list, the first of them to last, and
// returns what of list is left.
func decode(entries []uint32, list []byte, last uint32) ([]uint32, []byte) {
	at := 0
	for i := range entries {
		delta := uint32(list[at])
		if at++; delta >= 0x80 {
			delta, at = uvarintAt(list, at-1)
		}
		last += delta
		entries[i] = last
	}
	return entries, list[at:]
}

// entryList holds what was added, an entry after another: its kind, and the
// numbers of its written words as varints.
type entryList struct{ texts }

// at returns the kind of entry e and its coded words.
func (l *entryList) at(e uint32) (Kind, []byte) {
	b := l.texts.at(e)
	return Kind(b[0]), b[1:]
}
