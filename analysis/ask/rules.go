package ask

import (
	"slices"
	"strings"
	"sync"
)

// rules say which concepts make which intent; more of them, and heavier ones, win,
// and of equals the one that stands first. "!" forbids a concept. Besides the
// concepts of the lexicon: C a client, seg a segment, seg2 two of them, ctype a
// client type, theme, days, limit, period, thisweek, mgr a colleague, asks a
// question word or mark.
const rules = `
help: help !C
touch.log: C log
touch.log: C log touch
touch.log: C log spoke
touch.log: C log meeting
touch.log: C just spoke !when !asks
touch.log: C spoke me !when !last !neg !howlong !asks !ago !many
touch.log: C spoke we !when !last !neg !howlong !asks !ago !many
touch.log: C spoken_to just !asks
touch.log: C log moments
touch.log: log touch !many
client.prepare: C prepare
client.prepare: C prepare meeting
client.prepare: C meeting !when !last !next !log !changes !sincelast !spoke
client.prepare: prepare meeting
client.changes: C changes
client.changes: C changes sincelast
client.changes: C sincelast
client.changes: C changes last
client.changes: C changes last meeting
client.changes: C changes stands
client.revenue: C revenue
client.revenue: C revenue howmany
client.revenue: C howmany decline
client.revenue: C howmany growth
client.revenue: C growth
client.revenue: C decline
client.revenue: C revenue growth
client.revenue: C revenue decline
client.revenue: C revenue moved
client.value: C value
client.value: C value score_on
client.lifetime: C lifetime
client.lifetime: C lifetime value
client.lifetime: C lifetime revenue
client.potential: C potential
client.potential: C potential revenue
client.potential: C potential else
client.whitespace: C whitespace
client.whitespace: C whitespace services
client.whitespace: C services
client.whitespace: C services lacks
client.whitespace: C services lacks neg
client.whitespace: C services neg
client.whitespace: C lacks
client.whitespace: C lacks else
client.whitespace: C services else
client.whitespace: C lacks potential
client.segment: C segment
client.segment: C seg
client.segment: C seg segment
client.segment: C seg seg2
client.type: C type
client.type: C kindof
client.type: C ctype
client.type: C strategy
client.type: C type kindof
client.contacts: C contacts !must
client.contacts: C contacts who
client.contacts: C who spoken_to !when
client.contacts: C who spoken_to must
client.contacts: C who contacts must
client.last_contact: C spoke
client.last_contact: C when spoke
client.last_contact: C last spoke
client.last_contact: C when last spoke
client.last_contact: C last touch
client.last_contact: C last moments
client.last_contact: C last spoken_to
client.last_contact: C last meeting
client.last_contact: C when last
client.last_contact: C last
client.last_contact: C howlong spoke
client.last_contact: C howlong ago
client.last_contact: C ago
client.last_contact: C spoke neg
client.last_contact: C touch !log !next !must
client.last_contact: C touch neg
client.last_contact: C moments
client.last_contact: C last who spoke
client.next_due: C when spoken_to !last
client.next_due: C when next
client.next_due: C when next touch
client.next_due: C next touch
client.next_due: C next moments
client.next_due: C next meeting
client.next_due: C must spoken_to !who
client.next_due: C when must spoken_to
client.next_due: C next spoken_to
client.next_due: C next must spoken_to
client.next_due: C due
client.next_due: C when due
client.next_due: C next due
client.next_due: C when must
client.next_due: C must touch
client.next_due: C attention
client.next_due: C overdue
client.next_due: C planned
client.next_due: C planned moments
client.next_due: C planned touch
client.survey: C rating
client.survey: C opinion
client.survey: C opinion we
client.survey: C survey
client.survey: C survey opinion
client.survey: C nps
client.survey: C understood
client.survey: C theme
client.survey: C theme opinion
client.survey: C rating theme
client.survey: C rating survey
client.survey: C ambassador
client.survey: C survey report
client.actions: C actions
client.actions: C actions open
client.actions: C todo
client.actions: C open
client.manager: C manager
client.manager: C manager who
client.peers: C peers
client.peers: C peers compare
client.peers: C compare
client.peers: C peers stands
client.card: C
client.card: C know
client.card: C show
client.card: C who
client.card: C stands
client.card: C stands how
client.card: C one
client.card: C one show
client.card: C know show
survey.winback: winback
survey.winback: winback audience_oud-klanten
survey.winback: winback many
survey.winback: winback formerly many
survey.winback: audience_oud-klanten rating value
survey.leads: leads
survey.leads: audience_prospects wantcontact
survey.leads: wantcontact who
survey.leads: leads survey
survey.leads: leads audience_prospects
survey.leads: audience_prospects spoken_to
survey.leads: audience_prospects touch
survey.ambassadors: ambassador
survey.ambassadors: ambassador many
survey.ambassadors: ambassador seg
survey.ambassadors: ambassador who
survey.ambassadors: ambassador we many
survey.gap: gap
survey.gap: gap audience_medewerkers
survey.gap: difference audience_medewerkers
survey.gap: difference audience_medewerkers many opinion
survey.gap: compare audience_medewerkers
survey.gap: difference audience_medewerkers survey
survey.gap: audience_medewerkers many opinion
survey.gap: gap theme
survey.gap: gap theme opinion
survey.gap: gap many audience_medewerkers difference opinion
survey.nps: nps
survey.nps: nps many
survey.nps: nps survey
survey.nps: nps score_on
survey.nps: nps stands
survey.nps: nps seg
survey.nps: nps value
survey.nps: nps report
survey.theme: theme opinion
survey.theme: theme opinion many
survey.theme: theme opinion anyone
survey.theme: theme opinion survey
survey.theme: theme score_on
survey.theme: theme rating
survey.theme: theme rating many
survey.theme: theme survey
survey.theme: theme survey report
survey.theme: theme value score_on
survey.theme: theme stands
survey.theme: theme how we value score_on
survey.theme: theme important many
survey.theme: theme important
survey.report: survey
survey.report: survey report
survey.report: survey show
survey.report: survey opinion
survey.report: survey opinion anyone
survey.report: survey last
survey.report: survey rating
survey.report: anyone opinion we
survey.report: opinion many we
survey.report: rating many
survey.report: rating we
survey.report: rating anyone
survey.report: rating opinion we anyone
survey.report: survey report last
survey.report: survey stands
survey.report: survey changes
session.start: session start
session.start: session start sess
session.start: session prepare
session.start: session start show
session.start: sess
session.start: sess me
session.status: session stands
session.status: session ready
session.status: session who ready
session.status: session who neg ready
session.status: session open
session.status: session show
session.status: session which open
session.status: session
session.status: session stands how
session.status: session finish
session.status: session neg
session.actions: actions
session.actions: actions session
session.actions: actions me
session.actions: actions open
session.actions: actions show
session.actions: actions we
session.actions: actions overdue
session.actions: actions session open
session.actions: actions overdue open
session.actions: actions thisweek
session.actions: open todo
pyramid.migration: pyramid moved
pyramid.migration: layerword moved
pyramid.migration: moved
pyramid.migration: moved many
pyramid.migration: pyramid growth
pyramid.migration: pyramid decline
pyramid.migration: pyramid growth moved
pyramid.migration: pyramid decline moved
pyramid.migration: pyramid changes
pyramid.migration: layerword growth
pyramid.migration: layerword decline moved
pyramid.migration: layerword growth moved
pyramid.migration: layerword decline
pyramid.migration: seg moved
pyramid.migration: seg seg2 moved
pyramid.migration: segment moved
pyramid.migration: layerword changes
pyramid.show: pyramid
pyramid.show: pyramid show
pyramid.show: pyramid many
pyramid.show: pyramid stands
pyramid.show: pyramid revenue
pyramid.show: layerword
pyramid.show: layerword many
pyramid.show: layerword many howmany
pyramid.show: layerword revenue
pyramid.show: pyramid layerword
pyramid.show: pyramid layerword many howmany
pyramid.show: pyramid top
pyramid.show: pyramid top revenue
segment.compare: seg2 compare
segment.compare: seg2 difference
segment.compare: seg2 seg compare
segment.compare: seg2 seg compare many
segment.compare: seg2 seg compare revenue
segment.compare: seg2 seg difference
segment.compare: seg2 seg difference many
segment.compare: seg2 seg difference revenue
segment.compare: seg2 revenue
segment.compare: compare segment
segment.compare: segment difference
segment.compare: segment compare many
segment.compare: segment compare revenue
segment.border: border
segment.border: border seg
segment.border: border seg seg2
segment.border: border segment
segment.border: border many
segment.border: border seg many
segment.border: border seg seg2 many
segment.border: border segment many seg
attention.overdue: overdue
attention.overdue: overdue who
attention.overdue: overdue many
attention.overdue: overdue spoken_to
attention.overdue: overdue must spoken_to
attention.overdue: overdue attention
attention.overdue: overdue attention many
attention.overdue: overdue touch
attention.overdue: overdue moments
attention.overdue: overdue seg many
attention.overdue: overdue seg
attention.overdue: overdue spoke
attention.report: attention report
attention.report: attention report seg
attention.report: planned done
attention.report: planned done moments
attention.report: planned done attention
attention.report: coverage
attention.report: coverage seg
attention.report: coverage seg many
attention.report: moments howmany
attention.report: moments howmany done
attention.report: moments howmany done we
attention.report: moments report
attention.report: moments done
attention.report: touch howmany
attention.report: touch howmany done
attention.report: touch report
attention.report: attention stands
attention.report: attention howmany
attention.report: attention plan_word
attention.report: attention howmany seg
attention.report: attention seg done
attention.report: attention done
attention.report: spoke howmany many
attention.report: spoke howmany
attention.week: attention
attention.week: attention who
attention.week: attention many
attention.week: attention which many
attention.week: attention me
attention.week: attention thisweek
attention.week: attention who thisweek
attention.week: attention seg many
attention.week: attention show
attention.week: must spoken_to
attention.week: who must spoken_to
attention.week: who must spoken_to thisweek
attention.week: who spoken_to
attention.week: which many must spoken_to
attention.week: many spoken_to
attention.week: many must spoken_to thisweek
attention.week: thisweek spoken_to
attention.week: thisweek todo
attention.week: thisweek must
attention.week: thisweek planned
attention.week: thisweek due who
attention.week: thisweek due
attention.week: due who
attention.week: due many
attention.week: thisweek me
attention.week: todo
attention.week: todo me
attention.week: todo next
attention.week: thisweek me show
attention.week: must next spoken_to
attention.week: planned me
portfolio.no_contact: neg spoke
portfolio.no_contact: neg spoke many
portfolio.no_contact: neg spoke who
portfolio.no_contact: neg spoke days
portfolio.no_contact: neg spoke seg many
portfolio.no_contact: neg touch
portfolio.no_contact: neg touch many
portfolio.no_contact: neg touch spoke many
portfolio.no_contact: neg touch days
portfolio.no_contact: neg touch days many
portfolio.no_contact: neg touch seg many
portfolio.no_contact: neg moments
portfolio.no_contact: neg moments many
portfolio.no_contact: neg spoken_to many
portfolio.no_contact: days spoke many
portfolio.no_contact: days touch
portfolio.no_contact: neg attention many
portfolio.no_contact: neg attention spoke
portfolio.no_contact: howlong neg spoke
portfolio.no_contact: howlong neg touch many
portfolio.decline: decline
portfolio.decline: decline many
portfolio.decline: decline revenue
portfolio.decline: decline revenue many
portfolio.decline: decline revenue who
portfolio.decline: decline top
portfolio.decline: decline top many
portfolio.decline: decline top many revenue
portfolio.decline: decline portfolio
portfolio.decline: decline seg many
portfolio.decline: decline moved many
portfolio.decline: decline moved revenue many
portfolio.decline: decline growth neg
portfolio.growth: growth
portfolio.growth: growth many
portfolio.growth: growth top
portfolio.growth: growth top many
portfolio.growth: growth revenue
portfolio.growth: growth revenue many
portfolio.growth: growth revenue top many
portfolio.growth: growth portfolio
portfolio.growth: growth seg many
portfolio.growth: growth moved
portfolio.growth: growth moved many
portfolio.growth: growth moved top many
portfolio.growth: growth moved revenue many
portfolio.top: top many
portfolio.top: top many revenue
portfolio.top: top many value
portfolio.top: top me
portfolio.top: top we many
portfolio.top: limit many
portfolio.top: top limit
portfolio.top: top limit many
portfolio.top: top revenue
portfolio.top: top revenue who
portfolio.top: top many seg
portfolio.top: top seg
portfolio.top: top portfolio
portfolio.top: revenue many top who
portfolio.top: revenue most_word
portfolio.top: value top
portfolio.top: limit top portfolio
portfolio.summary: portfolio stands
portfolio.summary: portfolio how
portfolio.summary: portfolio summary
portfolio.summary: portfolio revenue
portfolio.summary: portfolio howmany
portfolio.summary: portfolio value
portfolio.summary: portfolio report
portfolio.summary: howmany many me
portfolio.summary: howmany many mgr
portfolio.summary: howmany many we
portfolio.summary: howmany many
portfolio.summary: revenue me
portfolio.summary: revenue many me
portfolio.summary: revenue mgr
portfolio.summary: revenue howmany we
portfolio.summary: many stands me
portfolio.summary: many stands
portfolio.summary: many summary
portfolio.summary: me stands
portfolio.summary: mgr stands
portfolio.summary: summary mgr
portfolio.list: portfolio
portfolio.list: portfolio show
portfolio.list: portfolio which many
portfolio.list: portfolio me
portfolio.list: portfolio seg many
portfolio.list: many me
portfolio.list: many show me
portfolio.list: many which me
portfolio.list: many mgr
portfolio.list: many which mgr
portfolio.list: many show mgr
portfolio.list: many seg me which
portfolio.list: many seg mgr which
portfolio.list: many seg me
portfolio.list: many seg mgr
portfolio.list: seg mgr
portfolio.list: seg me
portfolio.list: many ctype me
portfolio.list: mgr show
portfolio.list: many manager
segment.list: seg
segment.list: seg many
segment.list: seg show
segment.list: seg which
segment.list: seg which many
segment.list: seg show many
segment.list: seg howmany
segment.list: seg howmany many
segment.list: seg segment many
segment.list: seg segment show
segment.list: seg segment who
segment.list: ctype
segment.list: ctype many
segment.list: ctype which
segment.list: ctype show
segment.list: segment
segment.list: segment many
segment.list: segment show
segment.list: segment many howmany
`

// light concepts tell little: they tip the balance between intents.
var light = map[concept]bool{"who": true, "which": true, "when": true, "howmany": true, "how": true, "show": true, "we": true, "me": true,
	"one": true, "many": true, "must": true, "else": true, "next": true, "last": true, "open": true, "report": true, "know": true, "stands": true,
	"start": true, "days": true, "limit": true, "asks": true, "mgr": true, "ago": true, "planned": true, "anyone": true, "touch": true, "thisweek": true,
	"just": true, "done": true, "days_word": true, "services": true, "lacks": true, "formerly": true, "top": true}

// rule is one line of rules.
type rule struct {
	intent  Intent
	need    []concept
	forbid  []concept
	weight  float64
	ordered int
}

var grammar = sync.OnceValue(func() []rule {
	var all []rule
	for line := range strings.Lines(rules) {
		name, needs, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		one := rule{intent: Intent(name), ordered: len(all)}
		for _, c := range strings.Fields(needs) {
			if not, ok := strings.CutPrefix(c, "!"); ok {
				one.forbid = append(one.forbid, concept(not))
				continue
			}
			one.need = append(one.need, concept(c))
			one.weight += weigh(concept(c))
		}
		all = append(all, one)
	}
	return all
})

func weigh(c concept) float64 {
	switch {
	case c == "C":
		return 3
	case light[c]:
		return 1
	}
	return 2
}

// fits says whether all that u needs was said, and nothing it forbids.
func (u rule) fits(about map[concept]bool) bool {
	for _, c := range u.need {
		if !about[c] {
			return false
		}
	}
	return !slices.ContainsFunc(u.forbid, func(c concept) bool { return about[c] })
}
