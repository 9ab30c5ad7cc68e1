package offline

import (
	_ "embed"
	"strings"
	"sync"
)

// stance is how a card stands towards what is talked of: it states it, denies it, or
// does both in different places.
type stance uint8

const (
	states stance = 1 << iota
	denies
)

// stances is how a card stands towards each of its stems, Dutch and English, and
// towards what its words are the opposite of.
type stances map[string]stance

// oppose says whether one of two cards denies what the other states without denying
// it: "een vaste prijs" and "geen vaste prijs maar uurtarief". Of a card that says both,
// nobody can tell.
func (s stances) oppose(t stances) bool {
	if len(t) < len(s) {
		s, t = t, s
	}
	for of, mine := range s {
		if its := t[of]; mine == denies && its == states || mine == states && its == denies {
			return true
		}
	}
	return false
}

func (s stances) add(key string, denied bool) {
	if denied {
		s[key] |= denies
	} else {
		s[key] |= states
	}
}

//go:embed opposites.txt
var oppositesText string

// opposite is what a word is compared by besides: "goedkoop" by "duur", turned round.
type opposite struct {
	of     string
	turned bool
}

// opposites reads opposites.txt, by the keys of its words.
var opposites = sync.OnceValue(func() map[string]opposite {
	found, s := map[string]opposite{}, stems{}
	for line := range strings.Lines(oppositesText) {
		same, other, ok := strings.Cut(line, "|")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for i, side := range []string{same, other} {
			for _, w := range strings.Fields(side) {
				for _, key := range s.keys(w, true) {
					found[key] = opposite{"|" + strings.Fields(same)[0], i == 1}
				}
			}
		}
	}
	return found
})

// keys are what a word is compared by across cards: its Dutch stem, and its English one
// unless its card is in Dutch, since of a few words nobody can tell which they are.
func (s stems) keys(folded string, maybeEnglish bool) []string {
	if !maybeEnglish {
		return []string{s.of(folded)}
	}
	return []string{s.of(folded), "en:" + englishStem(folded)}
}

var (
	// less and enough say how much there is of what follows: they are the opposite of
	// each other, and "weinig aandacht" neither states nor denies "aandacht".
	less   = lazySet("minder weinig onvoldoende gebrek tekort fewer less few little insufficient lack")
	enough = lazySet("meer veel genoeg voldoende vaker more many much enough sufficient plenty")
)

// shortestTurned is the least number of bytes after "on" or "un" that is a word which
// they turn round: "onbereikbaar".
const shortestTurned = 4

// stancesOf reads how a card stands. parts are the stems that its compounds end with.
func (r *reader) stancesOf(ts []token, parts map[string][]string) stances {
	found, denied, maybeEnglish := stances{}, deniedIn(ts), englishness(ts) >= 0
	scarce := map[int]bool{}
	for i, t := range ts {
		of := nextSaid(ts, i)
		if of < 0 || !less()[t.folded] && !enough()[t.folded] || t.folded == "meer" && i > 0 && deniers()[ts[i-1].folded] { // "niet meer"
			continue
		}
		little := less()[t.folded] != denied[i]
		scarce[of] = little
		for _, key := range r.stems.keys(ts[of].folded, maybeEnglish) {
			found.add("+"+key, little)
		}
	}
	for i, t := range ts {
		if !saidWord(t) || scarce[i] {
			continue
		}
		for _, key := range r.stems.keys(t.folded, maybeEnglish) {
			found.add(key, denied[i])
			if o, ok := opposites()[key]; ok {
				found.add(o.of, denied[i] != o.turned)
			}
		}
		if rest, ok := unturned(t.folded); ok {
			for _, key := range r.stems.keys(rest, maybeEnglish) {
				found.add(key, !denied[i])
			}
		}
		for _, part := range parts[t.stem] {
			if !denied[i] && strings.HasSuffix(t.stem, part) { // who wants no loonadministratie may want administratie
				found.add(part, false)
			}
		}
	}
	return found
}

// unturned is a word without the "on" or "un" that turns it round.
func unturned(folded string) (string, bool) {
	for _, prefix := range []string{"on", "un"} {
		if rest, ok := strings.CutPrefix(folded, prefix); ok && len(rest) >= shortestTurned && rest != "kosten" {
			return rest, true
		}
	}
	return "", false
}

// saidWord says whether a word tells what a card is about.
func saidWord(t token) bool {
	return len(t.folded) > 1 && !functionWords()[t.folded] && !emptyWords()[t.folded] && !besides()[t.folded] && !deniers()[t.folded] &&
		!less()[t.folded] && !enough()[t.folded]
}

// nextSaid is the word that a quantity before it is of; -1: none.
func nextSaid(ts []token, i int) int {
	for k := i + 1; k < len(ts) && k <= i+3 && ts[k].clause == ts[i].clause; k++ {
		if saidWord(ts[k]) {
			return k
		}
	}
	return -1
}
