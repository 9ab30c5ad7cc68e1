package ask

import (
	"slices"

	"klantbot/analysis"
)

// question weighs the rules that fit.
func (r *reading) question() Question {
	q := Question{Slots: r.slots}
	fits := fitting(r.about)
	if len(fits) == 0 {
		q.Intent = Unknown
		q.Follows = r.unexplained() == 0 && r.slots != Slots{} || r.followed()
		if r.fill(&q); !q.Follows {
			q.Slots = Slots{}
		}
		return q
	}
	best := fits[0]
	alone := best.intent == ClientCard && len(best.said) == 1 // a name, and nothing asked
	asked := r.about["know"] || r.about["show"] || r.about["who"] || r.about["one"]
	if r.tentative && best.intent == ClientCard && (!asked || r.unexplained() > 0) {
		q.Intent, q.Slots.Client = Unknown, ""
		return q
	}
	q.Intent = best.intent
	r.fill(&q)
	q.Sure = r.sure(best, fits)
	q.Follows = r.followed() && (alone || !best.asks())
	q.Pronoun = q.Slots.Client == "" && best.intent.AboutClient() && r.pronoun()
	if !q.Sure {
		q.Choices = choices(fits)
	}
	return q
}

// sure says whether best is what was meant: the client is known by name or was
// named before, next to nothing is left over, and no other meaning is as likely.
func (r *reading) sure(best fit, fits []fit) bool {
	if best.intent.AboutClient() && r.slots.Client == "" && !r.pronoun() || r.tentative {
		return false
	}
	left, general := r.unexplained(), slices.Contains(generalIntents, best.intent)
	if general && (left > 0 || r.unused(best)) || left > 1 || left == 1 && !best.tells() {
		return false
	}
	for _, f := range fits[1:] {
		if f.weight < best.weight {
			break
		}
		if f.intent.family() != best.intent.family() && !within(f.said, best.said) && !best.intent.AboutClient() && f.heavy() > 1 && best.heavy() > 1 {
			return false
		}
	}
	return true
}

// generalIntents are what is left where the rest of a question was not understood:
// of these everything that was said has to be made something of.
var generalIntents = []Intent{ClientCard, SegmentList, PortfolioList, PortfolioSummary, PyramidShow}

// unused says whether something that tells was said and f makes nothing of it.
func (r *reading) unused(f fit) bool {
	for c, said := range r.about {
		if said && c != "asks" && c != "anyone" && c != "period" && !light[c] && !slices.Contains(f.said, c) && c != named {
			return true
		}
	}
	return false
}

func within(a, b []concept) bool {
	return !slices.ContainsFunc(a, func(c concept) bool { return !slices.Contains(b, c) })
}

// mostAsked bounds the meanings to choose from.
const mostAsked = 4

func choices(fits []fit) []Intent {
	var best []Intent
	for _, f := range fits {
		if !slices.Contains(best, f.intent) && len(best) < mostAsked {
			best = append(best, f.intent)
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

// mostFollowing is the most words of a question that leans on another.
const mostFollowing = 7

// openings are how such a question begins, besides "en".
var openings = [][]string{{"what", "about"}, {"how", "about"}, {"wat", "betreft"}, {"hoe", "zit", "het", "met"}, {"hoe", "zit", "dat", "met"}, {"idem"}, {"same", "for"}}

// followed says whether the text opens as a question that follows another does.
func (r *reading) followed() bool {
	if len(r.words) < 2 || len(r.words) > mostFollowing {
		return false
	}
	if slices.Contains([]string{"en", "and"}, r.words[0].plain) {
		return true
	}
	return slices.ContainsFunc(openings, func(o []string) bool { return has(r.words, 0, o) })
}

// fill keeps the slots that go with the intent.
func (r *reading) fill(q *Question) {
	s := &q.Slots
	family := q.Intent.family()
	if s.Manager == "" && r.about["me"] && slices.Contains([]string{"portfolio", "attention", "segment", "session", "survey", "pyramid"}, family) && q.Intent != SessionStart {
		s.Manager = Me
	}
	if s.Audience == "" && r.about["many"] && slices.Contains([]Intent{SurveyReport, SurveyNPS, SurveyTheme}, q.Intent) && s.Segment == "" {
		s.Audience = analysis.AskedClients
	}
	if family != "survey" {
		if q.Intent != ClientSurvey {
			s.Theme = ""
		}
		if q.Intent != Unknown {
			s.Audience = ""
		}
	}
	if q.Intent != Unknown && !q.Intent.AboutClient() && family != "session" {
		s.Client = ""
	}
}
