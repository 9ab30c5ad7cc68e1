package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of an XML document. A token is a tag, a comment or a run of text.
const (
	maxToken   = 1 << 20
	maxDepth   = 100
	maxXMLName = 255
)

// xmlKind says what a token is.
type xmlKind byte

const (
	xmlStart xmlKind = iota
	xmlEnd
	xmlText
)

// xmlToken is one event of a document. Its bytes are valid until the next.
type xmlToken struct {
	kind  xmlKind
	name  []byte // as written, with prefix
	local []byte // without
	attrs []xmlAttr
	text  []byte // characters, references resolved, line ends as \n
}

type xmlAttr struct{ name, value []byte }

// xmlReader reads XML as a stream of tokens, several times faster than
// encoding/xml and as strict: it was held against it event by event (see
// TestXMLReader and FuzzXML). It is stricter in this: no document type
// definition (no entities of one's own, so no billion laughs), exactly one root
// element and nothing but white space beside it, no attribute twice, an XML
// declaration only at the start, names of ASCII and the letters of Latin-1, and
// the bounds above. It does not resolve namespaces.
type xmlReader struct {
	src        io.Reader
	buf        []byte // buf[at:end] was read and not handed out yet
	at, end    int
	done       bool
	line       int // line ends before counted
	counted    int // buf[:counted] is in line
	stack      []byte
	marks      []int // where each open element's name starts in stack
	selfClosed bool
	rooted     bool // the root element has been opened
	first      bool // nothing has been handed out: a declaration may come
	attrs      []xmlAttr
	text       []byte
	// lenient reads bytes that are not UTF-8 as Windows-1252, which real files
	// need, and counts them.
	lenient     bool
	broken      int
	firstBroken int
}

// errXML is what is wrong with a document, and where.
type errXML struct {
	line int
	what string
	// strict marks what encoding/xml would let pass.
	strict bool
}

func (e *errXML) Error() string { return fmt.Sprintf("XML line %d: %s", e.line, e.what) }

// dtdRefused is what is said of a document type definition.
const dtdRefused = "a document type definition"

// newXMLReader reads a UTF-8 document without byte-order mark.
func newXMLReader(src io.Reader) *xmlReader {
	return &xmlReader{src: src, buf: make([]byte, 64<<10), first: true}
}

// lineNumber returns the line of the next byte to be read.
func (x *xmlReader) lineNumber() int {
	x.line += bytes.Count(x.buf[x.counted:x.at], []byte{'\n'})
	x.counted = x.at
	return x.line + 1
}

func (x *xmlReader) fail(what string) error { return &errXML{line: x.lineNumber(), what: what} }

func (x *xmlReader) strict(what string) error {
	return &errXML{line: x.lineNumber(), what: what, strict: true}
}

// more reads on, keeping buf[at:]. It reports false at the end of the document.
func (x *xmlReader) more() (bool, error) {
	if x.done {
		return false, nil
	}
	if x.end-x.at > maxToken {
		return false, x.strict("a tag or text is longer than a mebibyte")
	}
	if x.at > 0 {
		x.lineNumber()
		copy(x.buf, x.buf[x.at:x.end])
		x.end -= x.at
		x.at, x.counted = 0, 0
	}
	if x.end == len(x.buf) {
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.src.Read(x.buf[x.end:])
	x.end += n
	if errors.Is(err, io.EOF) {
		x.done = true
		return n > 0, nil
	}
	return true, err
}

// index returns where separator starts, counted from at, reading on as needed;
// -1 when the document ends first.
func (x *xmlReader) index(separator string, from int) (int, error) {
	for {
		if i := bytes.Index(x.buf[x.at+from:x.end], []byte(separator)); i >= 0 {
			return from + i, nil
		}
		from = max(from, x.end-x.at-len(separator)+1)
		more, err := x.more()
		if err != nil || !more && x.done {
			if i := bytes.Index(x.buf[x.at+from:x.end], []byte(separator)); i >= 0 && err == nil {
				return from + i, nil
			}
			return -1, err
		}
	}
}

// next returns the next token, and io.EOF after the root element has ended.
func (x *xmlReader) next() (xmlToken, error) {
	if x.selfClosed {
		x.selfClosed = false
		return x.pop(), nil
	}
	for {
		if x.at == x.end {
			more, err := x.more()
			if err != nil {
				return xmlToken{}, err
			}
			if !more && x.at == x.end {
				return xmlToken{}, x.ended()
			}
			continue
		}
		var t xmlToken
		var skip bool
		var err error
		if x.buf[x.at] != '<' {
			t, skip, err = x.characters()
		} else {
			t, skip, err = x.markup()
		}
		x.first = false
		if err != nil || !skip {
			return t, err
		}
	}
}

func (x *xmlReader) ended() error {
	switch {
	case len(x.marks) > 0:
		return x.fail("the document ends inside an element")
	case !x.rooted:
		return x.strict("there is no root element")
	}
	return io.EOF
}

// characters reads text up to the next tag.
func (x *xmlReader) characters() (xmlToken, bool, error) {
	n := bytes.IndexByte(x.buf[x.at:x.end], '<')
	if n < 0 {
		var err error
		if n, err = x.index("<", 0); err != nil {
			return xmlToken{}, false, err
		}
		if n < 0 {
			n = x.end - x.at
		}
	}
	raw := x.buf[x.at : x.at+n]
	if len(x.marks) == 0 {
		if !isBlank(raw) {
			if _, err := x.content(raw, true); err != nil {
				return xmlToken{}, false, err
			}
			return xmlToken{}, false, x.strict("text outside the root element")
		}
		x.at += n
		return xmlToken{}, true, nil
	}
	text, err := x.content(raw, true)
	if err != nil {
		return xmlToken{}, false, err
	}
	x.at += n
	return xmlToken{kind: xmlText, text: text}, false, nil
}

func isBlank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// content checks characters and resolves references and line ends. Text that
// has none of them is handed out as it lies in the buffer.
func (x *xmlReader) content(raw []byte, outside bool) ([]byte, error) {
	plain := true
	for _, c := range raw {
		if !plainByte[c] {
			plain = false
			break
		}
	}
	if plain {
		return raw, nil
	}
	if outside && bytes.Contains(raw, []byte("]]>")) {
		return nil, x.fail("]]> in text")
	}
	x.text = x.text[:0]
	for i := 0; i < len(raw); {
		switch c := raw[i]; {
		case c == '&':
			r, n := reference(raw[i:])
			if n == 0 {
				return nil, x.fail("unknown or broken reference")
			}
			x.text = utf8.AppendRune(x.text, r)
			i += n
		case c == '\r':
			x.text = append(x.text, '\n')
			if i++; i < len(raw) && raw[i] == '\n' {
				i++
			}
		case c < utf8.RuneSelf:
			if c < ' ' && c != '\t' && c != '\n' {
				return nil, x.fail("a control character")
			}
			x.text = append(x.text, c)
			i++
		default:
			r, n := utf8.DecodeRune(raw[i:])
			if r == utf8.RuneError && n == 1 {
				if !x.lenient {
					return nil, x.fail("invalid UTF-8")
				}
				if x.broken++; x.broken == 1 {
					x.firstBroken = x.lineNumber()
				}
				x.text = utf8.AppendRune(x.text, charmap.Windows1252.DecodeByte(c))
				i++
				continue
			}
			if !isXMLChar(r) {
				return nil, x.fail("a character that XML does not allow")
			}
			x.text = append(x.text, raw[i:i+n]...)
			i += n
		}
	}
	return x.text, nil
}

// plainByte marks the bytes that text may be handed out with unchanged: ASCII
// without &, ], \r and control characters.
var plainByte = func() (p [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		p[c] = c != '&' && c != ']'
	}
	p['\n'], p['\t'] = true, true
	return p
}()

func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= 0x10ffff
}

// reference resolves &lt; &gt; &amp; &apos; &quot; &#65; and &#x41; and returns
// the length it takes, 0 when it is none of them.
func reference(raw []byte) (r rune, n int) {
	end := bytes.IndexByte(raw[:min(len(raw), 16)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := string(raw[1:end]); name {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "apos":
		return '\'', end + 1
	case "quot":
		return '"', end + 1
	default:
		if name[0] != '#' {
			return 0, 0
		}
		if r = number(name[1:]); r < 0 || !isXMLChar(r) {
			return 0, 0
		}
		return r, end + 1
	}
}

// number reads the digits of a character reference; -1 when they are none.
func number(s string) rune {
	base := rune(10)
	if s != "" && s[0] == 'x' {
		base, s = 16, s[1:]
	}
	if s == "" {
		return -1
	}
	var r rune
	for _, c := range []byte(s) {
		var d rune
		switch {
		case c >= '0' && c <= '9':
			d = rune(c - '0')
		case c >= 'a' && c <= 'f':
			d = rune(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = rune(c-'A') + 10
		default:
			return -1
		}
		if d >= base {
			return -1
		}
		if r = r*base + d; r > utf8.MaxRune {
			return -1
		}
	}
	return r
}
