package session

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"klantbot/analysis"
)

// Clean returns what somebody wrote as it is kept: on one line with single
// spaces, without control characters and without the bidi controls that would
// turn round what stands beside it. Right-to-left letters and their marks stay.
// Nothing left, or more than most characters (runes), is analysis.Invalid.
func Clean(text string, most int) (string, error) {
	text = cleaned(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", invalid("session.text.empty", nil)
	case n > most:
		return "", invalid("session.text.long", analysis.Args{"n": n, "most": most})
	}
	return text, nil
}

func cleaned(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), turns(r), r == '\u200b', r == '\ufeff', r == '\u2060', r == utf8.RuneError:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = strings.Join(strings.Fields(text), " ")
	if strings.IndexFunc(text, func(r rune) bool { return !unicode.Is(unicode.Cf, r) && r != ' ' }) < 0 {
		return "" // nothing that can be seen
	}
	return text
}

// isClean reports that cleaned changes nothing of text, as is mostly so: letters of ASCII
// with single spaces. Fold asks it of every card at every press.
func isClean(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' '
}

// turns reports whether r embeds, overrides or isolates a direction: what is
// opened and not closed would turn round the rest of a message.
func turns(r rune) bool { return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' }

// Isolate returns text such that it can stand within a sentence: what has
// right-to-left letters is put between FSI and PDI, anything else is unchanged.
func Isolate(text string) string {
	if strings.IndexFunc(text, rightToLeft) < 0 {
		return text
	}
	return "\u2068" + text + "\u2069"
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}

// written cleans what may also be empty.
func written(text string, most int) error {
	if cleaned(text) == "" {
		return nil
	}
	_, err := Clean(text, most)
	return err
}

func invalid(key string, args analysis.Args) error { return analysis.Fail(analysis.Invalid, key, args) }
