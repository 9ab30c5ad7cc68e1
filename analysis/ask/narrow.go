package ask

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// tradesSaid is how people say clients of one branch: answers do not count by branch, and
// an answer about all clients would be one to another question. Names begin with a
// capital: "Bakkers" is somebody.
var tradesSaid = sync.OnceValue(func() *regexp.Regexp {
	const trades = `bakkers|bakkerijen|slagers|slagerijen|kappers|kapsalons|loodgieters|installateurs|installatiebedrijven|elektriciens|schilders|schildersbedrijven|timmerlieden|timmerbedrijven|aannemers|aannemersbedrijven|bouwbedrijven|bouwers|dakdekkers|hoveniers|kwekers|kwekerijen|boeren|boerenbedrijven|melkveehouders|akkerbouwers|agrariërs|agrariers|tuinders|restaurants|cafés|cafes|hotels|horecabedrijven|horecaondernemers|horecazaken|transporteurs|transportbedrijven|garages|garagebedrijven|autobedrijven|drukkerijen|winkels|winkeliers|webwinkels|webshops|groothandels|softwarebedrijven|ict-bedrijven|it-bedrijven|architecten|architectenbureaus|adviesbureaus|reclamebureaus|artsen|huisartsen|huisartsenpraktijken|tandartsen|tandartspraktijken|fysiotherapeuten|dierenartsen|apothekers|apotheken|notarissen|advocaten|advocatenkantoren|makelaars|schoonmaakbedrijven|uitzendbureaus|zorginstellingen|scholen|bakers|bakeries|butchers|hairdressers|plumbers|electricians|painters|carpenters|builders|contractors|roofers|farmers|farms|growers|pubs|hauliers|printers|shops|retailers|wholesalers|architects|doctors|gps|dentists|physiotherapists|vets|pharmacists|pharmacies|lawyers|estate agents|cleaners|schools`
	const sectors = `bouw|bouwsector|zorg|zorgsector|horeca|landbouw|tuinbouw|agrarische sector|transport|transportsector|logistiek|detailhandel|retail|groothandel|industrie|metaal|ict|techniek|installatiebranche|automotive|vastgoed|onderwijs|zakelijke dienstverlening|construction|healthcare|health care|hospitality|agriculture|farming|logistics|wholesale|manufacturing|real estate|education`
	const so = `(?:de|het|mijn|onze|the|my|our|grootste|beste|kleinste|largest|biggest|best|smallest)`
	const are = `(?:zitten|zijn|hebben|heeft|heb|we|wij|ik|er|werken|actief|werkzaam|do|have|are|work|active|i)`
	return regexp.MustCompile(`\b(?:hoeveel|welke|alle|mijn|onze|how many|which|all|my|our|list|toon|tel|count)(?: van| of)?(?: ` + so + `)* (?:` + trades + `)(?:[^\pL\pN]|$)` +
		`|\b(?:van|of|bij|with|met) (?:de|onze|mijn|alle|the|our|my|all)(?: ` + so + `)* (?:` + trades + `)(?:[^\pL\pN]|$)` +
		`|\b(?:klanten|bedrijven|relaties|ondernemers|clients|companies|customers)(?: ` + are + `)* (?:in|uit|from) (?:de |het |the )?(?:` + sectors + `)(?:[^\pL\pN]|$)` +
		`|\b(?:per|by) (?:branche|sector|bedrijfstak|industry|trade|sbi)\b`)
})

// ByTrade reports whether text asks for the clients of a branch, which no Intent is for.
func ByTrade(text string) bool { return tradesSaid().MatchString(beginning(text)) }

// beginning is text with its first letter small, which says nothing there.
func beginning(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(first)) + text[size:]
}

// revenueSaid is a text that says revenue and of nobody.
var revenueSaid = regexp.MustCompile(`(?i)^(?:(?:wat is|hoeveel is|hoe hoog is|what is|what's|toon|show|geef) )?(?:de |het |the )?(?:omzet|jaaromzet|omzetcijfers|revenue|turnover|sales)\b`)

// officeSaid is who says that it is of everybody.
var officeSaid = regexp.MustCompile(`(?i)\b(?:van|of|for|voor) (?:het |ons |heel het |the |our )?(?:hele |gehele |whole |entire )?(?:kantoor|office)\b`)

// mostRevenueWords is how many words such a text has at most, its period included.
const mostRevenueWords = 7

// whoseRevenue are the meanings of it: that of a client, or of the whole office.
func whoseRevenue() []Intent {
	return []Intent{ClientRevenue, PortfolioSummary}
}

// OfWhom is q, the Question of text, asking back whose revenue is meant where text says no
// more than that, see [AsksWhose]; of the whole office where it says that.
func (q Question) OfWhom(text string) Question {
	slots := q.Slots
	slots.Period = Period{}
	if q.Sure || slots != (Slots{}) || q.Pronoun || !revenueSaid.MatchString(text) || len(strings.Fields(text)) > mostRevenueWords || !slices.Contains(q.Choices, ClientRevenue) {
		return q
	}
	if officeSaid.MatchString(text) {
		q.Intent, q.Sure, q.Choices = PortfolioSummary, true, nil
		return q
	}
	q.Intent, q.Choices = Unknown, whoseRevenue()
	return q
}

// AsksWhose reports whether choices, those of a Question, ask whose revenue is meant.
func AsksWhose(choices []Intent) bool { return slices.Equal(choices, whoseRevenue()) }
