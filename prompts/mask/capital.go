package mask

import (
	"slices"
	"strings"
)

// capitals finds names nobody knows by their capitals: after "mevrouw", beside
// another capital, by a first name, by the form of a surname, or because a Dutch
// sentence has no other reason for a capital there.
func (j *Job) capitals(text string, ts []token, taken []Found) (found []Found) {
	shouted := shouting(ts)
	for i := 0; i < len(ts); {
		n := run(text, ts, i, taken)
		if n == 0 {
			i++
			continue
		}
		from, to := trimmed(ts, i, i+n)
		if from < to && (j.met(ts[from:to]) || isName(ts, from, to, shouted)) {
			kind, last := Person, to-1
			if legal, ok := legalAfter(text, ts, to); ok || slices.ContainsFunc(ts[from:to], func(t token) bool { return legalForms()[t.folded] || tradeWords()[t.folded] }) {
				kind = Organisation
				last += legal
			}
			words := names(ts[from : last+1])
			found = append(found, Found{Kind: kind, Start: ts[from].start, End: ts[last].end, key: j.who(kind, words)})
			n = max(n, last+1-i)
		}
		i += n
	}
	return found
}

// run returns how many words from ts[i] on are capitalised together, particles
// between them included, or zero.
func run(text string, ts []token, i int, taken []Found) int {
	if !ts[i].capital || overlaps(taken, ts[i].start, ts[i].end) {
		return 0
	}
	n := 1
	for k := i + 1; k < len(ts) && k < i+2*longestName; k++ {
		gap := text[ts[k-1].end:ts[k].start]
		if strings.Trim(gap, " \u00a0-") != "" && gap != " & " || overlaps(taken, ts[k].start, ts[k].end) {
			break
		}
		switch {
		case ts[k].capital:
			n = k - i + 1
		case particles()[ts[k].folded]:
			// Counts when a capital follows.
		default:
			return n
		}
	}
	return n
}

// trimmed takes off what is capitalised for another reason: titles, words that
// begin a sentence, months and places at either end. A particle with a capital
// within a sentence has only one reason: "Van Houten", unless it is a place.
func trimmed(ts []token, from, to int) (int, int) {
	for from < to && plain(ts[from]) {
		if particles()[ts[from].folded] && !ts[from].first && ts[from].capital && from+1 < to && ts[to-1].capital && !ts[from].caps {
			if to-from == 2 && places[ts[from].folded+" "+ts[from+1].folded] {
				return to, to
			}
			return from, to
		}
		from++
	}
	for from < to && (plain(ts[to-1]) && !tradeWords()[ts[to-1].folded] || particles()[ts[to-1].folded]) {
		to--
	}
	return from, to
}

// met says whether somebody was called so before in this job.
func (j *Job) met(ts []token) bool {
	_, ok := j.people[strings.Join(names(ts), " ")]
	return ok
}

// isName decides about capitalised words ts[from:to].
func isName(ts []token, from, to int, shouted bool) bool {
	if from > 0 && titles()[ts[from-1].folded] {
		return true
	}
	if slices.ContainsFunc(ts[from:to], func(t token) bool { return firstNames()[t.folded] && (!ordinaryWords()[t.folded] || !t.first) }) {
		return true
	}
	if shouted {
		return false
	}
	if to-from > 1 && particles()[ts[from].folded] && ts[from].capital && !ts[from].first {
		return true
	}
	own := 0 // words that could be a name by themselves
	for _, t := range ts[from:to] {
		if !t.caps && !particles()[t.folded] && !plain(t) && !digital(t.folded) {
			own++
		}
	}
	switch {
	case own == 0:
		return false
	case own > 1 || !ts[from].first:
		return true
	}
	return (surnames()[ts[from].folded] || surnameLike(ts[from].folded)) && !ordinaryWords()[ts[from].folded] || to-from > 1 && particles()[ts[from].folded]
}

// surnameLike knows surnames by how they end, for where a capital says nothing.
func surnameLike(folded string) bool {
	if len(folded) < 5 {
		return false
	}
	for _, end := range []string{"stra", "sma", "inga", "ema", "sema", "ssen", "nsen", "mans", "huis", "sen", "kamp", "veld", "oğlu", "oglu", "ski", "ovic"} {
		if strings.HasSuffix(folded, end) {
			return !starters()[folded] && !slices.ContainsFunc(ordinaryEnds, func(end string) bool { return strings.HasSuffix(folded, end) })
		}
	}
	return false
}

func digital(folded string) bool { return strings.ContainsAny(folded, "0123456789") }

// shouting says whether a text is mostly written in capitals, or Each Word With
// One: then they mean nothing.
func shouting(ts []token) bool {
	caps, capitals, ordinary := 0, 0, 0
	for _, t := range ts {
		if t.caps {
			caps++
		}
		if t.capital {
			capitals++
		}
		if t.capital && !t.first && starters()[t.folded] && !particles()[t.folded] {
			ordinary++
		}
	}
	return caps > 3 && 2*caps > len(ts) || capitals > 4 && 5*capitals > 3*len(ts) && ordinary > 1
}

// legalAfter returns how many words of a legal form follow directly: "B.V.".
func legalAfter(text string, ts []token, at int) (int, bool) {
	n := 0
	for at+n < len(ts) && legalForms()[ts[at+n].folded] && at+n > 0 && strings.Trim(text[ts[at+n-1].end:ts[at+n].start], " ") == "" {
		n++
	}
	return n, n > 0
}

// names returns what a name is known by: its words without initials and titles.
func names(ts []token) []string {
	var words []string
	for _, t := range ts {
		if len(t.folded) > 1 && !titles()[t.folded] {
			words = append(words, t.folded)
		}
	}
	if len(words) == 0 && len(ts) > 0 {
		words = []string{ts[0].folded}
	}
	return words
}

// who returns the key of a name nobody knows. Who was called "Pieter Smit" is the
// same when called "Smit" or "Pieter" later.
func (j *Job) who(kind Kind, words []string) string {
	name := "?" + strings.Join(words, " ")
	if kind != Person {
		return name
	}
	if len(words) == 1 || particles()[words[0]] {
		if key, ok := j.people[strings.Join(words, " ")]; ok {
			return key
		}
	}
	for _, part := range []string{words[0], strings.Join(surnameOf(words), " "), words[len(words)-1]} {
		if _, there := j.people[part]; !there && !particles()[part] {
			j.people[part] = name
		}
	}
	return name
}
