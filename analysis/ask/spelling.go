package ask

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// chat is how people write when they are in a hurry.
var chat = map[string]string{
	"hvl": "hoeveel", "hvle": "hoeveel", "wnr": "wanneer", "wneer": "wanneer", "wrm": "waarom", "idd": "inderdaad", "vdg": "vandaag",
	"wk": "week", "wkn": "weken", "mnd": "maand", "mnden": "maanden", "kwrtl": "kwartaal", "jr": "jaar", "klnt": "klant", "klntn": "klanten",
	"gespr": "gesproken", "mn": "mijn", "m'n": "mijn", "mijne": "mijn", "z'n": "zijn", "zn": "zn", "d'r": "haar", "ik'm": "ik", "ff": "even",
	"effe": "even", "gwn": "gewoon", "iig": "zeker", "b4": "before", "ur": "your", "u're": "you", "r": "are", "pls": "please", "plz": "please",
	"wht": "what", "hw": "how", "shw": "show", "rev": "revenue", "portf": "portefeuille", "oudklanten": "oud-klanten",
	"exklanten": "ex-klanten", "klantn": "klanten", "lst": "laatst", "laatse": "laatste", "wat's": "wat", "whats": "what", "hows": "how", "whos": "who",
	"wie's": "wie", "hoest": "hoe", "hoeist": "hoe", "afgelopn": "afgelopen", "qtr": "quarter", "yr": "year", "yrs": "years", "mths": "months",
	"wks": "weeks", "nxt": "next", "tmrw": "tomorrow", "msg": "message", "appt": "appointment", "ipv": "i.p.v.",
	"nt": "niet", "nie": "niet", "hbn": "hebben", "hebbn": "hebben", "dt": "dit", "t": "het", "vr": "voor", "v": "van", "mt": "met", "k": "ik", "ku": "kun", "kheb": "ik", "ikheb": "ik", "khad": "ik", "kmoet": "moet", "gsprkn": "gesproken", "gesprkn": "gesproken",
	"dgn": "dagen", "dgen": "dagen", "mndn": "maanden", "kw": "kwartaal", "kwart": "kwartaal", "jrn": "jaren", "heb'k": "ik",
	"omz": "omzet", "omzt": "omzet", "seg": "segment", "tel": "telefoonnummer", "tnr": "telefoonnummer", "telnr": "telefoonnummer", "adr": "adres", "afspr": "afspraak", "volg": "volgende", "vlgnd": "volgende", "vlgnde": "volgende", "vrg": "vorig", "vrige": "vorige", "dees": "deze", "dze": "deze",
	"wlke": "welke", "hoevel": "hoeveel", "hoevl": "hoeveel", "hoevele": "hoeveel", "wanner": "wanneer", "gbeld": "gebeld", "ltste": "laatste", "ltst": "laatst", "mss": "misschien", "ivm": "betreffende", "mbt": "betreffende", "obv": "betreffende", "tov": "t.o.v.", "tnx": "thanks", "thx": "thanks", "asap": "snel",
	"cust": "client", "customr": "client", "clnt": "client", "clnts": "clients", "nr": "nummer", "pf": "portefeuille", "mgr": "manager", "wrk": "werk", "rm'er": "relatiemanager",
}

// spell mends chat spelling and typos, word by word. A word that is part of a
// client's or a colleague's name stays as it is.
func (r *reading) spell() {
	d := meanings()
	for i := range r.words {
		w := &r.words[i]
		if w.plain == "vd" {
			w.plain = "v.d."
			if dateWord(r.plainAt(i+1)) || unitDays[r.plainAt(i+1)] > 0 {
				w.plain = "deze" // "vd week"
			}
			continue
		}
		if own, ok := strings.CutSuffix(w.plain, "'s"); ok && (unitDays[own] > 0 || own == "today" || own == "yesterday") {
			w.plain = own // "this week's"
			continue
		}
		if mended, ok := chat[w.plain]; ok && !r.named(w.raw) {
			w.plain = mended
			continue
		}
		if w.slot || d.knows(w.plain) || utf8.RuneCountInString(w.plain) < shortestTypo-1 || dateWord(w.plain) || ordinaryWords()[w.plain] || r.ours[w.plain] || r.surely(*w) {
			continue
		}
		if near, ok := nearest(d.all, w.plain); ok {
			w.plain = near
		}
	}
}

func (r *reading) plainAt(i int) string {
	if i < len(r.words) {
		return r.words[i].plain
	}
	return ""
}

// surely says whether w is rather a name than a typo: the index has it, or it is
// written with a capital in the middle of a sentence and resembles a name.
func (r *reading) surely(w word) bool {
	if r.vocabulary.Client == nil {
		return w.capital() && !w.initial
	}
	score := r.vocabulary.Client(w.raw)
	if w.capital() && !w.initial {
		return score >= .6
	}
	return score >= .9
}

// named says whether raw is written as a name and is one.
func (r *reading) named(raw string) bool {
	return r.vocabulary.Client != nil && (word{raw: raw}).capital() && r.vocabulary.Client(raw) >= .9
}

// shortestTypo is the length from which a word may be a typo of another.
const shortestTypo = 5

// nearest is the one word of all that is a typo away from said: one slip, two in
// a word of nine letters and more. The first letter is seldom wrong.
func nearest(all []string, said string) (string, bool) {
	most := 1
	if utf8.RuneCountInString(said) >= 9 {
		most = 2
	}
	best, found := most+1, ""
	for _, w := range all {
		if len(w) < shortestTypo || w[0] != said[0] || len(w) > len(said)+most || len(said) > len(w)+most {
			continue
		}
		if len(said) < shortestTypo && len(w) <= len(said) || len(said) == shortestTypo && len(w) == len(said) && !swapped(said, w) {
			continue // of a short word only a letter that is missing or has changed place: "omzt", not "lager" for "lagen"
		}
		if n := slips(said, w, most); n < best {
			best, found = n, w
		}
	}
	return found, found != ""
}

// swapped says whether a and b are the same letters.
func swapped(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return bytes.Equal(x, y)
}

// slips is the optimal string alignment distance of a and b in bytes, and more
// than most where it is more.
func slips(a, b string, most int) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+same)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
			least = min(least, now[j])
		}
		if least > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return last[len(b)]
}
