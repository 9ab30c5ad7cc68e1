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
// words, pairs of what a text is about, and which rules fit, all together of one length,
// by the hashes of their names and in the order of those: sums of floats are the same
// only in the same order.
func (l teaching) traits(features, others []trait) []trait {
	all, _ := l.scaled(make([]trait, 0, len(features)+len(others)+1), features)
	all = append(all, others...)
	slices.SortFunc(all, inPlace) // what shares a name has one weight, whichever stays
	all = slices.CompactFunc(all, func(a, b trait) bool { return a.at == b.at })
	sum := 0.
	for _, t := range all {
		sum += float64(t.weight * t.weight)
	}
	for i := range all {
		all[i].weight *= float32(traitLength / math.Sqrt(sum))
	}
	return append(all, trait{hashed("^"), bias})
}

// hashed are the features by the hashes of their names, in the order of those.
func (r *reading) hashed() []trait {
	of := r.features()
	all := make([]trait, 0, len(of))
	for name, n := range of {
		all = append(all, trait{hashed(name), float32(n)})
	}
	slices.SortFunc(all, inPlace)
	return all
}

// others are the traits that are no features: pieces, pairs and rules.
func (r *reading) others() []trait {
	all := r.pieces(nil)
	about := make([]string, 0, len(r.about))
	for c, said := range r.about {
		if said {
			about = append(about, string(c))
		}
	}
	slices.Sort(about)
	for i := range about {
		for _, other := range about[:i] {
			all = append(all, trait{hashed("&", other, "+", about[i]), pairShare * rarity})
		}
	}
	return r.ruled(all)
}

// ruled adds the rules that fit best, of an intent together.
func (r *reading) ruled(all []trait) []trait {
	fits := fitting(r.about)
	fits = fits[:min(len(fits), mostRules)]
	for n, f := range fits {
		if slices.ContainsFunc(fits[:n], func(before fit) bool { return before.intent == f.intent }) {
			continue
		}
		share := 0.
		for _, same := range fits[n:] {
			if same.intent == f.intent {
				share += ruleShares * same.strength() * same.weight / fits[0].weight
			}
		}
		all = append(all, trait{hashed("!", string(f.intent)), float32(share * (rarity - 1))})
	}
	return all
}

// pieces adds the pieces of the words and which stand first and last.
func (r *reading) pieces(all []trait) []trait {
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
			all = append(all, trait{hashed("=", padded[i:i+gramLength]), gramShare * rarity})
		}
	}
	if first != "" {
		all = append(all, trait{hashed("[", first), edgeShare * rarity}, trait{hashed("]", last), edgeShare * rarity})
	}
	return all
}

// hashed is the name of a trait as it is kept: 32-bit FNV-1a of its parts. Of seventeen
// thousand two share one about once in thirty sets, which does no harm.
func hashed(parts ...string) int32 {
	h := uint32(2166136261)
	for _, part := range parts {
		for i := range len(part) {
			h = (h ^ uint32(part[i])) * 16777619
		}
	}
	return int32(h)
}

// stem is what of a word tells which it is.
func (w word) stem() string { return w.plain[:min(len(w.plain), stemLength)] }
