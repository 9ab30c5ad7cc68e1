package ask

import (
	"slices"
	"strings"
	"sync"

	"klantbot/analysis"
)

// rule is one line of a family's rules, in rules_client.go and its neighbours:
//
//	intent: needed either|or -forbidden + helpful helpful
//
// A rule fits where each needed concept was said (of either|or one) and no
// forbidden one. Everything needed and everything helpful that was said weighs;
// the heaviest rule that fits wins, and of equals the one that stands first.
type rule struct {
	intent Intent
	need   [][]concept
	forbid []concept
	helps  []concept

	needed    []mask // need and forbid, to look at first
	forbidden mask
}

// light concepts tell little: they tip the balance between intents.
var light = map[concept]bool{"who": true, "which": true, "when": true, "howmany": true, "how": true, "show": true, "we": true, "me": true,
	"one": true, "many": true, "must": true, "else": true, "next": true, "last": true, "open": true, "report": true, "know": true, "stands": true,
	"start": true, "days": true, "limit": true, "asks": true, "mgr": true, "ago": true, "planned": true, "anyone": true, "touch": true, "thisweek": true,
	"just": true, "done": true, "services": true, "lacks": true, "top": true}

// grammar are the rules of all families. Questions about one client stand first: a
// client that is named decides more than anything else.
var grammar = sync.OnceValue(func() []rule {
	var all []rule
	for line := range strings.Lines(clientRules + opinionRules + sessionRules + officeRules) {
		if name, needs, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			all = append(all, ruleOf(Intent(name), needs))
		}
	}
	return all
})

func ruleOf(intent Intent, text string) rule {
	u := rule{intent: intent}
	needs, helps, _ := strings.Cut(text, "+")
	for _, c := range strings.Fields(needs) {
		if not, ok := strings.CutPrefix(c, "-"); ok {
			u.forbid = append(u.forbid, concept(not))
			continue
		}
		var either []concept
		for one := range strings.SplitSeq(c, "|") {
			either = append(either, concept(one))
		}
		u.need = append(u.need, either)
	}
	for _, c := range strings.Fields(helps) {
		u.helps = append(u.helps, concept(c))
	}
	for _, either := range u.need {
		u.needed = append(u.needed, maskOf(either))
	}
	u.forbidden = maskOf(u.forbid)
	return u
}

// named is the concept that a client was named.
const named concept = "C"

func weigh(c concept) float64 {
	switch {
	case c == named:
		return 3
	case light[c]:
		return 1
	}
	return 2
}

// fit is a rule that fits a text.
type fit struct {
	intent Intent
	said   []concept // what of the rule was said
	weight float64
}

// tells says whether something is asked that is more than a name.
func (f fit) tells() bool {
	return slices.ContainsFunc(f.said, func(c concept) bool { return c != named && !light[c] })
}

// asks says whether more was said than a name, a segment or a client type.
func (f fit) asks() bool {
	return slices.ContainsFunc(f.said, func(c concept) bool { return c != named && c != "seg" && c != "ctype" && (!light[c] || c == "top") })
}

// fits weighs u, which what a text is about allows.
func (u rule) fits(about map[concept]bool) (f fit) {
	f.intent = u.intent
	for _, either := range u.need {
		for _, c := range either {
			if about[c] {
				f.add(c)
			}
		}
	}
	for _, c := range u.helps {
		if about[c] {
			f.add(c)
		}
	}
	return f
}

// mask is a set of concepts, a bit each.
type mask [2]uint64

func (m *mask) add(bit int) { m[bit/64] |= 1 << (bit % 64) }

func (m mask) meets(other mask) bool { return m[0]&other[0]|m[1]&other[1] != 0 }

// places are the bits of the concepts that rules need or forbid, at most 128.
var places = sync.OnceValue(func() map[concept]int {
	at := map[concept]int{}
	for line := range strings.Lines(clientRules + opinionRules + sessionRules + officeRules) {
		_, needs, _ := strings.Cut(strings.TrimSpace(line), ":")
		needs, _, _ = strings.Cut(needs, "+")
		for _, c := range strings.FieldsFunc(needs, func(r rune) bool { return r == ' ' || r == '|' }) {
			if c = strings.TrimPrefix(c, "-"); c != "" {
				if _, ok := at[concept(c)]; !ok {
					at[concept(c)] = len(at)
				}
			}
		}
	}
	return at
})

// bits is what a text is about as a mask.
func bits(about map[concept]bool) (m mask) {
	for c, said := range about {
		if at, ok := places()[c]; ok && said {
			m.add(at)
		}
	}
	return m
}

func maskOf(concepts []concept) (m mask) {
	for _, c := range concepts {
		m.add(places()[c])
	}
	return m
}

// allows says whether each needed concept was said, and none that is forbidden.
func (u rule) allows(said mask) bool {
	return !u.forbidden.meets(said) && !slices.ContainsFunc(u.needed, func(either mask) bool { return !either.meets(said) })
}

// strength is how much it says that f fits: little where nothing was said that tells.
func (f fit) strength() float64 {
	switch {
	case f.tells():
		return 1
	case slices.Contains(f.said, named):
		return cardStrength
	}
	return listStrength
}

const cardStrength, listStrength = .3, .5

func (f *fit) add(c concept) {
	if !slices.Contains(f.said, c) {
		f.said, f.weight = append(f.said, c), f.weight+weigh(c)
	}
}

// fitting are the rules that fit, heaviest first.
func fitting(about map[concept]bool) []fit {
	var all []fit
	said := bits(about)
	for _, u := range grammar() {
		if u.allows(said) {
			all = append(all, u.fits(about))
		}
	}
	analysis.Sort(all, func(a, b fit) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	return all
}
