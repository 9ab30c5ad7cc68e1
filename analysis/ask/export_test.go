package ask

import (
	"sync"

	"klantbot/analysis"
)

// ReadWithout reads text as if it were not among the examples: what is measured on
// phrasings that are.
func ReadWithout(text string, today analysis.Day, v Vocabulary) Question {
	return readWith(text, today, v, func(example string) bool { return example == text }, nil)
}

// Lessons reads the examples anew, learns from them, and says how many there are.
func Lessons() int {
	l, read := teach()
	learn(l, read, nil)
	return len(l.all)
}

// taught are the examples as they are read, once for all lists.
var taught = sync.OnceValues(teach)

// Unlearnt returns how questions are read by who never saw texts: neither among the
// examples nor in what is learnt from them.
func Unlearnt(texts map[string]bool) func(text string, today analysis.Day, v Vocabulary) Question {
	l, read := taught()
	skill := learn(l, read, func(i int) bool { return texts[plainText(l.all[i].text)] })
	return func(text string, today analysis.Day, v Vocabulary) Question {
		return readWith(text, today, v, func(example string) bool { return texts[example] }, skill)
	}
}
