package offline

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed lexicon_nl.txt
var lexiconText string

// lexicon is the words of praise and blame with all that bends their meaning.
type lexicon struct {
	entries  map[string]entry // by exact folded words, those of phrases joined with _
	stemmed  map[string]entry // by stems
	longest  map[string]int   // of phrases, by the stem they begin with: how many words
	negation map[string]bool
	contrast map[string]bool
	scarce   map[string]bool // words that say there is too little of what follows
	degree   map[string]float64
}

type entry struct {
	weight float64 // -3..3
	words  int
}

// dutchLexicon is read once.
var dutchLexicon = sync.OnceValue(func() *lexicon {
	l, err := parseLexicon(lexiconText)
	if err != nil {
		panic(err) // the embedded file is wrong; a test reads it
	}
	return l
})

// parseLexicon reads the format that lexicon_nl.txt describes: a line is a weight
// and its words; ? lists what negates, - what says too little of what follows, % a
// factor and words of degree, ! words after which a sentence turns.
func parseLexicon(text string) (*lexicon, error) {
	l := &lexicon{entries: map[string]entry{}, stemmed: map[string]entry{}, longest: map[string]int{},
		negation: map[string]bool{}, scarce: map[string]bool{}, contrast: map[string]bool{}, degree: map[string]float64{}}
	s := stems{}
	for n, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		mark, rest := fields[0], fields[1:]
		switch mark {
		case "?", "!", "-":
			for _, w := range rest {
				map[string]map[string]bool{"?": l.negation, "!": l.contrast, "-": l.scarce}[mark][w] = true
			}
			continue
		case "%":
			rest = rest[1:]
			mark = fields[1]
		}
		weight, err := strconv.ParseFloat(mark, 64)
		if err != nil || weight < -3 || weight > 3 {
			return nil, fmt.Errorf("lexicon line %d: %q is no weight", n+1, mark)
		}
		for _, w := range rest {
			if fields[0] == "%" {
				l.degree[w] = weight
			} else {
				l.add(w, weight, s)
			}
		}
	}
	return l, nil
}

func (l *lexicon) add(words string, weight float64, s stems) {
	exact := fold(words)
	parts := strings.Split(exact, "_")
	stemmed := make([]string, len(parts))
	for i, p := range parts {
		stemmed[i] = s.of(p)
	}
	e := entry{weight: weight, words: len(parts)}
	l.entries[exact] = e
	key := strings.Join(stemmed, "_")
	if _, there := l.stemmed[key]; !there {
		l.stemmed[key] = e
	}
	if len(parts) > 1 {
		l.longest[stemmed[0]] = max(l.longest[stemmed[0]], len(parts))
	}
}
