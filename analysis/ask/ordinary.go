package ask

import (
	"strings"
	"sync"
)

// ordinaryWords are words that questions are made of: those of the examples outside what
// fills a slot, and common ones.
var ordinaryWords = sync.OnceValue(func() map[string]bool {
	words, once := map[string]bool{}, map[string]bool{}
	add := func(text string) {
		for _, w := range cut(text) {
			words[w.plain] = true
		}
	}
	for line := range strings.Lines(examplesFile) {
		if _, text, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			for _, w := range cut(outside(text)) {
				words[w.plain] = words[w.plain] || once[w.plain] // a word of one example may be a typo
				once[w.plain] = true
			}
		}
	}
	add(leadIns)
	add(leadOuts)
	add(commonWords)
	return words
})

// outside is an example without what stands in its braces.
func outside(text string) string {
	var b strings.Builder
	for text != "" {
		before, after, _ := strings.Cut(text, "{")
		b.WriteString(before)
		_, text, _ = strings.Cut(after, "}")
	}
	return b.String()
}

// commonWords are common in Dutch and English, whatever one speaks of.
const commonWords = `
regent regende sneeuwt waait sneeuw storm aan achter achteraf af afdeling afgelopen afspraak agenda al alles allemaal alleen allerlei alsnog altijd ander andere anderen anders antwoord auto avond bakken balie balletje bank bedrag bedrijf beeld been begin beide beiden bekend bel beleggen belasting belt bent beroep beschikbaar besluit best beste bestuur betekent beter betreft bezig bezoek bijeenkomst bijna bijzonder binnen blijft blijkbaar boek boel boven brengen brief broek buik buiten buren buurt cijfer collega computer computers dag dagen dame dames datum deel denken deur deze dezelfde dichtbij dienst ding directeur document doel dorp draai drie druk duidelijk durf duur echt eens eerder eerlijk eerst eigen eigenlijk eind einde elders elkaar enkele enorm erbij ergens erg even eventjes familie feest fiets fijn financiele fout gaan gang gast gebeurt gebruik gedoe geheel gek geld geleden gelijk geloof geluk gemak gemist geneigd genoeg geschikt geval gevoel geweest gezellig gezin ging goed graag grap grappig groep grond grote haast half hand handen handig hart heel heer heldere helft hele helemaal hoofd hoek hoop huis huidig idee ieder iedereen iemand iets inderdaad inmiddels inzicht juist kamer kans kant kantoor kapot kast keer kennen kennis keuken kijken kind kinderen klaar kleine kleinste klinkt klok koffie kop kop kort kosten kost krant kwijt laat laatst land lang langs leeg leden leren lekker les leuk leven lezen lichtelijk lief ligt lijn links loon lopen los lunch maal maand maatje makkelijk man mannen map markt meeste mee melden meneer mensen met mevrouw middag midden mijn minder minuut moeder moeite moet mogelijk moment mond mooi mooie morgen muziek naam naar nacht namelijk namiddag natuurlijk nee negen nergens net netjes niemand nieuw nieuwe niks noemen nog nogal nood nooit nou nul nummer oké ochtend om omdat omgeving onder onderaan onderweg ongeveer ons onze ook oom oor oog open oprit orde oud oude ouders over overal overleg paar pand pas pen pensioen pers persoon plaats plan plat plek post pot praten prima prins probleem punt raad raam recht rechts reden regel regen reis rest ruim rustig ruzie samen school schuld seizoen sinds slecht sleutel slim slot snel soms soort spijt spel staan stad stapel start steeds stel sterk stil stoel straat straks streep stuk tafel taal teken telefoon tenminste terug terwijl tijd toch toen trein trouwens tuin tussen twee uit uiteraard uitleg uur vader vaak vakantie van vandaag vanavond vandaan vast veel ver verder vergadering vergaderzaal verhaal verkeerd verlof verschil verslag vertrek via vier vijf vinden vlot voet vol volgende volledig voor vooral voorbeeld voordat voorkeur voornamelijk vorige vraag vragen vriend vriendelijk vrij vrijdag vroeg vrouw waar waarom wachten wakker wanneer want warm wat water website week weer weet weg weinig weken wel wereld werk weten wie wijn wil wind winkel winter woord wordt zaak zaal zachtjes zagen zaken zat zeer zeg zegt zeker zelden zelf zes zestig zeven ziek zien zin zo zoals zodat zoek zomaar zomer zon zonder zoveel zwaar zwart feitelijk juist effe gij ge kunde amai goesting
able ended land landed wants wanted about above across actually after afternoon again against ago all almost alone along already also although always among amount another answer any anybody anyone anything anyway area around ask away back bad bank basis bear because before begin behind being below best better between big bit board book both bottom boss box break breakfast bring broad building business busy call came can car care case change chance cheap check children city clear close coffee cold colleague come common company complete computer concern copy corner correct cost could country couple course current date day deal decide deep detail difference different difficult dinner doing done door doubt down drive due each early easy either else email end enough entire even evening event ever every everybody everyone everything exactly example expect explain extra eye face fact fair family far fast favour feel few figure file final find fine first five follow food for form former four free friend friday from front full fun further future game general get give glad going gone good great ground group guess guy half hand happen happy hard have hear heart help here high hold home hope hour house how idea important inside instead interest internet into issue item job join just keep kind know label large last late later latest least leave left less letter level life like likely line little live local long look lot love low lunch main make manner many map market maybe mean meeting member memo message might mind minute mistake moment monday money month more morning most move much music must name near need never new news next nice night nobody none normal note nothing now number off offer office often old once one only open option order other others our out outside over own page paper part party past pay people perhaps person phone photo piece place plan please point possible present pretty price problem proper public purpose put quarter questionnaire quick quiet quite rain rather reach read ready real really reason recent record regular report rest result right room round rule same saturday say school second see seem send sense serious set several share short should show side sign similar simple since single site size small some somebody someone something sometimes soon sorry sort sound source speak special spot staff stage stand start state stay step still stop story street strong stuff such summer sunday sure system table take talk team tell ten than thank that then there these thing think third this those though three through thursday time title today together tomorrow tonight too top total touch tough towards town train tree trouble true try tuesday turn two type under understand until upon use useful usual very view visit voice wait walk want warm watch water way weather website wednesday week weekend well what when where which while who whole why wide will winter wish with within without woman wonder word work world worry worth would write wrong year yesterday yet young`
