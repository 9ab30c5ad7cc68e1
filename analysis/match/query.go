package match

import (
	"bytes"
	"cmp"
	"slices"
)

// maxTerms is the number of words of a query that are looked for.
const maxTerms = 8

const (
	// maxLikes is how many similar words a query word stands for.
	maxLikes = 48
	// maxGramBytes is how much of the lists of trigrams is read for a word,
	// rarest first, once minGrams lists were read. A typo spoils at most four
	// trigrams of a word, so that minGrams lists find every word with one.
	maxGramBytes = 20 << 10
	minGrams     = 5
	// maxCompared is about how many words are compared letter by letter.
	maxCompared = 300
	// maxPrefix is how many words that begin with a query word are looked at.
	maxPrefix = 4096
	// minLike is the least similarity that makes a word stand in for another;
	// minLikeWide where anything is better than nothing.
	minLike     = .5
	minLikeWide = .2
)

// like is a word of the dictionary that resembles a word of the query.
type like struct {
	word uint32
	sim  float32
}

// queryTerm is one word of the query while it is answered.
type queryTerm struct {
	text   string
	term   term
	weight float32
	share  float32 // weight / weight of all terms
	exempt bool    // does not count for the Grade
	likes  []like  // by falling similarity
}

// query is the state of answering one query. Its slices belong to the scratch.
type query struct {
	ix    *Index
	s     *scratch
	text  string // as it was typed
	terms []queryTerm
	order []int // of terms, by falling weight
	head  int   // the term that is the surname, or -1
	floor float32
	want  int   // how many entries to score exactly
	room  int   // how many entries recall may meet
	runs  []run // what recall gave

	initials bool // some term is a single letter
	// partial is the grade of an entry that has every word of the query and
	// others too. It is Near where the query is of particles and legal forms
	// only: "van de" names nobody, however few clients have it.
	partial Grade
}

// begin finds for every word of the query the similar words of the dictionary,
// and weighs the words.
func (s *scratch) begin(ix *Index, words []folded, text string, floor float32, want int) *query {
	q := &query{ix: ix, s: s, text: text, floor: floor, want: want, terms: make([]queryTerm, len(words)), partial: Near}
	for _, w := range words {
		if !classOf(w.text).light() {
			q.partial = Words
		}
	}
	var terms [maxTerms]term
	classes := classesOf(words)
	for i, w := range words {
		t := &q.terms[i]
		*t = queryTerm{text: w.text, term: term{class: classes[i], rarity: 1, comma: w.comma}}
		q.initials = q.initials || t.term.class == initial
		if t.term.class.light() {
			q.lightLikes(t)
		} else {
			q.heavyLikes(t)
		}
		terms[i] = t.term
	}
	var weights [maxTerms]float32
	sum, head := weigh(terms[:len(words)], weights[:])
	q.head = head
	for i := range q.terms {
		q.terms[i].weight = weights[i]
		q.terms[i].share = weights[i] / sum
		q.terms[i].exempt = exempt(terms[i].class, weights[i])
		q.order = append(q.order, i)
	}
	slices.SortStableFunc(q.order, func(a, b int) int { return cmp.Compare(q.terms[b].weight, q.terms[a].weight) })
	return q
}

// classesOf returns the class of each word of a query. When all are light, the
// last that is no single letter is taken for a surname: "van den" may be van
// Uden, "Ver" is a name somewhere.
func classesOf(words []folded) []class {
	classes := make([]class, len(words))
	last, allLight := -1, true
	for i, w := range words {
		classes[i] = classOf(w.text)
		allLight = allLight && classes[i].light()
		if classes[i] != initial {
			last = i
		}
	}
	if allLight && last >= 0 {
		classes[last] = heavy
	}
	return classes
}

// lightLikes finds the word itself and the particles it is exchanged with.
func (q *query) lightLikes(t *queryTerm) {
	if at, ok := q.ix.lookUp(t.text); ok {
		t.likes = append(t.likes, like{at, 1})
		t.term.rarity = q.ix.marks[at].term(false).rarity
	}
	for _, v := range particleVariants {
		if v == t.text {
			continue
		}
		if sim := particleLikeness(t.text, v); sim > 0 {
			if at, ok := q.ix.lookUp(v); ok {
				t.likes = append(t.likes, like{at, sim})
			}
		}
	}
}

// heavyLikes finds the word itself, the words that begin with it, and the
// words that are similar. A word that is not in the dictionary is weighed as
// the word it is most like, so that "hoolding" is no surname.
func (q *query) heavyLikes(t *queryTerm) {
	q.s.pattern.set([]byte(t.text))
	least := float32(minLike)
	if q.floor == 0 {
		least = minLikeWide
	}
	at, exact := q.ix.lookUp(t.text)
	if exact {
		t.likes = append(t.likes, like{at, 1})
	}
	q.prefixLikes(t, at, least)
	q.gramLikes(t, least)
	slices.SortFunc(t.likes, func(a, b like) int {
		return cmp.Or(cmp.Compare(b.sim, a.sim), cmp.Compare(a.word, b.word))
	})
	t.likes = t.likes[:min(len(t.likes), maxLikes)]
	if len(t.likes) == 0 {
		return
	}
	m := q.ix.marks[t.likes[0].word].term(false)
	if exact {
		t.term.rarity = m.rarity
	} else if t.likes[0].sim >= ClearScore {
		t.term.rarity = m.rarity
		if m.class != heer && !t.term.class.light() {
			t.term.class = m.class
		}
	}
}

// prefixLikes adds the words from place at that begin with t.
func (q *query) prefixLikes(t *queryTerm, at uint32, least float32) {
	end := min(int(at)+maxPrefix, len(q.ix.dict.ends))
	for w := at; int(w) < end && bytes.HasPrefix(q.ix.dict.at(w), q.s.pattern.word); w++ {
		q.addLike(t, w, least)
	}
}

// gramLikes adds the words that share trigrams with t, those with t in front
// excepted.
func (q *query) gramLikes(t *queryTerm, least float32) {
	s, n := q.s, len(t.text)
	enough := s.countGrams(&q.ix.grams, n)
	alike := s.counted[:0]
	for _, w := range s.counted {
		if int(s.counts[w]) < enough {
			s.counts[w] = 0
		} else {
			alike = append(alike, w)
		}
	}
	s.fetched += q.ix.dict.fetch(alike) + fetchMarks(q.ix.marks, alike)
	for _, w := range alike {
		count := int(s.counts[w])
		s.counts[w] = 0
		word := q.ix.dict.at(w)
		if m := len(word); m < n-3 || m > n+3 && count < n-2 || n <= shortWord && m > n+1 && count < 2 {
			continue
		}
		if word[0] != t.text[0] || !bytes.HasPrefix(word, s.pattern.word) {
			q.addLike(t, w, least)
		}
	}
	s.counted = s.counted[:0]
}

// countGrams counts for each word how many of the pattern's lists it is in, and
// returns the count from which words are worth comparing. That never leaves
// out a word with one typo: that misses at most four of the lists read, and of
// a short word's it is in two at least, or one below four letters. For more
// typos it lets in the words with most in common, some maxCompared of them.
func (s *scratch) countGrams(g *gramIndex, length int) int {
	s.buckets = g.buckets(s.pattern.word, s.buckets[:0])
	var words [64]int // how many words have this count
	read, lists := 0, 0
	for _, b := range s.buckets {
		list := g.list(b)
		if read += len(list); lists >= minGrams && read > maxGramBytes {
			break
		}
		lists++
		for w, at := uint32(0), 0; at < len(list); {
			delta := uint32(list[at])
			if at++; delta >= 0x80 {
				delta, at = uvarintAt(list, at-1)
			}
			w += delta
			c := s.counts[w]
			if c == 0 {
				s.counted = append(s.counted, w)
			} else if c >= uint8(len(words)-1) {
				continue
			}
			s.counts[w] = c + 1
			words[c+1]++
		}
	}
	if length <= shortWord+1 {
		spared := min(length/2, 2) // lists that a word with one typo is in
		return max(spared-(len(s.buckets)-lists), 1)
	}
	// words[c] counts words that reached c, so all with c or more.
	enough := max(lists-4, 1)
	for enough > 1 && words[enough-1] <= maxCompared {
		enough--
	}
	return enough
}

// addLike adds word w to the likes of t if it is similar enough. Light words
// are no substitute for a name, unless they are long enough to be mistyped.
func (q *query) addLike(t *queryTerm, w uint32, least float32) {
	word := q.ix.dict.at(w)
	if q.ix.marks[w].class().light() && len(word) < 5 {
		return
	}
	if sim := q.s.pattern.similarity(word); sim >= least && sim < 1 {
		t.likes = append(t.likes, like{w, sim})
	}
}
