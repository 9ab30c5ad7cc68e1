package mask

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// token is a word of the text.
type token struct {
	start, end int
	folded     string
	capital    bool // begins with a capital
	caps       bool // has two or more letters and no lower-case one
	acronym    bool // begins with one, as BTW-aangifte and SBI-code do
	first      bool // begins a sentence, a line, a quotation or what follows a colon
}

// tokens cuts text into words: letters and digits with the apostrophes, hyphens
// and points inside them ("v.d.", "J.P.", "foto's", "Jansen-Smit").
func tokens(text string) (ts []token) {
	start, last, first := -1, -1, true
	flush := func() {
		if start >= 0 {
			t := token{start: start, end: last, folded: fold(text[start:last]), first: first}
			r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[start:last], "'’"))
			t.capital = unicode.IsUpper(r)
			t.caps = t.capital && utf8.RuneCountInString(text[start:last]) > 1 && strings.IndexFunc(text[start:last], unicode.IsLower) < 0
			head, rest, _ := strings.Cut(text[start:last], "-")
			t.acronym = len(head) > 1 && head == strings.ToUpper(head) && rest != "" && rest == strings.ToLower(rest)
			ts = append(ts, t)
			first = false
		}
		start, last = -1, -1
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) && start >= 0:
			if start < 0 {
				start = at
			}
			last = at + size
		case start < 0 && (r == '\'' || r == '’') && particleAhead(text[at+size:]):
			start, last = at, at+size // 't, 's
		case start >= 0 && last == at && (r == '\'' || r == '’' || r == '-' || r == '.' && pointInside(text, start, at)):
			if next, _ := utf8.DecodeRuneInString(text[at+size:]); !unicode.IsLetter(next) && !unicode.IsDigit(next) {
				if r == '.' {
					last = at + size // the point of an initial
				}
				flush()
			}
		default:
			flush()
			if strings.ContainsRune(".!?\n\r:;\"“„«•*|", r) {
				first = true
			}
		}
		at += size
	}
	flush()
	return ts
}

// pointInside says whether the point at at belongs to the word: after a single
// letter, as in "J.P." and "v.d.", and after "dhr" and "Zn".
func pointInside(text string, start, at int) bool {
	piece := text[start:at]
	piece = piece[strings.LastIndexByte(piece, '.')+1:]
	if utf8.RuneCountInString(piece) == 1 {
		r, _ := utf8.DecodeRuneInString(piece)
		return unicode.IsLetter(r)
	}
	return titles()[fold(piece)] || fold(piece) == "zn"
}

func particleAhead(rest string) bool {
	return len(rest) > 1 && (rest[0] == 't' || rest[0] == 's' || rest[0] == 'T') && rest[1] == ' '
}

var accents = strings.NewReplacer("à", "a", "á", "a", "â", "a", "ã", "a", "ä", "a", "å", "a", "ç", "c", "è", "e", "é", "e", "ê", "e", "ë", "e",
	"ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o", "ø", "o", "ù", "u", "ú", "u", "û", "u",
	"ü", "u", "ý", "y", "ÿ", "y", "ĳ", "ij", "ß", "ss", "’", "'", "ş", "s", "ğ", "g", "ı", "i", "ć", "c", "č", "c", "š", "s", "ž", "z", "ł", "l")

// fold returns s as names are compared: lower case, without accents, composed or
// not, and without points.
func fold(s string) string {
	s = accents.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if r == '.' || unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, s)
}

// lazySet makes a set when it is first asked for: most runs of the program mask
// nothing, and the lists take memory.
func lazySet(text string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool { return set(text) })
}

// set makes a set of the words in text.
func set(text string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(text) {
		s[w] = true
	}
	return s
}
