package match

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// commaBit marks, in the reading of a written word, that a comma follows.
const commaBit = 1 << 31

// readings says which folded words each written word stands for.
type readings struct {
	ends  []uint32
	words []uint32 // numbers in the dictionary, with commaBit
}

// of returns the folded words that written word w stands for.
func (r *readings) of(w uint32) []uint32 {
	start := uint32(0)
	if w > 0 {
		start = r.ends[w-1]
	}
	return r.words[start:r.ends[w]]
}

// dictionary is the distinct folded words in byte order, and what each written
// word reads as.
type dictionary struct {
	words texts
	reads readings
}

// newDictionary folds every written word once.
func newDictionary(written *texts) dictionary {
	t := newWordTable(len(written.ends))
	reads := readings{ends: make([]uint32, 0, len(written.ends)), words: make([]uint32, 0, len(written.ends)*5/4)}
	var buf []folded
	for w := range written.ends {
		buf = appendWords(buf[:0], string(written.at(uint32(w))))
		for _, f := range buf {
			id := t.intern(f.text)
			if f.comma {
				id |= commaBit
			}
			reads.words = append(reads.words, id)
		}
		reads.ends = append(reads.ends, uint32(len(reads.words)))
	}
	order := t.alphabetical()
	newID := inverse(order)
	for i, id := range reads.words {
		reads.words[i] = newID[id&^commaBit] | id&commaBit
	}
	reads.words = slices.Clone(reads.words)
	return dictionary{words: t.picked(order), reads: reads}
}

// alphabetical returns the words of t in byte order. Comparing the first eight
// bytes as one number settles most pairs.
func (t *wordTable) alphabetical() []uint32 {
	type item struct {
		prefix uint64
		id     uint32
	}
	items := make([]item, t.len())
	for i := range items {
		var b [8]byte
		copy(b[:], t.word(uint32(i)))
		items[i] = item{binary.BigEndian.Uint64(b[:]), uint32(i)}
	}
	slices.SortFunc(items, func(a, b item) int {
		if c := cmp.Compare(a.prefix, b.prefix); c != 0 {
			return c
		}
		return bytes.Compare(t.word(a.id), t.word(b.id))
	})
	order := make([]uint32, len(items))
	for i, it := range items {
		order[i] = it.id
	}
	return order
}

// encode writes each entry as its kind and the numbers of its written words.
func (b *Builder) encode(order, newID []uint32) entryList {
	l := entryList{texts{ends: make([]uint32, 0, len(order)), arena: make([]byte, 0, 8*len(order))}}
	for _, e := range order {
		l.arena = append(l.arena, byte(b.kinds[e]))
		for _, id := range b.span(e) {
			l.arena = binary.AppendUvarint(l.arena, uint64(newID[id]))
		}
		l.ends = append(l.ends, uint32(len(l.arena)))
	}
	l.arena = slices.Clone(l.arena)
	return l
}

// references are the folded words of every entry, each once per entry.
type references struct {
	ends  []uint32 // by entry
	words []uint32 // dictionary numbers, with commaBit
	df    []uint32 // in how many entries each word stands
}

// references reads all entries in order.
func (b *Builder) references(order, newID []uint32, dict *dictionary) references {
	r := references{
		ends:  make([]uint32, 0, len(order)),
		words: make([]uint32, 0, len(b.ids)*5/4),
		df:    make([]uint32, len(dict.words.ends)),
	}
	for _, e := range order {
		start := len(r.words)
		for _, id := range b.span(e) {
			for _, w := range dict.reads.of(newID[id]) {
				if len(r.words)-start < maxWords {
					r.words = append(r.words, w)
				}
			}
		}
		for i, w := range r.words[start:] {
			if !containsWord(r.words[start:start+i], w) {
				r.df[w&^commaBit]++
			}
		}
		r.ends = append(r.ends, uint32(len(r.words)))
	}
	return r
}

func containsWord(words []uint32, w uint32) bool {
	for _, x := range words {
		if (x^w)&^commaBit == 0 {
			return true
		}
	}
	return false
}

// mark packs the class and the rarity of a dictionary word.
type mark uint16

func newMark(c class, rarity float32) mark { return mark(c)<<8 | mark(rarity*255+.5) }

func (m mark) class() class { return class(m >> 8) }

// term returns the word with mark m as weigh wants it.
func (m mark) term(comma bool) term {
	return term{class: m.class(), rarity: float32(m&255) / 255, comma: comma}
}

// marks returns the mark of every word of the dictionary.
func (r *references) marks(dict *texts) []mark {
	marks := make([]mark, len(r.df))
	for w, df := range r.df {
		marks[w] = newMark(classOf(string(dict.at(uint32(w)))), rarityOf(int(df), len(r.ends)))
	}
	return marks
}

// postings lists for each word the entries it stands in.
func (r *references) postings(marks []mark) postings {
	starts := make([]uint32, len(r.df)+1)
	for w, df := range r.df {
		starts[w+1] = starts[w] + df
	}
	flat := make([]uint32, starts[len(r.df)])
	next := slices.Clone(starts)
	var terms [maxWords]term
	var weights [maxWords]float32
	start := uint32(0)
	for e, end := range r.ends {
		words := r.words[start:end]
		start = end
		for i, w := range words {
			terms[i] = marks[w&^commaBit].term(w&commaBit != 0)
		}
		sum, _ := weigh(terms[:len(words)], weights[:])
		for i, w := range words {
			if containsWord(words[:i], w) {
				continue
			}
			w &^= commaBit
			flat[next[w]] = levelOf(weights[i]/sum)<<levelShift | uint32(e)
			next[w]++
		}
	}
	return newPostings(flat, starts)
}
