package match

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// codeLabels are the words people put before a number ("KvK 12345678").
var codeLabels = map[string]bool{
	"kvk": true, "klant": true, "klantnummer": true, "klantnr": true, "client": true,
	"debiteur": true, "debiteurnummer": true, "debiteurnr": true, "deb": true,
	"nummer": true, "nr": true, "no": true, "number": true, "btw": true, "rsin": true,
	"relatie": true, "relatienummer": true, "email": true, "mail": true,
}

// foldCode returns text as codes are compared: lower case, without white space
// and, unless it is an e-mail address, without dots.
func foldCode(text string) string { return string(appendCodeFolded(nil, text)) }

// appendCodeFolded appends what foldCode returns to b.
func appendCodeFolded(b []byte, text string) []byte {
	mail, start := strings.IndexByte(text, '@') >= 0, len(b)
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= utf8.RuneSelf: // it may join the letter before it
			return appendCodeUnicode(b[:start], text, mail)
		case c == ' ', '\t' <= c && c <= '\r', c == '.' && !mail:
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendCodeUnicode is appendCodeFolded for text that is not all ASCII.
func appendCodeUnicode(b []byte, text string, mail bool) []byte {
	for _, r := range norm.NFKC.String(text) {
		if !unicode.IsSpace(r) && (r != '.' || mail) {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
	}
	return b
}

// stripLabels drops the words before a code that say what it is; it returns ""
// when there are none or nothing follows them.
func stripLabels(query string) string {
	fields := strings.Fields(query)
	n := 0
	for n < len(fields) && codeLabels[strings.ToLower(strings.Trim(fields[n], ".:#-"))] {
		n++
	}
	if n == 0 {
		return ""
	}
	return strings.Join(fields[n:], " ")
}

// leadingZeros is how many zeros a code starts with that it is compared without. A
// code of zeros keeps the last.
func leadingZeros[T string | []byte](code T) int {
	n := 0
	for n < len(code)-1 && code[n] == '0' {
		n++
	}
	return n
}

// codeTable holds all codes in order, each written as what it adds to the one
// before it; every codeBlock-th is whole, so that a search can start there.
type codeTable struct {
	arena  []byte
	starts []uint32 // where each block starts in arena
	n      int
}

const codeBlock = 16

// sort puts the codes in order: by their first eight bytes digit by digit, which takes
// an eighth of comparing them, and then those that begin alike.
func (l *codeList) sort() {
	l.all = radixed(l.all)
	for start := 0; start < len(l.all); {
		end := start + 1
		for end < len(l.all) && l.all[end].prefix == l.all[start].prefix {
			end++
		}
		if end-start > 1 {
			slices.SortFunc(l.all[start:end], l.compare)
		}
		start = end
	}
}

// radixed returns all in order of prefix, those with the same in the order they had. It
// writes over all.
func radixed(all []codeEntry) []codeEntry {
	other := make([]codeEntry, len(all))
	for shift := 0; shift < 64; shift += 8 {
		var next [256]int
		for i := range all {
			next[byte(all[i].prefix>>shift)]++
		}
		sum := 0
		for digit, n := range next {
			next[digit], sum = sum, sum+n
		}
		for i := range all {
			digit := byte(all[i].prefix >> shift)
			other[next[digit]] = all[i]
			next[digit]++
		}
		all, other = other, all
	}
	return all
}

// codeReader walks the codes of a table.
type codeReader struct {
	rest  []byte
	code  []byte
	zeros int
	key   Key
	raw   []byte // nil when the text as added is the zeros and the code
}

// next reads one code; the reader must not be at its end.
func (r *codeReader) next() {
	shared, rest := r.uvarint(), r.uvarint()
	r.code = append(r.code[:shared], r.rest[:rest]...)
	r.rest = r.rest[rest:]
	zeros := r.uvarint()
	r.zeros, r.raw = int(zeros>>1), nil
	if zeros&1 != 0 {
		n := r.uvarint()
		r.raw, r.rest = r.rest[:n], r.rest[n:]
	}
	r.key = Key(binary.LittleEndian.Uint32(r.rest))
	r.rest = r.rest[4:]
}

func (r *codeReader) uvarint() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.rest = r.rest[n:]
	return v
}

// find returns the clients with the code query, labels before it left out.
// There are at most limit of them, equal ones first.
func (t *codeTable) find(query string, limit int) []Hit {
	hits := t.findFolded(foldCode(query), limit)
	if len(hits) == 0 {
		if rest := stripLabels(query); rest != "" {
			hits = t.findFolded(foldCode(rest), limit)
		}
	}
	return hits
}

func (t *codeTable) findFolded(folded string, limit int) []Hit {
	if folded == "" || t.n == 0 {
		return nil
	}
	zeros := leadingZeros(folded)
	code := folded[zeros:]
	// The first block that starts at or after code; equal codes may begin in
	// the block before it.
	block, _ := slices.BinarySearchFunc(t.starts, code, func(start uint32, code string) int {
		r := codeReader{rest: t.arena[start:]}
		r.next()
		return bytes.Compare(r.code, []byte(code))
	})
	r := codeReader{rest: t.arena[t.starts[max(block-1, 0)]:]}
	var equal, others []Hit
	for len(r.rest) > 0 {
		r.next()
		if c := strings.Compare(string(r.code), code); c < 0 {
			continue
		} else if c > 0 || len(equal) >= limit && len(others) >= limit {
			break
		}
		text := strings.Repeat("0", r.zeros) + code
		if r.raw != nil {
			text = string(r.raw)
		}
		if r.zeros == zeros {
			equal = append(equal, Hit{Key: r.key, Score: 1, Grade: Whole, Kind: Code, Text: text})
		} else {
			others = append(others, Hit{Key: r.key, Score: ZerosScore, Grade: Words, Kind: Code, Text: text})
		}
	}
	return append(equal, others...)
}
