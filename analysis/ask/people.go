package ask

import (
	"slices"
	"strings"

	"klantbot/analysis"
)

// manager takes out the colleague who is named: in full, by a first name that is
// one colleague's only, or by a Slack mention.
func (r *reading) manager() {
	for i, w := range r.words {
		if strings.HasPrefix(w.raw, "<@") {
			take(r.words, i, 1)
			r.slots.Manager = w.raw
			return
		}
	}
	first := map[string]int{}
	for _, m := range r.vocabulary.Managers {
		if p := plainly(m); len(p) > 0 {
			first[p[0]]++
		}
	}
	whole, at, ok := r.phrase(r.vocabulary.Managers, plainly)
	if ok {
		r.slots.Manager = r.text[r.words[at].from:r.words[at+len(plainly(r.vocabulary.Managers[whole]))-1].to]
		r.unquote(at)
		return
	}
	for i, w := range r.words {
		name := strings.TrimSuffix(strings.TrimSuffix(w.plain, "'s"), "'")
		one := first[name] == 1
		if !one && first[strings.TrimSuffix(name, "s")] == 1 && w.capital() {
			one, name = true, strings.TrimSuffix(name, "s") // "Sannes klanten"
		}
		// "Jansen" may be the client; a first name alone is a colleague where no client
		// is called just so.
		if !w.slot && one && !r.clientBeside(i) {
			take(r.words, i, 1)
			r.slots.Manager = w.raw[:min(len(w.raw), len(name))]
			r.unquote(i)
			return
		}
	}
}

// clientBeside says whether the word at i is part of a longer name that the index
// has: "Sanne Bakker" is not our Sanne.
func (r *reading) clientBeside(i int) bool {
	if r.vocabulary.Client == nil || i+1 >= len(r.words) || !r.words[i+1].capital() || r.words[i+1].initial {
		return false
	}
	return r.vocabulary.Client(r.text[r.words[i].from:r.words[i+1].to]) >= .9
}

// unquote stops the words around a colleague that lead to the name.
func (r *reading) unquote(i int) {
	for back := i - 1; back >= 0 && r.at(back, "van", "door", "of", "by", "collega", "for", "voor"); back-- {
		r.words[back].stop = true
	}
}

// themeWords are other words for the nine themes an office begins with.
var themeWords = map[string]string{
	"bedrijfsopvolging": "opvolging", "succession": "opvolging", "overdracht": "opvolging", "financiering": "financiering", "financing": "financiering",
	"funding": "financiering", "hr": "personeel", "personnel": "personeel", "digitalisation": "digitalisering", "digitalization": "digitalisering",
	"digitaliseren": "digitalisering", "automatisering": "digitalisering", "tax planning": "fiscale planning", "belastingplanning": "fiscale planning",
	"growth": "groei", "vermogen": "privevermogen", "private wealth": "privevermogen", "prive vermogen": "privevermogen", "regulation": "regelgeving", "wetgeving": "regelgeving",
	"regels": "regelgeving", "compliance": "regelgeving", "sustainability": "duurzaamheid", "esg": "duurzaamheid", "csrd": "duurzaamheid",
}

// subject takes out the theme: one of the office's, another word for it, or what
// stands behind "over" where clients say something.
func (r *reading) subject() {
	if n, _, ok := r.phrase(r.vocabulary.Themes, plainly); ok {
		r.slots.Theme = r.vocabulary.Themes[n]
		return
	}
	others := make([]string, 0, len(themeWords))
	for w := range themeWords {
		others = append(others, w)
	}
	slices.Sort(others)
	if n, _, ok := r.phrase(others, plainly); ok {
		r.slots.Theme = themeWords[others[n]]
		for _, known := range r.vocabulary.Themes {
			if fold(known) == fold(r.slots.Theme) {
				r.slots.Theme = known
			}
		}
	}
}

// audienceWords are the four perspectives, other than clients: those are nearly
// always what a question is about.
var audienceWords = []struct {
	said []string
	who  analysis.Audience
}{
	{[]string{"oud-klanten", "oud klanten", "oudklanten", "ex-klanten", "ex-klant", "exklanten", "oud-klant", "vertrokken klanten", "voormalige klanten", "former clients", "ex-clients", "former customers", "past clients", "lost clients", "opgezegde klanten"}, analysis.AskedFormer},
	{[]string{"prospects", "prospect", "prospecten", "potentiele klanten", "potential clients", "prospective clients"}, analysis.AskedProspects},
	{[]string{"medewerkers", "medewerker", "collega's", "collegas", "employees", "staff", "werknemers", "ons personeel", "eigen mensen", "colleagues", "eigen personeel", "medewerkersonderzoek", "medewerkeronderzoek", "medewerkerstevredenheidsonderzoek"}, analysis.AskedEmployees},
}

// audience takes out whom a survey asked.
func (r *reading) audience() {
	for _, a := range audienceWords {
		if n, _, ok := r.phrase(a.said, plainly); ok {
			if strings.HasSuffix(a.said[n], "onderzoek") {
				r.about["survey"] = true
			}
			r.about["audience_"+concept(a.who)] = true
			if r.slots.Audience == "" {
				r.slots.Audience = a.who
			}
		}
	}
}

var typeWords = []struct {
	said []string
	kind analysis.ClientType
}{
	{[]string{"transactionele klanten", "transactionele klant", "transactionele", "transactioneel", "transactional clients", "transactional"}, analysis.Transactional},
	{[]string{"grote klanten", "grote klant", "large clients", "large client", "big clients", "klanttype groot", "type groot"}, analysis.Large},
	{[]string{"ontwikkelklanten", "ontwikkelklant", "ontwikkel klanten", "development clients", "developing clients", "type ontwikkel", "klanttype ontwikkel"}, analysis.Developing},
	{[]string{"strategische klanten", "strategische klant", "strategische relaties", "strategic clients", "strategic client", "klanttype strategisch", "type strategisch", "strategisch", "strategic"}, analysis.Strategic},
}

var layerWords = []struct {
	said  []string
	layer analysis.Layer
}{
	{[]string{"laag top", "toplaag", "top laag", "top layer", "top-laag", "de top van de piramide", "top of the pyramid"}, analysis.LayerTop},
	{[]string{"laag groot", "grote laag", "large layer", "layer large"}, analysis.LayerLarge},
	{[]string{"laag midden", "middenlaag", "midden laag", "middle layer", "laag middel"}, analysis.LayerMiddle},
	{[]string{"laag klein", "kleine laag", "small layer", "onderste laag"}, analysis.LayerSmall},
	{[]string{"inactieve klanten", "inactieve relaties", "inactief", "inactieve", "inactive clients", "inactive"}, analysis.LayerInactive},
}

// kinds takes out the client type, the layer, the service and the kind of session.
func (r *reading) kinds() {
	for _, t := range typeWords {
		if _, _, ok := r.phrase(t.said, plainly); ok && r.slots.ClientType == "" {
			r.slots.ClientType = t.kind
		}
	}
	for _, l := range layerWords {
		if _, _, ok := r.phrase(l.said, plainly); ok && r.slots.Layer == "" {
			r.slots.Layer, r.about["layerword"] = l.layer, true
		}
	}
	if n, _, ok := r.phrase(r.vocabulary.Services, plainly); ok {
		r.slots.Service, r.about["services"] = r.vocabulary.Services[n], true
	}
	now := []string{"nu-3jaar", "nu 3 jaar", "nu 3jaar", "nu en over 3 jaar", "nu en over drie jaar", "now and in three years", "now and in 3 years", "nu 3"}
	if _, _, ok := r.phrase(now, plainly); ok {
		r.slots.Session = NowAndLater
	}
	journey := []string{"klantreis", "klantreizen", "klantreissessie", "customer journey", "client journey", "journey", "klant reis"}
	if _, _, ok := r.phrase(journey, plainly); ok {
		r.slots.Session = JourneyKind
	}
	if r.slots.Session != "" {
		r.about["session"] = true
	}
}
