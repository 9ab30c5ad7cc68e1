package ask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostWords bounds the work on a text; a question is shorter.
const mostWords = 120

// word is a word of the text with what it was taken for.
type word struct {
	raw      string
	plain    string // folded, chat spelling and typos mended
	from, to int    // its bytes in the text
	slot     bool   // it fills a slot
	stop     bool   // it means nothing by itself
	about    []concept
	initial  bool // it opens a sentence
	asked    bool // a question mark follows
	apart    bool // a comma or the like parts it from the word before
	colon    bool // a colon does
}

// free says whether w is still unexplained.
func (w word) free() bool { return !w.slot && !w.stop && len(w.about) == 0 }

// capital says whether w is written as a name is.
func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.raw)
	return unicode.IsUpper(r)
}

// cut cuts text into words. Hyphens part words ("A-klanten"), dots and
// apostrophes inside a word do not ("v.d.", "m'n"), and a Slack mention or an
// e-mail address is one word.
func cut(text string) []word {
	var words []word
	initial, apart, colon := true, false, false
	for at := 0; at < len(text) && len(words) < mostWords; {
		if strings.HasPrefix(text[at:], "<@") {
			if end := strings.IndexByte(text[at:], '>'); end > 0 {
				raw := text[at : at+end+1]
				words = append(words, word{raw: raw, plain: raw, from: at, to: at + end + 1})
				at += end + 1
				initial, apart, colon = false, false, false
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !letter(r) && r != '&' {
			if r == '?' && len(words) > 0 {
				words[len(words)-1].asked = true
			}
			apart = apart || strings.ContainsRune(",;:()!?\n", r)
			colon = colon || r == ':'
			initial = initial || r == '.' || r == '?' || r == '!' || r == '\n'
			at += size
			continue
		}
		to := end(text, at)
		plain := fold(text[at:to])
		if len(plain) == 2 && plain[0] == '2' && number(plain) > 0 && at > 0 && (text[at-1] == '\'' || strings.HasSuffix(text[:at], "’")) {
			plain = "20" + plain // "omzet in '24"
		}
		if plain == "t" && at > 0 && (text[at-1] == '\'' || strings.HasSuffix(text[:at], "’")) {
			_, quote := utf8.DecodeLastRuneInString(text[:at])
			at -= quote // "'t Hart"
		}
		words = append(words, word{raw: text[at:to], plain: plain, from: at, to: to, initial: initial, apart: apart, colon: colon})
		at, initial, apart, colon = to, false, false, false
	}
	return words
}

// end is where the word that begins at at ends.
func end(text string, at int) int {
	to, dots := at, false
	for to < len(text) {
		r, size := utf8.DecodeRuneInString(text[to:])
		next, _ := utf8.DecodeRuneInString(text[to+size:])
		switch {
		case letter(r):
		case (r == '.' || r == '\'' || r == '’' || r == '@' || r == '_') && to > at && letter(next):
			dots = dots || r == '.'
		case r == '.' && dots && to-at <= 6: // the last dot of "v.d." and "B.V."
			return to + size
		case r == '&' && to == at:
			return to + size
		default:
			return to
		}
		to += size
	}
	return to
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// fold writes a word in lower case without marks: "Één" is "een".
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '’':
			b.WriteByte('\'')
		default:
			b.WriteString(bare(r))
		}
	}
	return b.String()
}

func bare(r rune) string {
	switch r {
	case 'á', 'à', 'ä', 'â', 'ã', 'å':
		return "a"
	case 'é', 'è', 'ë', 'ê':
		return "e"
	case 'í', 'ì', 'ï', 'î':
		return "i"
	case 'ó', 'ò', 'ö', 'ô', 'õ', 'ø':
		return "o"
	case 'ú', 'ù', 'ü', 'û':
		return "u"
	case 'ç':
		return "c"
	case 'ñ':
		return "n"
	case 'ĳ':
		return "ij"
	}
	return string(r)
}

// has says whether the words from at on are phrase.
func has(words []word, at int, phrase []string) bool {
	if at < 0 || at+len(phrase) > len(words) {
		return false
	}
	for i, p := range phrase {
		if words[at+i].plain != p {
			return false
		}
	}
	return true
}

// take marks n words from at on as filling a slot.
func take(words []word, at, n int) {
	for i := at; i < at+n; i++ {
		words[i].slot = true
	}
}
