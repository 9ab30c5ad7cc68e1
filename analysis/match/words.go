package match

import "hash/maphash"

// wordTable numbers distinct words in the order they first come, in one byte
// arena and one open-addressing table: no header and no map cell per word.
type wordTable struct {
	seed   maphash.Seed
	arena  []byte
	ends   []uint32 // ends[i] is where word i stops in arena
	hashes []uint32
	count  []uint32 // how often each word was given to intern
	slots  []uint32 // number of the word + 1, 0 for a free slot; a power of two long
}

func newWordTable() *wordTable {
	return &wordTable{seed: maphash.MakeSeed(), slots: make([]uint32, 1<<10)}
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
		i := t.slots[at] - 1
		if t.hashes[i] == h && string(t.word(i)) == w {
			t.count[i]++
			return i
		}
	}
	i := uint32(len(t.ends))
	t.slots[at] = i + 1
	t.arena = append(t.arena, w...)
	t.ends = append(t.ends, uint32(len(t.arena)))
	t.hashes = append(t.hashes, h)
	t.count = append(t.count, 1)
	if len(t.ends)*2 > len(t.slots) {
		t.grow()
	}
	return i
}

// grow doubles the table.
func (t *wordTable) grow() {
	t.slots = make([]uint32, 2*len(t.slots))
	mask := uint32(len(t.slots) - 1)
	for i, h := range t.hashes {
		at := h & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = uint32(i) + 1
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

// picked returns the words of t in the given order, in arrays of exact size.
func (t *wordTable) picked(order []uint32) texts {
	out := texts{arena: make([]byte, 0, len(t.arena)), ends: make([]uint32, 0, len(order))}
	for _, i := range order {
		out.arena = append(out.arena, t.word(i)...)
		out.ends = append(out.ends, uint32(len(out.arena)))
	}
	return out
}
