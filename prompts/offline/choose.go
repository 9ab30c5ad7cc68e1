package offline

import (
	"container/heap"
	"math"
)

const (
	// lengthPower is how much a long sentence must say more to be chosen.
	lengthPower = .7
	// personalFactor is what each "ik" or "mijn" costs, up to three.
	personalFactor = .6
	// again is what a feature is still worth once it was said.
	again = .3
	// fewest words make a sentence that can be read alone.
	fewest = 3
)

// chooser picks statements that together cover what many answers say. The gain of
// a sentence is
//
//	Σ weight(feature) · again^(times it was said) · personalFactor^(ik, mijn) / words^lengthPower
//
// and it only falls while others are chosen, so the best is found with a heap that
// is refreshed lazily (Minoux 1978). The numbers were tuned on the training part of
// FewSum only; see rouge_test.go.
type chooser struct {
	all   []statement
	f     *features
	total int // answers
	said  []int8
}

func newChooser(all []statement, f *features, answers int) *chooser {
	return &chooser{all: all, f: f, total: answers, said: make([]int8, len(f.answers))}
}

func (c *chooser) gain(i int) float64 {
	s, sum := &c.all[i], 0.
	for _, n := range s.features {
		sum += c.f.weight(n, c.total) * math.Pow(again, float64(c.said[n]))
	}
	return sum * math.Pow(personalFactor, float64(min(s.personal, 3))) / math.Pow(float64(max(s.words, 1)), lengthPower)
}

// take marks what statement i says as said.
func (c *chooser) take(i int) {
	for _, n := range c.all[i].features {
		if c.said[n] < math.MaxInt8 {
			c.said[n]++
		}
	}
}

// best returns the statement of candidates with the largest gain among those of
// most words at most, and false when there is none.
func (c *chooser) best(candidates []int, most int) (int, bool) {
	found, gain := -1, -1.
	for _, i := range candidates {
		if c.all[i].words > most {
			continue
		}
		if g := c.gain(i); g > gain {
			found, gain = i, g
		}
	}
	return found, found >= 0
}

// fill takes statements from candidates until the words or the number run out,
// and returns them in the order they were chosen.
func (c *chooser) fill(candidates []int, words, number int) []int {
	h := make(gains, 0, len(candidates))
	for _, i := range candidates {
		if n := c.all[i].words; n >= fewest && n <= words {
			h = append(h, gain{i, c.gain(i)})
		}
	}
	heap.Init(&h)
	var taken []int
	for len(h) > 0 && len(taken) < number {
		top := h[0]
		if c.all[top.statement].words > words {
			heap.Pop(&h)
			continue
		}
		if now := c.gain(top.statement); now < top.value {
			h[0].value = now
			heap.Fix(&h, 0)
			continue
		}
		heap.Pop(&h)
		words -= c.all[top.statement].words
		c.take(top.statement)
		taken = append(taken, top.statement)
	}
	return taken
}

type gain struct {
	statement int
	value     float64
}

// gains is a heap with the largest on top; ties go to who spoke first.
type gains []gain

func (h gains) Len() int { return len(h) }
func (h gains) Less(i, j int) bool {
	if h[i].value != h[j].value {
		return h[i].value > h[j].value
	}
	return h[i].statement < h[j].statement
}
func (h gains) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *gains) Push(x any)   { *h = append(*h, x.(gain)) }
func (h *gains) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
