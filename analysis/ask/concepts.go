package ask

import (
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
	phrases  map[string][]phraseOf // by their first word
	stops    map[string]bool
	all      []string // every single word, to mend typos by
}

var meanings = sync.OnceValue(func() dictionary {
	d := dictionary{words: map[string][]concept{}, prefixes: map[string][]concept{}, phrases: map[string][]phraseOf{}, stops: map[string]bool{}}
	for line := range strings.Lines(lexicon) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, w := range strings.Fields(words) {
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
	about := d.words[plain]
	for n := shortestPrefix; n <= len(plain); n++ {
		about = append(about[:len(about):len(about)], d.prefixes[plain[:n]]...)
	}
	return about
}

// knows says whether the grammar has the word.
func (d dictionary) knows(plain string) bool { return d.stops[plain] || len(d.of(plain)) > 0 }

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
				r.about[p.about] = true
			}
		}
	}
	for i := range r.words {
		w := &r.words[i]
		if w.slot {
			continue
		}
		for _, c := range d.of(w.plain) {
			w.about = append(w.about, c)
			r.about[c] = true
		}
		w.stop = w.stop || d.stops[w.plain]
	}
}
