package ask

import (
	"strings"
	"sync"
)

// concept is something a question can be about, whatever word it is said by.
type concept string

// lexicon says which words and phrases mean which concept, in Dutch and English.
// A word that ends in * stands for all that begin so; underscores join a phrase.
// "stop" are words that mean nothing by themselves.
const lexicon = `
who: wie who whom
which: welke welk which wat what
when: wanneer wnr when
howlong: hoe_lang how_long hoelang
howmany: hoeveel hoevel how_much how_many aantal
how: hoe how
show: toon laat laten zien geef geven noem show give list lijst lijstje overzicht opsomming alle all every display overview haal open zoek vind find bekijk opzoeken
one: klant relatie relatiegroep client customer debiteur
many: klanten relaties relatiegroepen clienten clients customers groepen groups cliënten bedrijven companies iedereen everyone namen
portfolio: portefeuille portefeuilles portfolio klantenbestand klantportefeuille bestand klantenlijst klantenportefeuille
me: mijn m'n mn mij me ik my mine i mijne ikzelf
we: wij we ons onze us our
know: kaart klantkaart gegevens klantgegevens klantinfo card record profiel profile info informatie information details dossier vertel tell weten weet know about klantbeeld
stands: ervoor voor_staan doing staat loopt gaat going goes zit_erbij
revenue: omzet* gefactureerd* factur* gedeclareerd declareren fee fees honorarium revenue* turnover bill* invoic* verdienen verdiend verdien opbrengst* opgeleverd inkomsten income earn earned gerekend betaalt betaald betalen spend spends spent pays paid jaaromzet
value: klantwaarde waardescore waarde waard waardevol* score value valuable worth scoort klantscore
segment: segment segmenten segmentatie segments klasse categorie class category segmentindeling abc-indeling
type: klanttype type klantsoort klanttypen types
kindof: wat_voor_soort wat_voor_klant wat_voor_type what_kind what_type soort_klant kind_of_client
strategy: aanpak strategie klantstrategie strategy approach
potential: potentieel potentie potential groeipotentieel groeikansen groeikans kansen groeimogelijkheden upside opportunities opportunity groeiruimte groeipotentie share_of_wallet wallet
whitespace: onbenutte onbenut onverkochte whitespace unused cross crosssell* crossselling upsell* untapped bijverkopen diensten_missen missende
services: dienst diensten service services product producten products dienstverlening
lacks: mist missen ontbreek* lacks lack lacking missing afneemt afnemen afgenomen koopt kopen buy buying buys neemt aanbieden aanbied verkopen verkoop sell offer
else: nog meer anders else more extra ook also
lifetime: lifetime clv ltv cltv levenslang* levensduur levensduurwaarde levenswaarde langetermijnwaarde toekomstige_waarde hele_relatie whole_relationship over_de_jaren toekomstwaarde looptijd
contacts: contactpersoon contactpersonen contact_person contact_persons contact_people contactpersons aanspreekpunt aanspreekpersoon contactgegevens telefoonnummer* telefoon telnr tel mailadres* emailadres* email_address e_mail_adres e_mailadres mail_adres email phone_number phone_nummer number nummer contact_details bereik bereiken reach contactinfo
touch: contact contactmoment* contacten touch touches touchpoint*
moments: contactmoment* contactmomenten moments momenten
spoke: gesproken gebeld bezocht gezien gemaild contact_gehad gesprek_gehad geweest langsgeweest langs_geweest sprak spraken spreken_we belde bezochten zag zagen mailde spoken spoke talked called visited seen emailed mailed phoned contacted talk_to been_in_touch gehoord heard gecontacteerd afspraak_gehad gecontact
spoken_to: spreken bellen bezoeken mailen contacteren benaderen opbellen call phone ring visit speak contacting bel spreek bezoek see benader contact_opnemen
neg: niet geen nooit zonder not no haven't havent never without didn't didnt hasn't hasnt niks
last: laatst laatste last latest recentste meest_recente most_recent onlangs
ago: geleden ago
next: volgende volgend eerstvolgende next eerstvolgend opnieuw again weer
must: moet moeten dien should must need has_to have_to hoor moest zal staan staat
due: beurt due gepland ingepland planned afspraak appointment scheduled afspraken aan_de_beurt
attention: aandacht attention weekoverzicht weeklijst bellijst call_list prioriteit prioriteiten priorities actielijst weekbericht digest
todo: te_doen todo to_do op_het_programma
overdue: achterstallig* te_laat over_tijd overtijd achterstand* achterloop* achter overdue late behind verlopen verwaarloosd verwaarlozen neglected had_moeten hadden_moeten should_have gemist missed
planned: gepland planned plan target doelstelling
done: gedaan uitgevoerd done gehaald gerealiseerd realised realized behaald afgerond
coverage: dekking coverage dekkingsgraad
report: rapport rapportage report reporting verslag cijfers resultaat resultaten uitkomst uitkomsten results outcome outcomes uitslag uitslagen bevindingen findings
survey: onderzoek onderzoeken klantonderzoek enquete enquetes klantenquete meting metingen survey surveys vragenlijst tevredenheidsonderzoek klanttevredenheidsonderzoek waarderingsonderzoek klantenonderzoek
rating: klantwaardering waardering waarderen waardeert tevreden* tevredenheid klanttevredenheid beoordeling beoordeelt beoordelen cijfer rapportcijfer satisfied satisfaction rating rates rate happy blij feedback ingevuld gelukkig unhappy ontevreden
opinion: vindt vinden vond vonden denkt denken zegt zeggen zei zeiden think thinks say says said mening meningen opinie oordeel opinion reacties opmerkingen comments antwoord antwoorden answered answers
score_on: scoren score scoort
nps: nps net_promoter promoterscore promotor_score promotorscore aanbevelingsscore
gap: perceptieverschil* perceptiekloof perception_gap perception perceptie
difference: verschil verschillen difference differences verschilt kloof gap afwijk*
staff_word: medewerkers collega's personeel employees staff
ambassador: ambassadeur* ambassador* promoter promoters promotor promotors promotoren fans fan recommend* aanbevelen aanbeveelt aanraden aanraadt aanbeveling bevelen_ons_aan beveelt_ons_aan raden_ons_aan raadt_ons_aan
winback: terugwin* terug_win* winback win_back win_them_back terughalen teruggewonnen terug_te_winnen terugkrijgen terug_te_halen terug_halen win_backs terug_krijgen
formerly: oud vertrokken opgezegd former lost
leads: lead leads
wantcontact: contact_willen willen_contact wil_contact contact_wil want_contact want_to_be_contacted contact_gevraagd gevraagd_om_contact om_contact asked_for_contact asked_to_be_contacted contact_aangevraagd gebeld_worden teruggebeld_worden want_us_to_call interesse interested belangstelling
prospects: prospect prospects
actions: actie acties actiepunten actiepunt action actions action_items taken taak todo's todos tasks actielijst openstaand* afspraken_nakomen to_dos
open: openstaand* open outstanding lopende lopen running
prepare: voorbereid* bereid prep prepare prepared preparation brief briefing gespreksvoorbereiding preparing
meeting: gesprek gesprekken afspraak bespreking jaargesprek bezoek meeting appointment overleg adviesgesprek conversation
changes: veranderd veranderingen verandering gewijzigd wijzigingen nieuw nieuws changed changes change new news gebeurd happened ontwikkelingen developments
sincelast: sinds_ons_laatste sinds_het_laatste sinds_vorige sinds_mijn_laatste sinds_de_laatste since_our_last since_my_last since_the_last since_last sinds_laatste
manager: relatiemanager relatiebeheerder rm accountmanager klantmanager relationship_manager account_manager beheerder manager vennoot partner verantwoordelijk verantwoordelijke responsible manages handles beheert behandelaar looks_after contactpersoon_bij_ons in_charge
peers: vergelijkbare vergelijkbaar soortgelijke peers similar comparable branchegenoten lijken lijkt gelijksoortige peer sectorgenoten benchmark zoals
compare: vergelijk vergelijken vergeleken vergelijking vergelijkt compare compared comparison versus vs tegenover naast
top: grootste beste belangrijkste top biggest largest best topklanten hoogste meest most waardevolste important highest toppers voornaamste topklant leveren_het_meest
growth: gegroeid groei groeien groeit groeiers groeiende stijgers gestegen stijging toegenomen toename grew grown growing growth growers increased risers rise stijgen stijgende hardst_gegroeid groeier winnaars
decline: gedaald daling dalers dalende dalen krimp* gekrompen teruggelopen afgenomen_omzet achteruitgegaan achteruit gezakt teruggang verloren minder decline* declining dropped shrink* shrunk decreased less fallen fell falling drop terugloop teruglopende verlies kelder* ingezakt
pyramid: piramide klantenpiramide klantpiramide pyramid pareto omzetpiramide pyramide
layerword: laag lagen layer layers niveau toplaag
moved: migratie migration verschuiv* verschoven moved shifted shift gestegen gezakt opgeschoven overgegaan verplaatst gewisseld doorgestroomd movements movement opgeklommen verschuiving gedaald
border: grens grensgeval* rand randgeval* border borderline bijna almost edge nearly close_to tegen_de_grens drempel threshold net_niet net_wel twijfelgevallen twijfelgeval
log: leg noteer noteren vastleggen vast registreer log record_a registreren schrijf_op boek
just: net zojuist zonet daarnet just vanmiddag vanochtend vanmorgen gister this_morning
session: sessie sessies session sessions klantsessie teamsessie workshop discussie discussion
start: start starten begin beginnen plan_een organiseer opzetten kick aanmaken maak open_een nieuwe_sessie new_session houden opstarten begin_een
ready: klaar ready status ervoor ingeleverd voortgang progress finished gestemd
finish: afgerond
help: help hulp wat_kun_je wat_kan_je wat_kan_jij wat_kun_jij wat_kan_ik what_can_you what_can_i hoe_werk* how_do_you_work how_does_this uitleg commando's commandos mogelijkheden handleiding what_do_you_do wat_doe_je help_me_op_weg functies wat_zijn_je
understood: begrepen understood
`

// stopwords mean nothing by themselves: articles, helpers, courtesies.
const stopwords = `de het een der des the a an en and of or is zijn was waren are be been were ben bent wordt worden werd
heb hebt heeft hebben had hadden have has having do does did doe doen doet deed
van voor bij met naar aan in op uit over tot door om te onder tegen binnen rond wegens from for with at to on by off in into about out
er daar hier there here dat die dit deze that this these those it ze zij hij hem haar hun hen they them their he she him her his its
je jij jou jouw u uw you your kun kan kunt kunnen kon can could wil wilt willen wilde want would will zou zouden zal zullen mag mogen may might
eens even ff effe effen graag please pls plz svb alsjeblieft aub alstublieft alsjblft bedankt thanks thx dank hoi hallo hey hi hello goedemorgen goedemiddag goedenavond
toch dan als if then zo so maar but ook wel nou nu now eigenlijk precies exactly nog still yet al already weer again sinds since tijdens during
per ieder iedere elk elke each every any some sommige enkele paar welke zelf self momenteel currently op_dit_moment right
mogelijk s hoor hé he oke ok okay bot klantbot want's that's what's who's i'm i've i'd we've we're let let's lets there's it's
gaan ga go get got krijg krijgen kreeg gekregen hoeft hoef houd houden vraag vragen question wou nodig eerst first weet zitten zit komen komt kom lang langer longer
totaal total gemiddeld gemiddelde average allemaal samen together kantoor office bureau firm zaak kort korte short beetje bit ongeveer approximately qua regarding betreffende m.b.t. mbt vanuit
verder further namelijk gewoon just's bv. bijv. bijvoorbeeld example e.g. i.p.v. alleen only enkel vooral ons's hele whole ever ooit sowieso ruim minstens least meer dan than more same zelfde
gemaakt made lijkt seem seems ziet look looks looking zag zien uitziet eruit
jaar year kwartaal quarter maand month week dag tijd time keer times moment`

// phraseOf is a phrase of the lexicon.
type phraseOf struct {
	words []string
	about concept
}

// dictionary is the lexicon as it is looked up.
type dictionary struct {
	words    map[string][]concept
	prefixes map[string][]concept
	phrases  map[string][]phraseOf // by their first word
	stops    map[string]bool
	all      []string // every single word, to mend typos by
}

var meanings = sync.OnceValue(func() dictionary {
	d := dictionary{words: map[string][]concept{}, prefixes: map[string][]concept{}, phrases: map[string][]phraseOf{}, stops: map[string]bool{}}
	for line := range strings.Lines(lexicon) {
		name, words, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for _, w := range strings.Fields(words) {
			if stem, ok := strings.CutSuffix(w, "*"); ok && !strings.Contains(w, "_") {
				d.prefixes[stem] = append(d.prefixes[stem], concept(name))
				d.all = append(d.all, stem)
				continue
			}
			p := strings.Split(strings.TrimSuffix(w, "*"), "_")
			if len(p) > 1 {
				d.phrases[p[0]] = append(d.phrases[p[0]], phraseOf{p, concept(name)})
				continue
			}
			d.words[w] = append(d.words[w], concept(name))
			d.all = append(d.all, w)
		}
	}
	for _, w := range strings.Fields(stopwords) {
		d.stops[w] = true
		d.all = append(d.all, w)
	}
	return d
})

// shortestPrefix is the length from which the beginning of a word tells.
const shortestPrefix = 4

// of returns what a word by itself is about.
func (d dictionary) of(plain string) []concept {
	about := d.words[plain]
	for n := shortestPrefix; n <= len(plain); n++ {
		about = append(about[:len(about):len(about)], d.prefixes[plain[:n]]...)
	}
	return about
}

// knows says whether the grammar has the word.
func (d dictionary) knows(plain string) bool { return d.stops[plain] || len(d.of(plain)) > 0 }

// mean marks each word with what it is about, phrases before words.
func (r *reading) mean() {
	d := meanings()
	for i := range r.words {
		for _, p := range d.phrases[r.words[i].plain] {
			if has(r.words, i, p.words) {
				for n := range p.words {
					if w := &r.words[i+n]; !w.slot {
						w.about = append(w.about, p.about)
					}
				}
				r.about[p.about] = true
			}
		}
	}
	for i := range r.words {
		w := &r.words[i]
		if w.slot {
			continue
		}
		for _, c := range d.of(w.plain) {
			w.about = append(w.about, c)
			r.about[c] = true
		}
		w.stop = w.stop || d.stops[w.plain]
	}
}
