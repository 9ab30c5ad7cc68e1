package offline

import (
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
)

// stems turns words into stems and remembers them: people repeat themselves.
// It is not safe for concurrent use.
type stems map[string]string

// longestStem bounds what the stemmer is given: no word is longer, and what is
// longer is no word.
const longestStem = 40

// of returns the Dutch stem of a folded word.
func (s stems) of(folded string) string {
	if len(folded) > longestStem {
		return folded
	}
	if known, ok := s[folded]; ok {
		return known
	}
	env := snowballstem.NewEnv(folded)
	dutch.Stem(env)
	stem := env.Current()
	s[folded] = stem
	return stem
}
