package match

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Index finds clients by name or code. It never changes and is safe for
// concurrent use.
type Index struct {
	codes   codeTable
	written texts     // words as they were added, most frequent first
	reads   readings  // what they read as
	dict    texts     // the distinct folded words, in byte order
	marks   []mark    // of the words of dict
	grams   gramIndex // of dict
	posts   postings  // of dict
	keys    []Key     // of the entries, which are ordered by key, kind, text
	entries entryList
	pool    sync.Pool // of *scratch
}

// MaxHits is the greatest number of hits that one query gives.
const MaxHits = 1000

// Len returns the number of entries, codes included.
func (ix *Index) Len() int { return len(ix.keys) + ix.codes.n }

// Find returns the clients that answer query: those with this code, and those
// with a name that scores [HitScore] or more, each once, by falling score and
// then by key. There are at most limit (and MaxHits) of them, and none when
// nothing is like the query; ask [Index.Nearest] then. Where hundreds of
// clients answer a vague query alike, as "Jan" does among a million, not all of
// them are compared; which ones depends on the entries only.
func (ix *Index) Find(query string, limit int) []Hit {
	return ix.find(query, limit, HitScore)
}

// Nearest returns the n clients whose names are most like query, however
// little that is, ordered as by Find. It is empty only when the index holds no
// name or the query no letter or digit.
func (ix *Index) Nearest(query string, n int) []Hit {
	hits := ix.find(query, n, 0)
	if len(hits) == 0 {
		hits = ix.neighbours(query, n)
	}
	return hits
}

func (ix *Index) find(query string, limit int, floor float32) []Hit {
	limit = min(limit, MaxHits)
	if limit <= 0 {
		return nil
	}
	query = shorten(query)
	hits := ix.codes.find(query, limit)
	terms := readQuery(query)
	if len(terms) > 0 && len(ix.keys) > 0 {
		s := ix.pool.Get().(*scratch)
		q := s.begin(ix, terms, query, floor, max(minRanked, 4*limit))
		q.recall()
		hits = append(hits, q.rank(limit)...)
		s.reset()
		ix.pool.Put(s)
	}
	return best(hits, limit)
}

// maxQuery is the number of bytes of a query that are looked at.
const maxQuery = 400

// shorten cuts a query that is longer than any name.
func shorten(query string) string {
	if len(query) <= maxQuery {
		return query
	}
	return strings.ToValidUTF8(query[:maxQuery], "")
}

// readQuery folds a query as names are folded, to at most maxTerms words. Of a
// longer query the words that weigh most are kept.
func readQuery(query string) []folded {
	if strings.IndexFunc(query, isWordRune) < 0 {
		return nil
	}
	var words []folded
	for word, rest := nextWord(query); word != ""; word, rest = nextWord(rest) {
		words = append(words, appendWords(nil, word)...)
	}
	for len(words) > maxTerms {
		least := 0
		for i, w := range words {
			if classWeight[classOf(w.text)] < classWeight[classOf(words[least].text)] {
				least = i
			}
		}
		if classOf(words[least].text) == heavy {
			words = words[:maxTerms]
			break
		}
		words = slices.Delete(words, least, least+1)
	}
	return words
}

// best orders hits, keeps the best of each client, and cuts to limit.
func best(hits []Hit, limit int) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Key, b.Key),
			cmp.Compare(b.Grade, a.Grade), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Text, b.Text))
	})
	seen := make(map[Key]bool, len(hits))
	hits = slices.DeleteFunc(hits, func(h Hit) bool {
		again := seen[h.Key]
		seen[h.Key] = true
		return again
	})
	if len(hits) == 0 {
		return nil
	}
	return hits[:min(len(hits), limit)]
}

// text returns entry e as it was added.
func (ix *Index) text(e uint32) string {
	_, rest := ix.entries.at(e)
	var b []byte
	for len(rest) > 0 {
		var w uint32
		w, rest = uvarint(rest)
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, ix.written.at(w)...)
	}
	return string(b)
}

// lookUp returns the place in the dictionary where word stands or would stand.
func (ix *Index) lookUp(word string) (at uint32, found bool) {
	n := len(ix.dict.ends)
	i := sort.Search(n, func(i int) bool { return string(ix.dict.at(uint32(i))) >= word })
	return uint32(i), i < n && string(ix.dict.at(uint32(i))) == word
}

// neighbours returns clients whose names stand near the longest word of query
// in the alphabet, for a query that is like nothing. Their score is half the
// share of letters that both begin with.
func (ix *Index) neighbours(query string, n int) []Hit {
	terms := readQuery(shorten(query))
	n = min(n, MaxHits)
	if len(terms) == 0 || len(ix.keys) == 0 || n <= 0 {
		return nil
	}
	word := slices.MaxFunc(terms, func(a, b folded) int { return len(a.text) - len(b.text) }).text
	at, _ := ix.lookUp(word)
	low, high := int(at)-1, int(at)
	var hits []Hit
	seen := make(map[Key]bool)
	for len(seen) < n && (low >= 0 || high < len(ix.dict.ends)) {
		pick := high
		if low >= 0 && (high >= len(ix.dict.ends) ||
			shared(word, ix.dict.at(uint32(low))) > shared(word, ix.dict.at(uint32(high)))) {
			pick = low
			low--
		} else {
			high++
		}
		other := ix.dict.at(uint32(pick))
		score := .5 * float64(shared(word, other)) / float64(max(len(word), len(other)))
		for _, e := range ix.posts.first(uint32(pick), n) {
			kind, _ := ix.entries.at(e)
			hits = append(hits, Hit{Key: ix.keys[e], Score: math.Round(score*scoreSteps) / scoreSteps, Kind: kind, Text: ix.text(e)})
			seen[ix.keys[e]] = true
		}
	}
	return best(hits, n)
}

// shared returns how many bytes a and b both begin with.
func shared(a string, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// first returns at most n entries of word w, the ones it matters to most first.
func (p *postings) first(w uint32, n int) []uint32 {
	var out []uint32
	for list := p.of(w); len(list) > 0; {
		var head, delta uint32
		head, list = uvarint(list)
		e := uint32(0)
		for range head / levels {
			delta, list = uvarint(list)
			e += delta
			if len(out) == n {
				return out
			}
			out = append(out, e)
		}
	}
	return out
}
