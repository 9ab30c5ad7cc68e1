package offline

import "strings"

// Cues are phrases of folded words. They were written with testdata/threads/tuned.txt
// at hand and are held by thread_test.go.

// decides opens or carries a decision.
var decides = phrases(`we spreken af|spreken we af|afgesproken|laten we afspreken|besloten|we besluiten|besluit is|het besluit|
	dan houden we|dan doen we|doen we zo|zo doen we|we doen het|het wordt|dat wordt het|we gaan voor|gaan we voor|we kiezen voor|kiezen we voor|
	we kiezen|we stoppen met|we beginnen met|we gaan een|we gaan dus|we gaan over op|vanaf nu|definitief|is geregeld|akkoord dus|dus akkoord|akkoord dat|besluit|
	knoop doorgehakt|conclusie|we agreed|agreed to|agreed that|we decided|decided|decision|let's go with|lets go with|we'll go with|we will go with|
	we are going with|we're going with|from now on|that's settled|it is settled|we settle on`)

// undecided turns a decision round wherever it stands in the sentence.
var undecided = phrases(`nog niet|nog niks|nog niets|nog geen|geen besluit|niks besloten|niets besloten|niet besloten|niet afgesproken|
	niks afgesproken|niets afgesproken|er nog niet|besluiten dat later|besluiten we later|volgende week pas|komt nog|moeten nog|als we|wanneer we|mochten we|misschien|
	wellicht|eventueel|hadden afgesproken|was afgesproken|afspraak was|zouden we|haven't|have not|hasn't|not yet|not decided|no decision|nothing decided|
	didn't|did not|if we|maybe|perhaps|to be decided|besloten door|hoe besluiten|wordt besloten|wie besluit|niet definitief`)

// promises are the verbs of what somebody takes upon them, first and third person.
var promises = lazySet(`pak maak doe bel stuur regel plan zet mail check neem lever schrijf bereid zoek vraag verwerk controleer
	haal breng boek informeer organiseer nodig overleg spreek app kom ga zal pas werk vul verstuur bestel meld verzamel reserveer deel stel
	koppel kijk reken leg`)

var doesIt = lazySet(`pakt maakt doet belt stuurt regelt plant zet mailt checkt neemt levert schrijft bereidt zoekt vraagt verwerkt
	controleert haalt brengt boekt informeert organiseert overlegt spreekt gaat zal past werkt vult verstuurt bestelt meldt verzamelt
	reserveert deelt calls sends writes prepares checks arranges makes drafts`)

// asksYou asks one person to do something.
var asksYou = phrases(`wil jij|wil je|kun jij|kun je|kan jij|kan je|zou jij|zou je|maak jij|doe jij|bel jij|stuur jij|regel jij|pak jij|
	neem jij|plan jij|zet jij|schrijf jij|mail jij|check jij|zoek jij|vraag jij|can you|could you|will you|would you|please|graag|svp|aub`)

// promisesInEnglish is what the first person takes up.
var promisesInEnglish = phrases(`i'll|i will|i am going to|i'm going to|let me|i can do|i take|i'll take`)

// refrains says that it is not done, not any more, or was done already.
var refrains = phrases(`niet|geen|niks|niets|nooit|hoeft|zou|heb al|al gedaan|al gestuurd|al gebeld|had|won't|will not|can't|cannot|don't|not|never|
	already|altijd|weer eens|ben er niet|ga weg|ga naar huis|misschien|als ik|maybe|if i|nog steeds|kijk uit naar|doe mee|vraag me af|ga ervan uit|ga akkoord|neem aan`)

// mocks are signs that words mean their opposite.
var mocks = []string{"😂", "🤣", "😅", "🙄", "😒", ":joy:", ":rofl:", ":sweat_smile:", ":rolling_eyes:", ":unamused:", ":upside_down_face:", "🙃"}

var mocking = phrases(`haha|hahaha|hihi|lol|zucht|ja joh|tuurlijk joh|yeah right|ja hoor|fijn weer|lekker dan`)

// whenDue says by when; the longest that fits counts.
var whenDue = phrases(`vandaag|vanmiddag|vanavond|vanochtend|morgen|mrgn|morgenochtend|morgenmiddag|overmorgen|deze week|volgende week|dit weekend|eind van de week|
	eind deze week|komende week|deze maand|volgende maand|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|today|this afternoon|tonight|tomorrow|
	this week|next week|this month|next month|monday|tuesday|wednesday|thursday|friday|saturday|sunday`)

var months = lazySet(`januari februari maart april mei juni juli augustus september oktober november december jan feb mrt apr jun jul aug sep
	okt nov dec january february march may june july august october`)

// noIdea answers nothing.
var noIdea = phrases(`geen idee|weet ik niet|weet niet|ik weet het niet|weet het niet|goede vraag|no idea|don't know|dunno|good question|zoek het uit|lastig`)

// phrases cuts a list at its bars; each has a space on both sides, as saying has.
func phrases(list string) []string {
	var found []string
	for p := range strings.SplitSeq(list, "|") {
		found = append(found, " "+strings.TrimSpace(p)+" ")
	}
	return found
}

// holds returns the first of phrases in saying, and where.
func holds(saying string, phrases []string) (at int, ok bool) {
	for _, p := range phrases {
		if i := strings.Index(saying, p); i >= 0 {
			return i, true
		}
	}
	return -1, false
}
