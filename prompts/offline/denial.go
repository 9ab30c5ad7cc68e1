package offline

import "strings"

var (
	// deniers turn round what follows them, or what went before where nothing follows.
	deniers = lazySet(`niet geen nooit nimmer niets niks noch zonder nergens evenmin niemand nauwelijks amper ipv
		not no none never without nothing nobody neither nor cannot hardly barely
		dont doesnt didnt isnt arent wasnt wont cant shouldnt`)
	// besides stand before what is said besides: "niet bereikbaar op vrijdag". They and
	// joints end what is denied, once there is something.
	besides = lazySet(`in op bij met van voor na om over tot tijdens binnen buiten via per als omdat want dus zodat aan door tegen
		on at with of for after during within about by if because so when while from to until`)
	joints = lazySet("en and wel")
	// merely after a denier takes it back: "niet alleen de prijs".
	merely = lazySet("alleen enkel slechts only just merely")
	// rather words make "dan" and "than" deny what follows: "liever bellen dan mailen".
	rather = lazySet("liever eerder beter rather better sooner")
	// phrases deny as their words together do.
	denyingPhrases = [][]string{{"in", "plaats", "van"}, {"i", "p", "v"}, {"instead", "of"}, {"rather", "than"},
		{"weg", "met"}, {"rid", "of"}}
)

const (
	// deniedAhead and deniedBack are how many words one denial turns round, of those that
	// say something.
	deniedAhead = 3
	deniedBack  = 2
)

// deniedIn says of each word of a card whether it is denied. Two denials of one word
// are none: "niet zonder afspraak".
func deniedIn(ts []token) []bool {
	denied := make([]bool, len(ts))
	for i := 0; i < len(ts); i++ {
		n := denialAt(ts, i)
		if n == 0 {
			continue
		}
		if !turnAhead(ts, i, n, denied) {
			turnBack(ts, i, denied)
		}
		i += n - 1
	}
	return denied
}

// denialAt returns how many words from i on deny; 0: none.
func denialAt(ts []token, i int) int {
	if i+1 < len(ts) && merely()[ts[i+1].folded] {
		return 0
	}
	w := ts[i].folded
	if deniers()[w] || strings.HasSuffix(w, "n't") {
		return 1
	}
	if w == "dan" || w == "than" {
		for k := i - 1; k >= 0 && ts[k].clause == ts[i].clause; k-- {
			if rather()[ts[k].folded] {
				return 1
			}
		}
	}
	for _, phrase := range denyingPhrases {
		if len(phrase) > len(ts)-i {
			continue
		}
		all := true
		for k, word := range phrase {
			all = all && ts[i+k].folded == word
		}
		if all {
			return len(phrase)
		}
	}
	return 0
}

// turnAhead turns round what the n words of a denial at i are about, and says whether
// there was anything.
func turnAhead(ts []token, i, n int, denied []bool) bool {
	found := 0
	for k := i + n; k < len(ts) && found < deniedAhead && (ts[k].clause == ts[i+n-1].clause || n == 3); k++ {
		w := ts[k].folded
		if found > 0 && (besides()[w] || w == "wel" || joints()[w] && !(k+1 < len(ts) && saidWord(ts[k+1]))) {
			break
		}
		if n == 3 && found > 0 && ts[k].clause != ts[k-1].clause { // "i.p.v." ends with a full stop itself
			break
		}
		if saidWord(ts[k]) {
			denied[k] = !denied[k]
			found++
		}
	}
	return found > 0
}

// turnBack turns round what was said last before a denial at i.
func turnBack(ts []token, i int, denied []bool) {
	found := 0
	for k := i - 1; k >= 0 && found < deniedBack && ts[k].clause == ts[i].clause; k-- {
		if saidWord(ts[k]) {
			denied[k] = !denied[k]
			found++
		}
	}
}
