package match

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// codeEntry is one code while the index is built. It holds no pointers: an office has
// five for each client, and they are moved a lot.
type codeEntry struct {
	prefix uint64 // the first eight bytes of the code, for a fast comparison
	key    Key
	zeros  uint32
	at     uint32 // where in codeList.text it stands: folded, without leading zeros
	size   uint32 // its bytes
	raw    uint32 // bytes of it as it was added, which follow; 0: as the zeros and the code
}

// codeList collects codes.
type codeList struct {
	all  []codeEntry
	text []byte
}

// add adds a code; one without a letter, digit or sign is ignored.
func (l *codeList) add(key Key, text string) {
	start := len(l.text)
	if room := 3 * len(text); cap(l.text)-start < room { // folded and as added, some letters longer
		l.text = slices.Grow(l.text, max(room, start))
	}
	l.text = appendCodeFolded(l.text, text)
	folded := l.text[start:]
	if len(folded) == 0 {
		return
	}
	zeros := leadingZeros(folded)
	c := codeEntry{key: key, zeros: uint32(zeros), at: uint32(start + zeros), size: uint32(len(folded) - zeros)}
	var prefix [8]byte
	copy(prefix[:], folded[zeros:])
	c.prefix = binary.BigEndian.Uint64(prefix[:])
	if raw := strings.TrimSpace(text); raw != string(folded) {
		l.text = append(l.text, raw...)
		c.raw = uint32(len(raw))
	}
	l.all = append(roomy(l.all), c)
}

// roomy gives a full slice room for as much again. Appending gives a long one a
// quarter more each time, so that what is thrown away is four times what is kept.
func roomy(s []codeEntry) []codeEntry {
	if len(s) == cap(s) {
		return slices.Grow(s, max(len(s), 64))
	}
	return s
}

func (l *codeList) code(c *codeEntry) []byte { return l.text[c.at:][:c.size] }

func (l *codeList) raw(c *codeEntry) []byte { return l.text[c.at+c.size:][:c.raw] }

// compare orders codes. Those that differ in how they were added only have an order too.
func (l *codeList) compare(a, b codeEntry) int {
	if c := cmp.Compare(a.prefix, b.prefix); c != 0 {
		return c
	}
	return cmp.Or(bytes.Compare(l.code(&a), l.code(&b)), cmp.Compare(a.zeros, b.zeros),
		cmp.Compare(a.key, b.key), bytes.Compare(l.raw(&a), l.raw(&b)))
}

// newCodeTable sorts the codes, and drops repeated ones.
func newCodeTable(l codeList) codeTable {
	l.sort()
	t := codeTable{arena: make([]byte, 0, len(l.text)+8*len(l.all)), starts: make([]uint32, 0, len(l.all)/codeBlock+1)}
	var last *codeEntry
	for i := range l.all {
		c := &l.all[i]
		if last != nil && l.compare(*c, *last) == 0 {
			continue
		}
		shared := 0
		if t.n%codeBlock == 0 {
			t.starts = append(t.starts, uint32(len(t.arena)))
		} else {
			for a, b := l.code(last), l.code(c); shared < len(a) && shared < len(b) && a[shared] == b[shared]; {
				shared++
			}
		}
		t.arena = l.appendCode(t.arena, c, shared)
		last = c
		t.n++
	}
	t.arena, t.starts = bytes.Clone(t.arena), slices.Clone(t.starts) // without the room that appending left
	return t
}

// appendCode writes c as: bytes shared with the code before, rest of the code,
// zeros and whether the text as added differs, that text, key.
func (l *codeList) appendCode(b []byte, c *codeEntry, shared int) []byte {
	code, raw := l.code(c), l.raw(c)
	b = binary.AppendUvarint(b, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(code)-shared))
	b = append(b, code[shared:]...)
	if len(raw) == 0 {
		b = binary.AppendUvarint(b, uint64(c.zeros)<<1)
	} else {
		b = binary.AppendUvarint(b, uint64(c.zeros)<<1|1)
		b = binary.AppendUvarint(b, uint64(len(raw)))
		b = append(b, raw...)
	}
	return binary.LittleEndian.AppendUint32(b, uint32(c.key))
}
