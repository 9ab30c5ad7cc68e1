package ask

import (
	"slices"
	"strings"
)

// particles join the words of a name: they belong to it only between or before
// other words of it.
var particles = map[string]bool{"t": true, "van": true, "de": true, "den": true, "der": true, "v.d.": true, "vd": true, "te": true, "ter": true, "ten": true,
	"'t": true, "het": true, "op": true, "in": true, "&": true, "en": true, "and": true, "of": true, "la": true, "le": true, "von": true, "el": true, "the": true, "aan": true}

// legalForms stand behind a name.
var legalForms = map[string]bool{"bv": true, "b.v.": true, "b.v": true, "nv": true, "n.v.": true, "n.v": true, "vof": true, "v.o.f.": true, "v.o.f": true, "holding": true, "beheer": true,
	"groep": true, "zn": true, "zn.": true, "zonen": true, "ltd": true, "inc": true, "cv": true, "maatschap": true, "stichting": true, "vereniging": true, "e.a.": true}

// leads are the words behind which a client is named.
var leads = []string{"van", "voor", "bij", "met", "naar", "over", "of", "for", "with", "at", "to", "about", "klant", "client", "customer", "relatie", "from", "zoek", "toon", "is", "heeft", "mevrouw",
	"mevr", "mevr.", "dhr", "dhr.", "meneer", "mw", "mw.", "mr", "mrs", "familie", "aan", "door", "koopt", "does", "has", "did", "vindt", "betaalt", "doet", "show", "find", "open", "op", "in", "wordt", "was", "krijgt", "kreeg", "gaf", "did", "visited", "called", "bezocht", "gebeld"}

// sureName is the score from which the index has what was said; likelyName that
// from which it is something like it.
const sureName, likelyName = .9, .6

// mostName is the most words that a name has here.
const mostName = 8

// span is a run of words that may name a client.
type span struct {
	from, to int // words, to excluded
	score    float64
}

// client finds the words that name a client, if any do, and marks them.
func (r *reading) client() {
	best := span{score: -2}
	for from := range r.words {
		if !r.begins(from) {
			continue
		}
		for to := from + 1; to <= len(r.words) && to-from <= mostName && !r.words[to-1].slot && r.continues(from, to-1); to++ {
			if to-1 > from && r.words[to-1].apart && r.index(from, to) <= r.index(from, to-1) {
				break // "Hulst Packaging, date"
			}
			if !r.ends(from, to-1) {
				continue
			}
			if s := (span{from, to, r.likely(from, to)}); s.score > best.score+1e-9 && r.plausible(from, to) {
				best = s
			}
		}
	}
	for _, s := range r.held {
		if s.score = r.likely(s.from, s.to) + .5; s.score > best.score {
			best = s
		}
	}
	if best.score < -1 {
		return
	}
	for best.to < len(r.words) && r.words[best.to].free() && !r.ordinary(best.to, best.to+1) && (r.index(best.from, best.to) < exactName || best.to == best.from+1) && !r.words[best.to].asked && !r.words[best.to].apart && r.index(best.from, best.to) >= sureName && r.index(best.from, best.to+1) >= likelyName {
		best.to++ // "jansen installatie" for Jansen Installatietechniek
	}
	for best.from > 0 && !r.words[best.from].apart && !r.words[best.from-1].slot && r.words[best.from-1].capital() && (!r.at(best.from-1, leads...) || r.at(best.from-1, "van") && len(r.words) <= 4) && r.index(best.from-1, best.to) >= max(sureName, r.index(best.from, best.to)) {
		best.from-- // "Bakkerij van Loon", not "van Loon"
	}
	for best.from > 0 && r.words[best.from-1].free() && !r.words[best.from].apart && r.index(best.from-1, best.to) >= max(sureName, r.index(best.from, best.to)) {
		best.from-- // "drukkerij van der Ley"
	}
	for best.from > 0 && r.abbreviated(best.from-1) {
		best.from-- // "r. jansen"
	}
	if best.from > 0 && r.words[best.from-1].capital() && !r.words[best.from].apart && !r.words[best.from-1].slot && r.index(best.from-1, best.to) > r.index(best.from, best.to) {
		best.from-- // "Van Rossum Vastgoed"
	}
	if best.from > 0 && r.at(best.from-1, "familie", "fam", "fam.") {
		best.from--
	}
	for best.from > 0 && r.at(best.from, "der", "den", "de") && r.at(best.from-1, "van") {
		best.from--
	}
	for best.from > 0 && r.words[best.from].capital() && r.words[best.from-1].capital() && !r.words[best.from-1].initial && !r.words[best.from-1].slot && particles[r.words[best.from-1].plain] {
		best.from-- // "De Jong", whoever that is
	}
	if best.from > 0 && !r.words[best.from-1].slot && !r.words[best.from].apart && r.index(best.from-1, best.to) >= exactName && r.index(best.from-1, best.to) > r.index(best.from, best.to)+.02 {
		best.from-- // "goed geregeld"
	}
	if best.to > best.from+1 && r.at(best.from, "de", "het", "the") && !r.words[best.from].capital() && r.words[best.from+1].capital() && r.index(best.from+1, best.to) > r.index(best.from, best.to) {
		best.from++ // "de Hervormde Diaconie"
	}
	if best.to > best.from+1 && best.from > 0 && r.at(best.from, "van") && !r.words[best.from].capital() && r.index(best.from+1, best.to) >= r.index(best.from, best.to) {
		r.words[best.from].stop = true
		best.from++ // "van Bakkerij Jansen"; but "van den Berg" is known better with it
	}
	r.name, r.nameScore = best, r.index(best.from, best.to)
	r.tentative = r.vocabulary.Client != nil && r.nameScore < likelyName
	for i := best.from; i < best.to; i++ {
		r.words[i].slot, r.words[i].about = true, nil
	}
	r.slots.Client = r.owned(r.text[r.words[best.from].from:r.words[best.to-1].to])
}

// abbreviated says whether the word at i is somebody's initial, or more of them.
func (r *reading) abbreviated(i int) bool {
	w := r.words[i]
	letters := len(w.raw) == 1 && strings.HasPrefix(r.text[w.to:], ".") || len(w.raw) <= 6 && strings.HasSuffix(w.raw, ".") && strings.Count(w.raw, ".")*2 == len(w.raw)
	return letters && !w.slot && !legalForms[w.plain] && !particles[w.plain] && !r.words[i+1].apart
}

// titles stand before the name of somebody and are no part of it.
var titles = []string{"dhr. ", "dhr ", "mevrouw ", "mevr. ", "mevr ", "meneer ", "de heer ", "mw. ", "mw ", "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms ", "klant ", "client ", "relatie ", "de groep ", "groep ", "de klant ", "bedrijf ", "het bedrijf ", "de firma ", "firma "}

// owned is the name that said is of, or a name as it is: "Jansens" of "Jansens omzet", but
// "Asten Auto's" where the office has that.
func (r *reading) owned(said string) string {
	name := withoutOwner(said)
	if r.vocabulary.Client == nil {
		return name
	}
	if with := strings.TrimSpace(said); name != with && strings.HasSuffix(with, "s") && r.vocabulary.Client(with) >= exactName && r.vocabulary.Client(name) < exactName {
		return with
	}
	if bare, ok := strings.CutSuffix(name, "s"); ok && len(bare) > 3 && r.vocabulary.Client(name) < exactName && r.vocabulary.Client(bare) >= exactName {
		return bare
	}
	return name
}

// withoutOwner is a name without a title, and without the sign of what is its own:
// "Acme's" is "Acme".
func withoutOwner(name string) string {
	for _, title := range titles {
		if title == "groep " && strings.HasPrefix(name, "Groep ") {
			continue // "Groep Peters" is called so
		}
		if len(name) > len(title) && strings.EqualFold(name[:len(title)], title) {
			name = name[len(title):]
		}
	}
	for _, end := range []string{"'s", "’s", "'", "’", " "} {
		name = strings.TrimSuffix(name, end)
	}
	return name
}

// plausible says whether a run of words may be a client at all. What the index
// knows may; of what it only finds alike a short word in lower case is rather a word
// that the grammar has not ("wint", "waar"); and what it does not know has to be
// written as a name or to close the text where clients are named ("omzet van
// quimby").
func (r *reading) plausible(from, to int) bool {
	if r.vocabulary.Client == nil {
		return true
	}
	written, led := false, r.led(from)
	for i := from; i < to; i++ {
		if w := r.words[i]; (len(w.about) > 0 || w.stop && !particles[w.plain]) && !legalForms[w.plain] && r.index(from, to) < sureName {
			return false // a word that means something is part of a name only where the index has it so
		}
		written = written || r.words[i].capital() && (!r.words[i].initial || len(r.words) <= 3)
	}
	if !written && (r.narrows(from-1) || r.narrows(from) || r.at(from-1, "de", "het", "the") && r.narrows(from-2)) {
		return false // "welke klanten zitten in de bouw"
	}
	if !written && r.index(from, to) < sureName && r.ordinary(from, to) {
		return false // "een kleine bijeenkomst" is not Klein
	}
	if !written && !led && r.about["many"] && r.index(from, to) < sureName {
		return false // "klanten waarvoor we de jaarrekening maken"
	}
	switch score := r.index(from, to); {
	case score >= .8 || score >= likelyName && (written || led):
		return true
	case score >= likelyName:
		return len(r.words[from].plain) >= shortestTypo
	}
	return written && led || led && to == len(r.words) && len(r.words) <= mostTerse && !r.at(from-1, "in", "to", "at", "op", "is", "for", "aan")
}

// mostTerse is the most words of a question that may end in a name in lower case that the
// index does not know: "omzet van quimby".
const mostTerse = 8

// ordinary says whether these words are all in lower case and such as questions are made
// of, so that they name a client only where the index has them so.
func (r *reading) ordinary(from, to int) bool {
	for _, w := range r.words[from:to] {
		if w.capital() || !particles[w.plain] && !w.stop && len(w.about) == 0 && !ordinaryWords()[fold(w.raw)] {
			return false
		}
	}
	return true
}

// led says whether clients are named where the word at i stands.
func (r *reading) led(i int) bool {
	return r.at(i-1, leads...) || r.at(i, "van") && !r.words[i].capital() || i > 0 && r.words[i-1].slot && r.at(i-2, leads...)
}

// begins says whether a name may begin at i.
func (r *reading) begins(i int) bool {
	w := r.words[i]
	if w.slot {
		return false
	}
	if particles[w.plain] && w.plain != "&" && w.plain != "en" && w.plain != "and" && w.plain != "of" && i+1 < len(r.words) {
		next := r.words[i+1]
		return !next.slot && (r.candidate(i+1) || particles[next.plain] && i+2 < len(r.words) && r.candidate(i+2))
	}
	return r.candidate(i)
}

// candidate says whether the word at i can be a word of a name by itself: nothing
// else explains it, or it is written as a name where one is expected and the index
// has it.
func (r *reading) candidate(i int) bool {
	w := r.words[i]
	switch {
	case w.slot || strings.HasPrefix(w.raw, "<@"):
		return false
	case r.theirs(i):
		return false
	case legalForms[w.plain] && w.free():
		return true
	case w.free() && len(w.plain) == 1 && w.plain[0] >= 'a' && w.plain[0] <= 'd':
		return false // the letter of a segment
	case w.free():
		return len(w.plain) > 1 || w.capital()
	case r.vocabulary.Client == nil || len(w.plain) <= 2 || slices.Contains(clientWords, w.plain):
		return false
	case r.particled(i):
		return r.index(i-1, i+1) >= likelyName
	case w.capital() && (!w.initial || r.at(i-1, leads...)) && !allCapitals(w.raw):
		return r.index(i, i+1) >= sureName
	}
	return false
}

// theirs says whether the "zn" at i is whose something is, and not of a name: "hoe komt
// Jansen aan zn score".
func (r *reading) theirs(i int) bool {
	return r.at(i, "zn") && !r.words[i].capital() && !r.at(i-1, "&", "en", "and") && i+1 < len(r.words) && !r.words[i+1].apart
}

// particled says whether the word at i stands behind what nearly only names have:
// "van der Meer", "De Groot".
func (r *reading) particled(i int) bool {
	return r.at(i-1, "der", "den", "ter", "ten", "v.d.") || r.words[i].capital() && r.at(i-1, "van", "de", "het", "t", "te", "den", "la", "le", "el") && r.words[i-1].capital()
}

func allCapitals(s string) bool { return len(s) <= 4 && strings.ToUpper(s) == s }

func (r *reading) continues(from, i int) bool {
	return i == from || r.candidate(i) || particles[r.words[i].plain] || legalForms[r.words[i].plain]
}

func (r *reading) ends(from, i int) bool {
	return r.candidate(i) || i > from && legalForms[r.words[i].plain] && !r.words[i].slot && !r.theirs(i)
}

// index is how well the words name a client of the office, 0..1.
func (r *reading) index(from, to int) float64 {
	if r.vocabulary.Client == nil || from < 0 || from >= to {
		return 0
	}
	if score, ok := r.found[[2]int{from, to}]; ok || len(r.found) >= mostLookedUp {
		return score
	}
	score := r.vocabulary.Client(r.text[r.words[from].from:r.words[to-1].to])
	r.found[[2]int{from, to}] = score
	return score
}

// mostLookedUp bounds how often the index is asked for one text. A question of twenty
// words asks it some sixty times.
const mostLookedUp = 200

// likely weighs a run of words: what the index has first, then what stands where
// clients are named and is written as a name; of equals the longer one.
func (r *reading) likely(from, to int) float64 {
	known := r.index(from, to)
	weight := 4 * min(known, sureName) // of what the index surely has the longer run says more: "Jansen Beheer", not "Jansen"
	if known < likelyName {
		weight = known
		if r.at(from, "van") && !r.words[from].capital() {
			weight-- // "omzet van Quimby"
		}
	}
	if r.led(from) {
		weight += .5
	}
	capitals := 0
	for i := from; i < to; i++ {
		if r.words[i].capital() && (!r.words[i].initial || len(r.words) <= 3) {
			capitals++
		}
	}
	if capitals > 0 {
		weight += .6
	}
	if number(r.words[from].plain) > 0 && to == from+1 && r.vocabulary.Client != nil && r.index(from, to) < sureName {
		return -2 // a bare number is a client only by the index
	}
	if known >= sureName {
		return weight + .1*float64(to-from)
	}
	return weight + .02*float64(to-from)
}

// pronouns point at a client that was named before.
var pronouns = []string{"hij", "hem", "haar", "hun", "hen", "he", "him", "she", "her", "they", "them", "their", "ze", "zij", "his", "its", "daarvan"}

// within says whether the pronoun at i stands for somebody of the question itself: "wie
// kruiste aan dat hij gebeld wil worden", "welke daarvan".
func (r *reading) within(i int) bool {
	if r.at(i-1, "welke", "which", "hoeveel", "who") {
		return true
	}
	if !r.at(i, "hij", "ze", "zij", "he", "she", "they", "them") {
		return false
	}
	return slices.ContainsFunc(r.words[:i], func(w word) bool {
		return slices.Contains([]string{"wie", "who", "welke", "which", "degenen", "degene", "iemand", "anyone", "mensen", "people", "respondenten", "respondents", "invullers"}, w.plain) || slices.Contains(manyClients, w.plain)
	})
}

// pronoun says whether the question points at a client without naming it.
func (r *reading) pronoun() bool {
	if r.slots.Client != "" {
		return false
	}
	if r.leans {
		return true
	}
	for i, w := range r.words {
		if w.slot {
			continue
		}
		if r.at(i, "die", "deze", "this", "that", "dezelfde", "diezelfde", "zelfde", "same") && r.at(i+1, "klant", "relatie", "client", "customer", "relatiegroep", "groep") {
			return true
		}
		if slices.Contains(pronouns, w.plain) && !r.within(i) {
			return true
		}
	}
	return false
}
