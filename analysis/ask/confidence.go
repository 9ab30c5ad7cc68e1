package ask

import (
	"math"
	"slices"
)

// How sure is sure enough to answer at once, by confidence.
const (
	sureFrom      = .78
	surelyWithout = .9 // where words that might name a client are left out of the answer
)

// evidence is what tells how far the likeliest meaning can be trusted.
type evidence struct {
	weight float64 // by logistic regression, see confidence
	of     func(r *reading, all []meaning) float64
}

// trusted are the pieces of evidence. What spreads over words counts for less in a long
// text, of which more may be said around the question.
var trusted = []evidence{
	{-.44, func(*reading, []meaning) float64 { return 1 }},
	{.98, func(_ *reading, all []meaning) float64 { return odds(all[0].chance) }},
	{.14, func(_ *reading, all []meaning) float64 { return all[0].likely() - second(all).likely() }},
	{.62, func(_ *reading, all []meaning) float64 { return all[0].like }},
	{.95, func(_ *reading, all []meaning) float64 { return all[0].like - second(all).like }},
	{-.16, func(_ *reading, all []meaning) float64 { return all[0].ruled }},
	{-.61, func(_ *reading, all []meaning) float64 { return all[0].ruled - second(all).ruled }},
	{-.53, func(r *reading, all []meaning) float64 { return yes(r.ruledFirst(all[0].intent)) }},
	{.6, func(_ *reading, all []meaning) float64 { return yes(nearestFirst(all)) }},
	{.8, func(r *reading, _ []meaning) float64 { return float64(r.unexplained()) / r.length() }},
	{1.01, func(r *reading, all []meaning) float64 {
		unknown, elsewhere := r.strange(all[0].intent)
		return (-.52*float64(unknown) - 1.04*float64(elsewhere)) / r.length()
	}},
	{.85, func(r *reading, all []meaning) float64 { return yes(r.unused(all[0].fit)) }},
	{-1.09, func(r *reading, _ []meaning) float64 { return yes(r.slots.Client != "" && r.nameScore < sureName) }},
}

// confidence is how likely the likeliest of all is what was meant, 0..1: logistic
// regression on how the three opinions agree and on words that are strange to it, fitted
// to two thousand phrasings of seven lists, which were read by a grammar that had neither
// words nor examples of them. A rule that fits weighs against, because the chance that was
// learnt has it already.
func (r *reading) confidence(all []meaning) float64 {
	z := 0.
	for _, e := range trusted {
		z += e.weight * e.of(r, all)
	}
	return 1 / (1 + math.Exp(-z))
}

func second(all []meaning) meaning {
	if len(all) < 2 {
		return meaning{}
	}
	return all[1]
}

// odds is the logarithm of the odds of a chance.
func odds(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

func yes(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// length is how much a text says, 1 and more.
func (r *reading) length() float64 { return 1 + float64(len(r.words))/10 }

// ruledFirst says whether the rule that fits best gives i.
func (r *reading) ruledFirst(i Intent) bool {
	fits := fitting(r.about)
	return len(fits) > 0 && fits[0].intent == i
}

// nearestFirst says whether the likeliest meaning has the nearest examples too.
func nearestFirst(all []meaning) bool {
	return !slices.ContainsFunc(all, func(m meaning) bool { return m.like > all[0].like })
}

// strange counts the words that tell something which no example has, and those which
// only examples of other intents have.
func (r *reading) strange(i Intent) (unknown, elsewhere int) {
	l := lessons()
	for _, w := range r.words {
		if w.slot || w.stop || articles[w.stem()] {
			continue
		}
		known, here := false, false
		for _, p := range l.by[hashed(w.stem())] {
			e := l.all[p.example]
			if r.without != nil && r.without(plainText(e.text)) {
				continue
			}
			if known = true; e.intent == i {
				here = true
				break
			}
		}
		switch {
		case !known:
			unknown++
		case !here:
			elsewhere++
		}
	}
	return unknown, elsewhere
}
