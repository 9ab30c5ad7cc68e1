package ask

import (
	"slices"
	"strings"
)

// Who takes their time says more than is asked: what happened on the way, why it is
// needed, for whom. Where the whole of it is unclear, it is read again without its first
// or last clauses, and where only one thing is asked plainly then, that is what was asked.

const (
	fewestRound = 8 // words of a text that may have something said around its question
	mostClauses = 8
	mostReread  = 7 // clauses, or runs of them, of one text that are read again
	surelyPart  = .84
)

// clause is a stretch of words.
type clause struct{ from, to int }

// joints are the words that open a clause without a comma.
var joints = []string{"want", "omdat", "because", "dus", "maar", "but", "so", "zodat", "vandaar", "vooraleer", "voordat"}

// clauses are the clauses of the text.
func (r *reading) clauses() (all []clause) {
	from := 0
	for i := 1; i <= len(r.words); i++ {
		if i < len(r.words) && !r.words[i].apart && (!r.words[i].initial || r.shortened(i-1)) && !r.dashed(i) && (!slices.Contains(joints, r.words[i].plain) || i-from < 3) {
			continue
		}
		all = append(all, clause{from, i})
		from = i
	}
	return all
}

// shortenings are words that are written with a dot before a name.
var shortenings = strings.Fields("gebr gebrs fa fam st dr mr drs ir ing mw dhr mevr prof ds mej wed mrs ms jr sr nr tel t.a.v")

// shortened says whether the dot behind the word at i ends no sentence: "Gebr. Bakker".
func (r *reading) shortened(i int) bool {
	return len(r.words[i].raw) == 1 || slices.Contains(shortenings, r.words[i].plain) || strings.HasSuffix(r.words[i].raw, ".")
}

// dashed says whether a dash stands before the word at i: "krijg ik de lijst - ik zit in de trein".
func (r *reading) dashed(i int) bool {
	between := r.text[r.words[i-1].to:r.words[i].from]
	return strings.Contains(between, " - ") || strings.Contains(between, "–") || strings.Contains(between, "—") || strings.Contains(between, "..")
}

// parts are the runs of clauses to read again, the likeliest first: without the first,
// without the last, each alone.
func parts(all []clause) (some []clause) {
	n := len(all)
	add := func(from, to int) {
		c := clause{all[from].from, all[to-1].to}
		if c.to-c.from >= 2 && !slices.Contains(some, c) && len(some) < mostReread {
			some = append(some, c)
		}
	}
	add(1, n)
	add(0, n-1)
	add(n-1, n)
	add(0, 1)
	if n > 2 {
		add(1, n-1)
		add(2, n)
		add(0, n-2)
		for i := range all {
			add(i, i+1)
		}
	}
	return some
}

// asked reads the text again by its clauses, where q is unclear.
func (r *reading) asked(q Question) Question {
	all := r.clauses()
	if len(r.words) < fewestRound || len(all) < 2 || len(all) > mostClauses {
		return q
	}
	found := Question{}
	for _, c := range parts(all) {
		part := newReading(r.text[r.words[c.from].from:r.until(c.to)], r.vocabulary)
		part.without, part.skill = r.without, r.skill
		part.understand(r.today)
		meanings := part.meanings()
		one := part.decide(meanings)
		if !one.Sure || one.Follows || one.Intent == Unknown || part.confidence(meanings) < surelyPart || r.loses(part) || r.leaves(all, c, slices.Contains(generalIntents, one.Intent)) {
			continue
		}
		if found.Intent != "" && (found.Intent != one.Intent || found.Slots.Client != one.Slots.Client) {
			return q // more than one thing is asked
		}
		if found.Intent == "" {
			found = one
		}
	}
	if found.Intent == "" {
		return q
	}
	return found
}

// asking are the words that open a clause in which something is asked.
var asking = strings.Fields("wie wat welke welk hoe hoeveel wanneer waar waarom wiens hoelang who what which how when where why whose whom")

// asks says whether something is asked in c.
func (r *reading) asks(c clause) bool {
	if r.words[c.to-1].asked || slices.Contains(askers, r.words[c.from].plain) {
		return true
	}
	return slices.ContainsFunc(r.words[c.from:min(c.to, c.from+4)], func(w word) bool { return slices.Contains(asking, w.plain) })
}

// leaves says whether something is asked outside part: all that is, or with any some.
func (r *reading) leaves(all []clause, part clause, any bool) bool {
	outside, inside := false, false
	for _, c := range all {
		if r.asks(c) {
			if c.from >= part.from && c.to <= part.to {
				inside = true
			} else {
				outside = true
			}
		}
	}
	return outside && (any || !inside)
}

// until is where the words before i end, with the mark behind them.
func (r *reading) until(i int) int {
	if i < len(r.words) {
		return r.words[i].from
	}
	return len(r.text)
}

// loses says whether a particular of the whole is not in the part.
func (r *reading) loses(part *reading) bool {
	whole, some := r.slots, part.slots
	lost := func(said, kept bool) bool { return said && !kept }
	return lost(whole.Client != "" && r.nameScore >= sureName, some.Client != "") ||
		lost(whole.Manager != "", some.Manager != "") || lost(whole.Segment != "", some.Segment != "") || lost(whole.Layer != "", some.Layer != "") ||
		lost(whole.ClientType != "", some.ClientType != "") || lost(whole.Limit > 0, some.Limit > 0) || lost(whole.Service != "", some.Service != "") ||
		lost(whole.Session != "", some.Session != "") || lost(whole.Audience != "", some.Audience != "") ||
		lost(whole.Period.Known() && whole.Period.From != whole.Period.To, some.Period.Known()) || lost(whole.Days > 0, some.Days > 0)
}

// timely drops a period that is said of something else: "wie kunnen we terughalen, ik heb
// in juli toch tijd". What is asked is in another clause, and as plain by itself.
func (r *reading) timely(q Question) Question {
	all := r.clauses()
	if !q.Slots.Period.Known() || len(r.dated) == 0 || len(all) < 2 || q.Intent == TouchLog {
		return q
	}
	at := slices.IndexFunc(all, func(c clause) bool { return r.dated[0] >= c.from && r.dated[0] < c.to })
	month := slices.ContainsFunc(r.dated, func(i int) bool { return sayings()[r.words[i].plain]&saysMonth != 0 })
	if at < 1 || at < len(all)-1 || !month || r.asks(all[at]) || !r.personal(all[at]) {
		return q
	}
	rest := clause{0, all[at].from}
	if rest.to-rest.from < 3 {
		return q
	}
	part := newReading(r.text[r.words[rest.from].from:r.until(rest.to)], r.vocabulary)
	part.without, part.skill = r.without, r.skill
	part.understand(r.today)
	r.slots.Period = Period{}
	if one := part.question(); one.Sure && one.Intent == q.Intent && !r.loses(part) {
		return one
	}
	return q
}

// personal says whether c tells of who asks.
func (r *reading) personal(c clause) bool {
	return slices.ContainsFunc(r.words[c.from:c.to], func(w word) bool {
		return slices.Contains([]string{"ik", "i", "i've", "i'm", "i'd", "we", "wij"}, w.plain)
	})
}

// whose says whether what was taken for a client whom the office does not have rather says
// whose clients are meant, or of whom: "top 10 van Zebulon". Without it the answer would be
// to another question.
func (r *reading) whose() bool {
	if !r.tentative || !r.words[r.name.from].capital() || r.words[r.name.from].initial {
		return false
	}
	raw := r.text[r.words[r.name.from].from:r.words[r.name.to-1].to]
	i := r.name.from - 1
	return strings.HasSuffix(raw, "'s") || strings.HasSuffix(raw, "’s") || i >= 0 && slices.Contains([]string{"van", "of", "by", "heeft", "has", "bij", "over", "about", "klanten", "clients"}, r.words[i].plain)
}

// unnamed reads the text again without words that were taken for a client whom the office
// does not have, where it asks for many: "de tien grootste klanten, voor op de bureaus".
func (r *reading) unnamed(q Question) Question {
	if !r.tentative || r.whose() || r.narrows(r.name.from-1) || r.narrows(r.name.from) || !r.about["many"] && !r.about["survey"] && !r.about["portfolio"] && !r.about["session"] && !r.about["pyramid"] && r.slots.Segment == "" && r.slots.Audience == "" {
		return q
	}
	other := newReading(r.text, r.vocabulary)
	other.without, other.skill, other.nameless = r.without, r.skill, r.name
	other.understand(r.today)
	if again := other.question(); again.Sure && !again.Intent.AboutClient() && again.Intent != Unknown {
		return again
	}
	return q
}
