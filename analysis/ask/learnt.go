package ask

import (
	"cmp"
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
	at      map[int32]int32 // by the hash of a trait's name, where its weights begin
	weights []int8          // by trait and intent, in units
	unit    float64
}

const (
	epochs  = 5
	rate    = .4
	decay   = 2e-5
	settled = .02  // what is so nearly told right is not looked at in the next epoch
	enough  = .004 // a chance that is so near to what it should be teaches nothing
	// fewest examples must have a trait for it to get weights: of three quarters of all
	// traits too few to tell, and their weights are most of what is kept.
	fewest = 2
	finest = 127 // units of the largest weight
)

// trait is a trait of a text, by the hash of its name or by where its weights begin, and
// how strong it is.
type trait struct {
	at     int32
	weight float32
}

// lesson is an example as it is learnt from.
type lesson struct {
	traits  []trait
	suits   []bool // by intent
	intent  int
	settled bool
}

// skill is what is learnt from all examples.
func skill() *learnt { return study().skill }

// learn learns from the examples but those that leave names.
func learn(l teaching, read []studied, leave func(i int) bool) *learnt {
	m := &learnt{intents: Intents(), at: map[int32]int32{}}
	var all []lesson
	seen := map[int32]int{}
	for _, r := range read {
		if leave == nil || !leave(r.of) {
			one := m.lesson(l, r, l.all[r.of].intent)
			for _, t := range one.traits {
				seen[t.at]++
			}
			all = append(all, one)
		}
	}
	for i := range all {
		all[i].traits = m.common(all[i].traits, seen)
	}
	m.keep(fitted(all, len(m.at), len(m.intents)))
	return m
}

// common are the traits that enough examples have, each with where its weights begin.
func (m *learnt) common(traits []trait, seen map[int32]int) []trait {
	kept := traits[:0]
	for _, t := range traits {
		if seen[t.at] < fewest {
			continue
		}
		at, ok := m.at[t.at]
		if !ok {
			at = int32(len(m.at) * len(m.intents))
			m.at[t.at] = at
		}
		kept = append(kept, trait{at, t.weight})
	}
	return kept
}

// keep rounds weights to units, of which the largest has finest.
func (m *learnt) keep(weights []float32) {
	largest := float32(0)
	for _, w := range weights {
		largest = max(largest, w, -w)
	}
	m.unit, m.weights = float64(largest)/finest, make([]int8, len(weights))
	for i, w := range weights {
		m.weights[i] = int8(math.Round(float64(w) / m.unit))
	}
}

// fitted returns the weights of so many traits and intents that the lessons teach.
func fitted(all []lesson, traits, intents int) []float32 {
	weights, slopes := make([]float32, traits*intents), make([]float32, traits*intents)
	p, state := make([]float64, intents), uint64(1)
	for range epochs {
		for i := len(all) - 1; i > 0; i-- {
			state = state*6364136223846793005 + 1442695040888963407 // Knuth's generator
			j := int(state>>33) % (i + 1)
			all[i], all[j] = all[j], all[i]
		}
		for i := range all {
			one := &all[i]
			if one.settled {
				one.settled = false // it is looked at again the next time
				continue
			}
			chances(p, weights, 1, one.traits, one.suits)
			one.settled = 1-p[one.intent] < settled
			adjust(p, *one, weights, slopes)
		}
	}
	return weights
}

// lesson makes one of an example.
func (m *learnt) lesson(l teaching, r studied, intent Intent) lesson {
	one := lesson{traits: l.traits(r.features, r.others), intent: slices.Index(m.intents, intent), suits: slices.Clone(r.suits)}
	one.suits[one.intent] = true
	return one
}

// inPlace orders traits.
func inPlace(a, b trait) int { return cmp.Compare(a.at, b.at) }

// suiting says of each intent whether it can be asked of the clients that r names, by an
// example that names one or not.
func (r *reading) suiting(client bool) []bool {
	suits := make([]bool, len(intents))
	for k, i := range intents {
		suits[k] = r.suits(example{intent: i, client: client})
	}
	return suits
}

// adjust takes a step from the chances p towards what one should have given.
func adjust(p []float64, one lesson, weights, slopes []float32) {
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
			slope := float32(off)*t.weight + decay*weights[at]
			slopes[at] += slope * slope
			weights[at] -= rate * slope / float32(math.Sqrt(float64(slopes[at])+1e-6))
		}
	}
}

// chances fills p with how likely each intent is by weights in units; 0 where it does
// not suit.
func chances[W int8 | float32](p []float64, weights []W, unit float64, traits []trait, suits []bool) {
	var sums [64]float32
	told := sums[:len(p)] // there are fewer intents
	for _, t := range traits {
		strength := float32(unit) * t.weight
		for k, w := range weights[t.at:][:len(told)] {
			told[k] += float32(w) * strength
		}
	}
	for k, sum := range told {
		p[k] = float64(sum)
	}
	highest, sum := math.Inf(-1), 0.
	for k := range p {
		if suits[k] {
			highest = max(highest, p[k])
		}
	}
	for k := range p {
		if !suits[k] {
			p[k] = 0
			continue
		}
		p[k] = math.Exp(p[k] - highest)
		sum += p[k]
	}
	for k := range p {
		p[k] /= sum
	}
}

// read tells how likely each intent is for r, in the order of m.intents.
func (m *learnt) read(l teaching, r *reading) []float64 {
	p := make([]float64, len(m.intents))
	chances(p, m.weights, m.unit, m.known(l, r), r.suiting(true))
	return p
}

// known are the traits of r that have weights.
func (m *learnt) known(l teaching, r *reading) (all []trait) {
	for _, t := range l.traits(r.hashed(), r.others()) {
		if at, ok := m.at[t.at]; ok {
			all = append(all, trait{at, t.weight})
		}
	}
	return all
}
