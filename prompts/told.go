package prompts

import (
	"regexp"
	"strings"
	"sync"
)

// CheckTold returns what is wrong with a clause of a conversation, and nothing when
// it may be shown: each figure, name and most words of it stand in the results of
// tools that it cites, an amount as an amount and a share as a share, and what they
// tell without a "no" it does not turn round.
func CheckTold(c Clause, results Sources) []Fault {
	all := map[ID]bool{}
	var cited strings.Builder
	for id := range results {
		all[id] = true
	}
	for _, id := range c.Citations {
		cited.WriteString(results[id].Text + "\n")
	}
	faults := Gate{Sources: results, Theme: all, Joins: told, Share: toldShare}.Check(c)
	there := measures(cited.String())
	for m := range measures(c.Text) {
		if !there[m] {
			faults = append(faults, NewNumber)
			break
		}
	}
	if denies(c.Text) && !denies(cited.String()) {
		faults = append(faults, TurnedRound)
	}
	return faults
}

// toldShare is stricter than of what clients said: facts have words of their own.
const toldShare = .8

// told are words that join facts and claim none themselves.
var told = wordSet(`namelijk daarmee hiervan daarvan heeft hebben bedraagt bedragen staat staan gaat komt zit zitten totaal samen
	relatiegroep relatiegroepen omzet namely total together relationship group groups revenue amounts stands there`)

var measured = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:€|EUR)\s?-?[0-9][0-9.,]*|[-+]?[0-9][0-9.,]*\s?(?:%|procent|percent)`)
})

// measures are the amounts and shares in a text, as they are compared.
func measures(text string) map[string]bool {
	found := map[string]bool{}
	for _, m := range measured().FindAllString(text, -1) {
		m = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "EUR", "€", "procent", "%", "percent", "%").Replace(m)
		found[strings.TrimRight(m, ".,")] = true
	}
	return found
}

var noes = wordSet(`niet geen nooit niets niemand nergens zonder noch not no never nothing nobody without neither nor none`)

// denies says whether a text says of something that it is not so.
func denies(text string) bool {
	for _, w := range plainWords(text) {
		if noes[w] || strings.HasSuffix(w, "n't") {
			return true
		}
	}
	return false
}
