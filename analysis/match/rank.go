package match

import (
	"math"
	"slices"
	"strings"
)

// scoreSteps is the number of steps in which scores differ, so that what is
// equal to the eye ties exactly.
const scoreSteps = 10_000

// initialLikeness is the similarity of an initial and a first name.
const initialLikeness = .6

// entryWord is one word of an entry while it is scored.
type entryWord struct {
	row    *row // nil when it is like no term
	letter byte // its first letter where a rule for initials may apply, else 0
	single bool // it is an initial itself
	exempt bool
	used   bool
}

// rank scores the most promising entries exactly and returns the best entry of
// each of at most limit clients, ordered by falling score and then by key.
func (q *query) rank(limit int) []Hit {
	s := q.s
	q.tabulate()
	promising := q.promising()
	s.fetched += q.ix.entries.fetch(promising)
	for _, e := range promising {
		score, _ := q.score(e)
		if score < q.floor || score == 0 {
			continue
		}
		steps := uint64(math.Round(float64(score) * scoreSteps))
		if steps == scoreSteps && !q.spelled(e) {
			steps-- // Müller before Muller, who asks for Müller
		}
		// Entries are numbered by key, kind and text: one number orders all.
		s.scored = append(s.scored, (scoreSteps-steps)<<32|uint64(e))
	}
	slices.Sort(s.scored)
	var hits []Hit
	for _, x := range s.scored {
		e := uint32(x)
		if len(hits) == limit {
			break
		}
		if slices.ContainsFunc(hits, func(h Hit) bool { return h.Key == q.ix.keys[e] }) {
			continue
		}
		kind, _ := q.ix.entries.at(e)
		_, grade := q.score(e)
		hits = append(hits, Hit{
			Key:   q.ix.keys[e],
			Score: float64(scoreSteps-x>>32) / scoreSteps,
			Grade: grade, Kind: kind, Text: q.ix.text(e),
		})
	}
	return hits
}

// spelled reports whether entry e has the words of the query as they were
// typed: with the same diacritics and the same ij or y.
func (q *query) spelled(e uint32) bool {
	text := q.ix.text(e)
	return strings.EqualFold(text, q.text) || slices.Equal(spelledWords(text), spelledWords(q.text))
}

// spelledWords returns the words of s in lower case and in order.
func spelledWords(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWordRune(r) })
	slices.Sort(words)
	return words
}

// tabulate turns the likes of the terms into rows, by word.
func (q *query) tabulate() {
	s := q.s
	for i := range q.terms {
		for _, l := range q.terms[i].likes {
			at := s.rowOf[l.word]
			if at == 0 {
				s.rows = append(s.rows, row{word: l.word})
				at = uint16(len(s.rows))
				s.rowOf[l.word] = at
			}
			r := &s.rows[at-1]
			r.sims[i] = max(r.sims[i], l.sim)
		}
	}
}

// score returns the score of entry e as the package comment defines it, and
// how exact the match is. Terms choose their word in the order of their weight.
func (q *query) score(e uint32) (float32, Grade) {
	var words [maxWords]entryWord
	var weights [maxWords]float32
	n, sum := q.open(e, &words, &weights)
	allExempt := true
	for i := range q.terms {
		allExempt = allExempt && q.terms[i].exempt
	}
	var covQ, covE float32
	grade := Whole
	for _, i := range q.order {
		bestAt, bestSim := -1, float32(0)
		for j := range n {
			if words[j].used {
				continue
			}
			if sim := q.pair(i, &words[j]); sim > bestSim {
				bestAt, bestSim = j, sim
			}
		}
		if bestSim < sameWord && (allExempt || !q.terms[i].exempt) {
			grade = Near
		}
		if bestAt >= 0 {
			words[bestAt].used = true
			covQ += q.terms[i].share * bestSim
			covE += weights[bestAt] * bestSim
		}
	}
	for j := range n {
		if grade == Whole && !words[j].used && (allExempt || !words[j].exempt) {
			grade = q.partial
		}
	}
	return min(covQ*(3+covE/sum)/4, 1), grade
}

// exempt reports whether a word of class c that weighs weight is a title or a
// legal form, which do not count for a Grade.
func exempt(c class, weight float32) bool { return c == legal || weight <= classWeight[title] }

// open reads the words of entry e; it returns how many there are and the sum
// of their weights.
func (q *query) open(e uint32, words *[maxWords]entryWord, weights *[maxWords]float32) (int, float32) {
	ix, s := q.ix, q.s
	var terms [maxWords]term
	n := 0
	_, rest := ix.entries.at(e)
	for len(rest) > 0 {
		var written uint32
		written, rest = uvarint(rest)
		for _, w := range ix.reads.of(written) {
			if n == maxWords {
				break
			}
			comma := w&commaBit != 0
			w &^= commaBit
			terms[n] = ix.marks[w].term(comma)
			class := terms[n].class
			words[n] = entryWord{single: class == initial}
			if at := s.rowOf[w]; at != 0 {
				words[n].row = &s.rows[at-1]
			}
			if class == initial || q.initials && !class.light() {
				words[n].letter = ix.dict.at(w)[0]
			}
			n++
		}
	}
	sum, head := weigh(terms[:n], weights[:])
	for i := range n {
		words[i].exempt = exempt(terms[i].class, weights[i])
	}
	if head >= 0 {
		words[head].letter = 0 // a surname is not abbreviated
	}
	return n, sum
}

// pair returns the similarity of term i and w, initials included: "P." is
// something like "Piet", unless Piet is the surname.
func (q *query) pair(i int, w *entryWord) float32 {
	var sim float32
	if w.row != nil {
		sim = w.row.sims[i]
	}
	if w.letter == 0 || i == q.head || sim >= initialLikeness {
		return sim
	}
	t := &q.terms[i]
	// One of the two is a single letter, the other is a word.
	abbreviated := t.term.class == initial && !w.single || w.single && !t.term.class.light()
	if abbreviated && t.text[0] == w.letter {
		return initialLikeness
	}
	return sim
}
