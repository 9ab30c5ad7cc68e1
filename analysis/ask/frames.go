package ask

import "slices"

// managerRoles are what a colleague is called who has clients.
var managerRoles = []string{"relatiemanager", "relatiebeheerder", "accountmanager", "klantmanager", "beheerder", "behandelaar", "rm"}

// roleFrames lead to the name of a colleague, whoever that is: "relatiemanager Piet".
// framesBehind follow it: "Piet als relatiemanager", "bij Piet in beheer".
var (
	roleFrames   = [][]string{{"relatiemanager", "is"}, {"relatiemanager"}, {"relatiebeheerder"}, {"accountmanager"}, {"klantmanager"}, {"relationship", "manager"}, {"account", "manager"}, {"collega"}, {"colleague"}, {"managed", "by"}, {"beheerd", "door"}, {"portefeuille", "van"}, {"portfolio", "of"}}
	framesBehind = [][]string{{"in", "beheer"}, {"in", "portefeuille"}, {"in", "de", "portefeuille"}, {"in", "zijn", "portefeuille"}, {"in", "haar", "portefeuille"}, {"onder", "zijn", "hoede"}, {"onder", "haar", "hoede"},
		{"as", "relationship", "manager"}, {"as", "account", "manager"}, {"as", "manager"}, {"as", "rm"}, {"als", "behandelaar"}, {"als", "vennoot"}}
)

// framed takes out somebody who is said to have clients, also where the office has
// nobody of that name: who asks for the clients of Piet is told that there is no Piet,
// not about a client of that name.
func (r *reading) framed() {
	for i := range r.words {
		for _, frame := range roleFrames {
			if has(r.words, i, frame) && r.colleague(i+len(frame), r.person(i+len(frame))) {
				return
			}
		}
	}
	for i := range r.words {
		behind := slices.ContainsFunc(framesBehind, func(f []string) bool { return has(r.words, i, f) }) || r.at(i, "als", "as") && r.at(i+1, managerRoles...)
		for from := max(0, i-mostPerson); behind && from < i; from++ {
			if r.person(from) == i && r.colleague(from, i) {
				return
			}
		}
	}
}

// mostPerson is the most words of a colleague's name: "Wouter van der Linden".
const mostPerson = 4

// person is where the name of a person that begins at from ends; from where none does.
func (r *reading) person(from int) int {
	if from >= len(r.words) || !r.words[from].capital() || meanings().knows(r.words[from].plain) || r.words[from].slot {
		return from
	}
	to := from + 1
	for to < len(r.words) && to-from < mostPerson && !r.words[to].apart && (r.words[to].capital() && !meanings().knows(r.words[to].plain) || particles[r.words[to].plain] && r.person(to+1) > to+1 || particles[r.words[to].plain] && to+1 < len(r.words) && particles[r.words[to+1].plain] && r.person(to+2) > to+2) {
		to++
	}
	return to
}

// colleague takes the words for the manager that is meant, unless a client of the
// office is called so.
func (r *reading) colleague(from, to int) bool {
	if to <= from || r.index(from, to) >= sureName {
		return false
	}
	take(r.words, from, to-from)
	r.slots.Manager = withoutOwner(r.text[r.words[from].from:r.words[to-1].to])
	r.unquote(from)
	return true
}

// preamble is who speaks and why, before a colon: "ik val in voor Karin: wat ligt er
// nog te doen?" Nothing of it is asked.
func (r *reading) preamble() {
	for i := 2; i < len(r.words)-2; i++ {
		if !r.words[i].colon {
			continue
		}
		if r.names(i) {
			return // "Slagerij Kuipers wil korting, dus voor ik toegeef: ..."
		}
		for n := range r.words[:i] {
			if r.at(n, "ik", "i", "we", "wij", "i'm", "we're") {
				take(r.words, 0, i)
				return
			}
			if r.at(n, "mijn", "my") || r.at(n, clientWords...) || r.words[n].slot {
				break // "mijn klanten: wie heb ik niet gesproken"
			}
		}
		return
	}
}

// names says whether one of the words before i is surely of a client, or held for one.
func (r *reading) names(i int) bool {
	for n := range r.words[:i] {
		w := r.words[n]
		if w.slot && w.capital() || w.capital() && !w.initial && r.index(n, n+1) >= sureName || n+2 <= i && w.capital() && r.index(n, n+2) >= sureName {
			return true
		}
	}
	return false
}

// musings are what people say of themselves before they ask, in the first person.
var musings = []string{"maak", "vraag", "ben", "denk", "vrees", "hoor", "hoorde", "zie", "val", "vind", "vond", "twijfel", "weet", "begrijp", "snap", "lees", "las", "bereid", "worry", "worried", "mean", "bedoel", "wonder", "think", "guess", "fear", "am", "was", "know", "see", "hear", "heard", "feel", "hope", "hoop", "geloof", "believe"}
