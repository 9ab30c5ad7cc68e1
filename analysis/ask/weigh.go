package ask

import (
	"cmp"
	"slices"
	"strings"

	"klantbot/analysis"
)

// meaning is an intent that a text may have, with what speaks for it.
type meaning struct {
	fit
	ruled  float64 // by the rules: weight against the heaviest, 0..1; 0: no rule fits
	like   float64 // by the nearest examples: see resemblance
	chance float64 // by all examples together: see learnt
}

// likely is how much speaks for m, 0..1.
func (m meaning) likely() float64 { return (1-likeShare)*m.chance + likeShare*m.like }

// join makes m the same question as other: the clients of a segment are listed alike
// whether the segment or the portfolio was asked for.
func (m *meaning) join(other meaning) {
	if other.ruled > m.ruled {
		m.said, m.weight, m.ruled = other.said, other.weight, other.ruled
	}
	m.like, m.chance = max(m.like, other.like), m.chance+other.chance
}

// known is how much of m rules or an example know: what is likely only because
// nothing else is, is not.
func (m meaning) known() float64 { return ruleShare*m.ruled + m.like }

const (
	likeShare   = .25 // of the nearest examples beside what is learnt from all
	ruleShare   = .6
	leastChance = .02 // of a meaning that neither rules nor examples name
	certain     = .8  // a chance that explains words which nothing else does
)

// meanings lists what the text may ask, likeliest first.
func (r *reading) meanings() []meaning {
	by := map[Intent]*meaning{}
	var all []*meaning
	add := func(i Intent) *meaning {
		if by[i] == nil {
			by[i] = &meaning{fit: fit{intent: i}}
			all = append(all, by[i])
		}
		return by[i]
	}
	fits := fitting(r.about)
	for n, f := range fits {
		if m := add(f.intent); m.ruled == 0 {
			m.fit, m.ruled = f, f.strength()*(f.weight/fits[0].weight-.001*float64(n))
		}
	}
	for _, l := range lessons().resembling(r) {
		add(l.intent).like = l.like
	}
	learnt := r.skill
	if learnt == nil {
		learnt = skill()
	}
	for k, chance := range learnt.read(lessons(), r) {
		i := learnt.intents[k]
		if chance > leastChance || by[i] != nil {
			add(i).chance = chance
		}
	}
	if list, segment := by[PortfolioList], by[SegmentList]; r.slots.Segment != "" && list != nil && segment != nil {
		segment.join(*list)
		all = slices.DeleteFunc(all, func(m *meaning) bool { return m == list })
	}
	if list, segment := by[PortfolioList], by[SegmentList]; r.slots.Segment == "" && r.slots.ClientType != "" && list != nil && segment != nil {
		list.join(*segment)
		all = slices.DeleteFunc(all, func(m *meaning) bool { return m == segment })
	}
	sorted := make([]meaning, len(all))
	for n, m := range all {
		sorted[n] = *m
	}
	analysis.Sort(sorted, func(a, b meaning) int { return cmp.Compare(b.likely(), a.likely()) })
	return sorted
}

// question decides what is meant.
func (r *reading) question() Question { return r.decide(r.meanings()) }

func (r *reading) decide(all []meaning) Question {
	q := Question{Intent: Unknown, Slots: r.slots}
	if !slices.ContainsFunc(all, func(m meaning) bool { return m.known() >= leastLikely || m.chance >= certain }) {
		q.Follows = r.unexplained() == 0 && r.slots != Slots{} || r.followed()
		if r.fill(&q); !q.Follows {
			q.Slots = Slots{}
			if r.spokenOf() {
				q.Choices = choices(all)
			}
		}
		return q
	}
	if i := slices.IndexFunc(all, func(m meaning) bool { return m.intent == ClientCard && r.bare(m) }); i > 0 && all[0].intent == Unknown {
		all = slices.Insert(slices.Delete(slices.Clone(all), i, i+1), 0, all[i]) // a name, and nothing asked
	}
	best := all[0]
	if best.intent == Unknown {
		q.Slots = Slots{}
		return q
	}
	alone := best.intent == ClientCard && len(best.said) == 1 // a name, and nothing asked
	asked := r.about["know"] || r.about["show"] || r.about["who"] || r.about["one"]
	if r.tentative && best.intent == ClientCard && (!asked || r.unexplained() > 0) {
		q.Intent, q.Slots.Client = Unknown, ""
		return q
	}
	q.Intent, r.unruled = best.intent, best.ruled == 0
	r.fill(&q)
	q.Between = q.Intent == SegmentCompare && (r.slots.Against == "" || slices.ContainsFunc([]concept{"moved", "changes", "growth", "decline"}, func(c concept) bool { return r.about[c] }))
	q.Sure = r.sure(all)
	q.Follows = r.followed() && (alone || !best.asks())
	q.Pronoun = q.Slots.Client == "" && best.intent.AboutClient() && r.pronoun()
	if !q.Sure {
		q.Choices = choices(all)
	}
	return q
}

// spokenOf says whether a word tells of something that can be asked.
func (r *reading) spokenOf() bool {
	return slices.ContainsFunc(r.words, func(w word) bool {
		return slices.ContainsFunc(w.about, func(c concept) bool { return !light[c] || c == "many" }) && !w.slot
	})
}

// leastLikely is from where a meaning is worth asking about.
const leastLikely = .3

// sure says whether the likeliest of all is what was meant: its client is known by
// name or was named before, enough speaks for it, and for no other as much.
func (r *reading) sure(all []meaning) bool {
	best := all[0]
	if best.intent.AboutClient() && (r.slots.Client == "" && !r.pronoun() || r.tentative) {
		return false
	}
	if !best.intent.AboutClient() && r.whose() {
		return false
	}
	if best.intent == ClientCard && r.bare(best) {
		return true
	}
	if !slices.Contains(timeless, best.intent) && r.loose() {
		return false
	}
	if len(r.words) == 1 && best.intent.family() == "portfolio" && !best.tells() {
		return false // "klanten"
	}
	least := sureFrom
	if r.tentative || r.slots.Client != "" && r.nameScore < sureName && r.vocabulary.Client != nil {
		least = surelyWithout
	}
	return r.confidence(all) >= least
}

// timeless are asked with numbers and times that are no particulars of the answer:
// "hoeveel komt er de komende tien jaar nog", "ik zit daar om drie uur".
var timeless = []Intent{ClientLifetime, ClientPrepare, ClientChanges, ClientContacts, TouchLog, SurveyWinback, SessionStart, SessionStatus, Help}

// generalIntents are what is left where the rest of a question was not understood:
// of these everything that was said has to be made something of.
var generalIntents = []Intent{ClientCard, SegmentList, PortfolioList, PortfolioSummary, PyramidShow}

// unused says whether something that tells was said and f makes nothing of it.
func (r *reading) unused(f fit) bool {
	for c, said := range r.about {
		if said && c != "anyone" && c != "period" && !light[c] && !slices.Contains(f.said, c) && c != named {
			return true
		}
	}
	return false
}

// introducing are words beside a name that ask nothing.
var introducing = strings.Fields(`wie wat is zijn who what van over voor van bij de het een the a of about for with from me mij ons us even ff eens ook alweer again weer
	kun kan kunt je u jij can could you please pls plz aub graag svp mag ik i het dit dat this that er hoi hallo hi hey bot ja nee en and wel nou nu hem haar op in aan to by het`)

// mostBare is the most words beside a name that ask nothing: "wie is ... ook alweer".
const mostBare = 5

// bare says whether the text is a name and words that ask for no more than who it is.
func (r *reading) bare(card meaning) bool {
	beside := 0
	for i, w := range r.words {
		if w.slot {
			continue
		}
		beside++
		if w.stop && len(w.about) == 0 && !slices.Contains(introducing, r.words[i].plain) {
			return false
		}
	}
	return !r.unused(card.fit) && beside <= mostBare && r.unexplained() == 0 && r.nameScore >= sureName && !r.about["spoken_to"] && !r.about["lacks"] && !r.about["must"] && !r.about["howmany"] && !r.about["when"] && !r.about["period"]
}

// mostAsked bounds the meanings to choose from.
const mostAsked = 3

func choices(all []meaning) []Intent {
	var best []Intent
	for _, m := range all[:min(len(all), mostAsked)] {
		if m.intent != Unknown && m.likely() > all[0].likely()/2 {
			best = append(best, m.intent)
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

// mine says whether the text speaks of what is somebody's own: "wie kan ik vragen" does
// not.
func (r *reading) mine() bool {
	for i := range r.words {
		if r.at(i, "ik", "i") && (r.at(i-1, "heb", "have", "do") && (r.about["many"] || r.at(i+1, "have"))) {
			return true // "heb ik klanten die ons aanbevelen"
		}
	}
	return slices.ContainsFunc(r.words, func(w word) bool {
		return !w.slot && slices.Contains([]string{"mijn", "my", "mine", "m'n", "mij"}, w.plain)
	})
}

// always are intents whose answer is the same whenever: a time of about now beside them
// says when one meets, or why one asks. Where a year that is over is asked for, an answer
// says that it is of now.
var always = []Intent{ClientCard, ClientContacts, ClientManager, ClientPrepare, ClientLifetime, ClientTypeOf, ClientPeers, ClientWhitespace, SegmentBorder, SessionStart, Help}

// fill keeps the slots that go with the intent.
func (r *reading) fill(q *Question) {
	s := &q.Slots
	family := q.Intent.family()
	todays := s.Period == Period{r.today, r.today} && (slices.Contains([]string{"survey", "segment", "pyramid"}, family) || slices.Contains([]Intent{PortfolioList, PortfolioSummary, PortfolioTop, PortfolioGrowth, PortfolioDecline}, q.Intent)) // "ik schrijf ze vandaag"
	if todays || slices.Contains(always, q.Intent) && s.Period.To >= r.today-7 || s.Period.From > r.today && !slices.Contains([]Intent{AttentionWeek, ClientNextDue, Unknown}, q.Intent) {
		s.Period = Period{} // when one meets, and not what is asked about
	}
	r.fillClient(q)
	if q.Intent == ClientChanges && !s.Period.Known() {
		s.Period = r.against
	}
	if s.Manager == "" && r.about["me"] && (family != "survey" || r.mine()) && slices.Contains([]string{"portfolio", "attention", "segment", "session", "survey", "pyramid"}, family) && q.Intent != SessionStart {
		s.Manager = Me
	}
	if s.Audience == "" && r.about["many"] && slices.Contains([]Intent{SurveyReport, SurveyNPS, SurveyTheme, SurveyAmbassadors}, q.Intent) && s.Segment == "" {
		s.Audience = analysis.AskedClients
	}
	s.Without = s.Service != "" && family == "portfolio" && r.about["neg"] && q.Intent != PortfolioNoContact
	if !slices.Contains([]string{"portfolio", "segment", "survey"}, family) && q.Intent != ClientRevenue && q.Intent != ClientWhitespace && q.Intent != Unknown {
		s.Service = "" // "wie zit daar in de administratie"
	}
	if slices.Contains(wholes, q.Intent) {
		s.Limit = 0 // "een ronde voor mijn vijf klanten", "hooguit vijf regels"
	}
	if family == "survey" && q.Intent != SurveyTheme && !slices.ContainsFunc(r.vocabulary.Themes, func(theme string) bool { return strings.EqualFold(theme, s.Theme) }) {
		s.Theme = "" // "belangrijk, terwijl wij er weinig van bakken"
	}
	switch family {
	case "session":
		s.Days, s.Layer, s.Service = 0, "", ""
	case "survey", "pyramid":
		s.Days = 0
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

// wholes are answered by one thing, of which there are no five.
var wholes = []Intent{SessionStart, SessionStatus, PortfolioSummary, PyramidShow, SurveyReport, SurveyNPS, SurveyTheme, AttentionReport, Help}

// fillClient drops what is said beside a question about one client.
func (r *reading) fillClient(q *Question) {
	s := &q.Slots
	if q.Intent.family() == "session" && s.Client != "" && (r.nameScore < likelyName || r.nameScore < sureName && !r.words[r.name.from].capital()) && r.vocabulary.Client != nil {
		s.Client = "" // who meet, or where: "met de trainees"
	}
	if q.Intent.family() != "client" {
		return
	}
	s.Days = 0 // "hem ruim een jaar niet gezien, dus bereid me voor"
	if !slices.Contains([]Intent{ClientPeers, ClientWhitespace, ClientActions, ClientSurvey}, q.Intent) {
		s.Limit = 0
	}
	if !slices.Contains([]Intent{ClientManager, ClientActions, ClientLastContact, ClientNextDue}, q.Intent) {
		s.Manager = "" // "ik ga met Roelie naar ...", "dit is voor Diny"
	}
	if q.Intent == ClientSegment && s.Against != "" {
		s.Segment, s.Against = "", "" // "is Meijerink A of B?"
	}
	if q.Intent == ClientActions && s.Period == (Period{r.today, r.today}) {
		s.Period = Period{} // "moet ze vandaag nog afronden"
	}
	if q.Intent == ClientNextDue && (s.Period.To < r.today || s.Period.From == r.today) {
		s.Period = Period{} // "in het voorjaar geweest, wanneer weer"
	}
	if q.Intent == ClientWhitespace && s.Service != "" && slices.ContainsFunc(r.words, func(w word) bool {
		return slices.Contains([]string{"alleen", "only", "enkel", "slechts", "just", "merely"}, w.plain)
	}) {
		s.Service = "" // "doen wij alleen de jaarrekening? wat nemen ze nog niet af"
	}
}
