package prompts

import (
	"strings"
	"unicode/utf8"
)

// Sources finds the answers of a request by id.
type Sources map[ID]Answer

// SourcesOf returns the answers of a request by their ids.
func SourcesOf(answers []Answer) Sources {
	s := make(Sources, len(answers))
	for _, a := range answers {
		s[a.ID] = a
	}
	return s
}

// Text returns the words of a quote, and false where it points outside its
// answer, between the bytes of a character, or at no answer at all.
func (s Sources) Text(q Quote) (string, bool) {
	a, ok := s[q.ID]
	if !ok || q.Start < 0 || q.End > len(a.Text) || q.Start >= q.End {
		return "", false
	}
	if !between(a.Text, q.Start) || !between(a.Text, q.End) {
		return "", false
	}
	return a.Text[q.Start:q.End], true
}

// between says whether at is a place between two characters. A byte that is no
// UTF-8 is a character of its own.
func between(text string, at int) bool {
	if at == 0 || at == len(text) || utf8.RuneStart(text[at]) {
		return true
	}
	for back := 1; back < utf8.UTFMax && back <= at; back++ {
		if utf8.RuneStart(text[at-back]) {
			_, size := utf8.DecodeRuneInString(text[at-back:])
			return size <= back
		}
	}
	return true
}

// Words counts words as a person does: by the white space between them.
func Words(text string) int { return len(strings.Fields(text)) }
