package openai

import (
	"strings"

	"klantbot/prompts"
)

// languages are those that there are prompts in, the usual one first.
var languages = []string{"nl", "en"}

// telling are words that say in which language a text is.
var telling = map[string]int{"de": 1, "het": 1, "een": 1, "en": 1, "niet": 1, "ik": 1, "jullie": 1, "van": 1, "dat": 1, "wij": 1, "met": 1, "voor": 1, "maar": 1, "ons": 1,
	"the": -1, "and": -1, "not": -1, "you": -1, "your": -1, "of": -1, "that": -1, "they": -1, "with": -1, "for": -1, "but": -1, "our": -1, "are": -1, "it": -1}

// languageOf returns the language most answers are in, Dutch in doubt. Clauses are
// written in it, whoever reads them: the gate compares words with those of the
// answers, and translating is no part of summarising.
func languageOf(answers []prompts.Answer) string {
	dutch := 0
	for _, a := range answers {
		for word := range strings.FieldsSeq(strings.ToLower(a.Text[:min(len(a.Text), longestAnswer)])) {
			dutch += telling[strings.Trim(word, ".,!?;:'\"")]
		}
	}
	if dutch < 0 {
		return "en"
	}
	return "nl"
}
