package ask

import (
	"slices"
	"strings"
)

// loose says whether a particular was said that filled no slot: a number, a name or a
// stretch of time of which nothing was made. An answer without it would be one to
// another question.
func (r *reading) loose() bool {
	if r.unusual {
		return true // "meer dan in 2021": growth is told against the year before
	}
	for i, w := range r.words {
		if w.slot || w.stop && !dates(w) {
			continue
		}
		switch {
		case r.looseNumber(i), r.looseName(i), r.looseTime(i), r.looseEdge(i):
			return true
		}
	}
	return false
}

// looseNumber: not of a mark ("een 9 of 10"), which is said where people recommend.
func (r *reading) looseNumber(i int) bool {
	n := number(r.words[i].plain)
	if r.at(i+1, counted...) || r.at(i+2, counted...) || r.at(i, "ten") && r.at(i+1, "behoeve", "opzichte", "aanzien", "gunste", "aanvang", "einde") {
		return false
	}
	if r.at(i-1, "om", "at", "around", "rond", "score", "punten") || r.about["value"] && len(r.words[i].plain) == 2 {
		return false // "om 9 uur", "die 71 punten"
	}
	return n > 1 && len(r.words[i].about) == 0 && !r.about["nps"] && !r.about["ambassador"] && !r.about["rating"] && !r.about["pyramid"]
}

// counted are what there are so many of whoever asks: "welk van de vier typen", "voor 8 man".
var counted = strings.Fields(`type types typen klanttypen klanttypes soorten letters segmentletters segmenten segments kwadranten quadrants lagen layers man personen people mensen collega's colleagues relatiemanagers vennoten partners
	uur uren u hours hour minutes minuten minuut pm am o'clock regels zinnen lines sentences words woorden pagina pagina's pages page slides slide a4 a4tje a4'tje a4'tjes punten points hokjes vakjes vakken smaken kwadrant kinds boxes flavours flavors
	approaches aanpakken strategieen strategies groepen groups categories categorieen klassen classes versies versions momenten moments piramides pyramids keer times kanten sides stappen steps fases phases verdiepingen euro mille letters labels`)

// looseName: written as one in the middle of a sentence, and no abbreviation.
func (r *reading) looseName(i int) bool {
	w := r.words[i]
	if !w.free() || !w.capital() || w.initial || allCapitals(w.raw) || len(w.plain) <= 2 || r.at(i, "curry") || r.at(i-1, "curry") {
		return false
	}
	if r.slots.Client != "" && r.nameScore >= sureName {
		return false // of whom it is asked is known, and this is no other client
	}
	return true
}

// bounding stand before a stretch of time.
var bounding = strings.Fields("sinds since afgelopen vorige vorig laatste past last komende komend volgende volgend next tot until tussen between voor before na after")

// looseTime: "sinds de vorige meting", "afgelopen vrijdag".
func (r *reading) looseTime(i int) bool {
	if r.slots.Period.Known() || r.slots.Days > 0 || !dates(r.words[i]) || r.words[i].plain == "to" || r.words[i].plain == "tot" {
		return false
	}
	if r.at(i, "vorige", "laatste", "last", "previous", "afgelopen", "past", "komende", "coming") && !dates(word{plain: r.plainAt(i + 1)}) || r.at(i, "dagen", "days") && r.at(i-1, "komende", "coming", "next") {
		return false // "sinds de vorige meting" is since when it is told anyway, "de komende dagen" are this week
	}
	return r.at(i-1, bounding...) || r.at(i-2, bounding...) && slices.Contains([]string{"de", "het", "the"}, r.words[i-1].plain)
}

// looseEdge: "eind vorig jaar" is not the whole of it.
func (r *reading) looseEdge(i int) bool {
	return r.slots.Period.Known() && r.at(i, "eind", "einde", "end", "medio", "halverwege", "mid", "begin", "early", "late") && i+1 < len(r.words) && (r.words[i+1].slot || r.at(i+1, "van", "of", "in")) && !r.at(i-1, "sinds", "since", "vanaf")
}
