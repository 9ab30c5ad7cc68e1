package match

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the number of bytes of a folded word that are compared.
const maxWord = 40

// folded is one word of a name as it is compared.
type folded struct {
	text  string
	comma bool // a comma follows: what stands before it is the surname
}

// latin spells letters that do not decompose into a base letter and a mark.
var latin = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d",
	'þ': "th", 'ı': "i", 'ħ': "h", 'ŧ': "t", 'ŋ': "n", 'ς': "σ",
}

// appendFolded appends s in lower case, without diacritics, y as ij, to dst.
// Letters and digits are kept, a comma stays a comma, "&" becomes "en", and
// apostrophes and all else become a space.
func appendFolded(dst []byte, s string) []byte {
	start := len(dst)
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == ',':
		case c == '&' || c == '+':
			dst = append(dst, " en "...)
			continue
		case c >= utf8.RuneSelf:
			return spellY(appendUnicode(dst[:start], s), start)
		default:
			c = ' '
		}
		dst = append(dst, c)
	}
	return spellY(dst, start)
}

// appendUnicode is appendFolded for text beyond ASCII, without the y.
func appendUnicode(dst []byte, s string) []byte {
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		switch spelled, ok := latin[r]; {
		case ok:
			dst = append(dst, spelled...)
		case r == ',':
			dst = append(dst, ',')
		case r == '&' || r == '+':
			dst = append(dst, " en "...)
		case isWordRune(r):
			dst = utf8.AppendRune(dst, r)
		default:
			dst = append(dst, ' ')
		}
	}
	return dst
}

// spellY makes every "y" in b[start:] "ij". The longer spelling is the one
// compared, because a typo inside an ij would otherwise cost two letters;
// pattern.similarity tries the shorter one too.
func spellY(b []byte, start int) []byte {
	extra := bytes.Count(b[start:], []byte{'y'})
	if extra == 0 {
		return b
	}
	i := len(b)
	b = append(b, make([]byte, extra)...)
	for n := len(b); i > start; {
		i--
		n--
		b[n] = b[i]
		if b[i] == 'y' {
			b[n] = 'j'
			n--
			b[n] = 'i'
		}
	}
	return b
}

// appendWords appends the folded words of s, a name or a piece of one that
// nextWord cut off, to dst. Words do not depend on what stands around s.
func appendWords(dst []folded, s string) []folded {
	var space [64]byte
	b := appendFolded(space[:0], s)
	singles := 0 // how many words at the end of dst are single letters without a comma
	for i := 0; i < len(b); {
		if b[i] == ' ' || b[i] == ',' {
			if b[i] == ',' && len(dst) > 0 {
				dst = expand(dst, singles)
				dst[len(dst)-1].comma = true
				singles = 0
			}
			i++
			continue
		}
		j := i
		for j < len(b) && b[j] != ' ' && b[j] != ',' {
			j++
		}
		word := b[i:j]
		i = j
		if len(word) == 1 && !isDigit(word[0]) {
			dst = append(dst, folded{text: string(word)})
			singles++
			continue
		}
		dst = expand(dst, singles)
		singles = 0
		dst = appendWord(dst, string(cut(word)))
	}
	return expand(dst, singles)
}

// cut shortens word to maxWord bytes, at the border of a letter.
func cut(word []byte) []byte {
	if len(word) <= maxWord {
		return word
	}
	n := maxWord
	for n > 0 && !utf8.RuneStart(word[n]) {
		n--
	}
	return word[:n]
}

// appendWord appends word, or the words that it stands for.
func appendWord(dst []folded, word string) []folded {
	if words, ok := abbreviations[word]; ok {
		return appendTexts(dst, words)
	}
	if word[0] == 'v' {
		for _, g := range glued {
			if len(word) >= len(g.prefix)+g.rest && word[:len(g.prefix)] == g.prefix {
				return append(appendTexts(dst, g.words), folded{text: word[len(g.prefix):]})
			}
		}
	}
	return append(dst, folded{text: word})
}

// expand replaces the longest abbreviation that the last n words of dst, all
// single letters, end in: j, v, d becomes j, van, d.
func expand(dst []folded, n int) []folded {
	for ; n >= 2; n-- {
		tail := dst[len(dst)-n:]
		var letters [8]byte
		if n > len(letters) {
			continue
		}
		for i, w := range tail {
			letters[i] = w.text[0]
		}
		if words, ok := abbreviations[string(letters[:n])]; ok {
			return appendTexts(dst[:len(dst)-n], words)
		}
	}
	return dst
}

func appendTexts(dst []folded, words []string) []folded {
	for _, w := range words {
		dst = append(dst, folded{text: w})
	}
	return dst
}

// nextWord cuts the first word off text at white space; word is empty when
// there is none. Single letters that follow each other ("v d", "B. V.") stay
// one word, because together they may be an abbreviation.
func nextWord(text string) (word, rest string) {
	start, end := nextField(text, 0)
	for isSingle(text[start:end]) && end < len(text) && text[end] == ' ' {
		s, e := nextField(text, end)
		if s != end+1 || !isSingle(text[s:e]) {
			break
		}
		end = e
	}
	return text[start:end], text[end:]
}

// nextField returns where the first run of text[from:] without white space
// starts and ends.
func nextField(text string, from int) (start, end int) {
	start = from
	for start < len(text) {
		n := spaceAt(text, start)
		if n == 0 {
			break
		}
		start += n
	}
	end = start
	for end < len(text) && spaceAt(text, end) == 0 {
		end++
	}
	return start, end
}

// spaceAt returns the length of the white space character at text[i:], or 0.
func spaceAt(text string, i int) int {
	c := text[i]
	switch {
	case c == ' ' || '\t' <= c && c <= '\r':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	if r, n := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
		return n
	}
	return 0
}

// isSingle reports whether s is a single ASCII letter, with or without a dot.
func isSingle(s string) bool {
	if len(s) == 0 || len(s) > 2 || len(s) == 2 && s[1] != '.' {
		return false
	}
	c := s[0] | 0x20
	return 'a' <= c && c <= 'z'
}
