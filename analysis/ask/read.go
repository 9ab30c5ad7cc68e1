package ask

import (
	"slices"
	"strings"

	"klantbot/analysis"
)

// reading is a text on its way to a question.
type reading struct {
	text       string
	vocabulary Vocabulary
	words      []word
	about      map[concept]bool
	slots      Slots
	ours       map[string]bool // words of managers, themes and services
	name       span
	nameScore  float64
}

// Read tells what text asks on today.
func Read(text string, today analysis.Day, v Vocabulary) Question {
	r := reading{text: text, vocabulary: v, about: map[concept]bool{}, ours: map[string]bool{}}
	for _, own := range slices.Concat(v.Managers, v.Themes, v.Services) {
		for _, w := range plainly(own) {
			r.ours[w] = true
		}
	}
	r.words = cut(text)
	if len(r.words) == 0 {
		return Question{Intent: Unknown}
	}
	r.spell()
	r.courtesies()
	r.manager()
	r.audience()
	r.segments()
	r.limits()
	var dated []int
	r.slots.Period, dated = periods(r.words, today)
	r.days()
	r.kinds()
	r.mean()
	if r.aboutOpinions() {
		r.subject()
	}
	r.client()
	r.behindOver()
	r.note(dated)
	return r.question()
}

// courtesies stops the words by which people ask: "geef mij", "kan ik", "I want".
func (r *reading) courtesies() {
	for i := range r.words {
		if r.at(i, "mij", "me", "ons", "us") && (r.at(i-1, "geef", "laat", "toon", "vertel", "stuur", "zeg", "show", "give", "tell", "send", "let", "help", "noem") || r.at(i-2, "kun", "kan", "wil", "can", "could", "kunt", "zou")) {
			r.words[i].slot = true
		}
		if r.at(i, "ik", "i") && (r.at(i-1, "wil", "kan", "mag", "zoek", "can", "may", "could", "zou") || r.at(i+1, "wil", "zoek", "want", "need", "would", "zou", "like", "ga", "moet")) && !r.at(i+1, "moet") {
			r.words[i].slot = true
		}
	}
}

// aboutOpinions says whether the question is about what somebody thinks: only
// then a theme is a theme, and "groei" not how revenue went.
func (r *reading) aboutOpinions() bool {
	return slices.ContainsFunc([]concept{"opinion", "survey", "score_on", "rating", "nps", "gap", "important"}, func(c concept) bool { return r.about[c] }) || r.slots.Audience != ""
}

// behindOver takes "bereikbaarheid" out of "wat zeggen oud-klanten over
// bereikbaarheid": a theme the office did not list.
func (r *reading) behindOver() {
	if r.slots.Theme != "" || !r.about["opinion"] && !r.about["score_on"] || r.slots.Client != "" && r.nameScore >= likelyName && !r.at(r.name.from-1, "over", "about", "op", "on") {
		return
	}
	for i := range r.words {
		if !r.at(i, "over", "about", "op", "on") || i+1 >= len(r.words) {
			continue
		}
		from := i + 1
		for from < len(r.words)-1 && r.at(from, "de", "het", "onze", "ons", "our", "the", "hun", "their") {
			from++
		}
		to := from
		for to < len(r.words) && (r.words[to].free() || r.slots.Client != "" && to >= r.name.from && to < r.name.to) {
			to++
		}
		if to == from || r.slots.Client != "" && from >= r.name.from && r.nameScore >= sureName {
			continue
		}
		if r.slots.Client != "" && from <= r.name.from && r.name.from < to {
			r.slots.Client, r.nameScore, r.name = "", 0, span{}
		}
		r.slots.Theme = r.text[r.words[from].from:r.words[to-1].to]
		take(r.words, from, to-from)
		return
	}
}

// note adds what the slots say to what the question is about.
func (r *reading) note(dated []int) {
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
		set("thisweek", slices.Contains([]string{"week", "vandaag", "today"}, r.words[i].plain))
	}
	opens := r.words[0].plain
	set("asks", r.about["when"] || slices.ContainsFunc(r.words, func(w word) bool { return w.asked }) ||
		slices.Contains([]string{"heb", "heeft", "hebben", "is", "wat", "wie", "hoe", "did", "have", "has", "what", "who", "how", "kun", "kan", "welke"}, opens) && !strings.HasPrefix(r.text, "heb net"))
	set("important", slices.ContainsFunc(r.words, func(w word) bool { return strings.HasPrefix(w.plain, "belangrijk") || w.plain == "important" }))
	set("summary", slices.ContainsFunc(r.words, func(w word) bool {
		return strings.HasPrefix(w.plain, "samenvat") || w.plain == "summary" || w.plain == "summarize"
	}))
	set("most_word", slices.ContainsFunc(r.words, func(w word) bool { return w.plain == "meeste" || w.plain == "most" }))
}

// question weighs the rules that fit.
func (r *reading) question() Question {
	q := Question{Slots: r.slots}
	var fitting []rule
	for _, u := range grammar() {
		if u.fits(r.about) {
			fitting = append(fitting, u)
		}
	}
	slices.SortStableFunc(fitting, func(a, b rule) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	unexplained := r.unexplained()
	if len(fitting) == 0 {
		q.Intent = Unknown
		q.Follows = unexplained == 0 && r.slots != Slots{} || r.followed()
		r.fill(&q)
		return q
	}
	best := fitting[0]
	q.Intent = best.intent
	r.fill(&q)
	q.Choices = choices(fitting)
	q.Sure = r.sure(best, fitting, unexplained)
	if best.intent == ClientCard && len(best.need) == 1 && r.slots.Client != "" && r.nameScore < likelyName && r.vocabulary.Client != nil {
		q.Intent, q.Sure, q.Choices = Unknown, false, nil
		q.Slots.Client = ""
	}
	q.Follows = r.followed() && len(best.need) == 1 && best.intent == ClientCard
	q.Pronoun = q.Slots.Client == "" && best.intent.AboutClient() && r.pronoun()
	if q.Sure {
		q.Choices = nil
	}
	return q
}

// sure says whether best is what was meant.
func (r *reading) sure(best rule, fitting []rule, unexplained int) bool {
	if best.intent.AboutClient() && r.slots.Client == "" && !r.pronoun() {
		return false
	}
	if unexplained > 1 || unexplained == 1 && best.weight < 4 {
		return false
	}
	for _, u := range fitting[1:] {
		if u.weight < best.weight {
			break
		}
		if u.intent != best.intent && u.intent.family() != best.intent.family() && !within(u.need, best.need) && !best.intent.AboutClient() && heavy(u) > 1 && heavy(best) > 1 {
			return false
		}
	}
	return true
}

// heavy counts the concepts of u that tell.
func heavy(u rule) int {
	n := 0
	for _, c := range u.need {
		if !light[c] {
			n++
		}
	}
	return n
}

func within(a, b []concept) bool {
	return !slices.ContainsFunc(a, func(c concept) bool { return !slices.Contains(b, c) })
}

// mostAsked bounds the meanings to choose from.
const mostAsked = 4

func choices(fitting []rule) []Intent {
	var best []Intent
	for _, u := range fitting {
		if !slices.Contains(best, u.intent) && len(best) < mostAsked {
			best = append(best, u.intent)
		}
	}
	return best
}

// unexplained counts the words nothing was made of.
func (r *reading) unexplained() int {
	n := 0
	for _, w := range r.words {
		if w.free() && w.plain != "&" {
			n++
		}
	}
	return n
}

// followed says whether the text opens as a question that follows another does.
func (r *reading) followed() bool {
	return len(r.words) > 1 && len(r.words) <= 6 && slices.Contains([]string{"en", "and"}, r.words[0].plain)
}

// fill keeps the slots that go with the intent.
func (r *reading) fill(q *Question) {
	s := &q.Slots
	mine := slices.Contains([]string{"portfolio", "attention", "segment", "session", "survey", "pyramid"}, q.Intent.family())
	if s.Manager == "" && r.about["me"] && mine {
		s.Manager = Me
	}
	if q.Intent.AboutClient() && q.Intent != ClientManager && s.Manager != "" && s.Manager == s.Client {
		s.Manager = ""
	}
	if q.Intent.family() != "survey" {
		if q.Intent != ClientSurvey {
			s.Theme = ""
		}
		if q.Intent != Unknown {
			s.Audience = ""
		}
	}
	if q.Intent != Unknown && !q.Intent.AboutClient() && q.Intent != SessionStart && q.Intent != SessionStatus && q.Intent != SessionActions {
		s.Client = ""
	}
}
