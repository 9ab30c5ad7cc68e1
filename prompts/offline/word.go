package offline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a text with the place where it stands.
type word struct {
	start, end int
	folded     string
	capital    bool // begins with a capital letter
}

// words cuts text into words: runs of letters and digits, with the apostrophes
// and hyphens inside them ("foto's", "'t", "btw-aangifte").
func words(text string) []word {
	var found []word
	start, last := -1, -1 // of the word at hand; last is where its last letter ends
	flush := func() {
		if start >= 0 {
			first, _ := utf8.DecodeRuneInString(text[start:])
			found = append(found, word{start: start, end: last, folded: fold(text[start:last]), capital: unicode.IsUpper(first)})
		}
		start, last = -1, -1
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r):
			if start < 0 {
				start = at
			}
			last = at + size
		case start >= 0 && last == at && (r == '\'' || r == '’' || r == '-'):
			// Perhaps inside a word; the next character tells.
		default:
			flush()
		}
		at += size
	}
	flush()
	return found
}

// letters are what accented letters of Dutch, English and their neighbours are
// compared as.
var letters = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ã': "a", 'ä': "a", 'å': "a", 'ç': "c", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ñ': "n", 'ò': "o", 'ó': "o", 'ô': "o", 'õ': "o", 'ö': "o", 'ø': "o",
	'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ý': "y", 'ÿ': "ij", 'ĳ': "ij", 'ß': "ss", 'æ': "ae", 'œ': "oe",
	'’': "'", '‘': "'", 'š': "s", 'ž': "z", 'ć': "c", 'č': "c", 'ł': "l", 'ğ': "g", 'ş': "s", 'ı': "i",
}

// fold returns text as it is compared: lower case, without accents whether they
// were composed or not.
func fold(text string) string {
	plain := true
	for i := range len(text) {
		if c := text[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		r = unicode.ToLower(r)
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else if as, ok := letters[r]; ok {
			b.WriteString(as)
		} else if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
