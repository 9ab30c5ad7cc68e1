package offline

import (
	"math"

	"klantbot/prompts"
)

// statement is a sentence of an answer: what is counted, merged and quoted.
type statement struct {
	answer   int // its place in the request
	span     span
	words    int // by white space, as budgets count
	theme    int // its place among the themes; the last is prompts.Other
	score    float64
	polarity prompts.Polarity
	features []int32 // distinct stems and pairs of stems
	stems    []int32 // distinct stems of content words, sorted; what merging compares
	personal int     // words like "ik" and "mijn"
	like     int     // the statement that stands for it; its own place when it does itself
}

// neutralBand is how far from zero a score is still no opinion; the faintest
// opinion, a turned "matig", is at .5.
const neutralBand = .25

// polarityOf says on which side a score is.
func polarityOf(score float64) prompts.Polarity {
	switch {
	case score >= neutralBand:
		return prompts.Positive
	case score <= -neutralBand:
		return prompts.Negative
	}
	return prompts.Neutral
}

// features numbers the stems and pairs of stems of a request and knows in how
// many answers each occurs.
type features struct {
	number  map[string]int32
	answers []int32 // by number: in how many answers
	last    []int32 // by number: the last answer it was seen in, plus one
	faint   []float64
}

// A pair of words that follow each other weighs half of a word, a function word a
// fifth; tuned with the rest of choose.go.
const (
	pairWeight     = .5
	functionWeight = .2
)

func (f *features) of(key string, weight float64) int32 {
	n, ok := f.number[key]
	if !ok {
		n = int32(len(f.answers))
		f.number[key] = n
		f.answers, f.last, f.faint = append(f.answers, 0), append(f.last, 0), append(f.faint, weight)
	}
	return n
}

// weight of feature n among total answers: ((answers with it − 1)/total)^1.5,
// times what kind of feature it is. What only one answer says is no common ground;
// among fewer than four answers it is all there is.
func (f *features) weight(n int32, total int) float64 {
	common := float64(f.answers[n])
	if total >= 4 {
		common = common - 1 + .01
	}
	return f.faint[n] * math.Pow(common/float64(max(total, 1)), 1.5)
}

// fill reads the features of a sentence of answer number a into s.
func (f *features) fill(s *statement, ts []token, a int) {
	seen := map[int32]bool{}
	add := func(n int32) {
		if !seen[n] {
			seen[n] = true
			s.features = append(s.features, n)
		}
		if f.last[n] != int32(a+1) {
			f.last[n] = int32(a + 1)
			f.answers[n]++
		}
	}
	before := ""
	for _, t := range ts {
		key, weight := t.stem, 1.
		if functionWords()[t.folded] {
			key, weight = "#"+t.folded, functionWeight
		}
		if personalWords()[t.folded] {
			s.personal++
		}
		n := f.of(key, weight)
		if weight == 1 && !seen[n] {
			s.stems = append(s.stems, n)
		}
		add(n)
		if before != "" {
			add(f.of(before+" "+key, pairWeight))
		}
		before = key
	}
}

// functionWords carry grammar, not content. They only weigh less: dropping "niet"
// and "geen" would turn opinions round.
var functionWords = lazySet(`de het een en of maar want dus om te van voor in op aan met bij uit over naar tot door als
	dan dat die dit deze er is was zijn waren ben bent wordt worden werd heeft hebben had hadden heb ook nog al wel
	niet geen ik je jij u uw we wij ze zij hij hun ons onze mijn men zich me mij hem haar hen wat wie waar hoe toen
	zo zeer heel erg meer veel kan kon kunnen zou zouden moet moeten mag wil zal te om daar hier omdat
	the a an and or but of to in on at for with were are be been it this that i my our you your they their he
	she his her them us so if not no has have do did does will would could just very there from by all when which
	who out up about than then too also get got go went one`)

// personalWords show that somebody tells what happened to him or her; a summary
// prefers what holds for more people.
var personalWords = lazySet("ik mij mijn mezelf i my me we our us she he")
