package ask

import (
	"slices"
	"strings"
	"sync"

	"klantbot/analysis"
)

// clientWords are what people call clients, in one and in many.
var clientWords = []string{"klant", "klanten", "relatie", "relaties", "relatiegroep", "relatiegroepen", "client", "clients", "clienten",
	"customer", "customers", "groep", "groepen", "group", "groups"}

// manyClients are those of them that are more than one.
var manyClients = []string{"klanten", "relaties", "relatiegroepen", "clients", "clienten", "customers", "groepen", "groups"}

// superlative says whether a word is one: "snelste", "steepest".
func superlative(plain string) bool {
	if slices.Contains([]string{"langst", "hoogst", "laagst", "meest", "minst", "vroegst", "dichtst", "verst", "hardst", "snelst", "sterkst", "best", "slechtst", "closest", "nearest"}, plain) {
		return true
	}
	return len(plain) > 5 && (strings.HasSuffix(plain, "ste") || strings.HasSuffix(plain, "est")) && !slices.Contains([]string{"request", "interest", "eerste", "laatste", "meeste", "minste"}, plain)
}

// segments takes out the segments that are named: "A-klanten", "segment B", "A's",
// "A en B", "A of B".
func (r *reading) segments() {
	var found []analysis.Segment
	for i := range r.words {
		s, many, ok := segmentWord(r.words[i])
		if !ok || !many && !r.segmentAt(i) {
			continue
		}
		r.words[i].slot = true
		if !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	if len(found) == 2 && found[0] == analysis.SegmentA && found[1] == analysis.SegmentD && r.fromTo() {
		found = append(found, "") // "A tot D" names them all too
	}
	if len(found) > 2 { // "A, B, C of D" names them all, and so none
		r.facts["segment"] = true
		return
	}
	if len(found) > 0 {
		r.slots.Segment = found[0]
	}
	if len(found) > 1 {
		r.slots.Against = found[1]
	}
}

// fromTo says whether A and D stand beside each other as the ends of all segments.
func (r *reading) fromTo() bool {
	for i := range r.words {
		if r.words[i].plain != "a" {
			continue
		}
		next := r.plainAt(i + 1)
		if next == "d" || slices.Contains([]string{"to", "tot", "t", "het", "through", "tm"}, next) && !r.at(i-1, "from") && (r.plainAt(i+2) == "d" || r.plainAt(i+3) == "d" || r.plainAt(i+4) == "d") {
			return true
		}
	}
	return false
}

// joining words stand between two segments: "A en B", "A met B".
var joining = []string{"en", "and", "of", "or", "versus", "vs", "met", "naar", "to", "tussen", "between", "with", "tegen", "than"}

// segmentAt says whether the letter at i stands where segments are named. An "a" in
// lower case is more often an article: "start a customer journey".
func (r *reading) segmentAt(i int) bool {
	w := r.words[i]
	switch {
	case r.at(i-1, "segment", "segmenten", "segments", "klasse", "categorie", "class", "category", "soort"):
		return true
	case r.at(i+1, clientWords...) && (w.plain != "a" || w.capital() || !r.at(i+1, "client", "customer", "group")):
		return true
	case r.letterAt(i-1) && r.letterAt(i+1) || r.letterAt(i+1) && r.letterAt(i+2) || r.letterAt(i-1) && r.letterAt(i-2):
		return true
	case w.capital() && r.at(i-1, "een", "an") && (i+1 == len(r.words) || r.at(i+1, joining...)) && w.plain != "a" || w.capital() && r.at(i-1, "een") && i+1 == len(r.words):
		return true
	case w.capital() && w.raw == strings.ToUpper(w.plain) && (w.plain != "a" || !w.initial) && r.at(i-1, "naar", "in", "to", "into", "onder", "boven", "below", "above", "uit", "van", "from", "tegen"):
		return true
	case w.capital() && r.at(i-1, "met", "with", "of", "van") && r.at(i-2, "grens", "rand", "border", "edge", "grensgeval", "grensgevallen"):
		return true
	case w.capital() && w.raw == strings.ToUpper(w.plain) && !w.initial && !r.initialOf(i):
		return true
	case i == 0 && w.capital() && w.plain != "a" && r.at(1, "van", "graag", "please", "voor", "for") && !strings.HasPrefix(r.text[w.to:], "."):
		return true // "D van Jorn graag"
	case w.capital() && (r.at(i-1, "bijna", "almost", "borderline", "nearly", "geen") || r.at(i+1, "grens", "border", "rand", "lijst", "list", "segment", "klasse")):
		return true
	}
	return r.at(i-1, joining...) && r.letterAt(i-2) || r.at(i+1, joining...) && r.letterAt(i+2)
}

// initialOf says whether the capital at i is of a name: "A. de Vries", "Bakkerij D".
func (r *reading) initialOf(i int) bool {
	if strings.HasPrefix(r.text[r.words[i].to:], ".") && i+1 < len(r.words) && (r.words[i+1].capital() || particles[r.words[i+1].plain]) {
		return true
	}
	return r.index(i-1, i+1) >= sureName || i+1 < len(r.words) && r.index(i, i+2) >= sureName
}

// letterAt says whether the word at i is the letter of a segment.
func (r *reading) letterAt(i int) bool {
	if i < 0 || i >= len(r.words) {
		return false
	}
	w := r.words[i]
	w.slot = false // it may have been taken just before
	_, _, ok := segmentWord(w)
	return ok && (w.capital() || r.words[i].slot || r.at(i+1, clientWords...) || r.lettersRound(i))
}

// lettersRound says whether the letter at i stands in a row of four: "a b c d".
func (r *reading) lettersRound(i int) bool {
	row := 0
	for n := max(0, i-4); n < min(len(r.words), i+5); n++ {
		if w := r.words[n].plain; len(w) == 1 && w[0] >= 'a' && w[0] <= 'd' {
			row++
		} else if !slices.Contains([]string{"en", "of", "or", "and"}, w) {
			if n > i {
				break
			}
			row = 0
		}
	}
	return row >= 3
}

// segmentWord reads a letter as a segment; many says that it is written as more than
// one: "A's".
func segmentWord(w word) (s analysis.Segment, many, ok bool) {
	letter, many := w.plain, false
	for _, end := range []string{"'s", "'tjes", "'tje"} {
		if l, cutOff := strings.CutSuffix(letter, end); cutOff {
			letter, many = l, true
		}
	}
	if w.slot || len(letter) != 1 || letter[0] < 'a' || letter[0] > 'd' {
		return "", false, false
	}
	return analysis.Segment(strings.ToUpper(letter)), many, true
}

// at says whether the word at i is one of these.
func (r *reading) at(i int, any ...string) bool {
	return i >= 0 && i < len(r.words) && !r.words[i].slot && slices.Contains(any, r.words[i].plain)
}

// largest are the words that go with a number of clients.
var largest = []string{"grootste", "beste", "belangrijkste", "hoogste", "meest", "top", "eerste", "biggest", "largest", "best", "first", "important",
	"sterkste", "hardst", "snelst", "kleinste", "waardevolste", "voornaamste"}

// worstWords are the other end of what is the largest.
var worstWords = []string{"ergste", "slechtste", "zwakste", "hardste", "snelste", "laagste", "minste", "worst", "weakest", "fastest", "steepest", "lowest", "smallest", "strongest"}

// limits takes out "top 10" and "de vijf grootste".
func (r *reading) limits() {
	for i, w := range r.words {
		n := number(w.plain)
		if w.slot || n < 1 || n > 1000 || w.plain == "een" || w.plain == "a" || w.plain == "an" || w.plain == "one" {
			continue
		}
		if i+1 < len(r.words) && r.at(i+1, "procent", "percent") || strings.HasPrefix(r.text[w.to:], "%") {
			r.words[i].stop = true
			if r.at(i-1, largest...) { // "de beste 20%" is the question of the pyramid
				r.facts["pyramid"] = true
			}
			continue
		}
		if r.at(i+1, "segmenten", "segments", "kanten", "sides") && n == 2 {
			r.words[i].stop = true // "tussen twee segmenten": a border has two
			continue
		}
		if r.at(i+1, setOf...) || r.at(i+2, setOf...) && !r.at(i+1, "of", "van") || r.at(i+1, "groups", "groepen", "hokjes", "boxes") && r.at(i-2, "of", "van", "in") {
			r.words[i].stop = true // "de twee hoogste segmenten": of these there are so many anyway
			continue
		}
		if (n == 9 || n == 10) && (r.at(i+1, "of", "or", "en", "and") || r.at(i-1, "of", "or", "en", "and") || r.at(i-2, "of", "or")) && r.marks() {
			r.facts["ambassador"], r.words[i].stop = true, true // "een 9 of een 10"
			continue
		}
		if unitDays[r.plainAt(i+1)] > 0 && !r.at(i+1, largest...) {
			continue // "de eerste drie maanden"
		}
		if r.wanted(i, n) {
			r.words[i].slot = true
			r.slots.Limit = n
			return
		}
	}
	for i, w := range r.words { // top10, top-5
		if n := number(strings.TrimPrefix(w.plain, "top")); strings.HasPrefix(w.plain, "top") && n > 0 && n <= 1000 {
			r.words[i].plain, r.slots.Limit = "top", n
			return
		}
	}
}

// What stands in front of or behind how many are asked for.
var (
	manyBefore = slices.Concat(strings.Fields("top eerste first noem geef toon hoogste maximaal max grootste beste bovenste"), largest, worstWords)
	manyBehind = slices.Concat(strings.Fields("stuks pieces max maximaal maximum rows rijen entries most volstaat suffices stijgers dalers groeiers ambassadeurs leads namen names fans promoters"),
		largest, worstWords, manyClients)
	seeking = strings.Fields("zoek zoekt zoeken seek")
	sought  = strings.Fields("mensen people enthousiastelingen ambassadeurs referenties klanten sprekers testimonials fans promoters namen names")
	movers  = strings.Fields("dalers stijgers groeiers fallers risers decliners growers")
)

// wanted says whether the n at i is how many are asked for.
func (r *reading) wanted(i, n int) bool {
	timed := unitDays[r.plainAt(i+1)] > 0
	joined := r.at(i+1, "of", "or", "en", "and")
	switch {
	case r.at(i-1, manyBefore...), r.at(i+1, manyBehind...), superlative(r.plainAt(i + 1)):
		return true // "top 10", "vijf grootste", "10 stuks"
	case (r.at(i-1, seeking...) || r.at(i-2, seeking...)) && (r.at(i+1, sought...) || r.at(i+2, sought...)):
		return true // "ik zoek drie mensen", "zoek ik 6 echte fans"
	case r.at(i-1, "de", "the", "mijn", "my", "onze", "our") && i+2 < len(r.words) && !r.at(i+1, "or") && !timed && r.at(i+2, movers...):
		return true // "de drie hardste dalers"
	case r.at(i-1, "er", "eruit") && (i+1 == len(r.words) || !timed):
		return true // "pik er vijf uit"
	case r.at(i-1, "de", "the") && r.at(i+1, "met", "with", "die", "that") && slices.ContainsFunc(r.words, ranking):
		return true // "de vijf met de hoogste omzet"
	case i+2 < len(r.words) && !timed && !joined && r.at(i+2, manyClients...) && !r.at(i-1, "of", "die") && r.plainAt(i+1) != "client":
		return true // "vijf trouwe klanten"
	case r.at(i-1, "of", "van", "met") && r.at(i-2, "list", "shortlist", "lijst", "lijstje", "rijtje"), r.at(i-1, "of") && r.at(i-2, "stuk"):
		return true // "een lijstje van acht", "een stuk of tien"
	case r.at(i-1, "maar") && r.at(i-2, "er", "eens"), r.at(i-1, "need") && (i+1 == len(r.words) || r.at(i+1, "for", "of")):
		return true // "noem er maar zes", "the two I need"
	case r.at(i+1, "of") && r.at(i+2, "them", "those", "hen", "these"), r.at(i+1, "daarvan", "ervan"):
		return true // "I want to ask 6 of them"
	case r.at(i+1, "will", "zal") && r.at(i+2, "do", "suffice", "volstaan"), r.at(i+1, "is") && r.at(i+2, "genoeg", "enough", "plenty", "voldoende", "fine", "prima", "ok", "okay", "goed"):
		return true // "five will do"
	case n > 2 && n <= 50 && r.words[i].plain != "ten":
		return r.alone(i) || r.at(i-1, "welke", "which", "graag") && !r.at(i+1, "of", "van", "or") && !timed || r.at(i+1, "regels", "lines") && n > 3
	}
	return r.alone(i)
}

// ranking says whether w ranks: "grootste", "meeste".
func ranking(w word) bool {
	return slices.Contains(largest, w.plain) || slices.Contains(worstWords, w.plain) || superlative(w.plain) || w.plain == "meeste" || w.plain == "most"
}

// setOf are what there is a fixed number of.
var setOf = []string{"piramide", "pyramid", "segmenten", "segments", "piramides", "pyramids", "metingen", "versies", "versions", "lagen", "layers", "klanttypen", "klanttypes", "types", "typen", "klassen", "classes", "categorieen"}

// alone says whether the number at i stands by itself between commas: "krimpers, 10, voor
// de vergadering".
func (r *reading) alone(i int) bool {
	return r.words[i].apart && i > 0 && (i+1 < len(r.words) && r.words[i+1].apart || i+1 == len(r.words)) && number(r.words[i].plain) > 2 && number(r.words[i].plain) <= 50
}

// marks says whether both marks of who recommends are named: nine and ten.
func (r *reading) marks() bool {
	nine, ten := false, false
	for _, w := range r.words {
		nine, ten = nine || number(w.plain) == 9, ten || number(w.plain) == 10
	}
	return nine && ten
}

// unitDays is how many days people mean by a unit.
var unitDays = map[string]int{"dag": 1, "dagen": 1, "day": 1, "days": 1, "week": 7, "weken": 7, "weeks": 7, "maand": 30, "maanden": 30,
	"month": 30, "months": 30, "kwartaal": 91, "kwartalen": 91, "quarter": 91, "quarters": 91, "jaar": 365, "jaren": 365, "year": 365, "years": 365,
	"halfjaar": 182}

// beyond go before or after a stretch of time that is a least.
var beyond = []string{"dan", "al", "than", "minstens", "ruim", "least", "minimaal", "meer", "langer", "over", "for", "zeker", "already", "in", "sinds"}

// days takes out "langer dan 60 dagen" and "al drie maanden niet"; "de laatste 60
// dagen" is a period and was taken before.
func (r *reading) days() {
	for i, w := range r.words {
		n, unit := number(w.plain), i+1
		if w.plain == "half" && r.at(i+1, "jaar", "year") {
			n = 0
		}
		if w.slot || unit >= len(r.words) || r.words[unit].slot {
			continue
		}
		if r.at(i-1, "in", "per") && !r.denied() {
			continue // "how much in a year"
		}
		length := unitDays[r.words[unit].plain] * n
		if r.at(i, "anderhalf", "anderhalve") {
			length = unitDays[r.words[unit].plain] * 3 / 2
		}
		if (w.plain == "half" || w.plain == "halve") && r.at(unit, "jaar", "year") {
			length = 182
		}
		if length < 1 || length > 36500 || !r.at(i-1, beyond...) && !r.at(i-2, beyond...) && !r.denied() && !strings.HasSuffix(strings.TrimSpace(r.text[:w.from]), ">") {
			continue
		}
		take(r.words, i, 2)
		for back := i - 1; back >= 0 && back >= i-3 && r.at(back, append([]string{"een", "half", "a", "at", "more", "longer", "voor"}, beyond...)...); back-- {
			r.words[back].stop = true
		}
		if r.at(i+2, "lang", "geleden", "ago", "or", "of") {
			r.words[i+2].stop = true
		}
		r.slots.Days = length
		return
	}
}

// denied says whether the question is about what did not happen.
func (r *reading) denied() bool {
	return slices.ContainsFunc(r.words, func(w word) bool {
		return slices.Contains([]string{"stil", "stille", "radiostilte", "stilte", "silent", "quiet", "silence", "niet", "geen", "nooit", "niets", "niks", "zonder", "zero", "nothing", "not", "no", "haven't", "havent", "without", "never", "didn't", "didnt", "hasn't", "nobody", "niemand", "noone"}, w.plain)
	})
}

// phrases takes out the first of spellings that occurs and returns its place among them.
func (r *reading) phrase(spellings []string, fold1 func(string) []string) (int, int, bool) {
	best, at, length := -1, 0, 0
	var begins [256]bool
	for _, w := range r.words {
		if w.plain != "" { // it is where there were only marks
			begins[w.plain[0]] = true
		}
	}
	for n, s := range spellings {
		if first := s[:min(len(s), 1)]; first >= "a" && first <= "z" && !begins[first[0]] {
			continue // most need no more than this
		}
		p := fold1(s)
		if len(p) == 0 || len(p) <= length {
			continue
		}
		for i := range r.words {
			if has(r.words, i, p) && !r.words[i].slot {
				best, at, length = n, i, len(p)
				break
			}
		}
	}
	if best < 0 {
		return 0, 0, false
	}
	take(r.words, at, length)
	return best, at, true
}

// plained remembers plainly of the grammar's own phrases and the office's.
var plained sync.Map

// plainly is a phrase as its folded words.
func plainly(s string) []string {
	if known, ok := plained.Load(s); ok {
		return known.([]string)
	}
	var p []string
	for _, w := range cut(s) {
		p = append(p, w.plain)
	}
	plained.Store(s, p)
	return p
}
