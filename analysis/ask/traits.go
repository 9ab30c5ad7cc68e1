package ask

import (
	"math"
	"slices"
)

// How strong the traits of a text are; by cross-validation, and flat around these.
const (
	gramShare   = .15 // four letters of a word, so that compounds and endings tell
	pairShare   = .3  // two things that it is about
	edgeShare   = .2  // the first and the last word
	ruleShares  = 2.  // the rules that fit best
	mostRules   = 3
	rarity      = 4. // of what no example has
	traitLength = 1.5
	bias        = .3
	gramLength  = 4
	shortestCut = 5 // letters of a word from which pieces of it tell
)

// traits are what is learnt by: the features by which examples are compared, pieces of
// words, pairs of what a text is about, and which rules fit, all together of one length.
func (l teaching) traits(r *reading) map[string]float64 {
	of := r.features()
	l.pieces(r, of)
	about := make([]string, 0, len(r.about))
	for c, said := range r.about {
		if said {
			about = append(about, string(c))
		}
	}
	slices.Sort(about)
	for i := range about {
		for _, other := range about[:i] {
			of["&"+other+"+"+about[i]] = pairShare
		}
	}
	fits := fitting(r.about)
	for _, f := range fits[:min(len(fits), mostRules)] {
		of["!"+string(f.intent)] += ruleShares * f.strength() * f.weight / fits[0].weight
	}
	sum := 0.
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		rare, known := l.rare[name]
		switch {
		case name[0] == '!':
			rare = rarity - 1
		case !known:
			rare = rarity
		}
		of[name] *= rare
		sum += of[name] * of[name]
	}
	for name := range of {
		of[name] *= traitLength / math.Sqrt(sum)
	}
	of["^"] = bias
	return of
}

// pieces adds the pieces of the words and which stand first and last.
func (l teaching) pieces(r *reading, of map[string]float64) {
	first, last := "", ""
	for _, w := range r.words {
		if w.slot {
			continue
		}
		if stem := w.stem(); !articles[stem] {
			if last = stem; first == "" {
				first = stem
			}
		}
		if len(w.plain) < shortestCut {
			continue
		}
		padded := "<" + w.plain + ">"
		for i := 0; i+gramLength <= len(padded); i++ {
			of["="+padded[i:i+gramLength]] = gramShare
		}
	}
	if first != "" {
		of["first "+first], of["last "+last] = edgeShare, edgeShare
	}
}

// stem is what of a word tells which it is.
func (w word) stem() string { return w.plain[:min(len(w.plain), stemLength)] }
