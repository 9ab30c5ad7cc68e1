package offline

import (
	"math"
	"strings"
)

// token is a word with what the lexicon needs to know of it.
type token struct {
	word
	stem   string
	clause int // number of the clause it stands in
}

// hit is praise or blame found at tokens first up to last.
type hit struct {
	first, last int // inclusive
	weight      float64
	clause      int
}

// reader reads opinions in one text after another. It is not safe for concurrent
// use.
type reader struct {
	lexicon *lexicon
	stems   stems
}

func newReader() *reader { return &reader{lexicon: dutchLexicon(), stems: stems{}} }

// tokens cuts a sentence into words and clauses: a clause ends at a mark or
// before a word of opposition.
func (r *reader) tokens(text string) []token {
	found := words(text)
	ts := make([]token, len(found))
	clause, last := 0, 0
	for i, w := range found {
		if strings.ContainsAny(text[last:w.start], ",;:.!?()–—\n") || i > 0 && r.lexicon.contrast[w.folded] {
			clause++
		}
		last = w.end
		ts[i] = token{word: w, stem: r.stems.of(w.folded), clause: clause}
	}
	return ts
}

// hits finds what is praised and blamed, with negation and degree worked in.
func (r *reader) hits(ts []token) []hit {
	var found []hit
	for i := 0; i < len(ts); {
		e, ok := r.entry(ts[i:])
		if !ok {
			i++
			continue
		}
		h := hit{first: i, last: i + e.words - 1, weight: e.weight, clause: ts[i].clause}
		i = h.last + 1
		if h.weight != 0 {
			found = append(found, h)
		}
	}
	for i := range found {
		r.bend(ts, found, i)
	}
	return found
}

// entry finds the longest entry that ts begin with.
func (r *reader) entry(ts []token) (entry, bool) {
	l := r.lexicon
	for n := min(l.longest[ts[0].stem], len(ts)); n > 1; n-- {
		exact, stemmed := ts[0].folded, ts[0].stem
		for _, t := range ts[1:n] {
			exact += "_" + t.folded
			stemmed += "_" + t.stem
		}
		if e, ok := l.entries[exact]; ok && e.words == n {
			return e, true
		}
		if e, ok := l.stemmed[stemmed]; ok && e.words == n {
			return e, true
		}
	}
	if ts[0].folded == "te" && len(ts) > 1 && r.adjective(ts[1].folded) {
		return entry{weight: -1.5, words: 2}, true
	}
	return r.single(ts[0])
}

// single looks one word up: as it stands, by its stem, and without a prefix that
// strengthens it (supervriendelijk) or turns it round (ondeskundig).
func (r *reader) single(t token) (entry, bool) {
	l := r.lexicon
	if e, ok := l.entries[t.folded]; ok {
		return e, true
	}
	if e, ok := l.stemmed[t.stem]; ok && e.words == 1 {
		return e, true
	}
	for _, prefix := range []string{"super", "over", "mega", "ultra", "bloed", "dood", "reuze"} {
		if rest, ok := strings.CutPrefix(t.folded, prefix); ok && len(rest) > 3 {
			if e, ok := l.stemmed[r.stems.of(strings.TrimPrefix(rest, "-"))]; ok && e.words == 1 {
				return entry{weight: max(-3, min(3, 1.3*e.weight)), words: 1}, true
			}
		}
	}
	if rest, ok := strings.CutPrefix(t.folded, "on"); ok && len(rest) > 4 {
		if e, ok := l.stemmed[r.stems.of(rest)]; ok && e.words == 1 && e.weight > 0 {
			return entry{weight: -e.weight, words: 1}, true
		}
	}
	return entry{}, false
}

// adjective says whether "te" before the word means too much of it instead of
// "to": infinitives end in n.
func (r *reader) adjective(folded string) bool {
	return !strings.HasSuffix(folded, "n") && len(folded) > 2 && !notAdjectives()[folded] || folded == "klein" || folded == "gewoon"
}

var notAdjectives = lazySet("de het een dat die deze dit voet huur koop midden pas allen weten")

const (
	// reach is how many words a negation or degree word works ahead.
	reach = 4
	// Turned praise is blame, a little less strong; turned blame is faint praise.
	turnedPraise = -.8
	turnedBlame  = -.5
)

// bend works negation and degree into found[i].
func (r *reader) bend(ts []token, found []hit, i int) {
	l, h := r.lexicon, &found[i]
	from := max(0, h.first-reach)
	if i > 0 {
		from = max(from, found[i-1].last+1)
	}
	turned := false
	for k := h.first - 1; k >= from && ts[k].clause == h.clause; k-- {
		w := ts[k].folded
		if f, ok := l.degree[w]; ok && k >= h.first-2 {
			h.weight *= f
		}
		if l.negation[w] && !(k+1 < len(ts) && (ts[k+1].folded == "alleen" || ts[k+1].folded == "enkel")) {
			turned = !turned
		}
	}
	// "Weinig aandacht", "ik mis een vast aanspreekpunt".
	for k := h.first - 1; k >= 0 && k >= h.first-3 && ts[k].clause == h.clause; k-- {
		if l.scarce[ts[k].folded] {
			turned = !turned && h.weight > 0
			break
		}
		if !between(ts[k].folded) {
			break
		}
	}
	// "Goedkoop is het niet": nothing else follows that the negation could mean.
	if !turned && (i+1 == len(found) || found[i+1].clause != h.clause) {
		for k := h.last + 1; k < len(ts) && k <= h.last+reach && ts[k].clause == h.clause; k++ {
			if ts[k].folded == "niet" && (k+1 == len(ts) || ts[k+1].clause != h.clause) {
				turned = true
			}
		}
	}
	if turned && h.weight > 0 {
		h.weight *= turnedPraise
	} else if turned {
		h.weight *= turnedBlame
	}
}

// between says whether a word may stand between "gebrek" and what there is too
// little of.
func between(folded string) bool {
	switch folded {
	case "een", "de", "het", "aan", "wat", "meer", "echt", "persoonlijk":
		return true
	}
	return false
}

// about weighs the hits for what stands at tokens first..last: the nearer the
// heavier, and other clauses only a little. With first < 0 the whole sentence counts.
func about(ts []token, found []hit, first, last int) float64 {
	score := 0.
	for _, h := range found {
		w := 1.
		if first >= 0 {
			distance := max(0, h.first-last, first-h.last)
			w = math.Exp(-float64(distance) / 8)
			if h.clause != ts[first].clause {
				w *= .5
			}
		}
		score += w * h.weight
	}
	return score
}
