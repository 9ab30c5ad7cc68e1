package ask

import (
	"math"
	"slices"
)

// learnt is a third opinion beside rules and nearest examples: how much each trait of
// a text speaks for each intent, learnt from all examples together. It is multinomial
// logistic regression, p(k) = exp(w_k.x) / sum_j exp(w_j.x), fitted by stochastic
// gradient descent with a rate per weight (AdaGrad: Duchi, Hazan & Singer 2011), each
// time in an order that is the same in every run.
type learnt struct {
	intents []Intent
	at      map[string]int32 // where a trait's weights begin
	weights []float32        // by trait and intent
}

const (
	epochs = 12
	rate   = .25
	decay  = 2e-5
	enough = .001 // a chance that is so near to what it should be teaches nothing
)

// trait is a trait of a text: where its weights begin, and how strong it is.
type trait struct {
	at     int32
	weight float32
}

// lesson is an example as it is learnt from.
type lesson struct {
	traits []trait
	suits  []bool // by intent
	intent int
}

// skill is what is learnt from all examples.
func skill() *learnt { return study().skill }

// learn learns from the examples but those that leave names.
func learn(l teaching, read []*reading, leave func(i int) bool) *learnt {
	m := &learnt{intents: Intents(), at: map[string]int32{}}
	var all []lesson
	for i, e := range l.all {
		if leave == nil || !leave(i) {
			all = append(all, m.lesson(l, read[i], e.intent))
		}
	}
	m.weights = make([]float32, len(m.at)*len(m.intents))
	slopes := make([]float32, len(m.weights))
	p, state := make([]float64, len(m.intents)), uint64(1)
	for range epochs {
		for i := len(all) - 1; i > 0; i-- {
			state = state*6364136223846793005 + 1442695040888963407 // Knuth's generator
			j := int(state>>33) % (i + 1)
			all[i], all[j] = all[j], all[i]
		}
		for _, one := range all {
			m.chances(p, one.traits, one.suits)
			m.adjust(p, one, slopes)
		}
	}
	return m
}

// lesson makes one of an example; traits that no example had before get weights.
func (m *learnt) lesson(l teaching, r *reading, intent Intent) lesson {
	one := lesson{intent: slices.Index(m.intents, intent), suits: m.suits(r)}
	one.suits[one.intent] = true
	of := l.traits(r)
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names) // sums of floats are the same only in the same order
	for _, name := range names {
		at, ok := m.at[name]
		if !ok {
			at = int32(len(m.at) * len(m.intents))
			m.at[name] = at
		}
		one.traits = append(one.traits, trait{at, float32(of[name])})
	}
	return one
}

// suits says of each intent whether it can be asked of the clients that r names.
func (m *learnt) suits(r *reading) []bool {
	suits := make([]bool, len(m.intents))
	for k, i := range m.intents {
		suits[k] = r.suits(example{intent: i, client: true})
	}
	return suits
}

// adjust takes a step from the chances p towards what one should have given.
func (m *learnt) adjust(p []float64, one lesson, slopes []float32) {
	for k, chance := range p {
		off := chance
		if k == one.intent {
			off--
		}
		if !one.suits[k] || math.Abs(off) < enough {
			continue
		}
		for _, t := range one.traits {
			at := int(t.at) + k
			slope := float32(off)*t.weight + decay*m.weights[at]
			slopes[at] += slope * slope
			m.weights[at] -= rate * slope / float32(math.Sqrt(float64(slopes[at])+1e-6))
		}
	}
}

// chances fills p with how likely each intent is; 0 where it does not suit.
func (m *learnt) chances(p []float64, traits []trait, suits []bool) {
	clear(p)
	for _, t := range traits {
		for k, w := range m.weights[t.at : int(t.at)+len(p)] {
			p[k] += float64(w * t.weight)
		}
	}
	highest, sum := math.Inf(-1), 0.
	for k := range p {
		if suits[k] {
			highest = max(highest, p[k])
		}
	}
	for k := range p {
		if p[k] = math.Exp(p[k] - highest); !suits[k] {
			p[k] = 0
		}
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
}

// read tells how likely each intent is for r, in the order of m.intents.
func (m *learnt) read(l teaching, r *reading) []float64 {
	p := make([]float64, len(m.intents))
	m.chances(p, m.known(l, r), m.suits(r))
	return p
}

// known are the traits of r that have weights.
func (m *learnt) known(l teaching, r *reading) (all []trait) {
	for name, weight := range l.traits(r) {
		if at, ok := m.at[name]; ok {
			all = append(all, trait{at, float32(weight)})
		}
	}
	slices.SortFunc(all, func(a, b trait) int { return int(a.at - b.at) })
	return all
}
