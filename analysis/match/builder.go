package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Builder collects entries for an Index. It is not safe for concurrent use.
type Builder struct {
	words  *wordTable // words as they are written
	ids    []uint32   // the words of all entries, one after another
	ends   []uint32   // ends[e] is where entry e stops in ids
	keys   []Key
	kinds  []Kind
	codes  codeList
	sorted bool // keys never went down
}

// NewBuilder returns a builder for about as many clients; 0 if unknown. It has room for
// what a client of an office mostly has: two names, of six words together, and five codes.
func NewBuilder(clients int) *Builder {
	clients = max(clients, 0)
	names := 2 * clients
	return &Builder{
		words:  newWordTable(clients / 2),
		ids:    make([]uint32, 0, 6*clients),
		ends:   make([]uint32, 0, names),
		keys:   make([]Key, 0, names),
		kinds:  make([]Kind, 0, names),
		codes:  codeList{all: make([]codeEntry, 0, 5*clients), text: make([]byte, 0, 96*clients)},
		sorted: true,
	}
}

// Add says that the client key is found by text. Text without a letter or
// digit is ignored. Of names longer than 16 words the first 16 can be found;
// of words longer than 40 bytes the first 40.
func (b *Builder) Add(key Key, kind Kind, text string) {
	if kind == Code {
		b.codes.add(key, text)
		return
	}
	if strings.IndexFunc(text, isWordRune) < 0 {
		return
	}
	for word, rest := nextWord(text); word != ""; word, rest = nextWord(rest) {
		b.ids = append(b.ids, b.words.intern(word))
	}
	if len(b.keys) > 0 && b.keys[len(b.keys)-1] > key {
		b.sorted = false
	}
	b.ends = append(b.ends, uint32(len(b.ids)))
	b.keys = append(b.keys, key)
	b.kinds = append(b.kinds, kind)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// fewEntries is up to how many an index is built on one processor: that takes an office
// of 5,000 clients four milliseconds at its start, when others want a processor too.
const fewEntries = 50_000

// Build returns the index of all that was added. The builder is spent: using
// it again panics or gives wrong answers.
func (b *Builder) Build() *Index {
	ix := &Index{}
	var wait sync.WaitGroup
	beside := wait.Go
	if len(b.ends) <= fewEntries {
		beside = func(do func()) { do() }
	}
	beside(func() { ix.codes = newCodeTable(b.codes) })

	order := b.order()
	spelling := b.words.byCount()
	ix.written = b.words.picked(spelling)
	newID := inverse(spelling)
	dict := newDictionary(&ix.written)
	ix.dict, ix.reads = dict.words, dict.reads
	beside(func() {
		ix.grams = newGramIndex(&ix.dict)
		ix.entries = b.encode(order, newID)
	})
	ix.keys = make([]Key, len(order))
	for e, old := range order {
		ix.keys[e] = b.keys[old]
	}
	refs := b.references(order, newID, &dict)
	ix.marks = refs.marks(&ix.dict)
	ix.posts = refs.postings(ix.marks)
	wait.Wait()

	ix.pool.New = func() any { return newScratch(ix) }
	*b = Builder{}
	return ix
}

// span returns the words of entry e, in the order they were added.
func (b *Builder) span(e uint32) []uint32 {
	start := uint32(0)
	if e > 0 {
		start = b.ends[e-1]
	}
	return b.ids[start:b.ends[e]]
}

// text returns entry e as it was added, with single spaces.
func (b *Builder) text(e uint32) string {
	var s strings.Builder
	for i, id := range b.span(e) {
		if i > 0 {
			s.WriteByte(' ')
		}
		s.Write(b.words.word(id))
	}
	return s.String()
}

// order returns the entries by key, kind and text, so that the index does not
// depend on the order in which they were added.
func (b *Builder) order() []uint32 {
	order := make([]uint32, len(b.ends))
	for i := range order {
		order[i] = uint32(i)
	}
	if !b.sorted {
		slices.SortFunc(order, func(x, y uint32) int { return compareUint32(uint32(b.keys[x]), uint32(b.keys[y])) })
	}
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && b.keys[order[end]] == b.keys[order[start]] {
			end++
		}
		if end-start > 1 {
			slices.SortFunc(order[start:end], func(x, y uint32) int {
				if b.kinds[x] != b.kinds[y] {
					return int(b.kinds[x]) - int(b.kinds[y])
				}
				return strings.Compare(b.text(x), b.text(y))
			})
		}
		start = end
	}
	return order
}

func compareUint32(a, b uint32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// byCount returns the words of t, the most frequent first.
func (t *wordTable) byCount() []uint32 {
	top := uint32(0)
	for _, n := range t.count {
		top = max(top, n)
	}
	at := make([]uint32, top+2) // at[top-n+1] counts the words that come n times
	for _, n := range t.count {
		at[top-n+1]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	order := make([]uint32, t.len())
	for i, n := range t.count {
		order[at[top-n]] = uint32(i)
		at[top-n]++
	}
	return order
}

// inverse returns the place of each number in order.
func inverse(order []uint32) []uint32 {
	at := make([]uint32, len(order))
	for i, x := range order {
		at[x] = uint32(i)
	}
	return at
}
