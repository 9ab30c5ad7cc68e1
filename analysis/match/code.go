package match

import (
	"bytes"
	"cmp"
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
func foldCode(text string) string {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			text = norm.NFKC.String(text)
			break
		}
	}
	mail := strings.Contains(text, "@")
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '.' && !mail {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
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

// splitZeros returns code without leading zeros, and how many there were. A
// code of zeros keeps the last.
func splitZeros(code string) (string, int) {
	n := 0
	for n < len(code)-1 && code[n] == '0' {
		n++
	}
	return code[n:], n
}

// codeEntry is one code while the index is built.
type codeEntry struct {
	prefix uint64 // the first eight bytes of code, for a fast comparison
	code   string // folded, without leading zeros
	zeros  int
	key    Key
	raw    string // as it was added
}

// codeTable holds all codes in order, each written as what it adds to the one
// before it; every codeBlock-th is whole, so that a search can start there.
type codeTable struct {
	arena  []byte
	starts []uint32 // where each block starts in arena
	n      int
}

const codeBlock = 16

// newCodeTable sorts the codes, and drops repeated ones.
func newCodeTable(codes []codeEntry) codeTable {
	for i := range codes {
		var b [8]byte
		copy(b[:], codes[i].code)
		codes[i].prefix = binary.BigEndian.Uint64(b[:])
	}
	if !slices.IsSortedFunc(codes, compareCodes) {
		slices.SortFunc(codes, compareCodes)
	}
	var t codeTable
	last, lastEntry := "", (*codeEntry)(nil)
	for i := range codes {
		c := &codes[i]
		if lastEntry != nil && compareCodes(*c, *lastEntry) == 0 {
			continue
		}
		shared := 0
		if t.n%codeBlock == 0 {
			t.starts = append(t.starts, uint32(len(t.arena)))
		} else {
			for shared < len(last) && shared < len(c.code) && last[shared] == c.code[shared] {
				shared++
			}
		}
		t.arena = appendCode(t.arena, c, shared)
		last, lastEntry = c.code, c
		t.n++
	}
	t.arena, t.starts = bytes.Clone(t.arena), slices.Clone(t.starts) // without the room that appending left
	return t
}

func compareCodes(a, b codeEntry) int {
	if c := cmp.Compare(a.prefix, b.prefix); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.code, b.code), cmp.Compare(a.zeros, b.zeros),
		cmp.Compare(a.key, b.key), strings.Compare(a.raw, b.raw))
}

// appendCode writes c as: bytes shared with the code before, rest of the code,
// zeros and whether the text as added differs, that text, key.
func appendCode(b []byte, c *codeEntry, shared int) []byte {
	b = binary.AppendUvarint(b, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(c.code)-shared))
	b = append(b, c.code[shared:]...)
	if c.raw == strings.Repeat("0", c.zeros)+c.code {
		b = binary.AppendUvarint(b, uint64(c.zeros)<<1)
	} else {
		b = binary.AppendUvarint(b, uint64(c.zeros)<<1|1)
		b = binary.AppendUvarint(b, uint64(len(c.raw)))
		b = append(b, c.raw...)
	}
	return binary.LittleEndian.AppendUint32(b, uint32(c.key))
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
	code, zeros := splitZeros(folded)
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
