package ask

import (
	"slices"
	"strings"
	"sync"
)

// roomWords stand before the name or number of a room, a team or an office: "zaal 2",
// "team Antwerpen", "kamer Vrijthof".
var roomWords = strings.Fields("zaal zaaltje vergaderzaal vergaderkamer vergaderruimte kamer lokaal ruimte team teams vestiging filiaal kantoor regio afdeling verdieping etage gang room rooms office branch floor boardroom hall")

// roomEnds stand behind it: "de Peperbus-kamer", "the Rembrandt room".
var roomEnds = strings.Fields("zaal kamer ruimte room gebouw building kantoor office vestiging lokaal team")

// roomTails end a word that is one: "Mesdagzaal".
var roomTails = []string{"zaal", "kamer", "gebouw", "lokaal"}

// towns are towns, provinces and countries that people name in passing.
var towns = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, t := range strings.Fields(townNames) {
		all[t] = true
	}
	return all
})

const townNames = `amsterdam rotterdam utrecht eindhoven groningen tilburg almere breda nijmegen apeldoorn haarlem arnhem enschede amersfoort zaandam hoofddorp zwolle
leiden dordrecht zoetermeer emmen maastricht ede delft venlo deventer helmond alkmaar hilversum heerlen oss sittard geleen roosendaal hengelo purmerend schiedam lelystad
vlaardingen spijkenisse hoorn almelo gouda assen bergen veenendaal capelle katwijk zeist nieuwegein roermond doetinchem hoogeveen terneuzen middelburg vlissingen goes tiel
houten culemborg woerden kampen hattem meppel steenwijk raalte zutphen winterswijk drachten sneek heerenveen leeuwarden franeker harlingen dokkum delfzijl veendam stadskanaal
hoogezand winschoten coevorden ommen hardenberg barneveld ermelo harderwijk nunspeet putten epe wageningen rhenen cuijk boxmeer uden veghel schijndel boxtel vught waalwijk
weert horst venray kerkrade valkenburg gulpen vaals brunssum landgraaf schagen heerhugowaard heiloo castricum beverwijk heemskerk velsen ijmuiden zandvoort aalsmeer amstelveen
bussum naarden huizen laren soest baarn bunschoten nijkerk leusden doorn driebergen bilthoven maarssen vianen gorinchem leerdam sliedrecht papendrecht zwijndrecht ridderkerk
barendrecht hellevoetsluis brielle maassluis naaldwijk wateringen rijswijk voorburg leidschendam wassenaar scheveningen noordwijk sassenheim lisse hillegom alphen bodegraven waddinxveen
antwerpen antwerp gent ghent brugge bruges brussel brussels leuven mechelen hasselt genk tongeren kortrijk oostende aalst turnhout geel lier sint-niklaas berchem lanaken
friesland drenthe overijssel gelderland flevoland limburg brabant zeeland twente achterhoek veluwe salland vlaanderen belgie belgium duitsland germany nederland holland netherlands
londen london parijs paris berlijn berlin keulen cologne dusseldorf`

// whereabouts takes out where people are and meet, which is no particular of what they
// ask: "in zaal 2", "voor team Antwerpen", "in Emmen". What the office calls a client or
// a colleague stays.
func (r *reading) whereabouts() {
	for i := range r.words {
		w := r.words[i]
		if w.slot {
			continue
		}
		switch {
		case r.at(i, roomWords...) && (!w.capital() || w.initial) && i+1 < len(r.words) && r.placeName(i+1):
			to := i + 2
			for to < len(r.words) && to < i+4 && r.words[to].capital() && !r.words[to].slot && !r.words[to].apart && !meanings().knows(r.words[to].plain) {
				to++
			}
			r.pass(i, to)
		case w.capital() && !w.initial && r.at(i+1, roomEnds...) && !r.words[i+1].apart && r.foreign(i) && r.index(i, i+2) < sureName:
			r.pass(i, i+2)
		case w.capital() && !w.initial && r.index(i, i+1) < sureName && slices.ContainsFunc(roomTails, func(tail string) bool { return strings.HasSuffix(w.plain, tail) && len(w.plain) > len(tail)+2 }):
			r.pass(i, i+1)
		case towns()[w.plain] && !r.narrows(i-1) && (w.capital() || r.at(i-1, "in", "te", "uit")) && r.passing(i):
			r.pass(i, i+1)
		}
	}
}

// living are what clients are and do somewhere.
var living = strings.Fields("zitten zit zijn komen wonen gevestigd actief werken werkzaam opereren are live located based active working operating")

// narrows says whether the "in" or "uit" at i says which clients are meant, "klanten in
// Groningen", "clients based in Hull", "welke klanten zitten in de bouw": an answer
// about all of them would be another.
func (r *reading) narrows(i int) bool {
	if i < 1 || !slices.Contains([]string{"in", "uit", "te", "from", "rond", "rondom", "bij", "near", "around"}, r.words[i].plain) {
		return false
	}
	many := func(n int) bool {
		return n >= 0 && (slices.Contains(manyClients, r.words[n].plain) || r.words[n].plain == "bedrijven" || r.words[n].plain == "companies")
	}
	return many(i-1) || slices.Contains(living, r.words[i-1].plain) && (many(i-2) || many(i-3) || many(i-4))
}

// placeName says whether the word at i can be the name or number of a room or a team.
func (r *reading) placeName(i int) bool {
	w := r.words[i]
	if w.slot || w.apart {
		return false
	}
	if n := number(w.plain); n > 0 && n < 100 && w.plain[0] >= '0' && w.plain[0] <= '9' {
		return true
	}
	return w.capital() && !w.initial && r.foreign(i) && !strings.ContainsAny(w.plain, "0123456789")
}

// foreign says whether the word at i is neither the grammar's nor the office's own.
func (r *reading) foreign(i int) bool {
	w := r.words[i]
	return len(w.plain) > 1 && !r.ours[w.plain] && !meanings().knows(w.plain)
}

// passing says whether the town at i is named in passing, and not in the name of a client:
// "in Emmen", "Sittard of Geleen", "Hasselt" between commas.
func (r *reading) passing(i int) bool {
	if r.index(i, i+1) >= exactName || r.index(i-1, i+1) >= sureName || r.index(i-2, i+1) >= sureName || i+1 < len(r.words) && !r.words[i+1].apart && r.index(i, i+2) >= sureName {
		return false
	}
	if next := i + 1; next < len(r.words) && !r.words[next].apart && !r.words[next].slot && r.words[next].capital() && !r.words[next].initial && r.foreign(next) {
		return false // "Brabant Bio Energy" neither
	}
	if i > 0 && r.words[i-1].capital() && !r.words[i-1].initial && !r.words[i-1].slot && !r.words[i].apart {
		return false // "Bouwbedrijf Emmen", whoever that is
	}
	return true
}

// pass takes the words, with what leads to them.
func (r *reading) pass(from, to int) {
	for i := from; i < to; i++ {
		r.words[i].stop, r.words[i].slot = true, true
	}
	if from > 0 && r.at(from-1, "in", "te", "uit", "voor", "van", "from", "for", "at", "the", "de", "het") {
		r.words[from-1].stop = true
	}
}
