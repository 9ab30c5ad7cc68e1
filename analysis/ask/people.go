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
		if p := plainly(m); len(p) > 0 && !particles[p[0]] { // "van Dijk" is called nothing shorter
			first[p[0]]++
		}
	}
	for i := range r.words { // "Pieter Bos's"
		if own, ok := strings.CutSuffix(r.words[i].plain, "'s"); ok && r.ours[own] && (i > 0 && r.ours[r.words[i-1].plain] || first[own] > 0) {
			r.words[i].plain = own
		}
	}
	whole, at, ok := r.phrase(r.vocabulary.Managers, plainly)
	if ok && r.words[at].initial && len(plainly(r.vocabulary.Managers[whole])) == 1 && len(meanings().words[r.words[at].plain]) > 0 {
		r.words[at].slot, ok = false, false // "Toon de kloof"
	}
	if ok {
		r.slots.Manager = withoutOwner(r.text[r.words[at].from:r.words[at+len(plainly(r.vocabulary.Managers[whole]))-1].to])
		r.unquote(at)
		return
	}
	for i, w := range r.words {
		name := strings.TrimSuffix(strings.TrimSuffix(w.plain, "'s"), "'")
		one := first[name] == 1
		if !one && first[strings.TrimSuffix(name, "s")] == 1 && w.capital() {
			// "Sannes klanten"; but "Peters" alone is rather a client of that name
			one, name = r.index(i, i+1) < sureName || r.at(i+1, clientWords...) || r.at(i+1, "portefeuille", "portfolio", "lijst", "lijstje", "klantenlijst", "accounts", "book"), strings.TrimSuffix(name, "s")
		}
		// "Jansen" may be the client; a first name alone is a colleague where no client
		// is called just so.
		if !w.slot && one && (!w.capital() && wordNames[name] && !r.at(i-1, "van", "bij", "of", "by", "voor", "for", "onder", "under") || w.initial && w.plain == name && len(meanings().words[name]) > 0) {
			continue // "did they mark us down", "Toon de kloof"
		}
		if !w.slot && one && r.quoted(i) {
			take(r.words, i, 1) // "zei Els", who is not whose clients are meant
			continue
		}
		if !w.slot && one && !r.clientBeside(i) {
			take(r.words, i, 1)
			r.slots.Manager = w.raw[:min(len(w.raw), len(name))]
			r.unquote(i)
			return
		}
	}
}

// wordNames are first names that are words too, in lower case.
var wordNames = map[string]bool{"mark": true, "bill": true, "will": true, "frank": true, "grace": true, "hope": true, "may": true, "june": true, "rob": true, "roos": true, "storm": true, "wil": true, "bas": true, "mees": true, "fleur": true, "toon": true, "jet": true, "art": true, "sue": true, "pat": true,
	"joy": true, "rose": true, "dean": true, "chase": true, "max": true, "linde": true, "merel": true, "ster": true, "lot": true, "bo": true, "an": true, "pier": true}

// quoting are the words by which is told what somebody said or wants.
var quoting = strings.Fields("zei zegt vroeg vraagt meldde meldt beweert dacht vertelde mailde appte aldus volgens said says asked asks told claims claimed reckons according")

// quoted says whether the colleague at i is only who said so, or asks for it: "zei Els",
// "Els wil weten". Not where their own clients are spoken of.
func (r *reading) quoted(i int) bool {
	said := r.at(i-1, quoting...) || r.at(i+1, quoting...) || r.at(i+1, "wil", "wants") && r.at(i+2, "weten", "to", "het", "dit", "graag")
	return said && !slices.ContainsFunc(r.words, func(w word) bool {
		return slices.Contains([]string{"his", "her", "haar", "d'r", "z'n", "zijn", "hij", "zij", "he", "she", "them"}, w.plain)
	})
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
	for i := range r.words {
		if r.at(i, "regels") && r.at(i-1, "paar", "enkele", "twee", "drie", "vijf", "few") {
			r.words[i].slot = true // "in een paar regels"
		}
	}
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
	{[]string{"prospects", "prospect", "prospecten", "potentiele klanten", "potential clients", "prospective clients", "prospectsonderzoek", "prospectonderzoek", "prospectenonderzoek"}, analysis.AskedProspects},
	{[]string{"medewerkers", "medewerker", "collega's", "collegas", "employees", "staff", "werknemers", "ons personeel", "eigen mensen", "colleagues", "eigen personeel", "medewerkersonderzoek", "medewerkeronderzoek", "medewerkerstevredenheidsonderzoek"}, analysis.AskedEmployees},
}

// audience takes out whom a survey asked.
func (r *reading) audience() {
	for _, a := range audienceWords {
		if n, _, ok := r.phrase(a.said, plainly); ok {
			if strings.HasSuffix(a.said[n], "onderzoek") {
				r.facts["survey"] = true
			}
			r.facts["audience_"+concept(a.who)] = true
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

// kinds takes out the client type, the layer and the service.
func (r *reading) kinds() {
	types := 0
	for _, t := range typeWords {
		if n, at, ok := r.phrase(t.said, plainly); ok {
			r.slots.ClientType = t.kind
			types++
			if after := at + len(plainly(t.said[n])); r.either(at-2, at-1) || r.either(after+1, after) {
				types++
			}
		}
	}
	if types > 1 { // "strategisch of transactioneel" names none
		r.slots.ClientType, r.facts["type"] = "", true
	}
	for _, l := range layerWords {
		if _, _, ok := r.phrase(l.said, plainly); ok && r.slots.Layer == "" {
			r.slots.Layer, r.facts["layerword"] = l.layer, true
		}
	}
	r.layers()
	r.service()
}

// either says whether the word at i is a client type by its word alone, beside an "or".
func (r *reading) either(i, or int) bool {
	return r.at(or, "of", "or", "dan", "wel") && r.at(i, "groot", "large", "grote", "big", "ontwikkel", "developing", "transactioneel", "transactional", "strategisch", "strategic")
}

// layerNames are the layers by a word alone, which is one only where layers are spoken
// of: "van Groot naar Midden", "laag Top van de piramide".
var layerNames = map[string]analysis.Layer{"top": analysis.LayerTop, "groot": analysis.LayerLarge, "large": analysis.LayerLarge, "midden": analysis.LayerMiddle, "middle": analysis.LayerMiddle,
	"klein": analysis.LayerSmall, "small": analysis.LayerSmall, "inactief": analysis.LayerInactive, "inactive": analysis.LayerInactive, "prospect": analysis.LayerProspect, "prospects": analysis.LayerProspect}

// layers takes out the layer that is named by its word alone; of two the first.
func (r *reading) layers() {
	spoken := false
	for i, w := range r.words {
		spoken = spoken || strings.Contains(w.plain, "piramide") || strings.Contains(w.plain, "pyramid") || r.at(i, "laag", "lagen", "layer", "layers") || strings.HasSuffix(w.plain, "lagen") || strings.HasSuffix(w.plain, "layers")
	}
	top := func(i int) bool { // "wie viel er uit de top", "uit top gezakt", and not "de top 10"
		if r.slots.Limit == 0 && r.at(i, "top") && r.at(i-1, "uit", "naar", "from", "into") && !r.at(i+1, "of", "van", "10", "5") {
			return true
		}
		return r.slots.Limit == 0 && r.at(i, "top") && r.at(i-1, "de", "the") && r.at(i-2, "uit", "in", "van", "heeft", "from", "into", "left")
	}
	for i := range r.words {
		if r.at(i, "van", "from") && (has(r.words, i+1, []string{"hoog", "naar", "laag"}) || has(r.words, i+1, []string{"high", "to", "low"}) || has(r.words, i+1, []string{"groot", "naar", "klein"}) && !r.at(i+4, "gezakt", "gegaan", "gevallen", "verschoven") && r.ordered()) {
			take(r.words, i, 4) // in which order
		}
	}
	named := func(i int) bool {
		return i >= 0 && i < len(r.words) && !r.words[i].slot && layerNames[r.words[i].plain] != ""
	}
	all := 0
	for i := range r.words {
		if named(i) {
			all++
		}
	}
	for i, w := range r.words {
		if all > 2 && named(i) { // "over top, groot, midden en klein" names them all, and so none
			r.facts["layerword"] = true
			take(r.words, i, 1)
			continue
		}
		pair := r.at(i+1, "naar", "to") && named(i+2) || r.at(i+1, "up", "down") && r.at(i+2, "to") && named(i+3) || r.at(i-1, "naar", "to") && i > 1 && layerNames[r.words[i-2].plain] != ""
		if !named(i) || !pair && !spoken && !top(i) || r.slots.Layer != "" && !pair {
			continue
		}
		if r.slots.Layer == "" {
			r.slots.Layer = layerNames[w.plain]
		}
		r.facts["layerword"] = true
		take(r.words, i, 1)
	}
}

// ordered says whether something is asked for in order: "opgesomd van groot naar klein".
func (r *reading) ordered() bool {
	return r.slots.Limit > 0 || slices.ContainsFunc(r.words, func(w word) bool {
		return slices.Contains([]string{"sorteer", "gesorteerd", "sorted", "opsommen", "opgesomd", "rangschik", "gerangschikt", "volgorde", "lijst", "lijstje", "omzet", "op", "hoogste", "meeste"}, w.plain)
	})
}

// serviceWords are other words for services; the office's own service is the one
// whose name has the second in it.
var serviceWords = []struct{ said, own string }{
	{"loonadministratie", "salaris"}, {"salarisverwerking", "salaris"}, {"salarissen", "salaris"}, {"loonstroken", "salaris"}, {"lonen", "salaris"}, {"payroll", "salaris"}, {"salary administration", "salaris"}, {"wage administration", "salaris"},
	{"boekhouding", "administratie"}, {"bookkeeping", "administratie"}, {"accounting", "administratie"}, {"administraties", "administratie"},
	{"jaarrekeningen", "jaarrekening"}, {"annual accounts", "jaarrekening"}, {"financial statements", "jaarrekening"}, {"samenstelopdracht", "jaarrekening"}, {"jaarcijfers", "jaarrekening"},
	{"vpb", "vennootschapsbelasting"}, {"vpb aangifte", "vennootschapsbelasting"}, {"corporate tax", "vennootschapsbelasting"}, {"corporate income tax", "vennootschapsbelasting"}, {"vennootschapsbelasting", "vennootschapsbelasting"},
	{"ib aangifte", "inkomstenbelasting"}, {"inkomstenbelasting", "inkomstenbelasting"}, {"income tax", "inkomstenbelasting"}, {"ib", "inkomstenbelasting"}, {"income tax return", "inkomstenbelasting"},
	{"btw aangifte", "btw"}, {"btw", "btw"}, {"vat return", "btw"}, {"accountantscontrole", "controle"}, {"audit", "controle"}, {"belastingadvies", "fiscaal"}, {"tax advice", "fiscaal"}, {"fiscaal advies", "fiscaal"},
	{"business advice", "bedrijfsadvies"}, {"advisory", "advies"}, {"adviesdiensten", "advies"},
}

// service takes out the service, by the office's name for it.
func (r *reading) service() {
	if n, _, ok := r.phrase(r.vocabulary.Services, plainly); ok {
		r.slots.Service, r.facts["services"] = r.vocabulary.Services[n], true
		return
	}
	owns := make([]string, len(r.vocabulary.Services))
	for i, s := range r.vocabulary.Services {
		owns[i] = fold(s)
	}
	for _, w := range serviceWords {
		own := slices.IndexFunc(owns, func(s string) bool { return strings.Contains(s, w.own) })
		if own < 0 {
			continue
		}
		if _, _, ok := r.phrase([]string{w.said}, plainly); ok {
			r.slots.Service, r.facts["services"] = r.vocabulary.Services[own], true
			return
		}
	}
}

// slotPhrases are the words by which slots are said.
func slotPhrases() []string {
	all := append(slices.Clone(largest), clientWords...)
	for _, a := range audienceWords {
		all = append(all, a.said...)
	}
	for _, t := range typeWords {
		all = append(all, t.said...)
	}
	for _, l := range layerWords {
		all = append(all, l.said...)
	}
	for _, s := range serviceWords {
		all = append(all, s.said)
	}
	for w := range themeWords {
		all = append(all, w)
	}
	for w := range layerNames {
		all = append(all, w)
	}
	return append(all, "stijgers", "dalers", "groeiers", "namen", "names", "tussen", "piramide", "lagen")
}

// discussion takes out the kind of session; there are numbers and "three years" in it.
func (r *reading) discussion() {
	now := []string{"nu-3jaar", "nu 3 jaar", "nu 3jaar", "nu en over 3 jaar", "nu en over drie jaar", "now and in three years", "now and in 3 years", "now and 3 years", "nu 3", "nu en over 3 jr", "nu en 3 jaar", "nu en straks", "now and in 3", "nu en over 3", "driejarensessie", "now and three years", "now-and-in-3-years", "now-and-in-three-years", "3-jarensessie", "3 jaren sessie", "nu/3 jaar", "now 3 years", "now & 3 years", "nu drie jaar", "nu 3 jr", "now and three", "today and in three years", "vandaag en over drie jaar", "nu en over een jaar of drie", "over drie jaar sessie", "three year session", "three-year session", "3 jaar vooruit"}
	if _, _, ok := r.phrase(now, plainly); ok {
		r.slots.Session = NowAndLater
	}
	journey := []string{"klantreis", "klantreizen", "klantreissessie", "customer journey", "client journey", "journey", "klant reis"}
	if _, _, ok := r.phrase(journey, plainly); ok {
		r.slots.Session = JourneyKind
	}
	if r.slots.Session != "" {
		r.facts["session"] = true
	}
}
