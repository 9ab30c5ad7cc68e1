package offline

import (
	"strings"

	"klantbot/prompts"
)

// themes sorts sentences under the themes of a request. The last is prompts.Other.
type themes struct {
	names  []string
	number map[string]int
	stems  map[string]int // stem of a seed -> theme
	longer []seed         // seeds that compounds may hold
	known  map[string]int // what a word was found to be
}

type seed struct {
	folded string
	theme  int
}

// compoundSeed is from how many bytes a seed is looked for inside longer words:
// "bereikbaar" in "onbereikbaarheid", but not "fee" in "koffee".
const compoundSeed = 5

func newThemes(asked []prompts.Theme, answers []prompts.Answer, s stems) *themes {
	t := &themes{number: map[string]int{}, stems: map[string]int{}, known: map[string]int{}}
	add := func(name string) {
		if _, there := t.number[name]; !there && name != "" && name != prompts.Other {
			t.number[name] = len(t.names)
			t.names = append(t.names, name)
		}
	}
	for _, theme := range asked {
		add(theme.Name)
	}
	for _, a := range answers {
		add(a.Theme)
	}
	t.number[prompts.Other] = len(t.names)
	t.names = append(t.names, prompts.Other)
	for _, theme := range asked {
		at, ok := t.number[theme.Name]
		if !ok {
			continue
		}
		for _, word := range append([]string{theme.Name}, theme.Seeds...) {
			folded := fold(strings.TrimSpace(word))
			if folded == "" || folded == prompts.Other {
				continue
			}
			if stem := s.of(folded); t.stems[stem] == 0 {
				t.stems[stem] = at + 1
			}
			if len(folded) >= compoundSeed {
				t.longer = append(t.longer, seed{folded, at})
			}
		}
	}
	return t
}

func (t *themes) other() int { return len(t.names) - 1 }

// of returns the theme with most seeds in a sentence, the first in the request
// among equals, and Other without any.
func (t *themes) of(ts []token) int {
	counts := make([]int, len(t.names))
	for _, w := range ts {
		if theme := t.word(w); theme >= 0 {
			counts[theme]++
		}
	}
	best := t.other()
	for theme, n := range counts[:t.other()] {
		if n > 0 && (best == t.other() || n > counts[best]) {
			best = theme
		}
	}
	return best
}

func (t *themes) word(w token) int {
	if theme, ok := t.known[w.folded]; ok {
		return theme
	}
	theme := t.stems[w.stem] - 1
	for _, s := range t.longer {
		if theme < 0 && strings.Contains(w.folded, s.folded) {
			theme = s.theme
		}
	}
	t.known[w.folded] = theme
	return theme
}
