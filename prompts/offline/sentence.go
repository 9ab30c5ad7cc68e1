package offline

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// span is the bytes start up to end of a text.
type span struct{ start, end int }

// abbreviations end in a point without ending a sentence. Folded, without the
// last point.
var abbreviations = lazySet(`dhr mw mevr mr drs ir ing dr prof bc ds fam jhr st
	bijv bv b.v n.v v.o.f c.v nv o.a t.a.v t.b.v t.o.v t.g.v t.w.v m.b.t m.b.v m.i.v m.u.v i.p.v i.v.m i.o i.h.b
	n.a.v a.u.b a.s d.d d.m.v d.w.z e.a e.d enz etc e.g i.e ca circa nr nrs art blz p pag tel resp incl excl evt
	vgl zgn z.g ivm jl jl.l l.l o.b.v o.g.v o.l.v p.j p.m p.p p.st s.v.p v.a v.d v.h z.o.z z.s.m max min gem afd
	jan feb mrt apr jun jul aug sep sept okt nov dec mr mrs ms inc ltd vs no approx dept`)

// lazySet makes a set when it is first asked for: most runs of the program
// summarise nothing.
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

// split cuts text into sentences (Unicode Standard Annex 29, with Dutch
// abbreviations joined again, and a cut after a point or exclamation mark that
// lacks its space, as in "Prima.Bedankt"). Spans have no white space around
// them and hold at least one letter or digit; what is left out has none.
func split(text string) []span {
	var spans []span
	start := 0
	close := func(end int) {
		for _, part := range unglued(text, span{start, end}) {
			if part = trim(text, part); part.start < part.end {
				spans = append(spans, part)
			}
		}
		start = end
	}
	for iter := sentences.FromString(text); iter.Next(); {
		end := iter.End()
		if end < len(text) && joins(text[start:end], text[end:]) {
			continue
		}
		close(end)
	}
	return spans
}

// joins says whether a sentence broke off after an abbreviation or initial.
func joins(sentence, rest string) bool {
	if strings.ContainsAny(sentence[len(strings.TrimRightFunc(sentence, unicode.IsSpace)):], "\r\n") {
		return false
	}
	body, point := strings.CutSuffix(strings.TrimRightFunc(sentence, unicode.IsSpace), ".")
	if !point {
		return false
	}
	last := fold(body[strings.LastIndexFunc(body, func(r rune) bool { return unicode.IsSpace(r) || r == '(' })+1:])
	switch last {
	case "bv", "b.v", "n.v", "nv", "v.o.f", "c.v", "enz", "etc", "e.d", "e.a", "a.u.b", "s.v.p":
		// These do end sentences too: then a capital follows.
		next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, unicode.IsSpace))
		return !unicode.IsUpper(next)
	}
	initial := utf8.RuneCountInString(last) == 1 && unicode.IsLetter([]rune(last)[0])
	return abbreviations()[last] || initial || initials(last)
}

// initials says whether s is initials like "j.p".
func initials(s string) bool {
	if !strings.Contains(s, ".") {
		return false
	}
	for part := range strings.SplitSeq(s, ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
	}
	return true
}

// unglued cuts where a point, exclamation or question mark stands between a
// lower-case letter and a capital: "Prima.Bedankt".
func unglued(text string, s span) []span {
	var parts []span
	start := s.start
	for at := s.start + 1; at < s.end-1; at++ {
		if c := text[at]; c != '.' && c != '!' && c != '?' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[start:at])
		after, size := utf8.DecodeRuneInString(text[at+1 : s.end])
		second, _ := utf8.DecodeRuneInString(text[at+1+size : s.end])
		if unicode.IsLower(before) && unicode.IsUpper(after) && unicode.IsLower(second) {
			parts = append(parts, span{start, at + 1})
			start = at + 1
		}
	}
	return append(parts, span{start, s.end})
}

// trim takes white space off; a span without letter or digit becomes empty.
func trim(text string, s span) span {
	piece := text[s.start:s.end]
	if strings.IndexFunc(piece, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return span{s.start, s.start}
	}
	s.start += len(piece) - len(strings.TrimLeftFunc(piece, blank))
	s.end -= len(piece) - len(strings.TrimRightFunc(piece, blank))
	return s
}

// blank is white space and control characters.
func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
