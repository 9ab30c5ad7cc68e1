package match

import "hash/maphash"

// wordTable numbers distinct words in the order they first come, in one byte
// arena and one open-addressing table: no header and no map cell per word.
type wordTable struct {
	seed  maphash.Seed
	arena []byte
	ends  []uint32 // ends[i] is where word i stops in arena
	count []uint32 // how often each word was given to intern
	slots []uint64 // hash<<32 | number of the word + 1, 0 if free; a power of two long
}

// newWordTable returns a table with room for about words distinct words.
func newWordTable(words int) *wordTable {
	n := 1 << 10
	for n < 2*words {
		n *= 2
	}
	return &wordTable{seed: maphash.MakeSeed(), slots: make([]uint64, n)}
}

// len returns the number of distinct words.
func (t *wordTable) len() int { return len(t.ends) }

// word returns word i; it stays valid while t is.
func (t *wordTable) word(i uint32) []byte {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.arena[start:t.ends[i]]
}

// intern returns the number of w and counts it.
func (t *wordTable) intern(w string) uint32 {
	h := uint32(maphash.String(t.seed, w))
	mask := uint32(len(t.slots) - 1)
	at := h & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if uint32(t.slots[at]>>32) != h {
			continue
		}
		if i := uint32(t.slots[at]) - 1; string(t.word(i)) == w {
			t.count[i]++
			return i
		}
	}
	i := uint32(len(t.ends))
	t.slots[at] = uint64(h)<<32 | uint64(i+1)
	t.arena = append(t.arena, w...)
	t.ends = append(t.ends, uint32(len(t.arena)))
	t.count = append(t.count, 1)
	if len(t.ends)*2 > len(t.slots) {
		t.grow()
	}
	return i
}

// grow doubles the table.
func (t *wordTable) grow() {
	old := t.slots
	t.slots = make([]uint64, 2*len(old))
	mask := uint32(len(t.slots) - 1)
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		at := uint32(slot>>32) & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = slot
	}
}

// texts is a frozen list of strings in one arena.
type texts struct {
	arena []byte
	ends  []uint32
}

// at returns string i.
func (t *texts) at(i uint32) []byte {
	start := uint32(0)
	if i > 0 {
		start = t.ends[i-1]
	}
	return t.arena[start:t.ends[i]]
}

// fetch reads the first byte of each of the strings, none of which is empty, so that
// memory brings them many at a time: who compares one after another waits for each. The
// sum of what it read only keeps the reading from being left out.
func (t *texts) fetch(strings []uint32) (sum byte) {
	for _, i := range strings {
		if i > 0 {
			sum += t.arena[t.ends[i-1]]
		}
	}
	return sum
}

// fetchMarks is texts.fetch for marks.
func fetchMarks(marks []mark, words []uint32) (sum byte) {
	for _, w := range words {
		sum += byte(marks[w])
	}
	return sum
}

// picked returns the words of t in the given order, in arrays of exact size.
func (t *wordTable) picked(order []uint32) texts {
	out := texts{arena: make([]byte, 0, len(t.arena)), ends: make([]uint32, 0, len(order))}
	for _, i := range order {
		out.arena = append(out.arena, t.word(i)...)
		out.ends = append(out.ends, uint32(len(out.arena)))
	}
	return out
}
