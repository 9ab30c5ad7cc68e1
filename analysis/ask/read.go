package ask

import (
	"slices"
	"strings"

	"klantbot/analysis"
)

// reading is a text on its way to a question.
type reading struct {
	text       string
	today      analysis.Day
	vocabulary Vocabulary
	without    func(example string) bool // examples that are not looked at, to measure by
	skill      *learnt                   // nil: what is learnt from all examples
	words      []word
	facts      map[concept]bool // what slots say the text is about
	about      map[concept]bool // and with it what its words say
	slots      Slots
	against    Period             // what something is held against
	unusual    bool               // and that is not the year, quarter or month before
	ours       map[string]bool    // words of managers, themes and services
	found      map[[2]int]float64 // what the index said of runs of words
	name       span
	held       []span // words of whole names
	nameScore  float64
	tentative  bool  // the client is one the index does not know
	nameless   span  // words that name nobody
	dated      []int // words of the period
	unruled    bool  // no rule has what was taken for asked
	leans      bool  // and without a name it is the one that was named before
}

// Read tells what text asks on today.
func Read(text string, today analysis.Day, v Vocabulary) Question {
	return readWith(text, today, v, nil, nil)
}

func readWith(text string, today analysis.Day, v Vocabulary, without func(string) bool, skill *learnt) Question {
	r := newReading(text, v)
	r.without, r.skill = without, skill
	if len(r.words) == 0 {
		if strings.Contains(text, "?") { // who sends a question mark asks what this is
			return Question{Intent: Help, Sure: true}
		}
		return Question{Intent: Unknown}
	}
	r.understand(today)
	q := r.question()
	if !q.Sure && !q.Follows {
		if q = r.unnamed(q); !q.Sure {
			q = r.asked(q)
		}
	} else if q.Sure {
		q = r.timely(q)
	}
	if q.Slots.Client == "" && !q.Pronoun && !q.Follows && !r.tentative && (!q.Sure || r.curt(q) || r.unruled && !r.about["many"]) {
		r.leaning(&q)
	}
	return q
}

// mostCurt is the most words of what is asked in passing: "laatste contact?".
const mostCurt = 3

// curt says whether q says so little that it is of the client that was spoken of before.
func (r *reading) curt(q Question) bool {
	return len(r.words) <= mostCurt && q.Slots == Slots{} && !r.about["many"] && !r.about["me"]
}

// leaning adds to q what it asks where a client was named before. Where it is unclear
// otherwise, that is offered first: who says "ons laatste gesprek" means one.
func (r *reading) leaning(q *Question) {
	unruled := r.unruled
	r.leans, r.about[named] = true, true
	other := r.question()
	if !other.Sure || !other.Intent.AboutClient() {
		return
	}
	q.leaning = &other
	if q.Sure && unruled && !r.unruled {
		q.Sure, q.Choices = false, []Intent{q.Intent} // it is rather of a client that was not named
	}
	if !q.Sure {
		q.Choices = slices.DeleteFunc(q.Choices, func(i Intent) bool { return i == other.Intent })
		q.Choices = append([]Intent{other.Intent}, q.Choices[:min(len(q.Choices), mostAsked-1)]...)
	}
}

func newReading(text string, v Vocabulary) *reading {
	r := &reading{text: text, vocabulary: v, facts: map[concept]bool{}, found: map[[2]int]float64{}, ours: map[string]bool{}}
	for _, own := range slices.Concat(v.Managers, v.Themes, v.Services) {
		for _, w := range plainly(own) {
			r.ours[w] = true
		}
	}
	r.words = cut(text)
	r.dictated()
	return r
}

// dictated takes the marks that are said in words by who dictates: "komma", and "punt"
// behind all.
func (r *reading) dictated() {
	last := len(r.words) - 1
	for i := range r.words {
		w := &r.words[i]
		switch {
		case w.plain == "komma" && i > 0 && i < last:
			r.words[i+1].apart = true
		case (w.plain == "punt" || w.plain == "vraagteken" || w.plain == "uitroepteken") && i == last && i > 2:
			r.words[i-1].asked = r.words[i-1].asked || w.plain == "vraagteken"
		default:
			continue
		}
		w.slot, w.stop = true, true
	}
}

// understand takes the slots out of the words and tells what the rest is about.
func (r *reading) understand(today analysis.Day) {
	r.today = today
	r.spell()
	r.held = r.hold()
	r.preamble()
	r.discussion()
	r.courtesies()
	r.manager()
	if r.slots.Manager == "" {
		r.framed()
	}
	r.whereabouts()
	r.audience()
	r.segments()
	r.limits()
	var dated []int
	r.slots.Period, dated = periods(r.words, today)
	if len(dated) > 0 && r.slots.Period.From == r.slots.Period.To && r.slots.Period.To >= today-2 && slices.ContainsFunc(r.clauses(), r.asks) {
		if other, also := periods(r.words, today); other.Known() {
			r.slots.Period, dated = other, also // "gisteren hoorde ik, dus wat is er in 2023 gefactureerd"
		}
	}
	r.dated = dated
	r.baseline(dated, today)
	r.days()
	r.kinds()
	r.mean()
	if r.aboutOpinions() || r.plainTheme() {
		r.subject()
	}
	r.release(r.held)
	if r.nameless.to == 0 {
		r.client()
	} else {
		for i := r.nameless.from; i < r.nameless.to; i++ {
			r.words[i].slot, r.words[i].about = true, nil
		}
	}
	r.gather() // words of the name mean nothing else
	r.behindOver()
	r.note(dated)
}

// idioms mean nothing of their words.
var idioms = [][]string{{"zwart", "op", "wit"}, {"op", "zwart", "wit"}, {"in", "de", "bouw"}, {"in", "de", "zorg"}, {"in", "de", "horeca"}, {"in", "de", "retail"}, {"in", "de", "industrie"}, {"in", "de", "landbouw"}, {"in", "de", "agri"},
	{"in", "het", "transport"}, {"in", "de", "detailhandel"}, {"in", "de", "techniek"}, {"in", "the", "lift"}, {"in", "the", "building"}, {"for", "once"}, {"at", "once"}, {"for", "free"}, {"op", "de", "markt"}, {"in", "de", "auto"}, {"in", "de", "trein"}, {"op", "de", "fiets"}, {"on", "the", "train"}, {"in", "the", "car"}, {"in", "de", "file"}, {"voor", "spek", "en", "bonen"}, {"aan", "het", "ontbijt"}, {"over", "de", "gehele", "linie"}}

// courtesies stops the words by which people ask: "geef mij", "kan ik", "I want".
func (r *reading) courtesies() {
	for i := range r.words {
		for _, said := range idioms {
			if has(r.words, i, said) && !r.narrows(i) {
				take(r.words, i, len(said))
			}
		}
		if r.at(i, "groot", "klein", "big", "small") && r.at(i-1, "hoe", "how", "zo", "te") {
			r.words[i].slot = true // a size, and nobody's name
		}
		if r.at(i, "ik") && r.at(i-1, "ontvang", "krijg") && (r.at(i-2, "graag") || slices.ContainsFunc(r.words[i:min(len(r.words), i+6)], func(w word) bool { return w.plain == "graag" })) {
			r.words[i].slot = true // "graag ontvang ik het verslag"
		}
		if r.at(i, "mij", "me", "ons", "us") && (r.at(i-1, "geef", "laat", "toon", "vertel", "stuur", "zeg", "show", "give", "tell", "send", "let", "help", "noem") || r.at(i-2, "kun", "kan", "wil", "can", "could", "kunt", "zou")) {
			r.words[i].slot = true
		}
		if r.at(i, "mij", "me") && !(r.at(i-1, "voor", "for") && !r.bidden(i)) && !r.at(i-1, "van", "bij", "of", "from", "need", "needs", "with", "met", "onder", "aan", "by", "behalve") {
			r.words[i].slot = true // to whom something is given or told
		}
		if r.at(i, "btw", "vat", "omzetbelasting") && r.at(i-1, "ex", "excl", "excl.", "exclusief", "incl", "incl.", "inclusief", "zonder", "excluding", "without", "btw", "including", "before", "vat") {
			take(r.words, i-1, 2) // how an amount is meant
		}
		if r.at(i, "ik", "i") && (r.at(i+1, musings...) || r.at(i-1, "denk", "vind", "twijfel", "vrees")) {
			r.words[i].slot = true
			for n := i + 2; n < min(len(r.words), i+4); n++ {
				if r.at(n, "me", "mij") {
					r.words[n].slot = true // "ik maak me zorgen"
				}
			}
		}
		if r.at(i, "ik", "i") && (r.at(i-1, "wil", "kan", "mag", "zoek", "can", "may", "could", "zou") || r.at(i+1, "wil", "zoek", "want", "need", "would", "zou", "like", "ga", "moet")) && !r.at(i+1, "moet") && !r.at(i-2, "wie", "who") {
			r.words[i].slot = true
		}
	}
}

// bidden says whether something is told to be done before i: "compare them for me", and
// not "the calls for me".
func (r *reading) bidden(i int) bool {
	return slices.ContainsFunc(r.words[:i], func(w word) bool {
		return slices.Contains([]string{"compare", "vergelijk", "make", "maak", "show", "toon", "laat", "zet", "zoek", "kun", "kunt", "kan", "zou", "wil", "can", "could", "would", "get", "give", "geef"}, w.plain)
	})
}

// baseline drops a period that is only what something is held against: "minder dan
// vorig jaar" asks about now. What changed is asked since then: see fill.
func (r *reading) baseline(dated []int, today analysis.Day) {
	if len(dated) == 0 {
		return
	}
	before := dated[0] - 1
	if r.at(before, "dan", "than", "t.o.v.", "tov", "versus", "vs") || r.at(before, "met", "van", "to", "with") && r.at(before-1, "vergeleken", "vergelijking", "opzichte", "compared", "comparison") {
		r.against, r.slots.Period = r.slots.Period, Period{}
		r.unusual = r.against != relative("vorig jaar", today) && r.against != relative("vorige maand", today) && r.against != relative("vorig kwartaal", today)
	}
}

// plainTheme says whether a theme of the office is named that means nothing else:
// "duurzaamheid", and not "groei".
func (r *reading) plainTheme() bool {
	for _, theme := range r.vocabulary.Themes {
		p := plainly(theme)
		for i := range r.words {
			if len(p) > 0 && has(r.words, i, p) && len(r.words[i].about) == 0 && !r.words[i].slot && len(p[0]) > 2 {
				return true
			}
		}
	}
	return false
}

// aboutOpinions says whether the question is about what somebody thinks: only
// then a theme is a theme, and "groei" not how revenue went.
func (r *reading) aboutOpinions() bool {
	return slices.ContainsFunc([]concept{"opinion", "survey", "score_on", "rating", "nps", "gap", "important", "subject", "otherwise"}, func(c concept) bool { return r.about[c] }) || r.slots.Audience != ""
}

// behindOver takes "bereikbaarheid" out of "wat zeggen oud-klanten over
// bereikbaarheid": a theme the office did not list.
func (r *reading) behindOver() {
	if r.slots.Theme != "" || !r.about["opinion"] && !r.about["score_on"] && !r.about["rating"] {
		return
	}
	known := r.slots.Client != "" && r.nameScore >= likelyName && !r.at(r.name.from-1, "over", "about", "op", "on")
	for i := range r.words {
		if known && (i < r.name.to || !r.at(i+1, "onze", "our", "ons", "de", "het", "the")) {
			continue // behind a client that is named only what is plainly a subject: "wat vindt Jansen van onze prijzen"
		}
		of := (known || r.slots.Client == "") && r.at(i, "van", "of") && r.about["opinion"] && i+1 < len(r.words) // "wat vinden klanten van onze prijzen"
		scored := r.about["score_on"] || r.about["rating"]                                                        // "hoe tevreden zijn ze op bereikbaarheid"
		if !of && !r.at(i, "over", "about") && !(scored && r.at(i, "op", "on")) || i+1 >= len(r.words) {
			continue
		}
		from := i + 1
		closes := func(to int) bool { return to == len(r.words) || r.words[to].apart || r.words[to-1].asked }
		for from < len(r.words)-1 && r.at(from, "de", "het", "onze", "ons", "our", "the", "hun", "their") {
			from++
		}
		to := from
		for to < len(r.words) && (r.words[to].free() || r.slots.Client != "" && to >= r.name.from && to < r.name.to) {
			to++
		}
		if r.at(i, "op", "on") && !closes(to) {
			continue // "op de site wil vertellen"
		}
		if to == from || r.slots.Client != "" && from >= r.name.from && from < r.name.to && r.nameScore >= sureName {
			continue
		}
		if r.slots.Client != "" && from <= r.name.from && r.name.from < to {
			r.slots.Client, r.nameScore, r.name, r.tentative = "", 0, span{}, false
		}
		r.slots.Theme = r.text[r.words[from].from:r.words[to-1].to]
		take(r.words, from, to-from)
		return
	}
}

// note adds what the slots say to what the question is about.
func (r *reading) note(dated []int) {
	if len(r.words) == 0 {
		return
	}
	set := func(c concept, is bool) {
		if is {
			r.about[c] = true
		}
	}
	s := r.slots
	set("C", s.Client != "" || r.pronoun())
	set("seg", s.Segment != "")
	set("seg2", s.Against != "")
	set("ctype", s.ClientType != "")
	set("theme", s.Theme != "")
	set("days", s.Days > 0)
	set("limit", s.Limit > 0)
	set("mgr", s.Manager != "")
	set("period", s.Period.Known())
	set("anyone", r.about["many"] || r.about["one"] && s.Client == "" || s.Audience != "")
	set("many", s.Audience == analysis.AskedFormer || s.Audience == analysis.AskedProspects)
	for _, i := range dated {
		set("recently", slices.Contains([]string{"vandaag", "gisteren", "eergisteren", "today", "yesterday"}, r.words[i].plain))
		set("thisweek", slices.Contains([]string{"week", "vandaag", "today"}, r.words[i].plain))
	}
	set("asks", r.about["when"] || slices.ContainsFunc(r.words, func(w word) bool { return w.asked }) || slices.Contains(askers, r.words[0].plain) && !r.about["just"])
}

// askers open a question, and not something that is told.
var askers = []string{"heb", "heeft", "hebben", "is", "wat", "wie", "hoe", "did", "have", "has", "what", "who", "how", "kun", "kan", "welke", "zijn", "was", "waren", "were", "are", "does", "do", "moet", "moeten", "should", "hoelang", "hoeveel"}
