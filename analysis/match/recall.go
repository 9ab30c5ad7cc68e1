package match

const (
	// maxScan is how many postings of similar words are added up for a query
	// word; its own postings are always read.
	maxScan = 40_000
	// minRanked is the least number of entries that are scored exactly.
	minRanked = 1024
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
	picked  []uint32 // the touched entries worth scoring
	rowOf   []uint16 // per word of the dictionary: its place in rows + 1, or 0
	rows    []row
	scored  []uint64
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
		rowOf:  make([]uint16, n),
	}
}

// reset makes s ready for the next query.
func (s *scratch) reset() {
	for _, e := range s.touched {
		s.acc[e] = 0
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
	allLight := true
	left := float32(0)
	for _, t := range q.terms {
		allLight = allLight && t.term.class.light()
		left += t.share
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
			if l.sim < 1 && scanned > maxScan {
				break
			}
			scanned += q.add(q.ix.posts.of(l.word), l.sim, t.share, uint32(i+1), known)
		}
	}
}

// add adds the postings in list, of a word with similarity sim to term number
// n, and returns how many there were. An entry that has several words like the
// term is credited for the one that came first. known leaves entries alone
// that were not met before.
func (q *query) add(list []byte, sim, share float32, n uint32, known bool) int {
	acc, touched := q.s.acc, q.s.touched
	total := 0
	for len(list) > 0 {
		var head, delta uint32
		head, list = uvarint(list)
		credit := uint32((.75*share*sim+.25*levelShare[head%levels]*sim)*accScale) << termBits
		total += int(head / levels)
		e := uint32(0)
		for range head / levels {
			delta, list = uvarint(list)
			e += delta
			a := acc[e]
			if a == 0 {
				if known {
					continue
				}
				touched = append(touched, e)
			} else if a&(1<<termBits-1) == n {
				continue
			}
			acc[e] = (a&^(1<<termBits-1) + credit) | n
		}
	}
	q.s.touched = touched
	return total
}

// promising cuts touched down to about want entries with the greatest
// accumulators and returns them; entries met first go first among equals. The
// accumulators of the others are cleared too, later, by reset.
func (q *query) promising(want int) []uint32 {
	s := q.s
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
