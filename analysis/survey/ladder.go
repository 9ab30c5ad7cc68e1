package survey

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Step is a word of appreciation. The ladder goes from hygiene, which everybody
// expects, to distinction.
type Step struct {
	Word string `json:"word"`
	Rung int    `json:"rung"` // 1 hygiene, 2 expected of a good office, 3 distinction
	// Ambition is whether the office wants to be known by it.
	Ambition bool `json:"ambition,omitempty"`
}

// DefaultLadder is the ladder an office begins with. Source: DOMAIN.md §2.1; the
// middle rung is our own and may be changed, as all of it may.
func DefaultLadder() []Step {
	return []Step{
		{Word: "betrouwbaar", Rung: 1}, {Word: "deskundig", Rung: 1}, {Word: "zorgvuldig", Rung: 1},
		{Word: "bereikbaar", Rung: 2}, {Word: "meedenkend", Rung: 2}, {Word: "persoonlijk", Rung: 2},
		{Word: "zeer betrokken", Rung: 3, Ambition: true}, {Word: "verrassend", Rung: 3, Ambition: true},
		{Word: "totaaloplosser", Rung: 3, Ambition: true},
	}
}

// MostSteps bounds the ladder: a question with more words is not read.
const MostSteps = 15

// CheckLadder says what is wrong with a ladder, as an analysis.Invalid error, or
// nil.
func CheckLadder(ladder []Step) error {
	seen := map[string]bool{}
	for _, s := range ladder {
		word := ThemeName(s.Word)
		if word == "" || len(word) > 60 || s.Rung < 1 || s.Rung > 3 || seen[word] {
			return analysis.Fail(analysis.Invalid, "survey.ladder_word", analysis.Args{"word": s.Word})
		}
		seen[word] = true
	}
	if len(ladder) == 0 || len(ladder) > MostSteps {
		return analysis.Fail(analysis.Invalid, "survey.ladder_count", analysis.Args{"n": len(ladder), "most": MostSteps})
	}
	return nil
}

// WordCount is how many chose a word.
type WordCount struct {
	Word     string
	Rung     int // 0: a word that is not on the ladder
	N        int
	Ambition bool
}

// climbed counts the words of responses: those of the ladder in its order, also
// with none, then the others, most chosen first. Of the others, which somebody made
// up, those that fewer than fewest said are left out.
func climbed(ladder []Step, responses []*Response, fewest int) []WordCount {
	at := map[string]int{}
	var counts []WordCount
	for _, s := range ladder {
		at[ThemeName(s.Word)] = len(counts)
		counts = append(counts, WordCount{Word: s.Word, Rung: s.Rung, Ambition: s.Ambition})
	}
	fixed := len(counts)
	for _, r := range responses {
		said := map[string]bool{}
		for _, w := range r.Words {
			word := ThemeName(w)
			if word == "" || said[word] {
				continue
			}
			said[word] = true
			i, known := at[word]
			if !known {
				i = len(counts)
				at[word] = i
				counts = append(counts, WordCount{Word: word})
			}
			counts[i].N++
		}
	}
	own := slices.DeleteFunc(counts[fixed:], func(w WordCount) bool { return w.N < fewest })
	counts = counts[:fixed+len(own)]
	analysis.Sort(counts[fixed:], func(a, b WordCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Word, b.Word))
	})
	return counts
}
