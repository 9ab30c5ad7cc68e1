package prompts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Locate finds quote in text where white space, quotation marks and dashes may
// differ, and returns the bytes of text that were meant. A quote of nothing but
// marks is never found.
func Locate(text, quote string) (start, end int, ok bool) {
	folded, at := folded(text)
	wanted, _ := foldedTrim(quote)
	if strings.IndexFunc(wanted, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return 0, 0, false
	}
	from := strings.Index(folded, wanted)
	if from < 0 {
		return 0, 0, false
	}
	last := from + len(wanted) - 1
	// at holds, for each folded byte, where its character begins in text.
	_, size := utf8.DecodeRuneInString(text[at[last]:])
	return at[from], at[last] + size, true
}

// folded returns text with each white space run as one space, quotation marks and
// dashes of one kind, and without control and bidi characters; and for each of its
// bytes where the character it comes from begins in text.
func folded(text string) (string, []int) {
	var b strings.Builder
	var at []int
	space := true
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			if space {
				continue
			}
			space, r = true, ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			continue
		default:
			space = false
		}
		n, _ := b.WriteRune(alike(r))
		for range n {
			at = append(at, i)
		}
	}
	return b.String(), at
}

func foldedTrim(s string) (string, []int) {
	f, at := folded(s)
	return strings.Trim(f, ` "'`), at
}

// alike returns the plain form of quotation marks and dashes.
func alike(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '`', '´':
		return '\''
	case '“', '”', '„', '‟', '«', '»':
		return '"'
	case '–', '—', '‐', '‑', '−':
		return '-'
	}
	return r
}

// Clean returns text without control and formatting characters, among them those
// that turn the direction of writing, but with its line ends and tabs. It is what
// a model may see of an answer.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) && r != utf8.RuneError {
			return r
		}
		return -1
	}, text)
}
