package ask

import (
	"slices"
	"strings"
	"sync"
)

// What people say around a question, before it and after it: who asks, why, and how
// soon. It asks nothing itself, and its words are the same whatever is asked; each third
// example is learnt with some of it too, so that none of these words speaks for an intent.
const (
	leadIns = `ik vraag me al een tijdje af,
voor het partneroverleg van vrijdag:
de vennoot wil dit straks in de vergadering weten en ik kan het zo gauw niet vinden,
ik ben hier pas begonnen en weet de weg nog niet,
goedemorgen, ik ben weer terug van verlof en loop wat achter met lezen dus
neem me niet kwalijk dat ik stoor maar
even voor de begroting, ik heb er vanmiddag een vergadering over:
ik zit in de auto dus kort graag,
zou u zo vriendelijk willen zijn mij te vertellen
kun jij voor mij eens op een rustig moment nagaan
ik heb zo'n vermoeden dat het niet goed zit, maar
het is maandagochtend, de koffie staat er, dus vertel maar
mijn collega vroeg het gisteren ook al en ik moest het antwoord schuldig blijven:
ja hoi met mij, nog een vraagje,
ik moet dit nog invullen in het memo van de samenstelopdracht:
ik begreep van marketing dat jij dat kunt opzoeken:
voordat we het definitief maken wil ik nog rustig kijken naar het volgende,
idd nog iets, ik was net bezig met het dossier en toen dacht ik
misschien een domme vraag hoor, maar
we hadden het er gisteren aan de lunch over,
ik schrijf een stukje voor de nieuwsbrief en zoek daarom
morgen heb ik mijn beoordeling dus ik zou graag zien
ff snel tussendoor,
amai het is hier druk, zeg eens
als ge even tijd hebt,
sorry to bother you again but
I'm preparing the board pack for Thursday and I need to know
quick one before I get on the train:
my boss just asked me and I had no idea,
not sure if you can do this, but
I've only just joined the firm so bear with me,
we're all sitting in the meeting room waiting,
could you do me a favour and tell me
hi there, hope you're well,
I was wondering the other day
for the memo I'm writing this afternoon,
oké nog eentje dan,
uit nieuwsgierigheid:
de secretaresse belde net en vroeg het mij,
help me even, ik zit midden in een gesprek,`
	leadOuts = `want ik moet het voor vier uur weten
, dan kan ik het in het weekend op mijn gemak doorlezen
, alvast hartelijk dank
, ik heb daar eerlijk gezegd geen beeld van
, dat had ik niet verwacht
, de vennoot wil het weten
, mag gewoon in een lijstje
, het hoeft niet heel precies
want dan ga ik daar vanmiddag achteraan
, ik heb de stukken namelijk niet bij me
, anders moet ik het zelf uit het systeem gaan vissen
, je weet wel wat ik bedoel
, voor in het memo
, het mag kort
, ik zit zo in een vergadering
, dank u wel
, moet het straks aan mijn leidinggevende uitleggen
, of is dat niet bekend
als dat kan
, thx alvast
hé
, as short as you can make it
, I have five minutes
, it's for the partner meeting
because nobody here seems to know
, thanks in advance
, I'd like to read it on the train
, if that's something you can see
, just so I know
, no rush
, want ik kom er zelf niet uit
, da's voor straks
, ik moet zo weg
, laat maar weten
, zet het maar onder elkaar`
)

// asides are the lead-ins and lead-outs as they are read.
type around struct{ before, after []studied }

var asides = sync.OnceValue(func() (a around) {
	read := func(lines string) (all []studied) {
		for line := range strings.Lines(lines) {
			r := readExample(line)
			all = append(all, studied{features: r.hashed(), others: r.others()})
		}
		return all
	}
	return around{read(leadIns), read(leadOuts)}
})

// eachAside is how many examples there are to one that is learnt with an aside.
const eachAside = 3

// with is an example as somebody says it who takes their time: its own traits and those
// of what is said around it. The n-th has something before it, behind it or both.
func (a around) with(one studied, n int) studied {
	add := func(aside studied) {
		one.features, one.others = join(one.features, aside.features), slices.Concat(one.others, aside.others)
	}
	if n%3 != 1 {
		add(a.before[n%len(a.before)])
	}
	if n%3 != 0 {
		add(a.after[n%len(a.after)])
	}
	return one
}

// join is the traits of both, each once, in their order.
func join(a, b []trait) []trait {
	all := slices.Concat(a, b)
	slices.SortStableFunc(all, inPlace)
	return slices.CompactFunc(all, func(x, y trait) bool { return x.at == y.at })
}
