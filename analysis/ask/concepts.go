package ask

import (
	"maps"
	"strings"
	"sync"
)

// concept is something a question can be about, whatever word it is said by.
type concept string

// phraseOf is a phrase of the lexicon.
type phraseOf struct {
	words []string
	about concept
}

// dictionary is the lexicon as it is looked up.
type dictionary struct {
	words    map[string][]concept
	prefixes map[string][]concept
	suffixes map[string][]concept
	parted   map[string][]phraseOf // by their first word; the other comes somewhere behind it
	phrases  map[string][]phraseOf // by their first word
	stops    map[string]bool
	all      []string        // every single word, to mend typos by
	parts    map[string]bool // words of phrases, which mean nothing alone and are no typos
}

var meanings = sync.OnceValue(func() dictionary {
	d := dictionary{words: map[string][]concept{}, prefixes: map[string][]concept{}, suffixes: map[string][]concept{}, parted: map[string][]phraseOf{}, parts: map[string]bool{}, phrases: map[string][]phraseOf{}, stops: map[string]bool{}}
	for line := range strings.Lines(lexicon) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, w := range strings.Fields(words) {
			if tail, ok := strings.CutPrefix(w, "*"); ok {
				d.suffixes[tail] = append(d.suffixes[tail], concept(name))
				continue
			}
			if first, second, ok := strings.Cut(w, "~"); ok {
				d.parted[first] = append(d.parted[first], phraseOf{[]string{first, second}, concept(name)})
				continue
			}
			if stem, ok := strings.CutSuffix(w, "*"); ok && !strings.Contains(w, "_") {
				d.prefixes[stem] = append(d.prefixes[stem], concept(name))
				d.all = append(d.all, stem)
				continue
			}
			p := strings.Split(strings.TrimSuffix(w, "*"), "_")
			if len(p) > 1 {
				d.phrases[p[0]] = append(d.phrases[p[0]], phraseOf{p, concept(name)})
				continue
			}
			d.words[w] = append(d.words[w], concept(name))
			d.all = append(d.all, w)
		}
	}
	for _, of := range [2]map[string][]phraseOf{d.phrases, d.parted} {
		for _, phrases := range of {
			for _, p := range phrases {
				for _, w := range p.words {
					d.parts[w] = true
				}
			}
		}
	}
	for _, said := range slotPhrases() {
		for _, w := range plainly(said) {
			d.parts[w] = true
		}
	}
	for _, w := range strings.Fields(stopwords) {
		d.stops[w] = true
		d.all = append(d.all, w)
	}
	return d
})

// shortestPrefix is the length from which the beginning of a word tells.
const shortestPrefix = 4

// of returns what a word by itself is about.
func (d dictionary) of(plain string) []concept {
	if best, ok := strings.CutPrefix(plain, "aller"); ok && len(d.words[best]) > 0 {
		plain = best // "allergrootste"
	}
	about := d.words[plain]
	for n := shortestPrefix; n <= len(plain); n++ {
		about = append(about[:len(about):len(about)], d.prefixes[plain[:n]]...)
	}
	for n := shortestPrefix; n < len(plain)-2; n++ {
		about = append(about[:len(about):len(about)], d.suffixes[plain[len(plain)-n:]]...)
	}
	return about
}

// knows says whether the grammar has the word.
func (d dictionary) knows(plain string) bool {
	return d.stops[plain] || d.parts[plain] || len(d.of(plain)) > 0
}

// mean marks each word with what it is about, phrases before words.
func (r *reading) mean() {
	d := meanings()
	for i := range r.words {
		for _, p := range d.phrases[r.words[i].plain] {
			if has(r.words, i, p.words) {
				for n := range p.words {
					if w := &r.words[i+n]; !w.slot {
						w.about = append(w.about, p.about)
					}
				}
			}
		}
	}
	r.parted()
	for i := range r.words {
		w := &r.words[i]
		if w.slot {
			continue
		}
		w.about = append(w.about, d.of(w.plain)...)
		w.stop = w.stop || d.stops[w.plain]
	}
	r.gather()
}

// mostBetween is the most words between the parts of a verb: "levert ons per jaar op".
const mostBetween = 8

// parted marks verbs that stand in two parts, and others like them: "wie had Sanne
// moeten bellen".
func (r *reading) parted() {
	for i := range r.words {
		for _, p := range meanings().parted[r.words[i].plain] {
			for n := i + 1; n < len(r.words) && n <= i+mostBetween; n++ {
				if r.at(n, p.words[1]) && !r.words[i].slot {
					r.words[i].about, r.words[n].about = append(r.words[i].about, p.about), append(r.words[n].about, p.about)
					break
				}
			}
		}
	}
}

// gather tells what the text is about by now: what the slots say and what the words
// say that fill none.
func (r *reading) gather() {
	r.about = maps.Clone(r.facts)
	for _, w := range r.words {
		for _, c := range w.about {
			r.about[c] = true
		}
	}
}
