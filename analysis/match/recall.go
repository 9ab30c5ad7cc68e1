package match

import (
	"math"
	"slices"
)

const (
	// maxScan is how many postings of similar words are added up for a query
	// word; its own postings are always read.
	maxScan = 12_000
	// maxSettleBytes is how much of the postings of particles and initials is
	// read to tell equals apart.
	maxSettleBytes = 128 << 10
	// maxTouched is how many entries are met for a query of one word: lists go
	// by falling weight of the word, so that what follows is worse.
	maxTouched = 20_000
	// minRanked is the least number of entries that are scored exactly.
	minRanked = 640
)

// An accumulator holds the approximate score of an entry, times accScale, and
// in its low bits the number of the last term that added to it, plus one.
const (
	accScale = 1 << 20
	termBits = 4
)

// scratch is the memory of one query; it is used again by later ones.
type scratch struct {
	pattern pattern
	buckets []uint32
	counts  []uint8  // per word of the dictionary: trigrams shared
	counted []uint32 // words whose count is not 0
	acc     []uint32 // an accumulator per entry
	touched []uint32 // entries whose accumulator is not 0
	met     entrySet // touched, to be asked of
	picked  []uint32 // the touched entries worth scoring
	rowOf   []uint16 // per word of the dictionary: its place in rows + 1, or 0
	rows    []row
	scored  []uint64
	fetched byte // see texts.fetch
}

// entrySet is a bit for each entry: a thirty-second of the accumulators, so that it stays
// near the processor while long lists are held against what was met.
type entrySet []uint64

func (s entrySet) add(e uint32) { s[e/64] |= 1 << (e % 64) }

// keep returns those of entries that are in s, in their place.
func (s entrySet) keep(entries []uint32) []uint32 {
	n := 0
	for _, e := range entries {
		entries[n] = e
		n += int(s[e/64] >> (e % 64) & 1)
	}
	return entries[:n]
}

// row is how similar a word of the dictionary is to each term of the query.
type row struct {
	word uint32
	sims [maxTerms]float32
}

func newScratch(ix *Index) *scratch {
	n := len(ix.dict.ends)
	return &scratch{
		counts: make([]uint8, n),
		acc:    make([]uint32, len(ix.keys)),
		met:    make(entrySet, (len(ix.keys)+63)/64),
		rowOf:  make([]uint16, n),
	}
}

// reset makes s ready for the next query.
func (s *scratch) reset() {
	for _, e := range s.touched {
		s.acc[e] = 0
		s.met[e/64] = 0
	}
	for _, r := range s.rows {
		s.rowOf[r.word] = 0
	}
	s.touched, s.rows, s.scored = s.touched[:0], s.rows[:0], s.scored[:0]
}

// recall adds up, for each entry that has a word like one of the query's,
// (3·covQ + covE)/4 as far as the postings tell. Terms go by falling weight.
// Once the terms that are left can not lift a new entry over the floor, only
// entries that were met before are added to.
func (q *query) recall() {
	left := float32(0)
	names := 0
	for _, t := range q.terms {
		left += t.share
		if !t.term.class.light() {
			names++
		}
	}
	allLight := names == 0
	q.room = math.MaxInt
	if names <= 1 {
		q.room = maxTouched
	}
	for _, i := range q.order {
		t := &q.terms[i]
		if t.term.class.light() && !allLight {
			continue
		}
		known := left < q.floor
		left -= t.share
		scanned := 0
		for _, l := range t.likes {
			if l.sim < 1 && scanned > maxScan || names <= 1 && q.outdone(l.sim*t.share) {
				break
			}
			scanned += q.add(q.ix.posts.of(l.word), l.sim, t.share, uint32(i+1), known)
		}
	}
	if len(q.s.touched) > q.want && !allLight {
		q.settle()
	}
}

// run is how many entries were given how much credit, times accScale.
type run struct {
	credit uint32
	n      int
}

// outdone reports, for a query of one name, whether so many entries have more
// credit than bound that those with less will not be scored exactly.
func (q *query) outdone(bound float32) bool {
	n := 0
	for _, r := range q.runs {
		if r.credit > uint32(bound*accScale) {
			n += r.n
		}
	}
	return n >= 2*q.want
}

// settle adds the particles and initials of the query to the entries that were
// met, rarest first: among thousands of clients called Jansen it is those that
// tell which to score exactly.
func (q *query) settle() {
	type list struct {
		term int
		like like
	}
	var lists []list
	for i := range q.terms {
		if t := &q.terms[i]; t.term.class.light() && !t.exempt {
			for _, l := range t.likes {
				if l.sim >= sameWord {
					lists = append(lists, list{i, l})
				}
			}
		}
	}
	size := func(l list) int { return len(q.ix.posts.of(l.like.word)) }
	slices.SortStableFunc(lists, func(a, b list) int { return size(a) - size(b) })
	read := 0
	for _, l := range lists {
		if read += size(l); read > maxSettleBytes {
			break
		}
		q.add(q.ix.posts.of(l.like.word), l.like.sim, q.terms[l.term].share, uint32(l.term+1), true)
	}
}

// add adds the postings in list, of a word with similarity sim to term number
// n, and returns how many there were. An entry that has several words like the
// term is credited for the one that came first. known leaves entries alone
// that were not met before. Once room entries were met no other is, and reading stops
// with their level.
func (q *query) add(list []byte, sim, share float32, n uint32, known bool) int {
	acc, touched := q.s.acc, q.s.touched
	total := 0
	var some [64]uint32 // entries, whose accumulators memory brings together
	var entries []uint32
	for len(list) > 0 && (known || len(touched) < q.room) {
		var head uint32
		head, list = uvarint(list)
		credit := uint32((.75*share*sim+.25*levelShare[head%levels]*sim)*accScale) << termBits
		total += int(head / levels)
		q.runs = append(q.runs, run{credit >> termBits, int(head / levels)})
		last := uint32(0)
		for left := int(head / levels); left > 0; {
			entries, list = decode(some[:min(left, len(some))], list, last)
			left, last = left-len(entries), entries[len(entries)-1]
			if known {
				entries = q.s.met.keep(entries)
			}
			fetched := uint32(0)
			for _, e := range entries {
				fetched += acc[e]
			}
			q.s.fetched += byte(fetched)
			for _, e := range entries {
				a := acc[e]
				if a == 0 {
					if len(touched) == q.room {
						continue
					}
					q.s.met.add(e)
					touched = append(touched, e)
				} else if a&(1<<termBits-1) == n {
					continue
				}
				acc[e] = (a&^(1<<termBits-1) + credit) | n
			}
		}
	}
	q.s.touched = touched
	return total
}

// promising cuts touched down to the want entries with the greatest
// accumulators and returns them; entries met first go first among equals. The
// accumulators of the others are cleared too, later, by reset.
func (q *query) promising() []uint32 {
	s, want := q.s, q.want
	if len(s.touched) <= want {
		return s.touched
	}
	const steps = 2048
	var count [steps]int
	step := func(e uint32) int {
		return min(int(s.acc[e]>>termBits)*(steps-1)/(accScale+accScale/8), steps-1)
	}
	for _, e := range s.touched {
		count[step(e)]++
	}
	border, above := steps-1, 0
	for above+count[border] < want {
		above += count[border]
		border--
	}
	room := want - above
	out := s.picked[:0]
	for _, e := range s.touched {
		if st := step(e); st > border {
			out = append(out, e)
		} else if st == border && room > 0 {
			out = append(out, e)
			room--
		}
	}
	s.picked = out
	return out
}
