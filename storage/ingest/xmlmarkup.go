package ingest

import (
	"bytes"
	"unicode/utf8"
)

// markup reads what starts with <. skip reports that it was a comment, a
// processing instruction or the declaration.
func (x *xmlReader) markup() (t xmlToken, skip bool, err error) {
	for x.end-x.at < 9 && !x.done {
		if _, err := x.more(); err != nil {
			return t, false, err
		}
	}
	b := x.buf[x.at:x.end]
	switch {
	case len(b) < 2:
		return t, false, x.fail("the document ends inside a tag")
	case b[1] == '/':
		t, err = x.endTag()
	case b[1] == '?':
		return t, true, x.instruction()
	case bytes.HasPrefix(b, []byte("<!--")):
		return t, true, x.comment()
	case bytes.HasPrefix(b, []byte("<![CDATA[")):
		return x.cdata()
	case b[1] == '!':
		return t, false, x.strict(dtdRefused)
	default:
		t, err = x.startTag()
	}
	return t, false, err
}

// tag returns a whole tag without < and >, reading on as needed. A > inside
// quotes does not end it.
func (x *xmlReader) tag() ([]byte, error) {
	from, quote := 1, byte(0)
	for {
		for i := x.at + from; i < x.end; i++ {
			switch c := x.buf[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '>':
				return x.buf[x.at+1 : i], nil
			case c == '"' || c == '\'':
				quote = c
			}
		}
		from = x.end - x.at
		more, err := x.more()
		switch {
		case err != nil:
			return nil, err
		case !more && x.end-x.at == from:
			return nil, x.fail("the document ends inside a tag")
		}
	}
}

func (x *xmlReader) startTag() (xmlToken, error) {
	tag, err := x.tag()
	if err != nil {
		return xmlToken{}, err
	}
	size := len(tag) + 2
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		x.selfClosed = true
		tag = tag[:n-1]
	}
	name, rest, err := x.name(tag)
	if err != nil {
		return xmlToken{}, err
	}
	switch {
	case len(x.marks) == 0 && x.rooted:
		return xmlToken{}, x.strict("a second root element")
	case len(x.marks) >= maxDepth:
		return xmlToken{}, x.strict("elements are nested too deep")
	}
	x.attrs = x.attrs[:0]
	if len(rest) > 0 {
		if err := x.attributes(rest); err != nil {
			return xmlToken{}, err
		}
	}
	x.rooted = true
	x.marks = append(x.marks, len(x.stack))
	x.stack = append(x.stack, name...)
	x.at += size
	return xmlToken{kind: xmlStart, name: name, local: local(name), attrs: x.attrs}, nil
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i > 0 && i+1 < len(name) {
		return name[i+1:]
	}
	return name
}

// name takes a name off the front.
func (x *xmlReader) name(b []byte) (name, rest []byte, err error) {
	n := 0
	for n < len(b) && nameByte[b[n]] {
		n++
	}
	switch {
	case n == 0:
		return nil, nil, x.fail("a name is missing")
	case n > maxXMLName:
		return nil, nil, x.strict("a name is too long")
	case b[0] == '-' || b[0] == '.' || b[0] >= '0' && b[0] <= '9':
		return nil, nil, x.fail("a name starts with a digit or a dash")
	}
	name = b[:n]
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		if bytes.IndexByte(name[i+1:], ':') >= 0 {
			return nil, nil, x.fail("a name with two colons")
		}
		if i == 0 || i == n-1 {
			return nil, nil, x.strict("a name starts or ends with a colon")
		}
	}
	if !isASCII(name) && !validName(name) {
		return nil, nil, x.strict("a name with letters beyond Latin-1")
	}
	return name, b[n:], nil
}

// nameByte marks what a name is made of: letters, digits, :_-. and everything
// outside ASCII, which validName looks at.
var nameByte = func() (p [256]bool) {
	for c := range 256 {
		p[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':' || c == '_' || c == '-' || c == '.' || c >= utf8.RuneSelf
	}
	return p
}()

// validName allows the letters of Latin-1 beside ASCII.
func validName(name []byte) bool {
	for i := 0; i < len(name); {
		r, n := utf8.DecodeRune(name[i:])
		if r >= utf8.RuneSelf && (r < 0xc0 || r > 0xff || r == 0xd7 || r == 0xf7) {
			return false
		}
		i += n
	}
	return true
}

// attributes reads name="value" pairs.
func (x *xmlReader) attributes(b []byte) error {
	values := x.text[:0]
	for {
		trimmed := bytes.TrimLeft(b, " \t\r\n")
		if len(trimmed) == 0 {
			x.text = values
			return nil
		}
		if len(trimmed) == len(b) {
			return x.strict("no space before an attribute")
		}
		name, rest, err := x.name(trimmed)
		if err != nil {
			return err
		}
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if len(rest) == 0 || rest[0] != '=' {
			return x.fail("an attribute without a value")
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return x.fail("an attribute without quotes")
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return x.fail("an attribute without closing quote")
		}
		raw := rest[1 : 1+end]
		if bytes.IndexByte(raw, '<') >= 0 {
			return x.fail("< in an attribute")
		}
		for _, a := range x.attrs {
			if bytes.Equal(a.name, name) {
				return x.strict("an attribute twice")
			}
		}
		x.text = nil // each value gets its own bytes: attributes are rare
		value, err := x.content(raw, false)
		if err != nil {
			return err
		}
		x.attrs = append(x.attrs, xmlAttr{name, value})
		b = rest[end+2:]
	}
}

func (x *xmlReader) endTag() (xmlToken, error) {
	if n := len(x.marks); n > 0 { // the usual case: exactly the open element's name
		open := x.stack[x.marks[n-1]:]
		if b := x.buf[x.at+2 : x.end]; len(b) > len(open) && b[len(open)] == '>' && bytes.Equal(b[:len(open)], open) {
			x.at += len(open) + 3
			return x.pop(), nil
		}
	}
	tag, err := x.tag()
	if err != nil {
		return xmlToken{}, err
	}
	name, rest, err := x.name(tag[1:])
	if err != nil {
		return xmlToken{}, err
	}
	if !isBlank(rest) {
		return xmlToken{}, x.fail("an end tag with more than a name")
	}
	if len(x.marks) == 0 || !bytes.Equal(name, x.stack[x.marks[len(x.marks)-1]:]) {
		return xmlToken{}, x.fail("an end tag that does not belong to the open element")
	}
	x.at += len(tag) + 2
	return x.pop(), nil
}

// pop ends the innermost element.
func (x *xmlReader) pop() xmlToken {
	from := x.marks[len(x.marks)-1]
	name := x.stack[from:]
	x.marks, x.stack = x.marks[:len(x.marks)-1], x.stack[:from]
	return xmlToken{kind: xmlEnd, name: name, local: local(name)}
}

func (x *xmlReader) comment() error {
	n, err := x.index("--", 4)
	switch {
	case err != nil:
		return err
	case n < 0:
		return x.fail("a comment without end")
	}
	for x.end-x.at < n+3 && !x.done {
		if _, err := x.more(); err != nil {
			return err
		}
	}
	if x.end-x.at < n+3 || x.buf[x.at+n+2] != '>' {
		return x.fail("-- inside a comment")
	}
	if !validChars(x.buf[x.at : x.at+n]) {
		return x.strict("a comment with a character that XML does not allow")
	}
	x.at += n + 3
	return nil
}

func validChars(b []byte) bool {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || !isXMLChar(r) {
			return false
		}
		i += n
	}
	return true
}

// instruction skips <?target ...?>. What the declaration says about the
// encoding was seen to when the file was opened.
func (x *xmlReader) instruction() error {
	n, err := x.index("?>", 2)
	switch {
	case err != nil:
		return err
	case n < 0:
		return x.fail("a processing instruction without end")
	}
	b := x.buf[x.at+2 : x.at+n]
	name, rest, err := x.name(b)
	if err != nil {
		return err
	}
	switch {
	case bytes.IndexByte(name, ':') >= 0:
		return x.strict("a processing instruction with a colon")
	case bytes.EqualFold(name, []byte("xml")) && (!x.first || string(name) != "xml"):
		return x.strict("an XML declaration that is not at the start")
	case !validChars(b):
		return x.strict("a processing instruction with a character that XML does not allow")
	case len(rest) > 0 && !isBlank(rest[:1]):
		return x.strict("a processing instruction without a space")
	case string(name) == "xml":
		if v := declared(b, "version"); v != "1.0" {
			return x.strict("a version of XML other than 1.0")
		}
	}
	x.at += n + 2
	return nil
}

// declared returns a value of the XML declaration: declared(b, "encoding").
func declared(b []byte, name string) string {
	i := bytes.Index(b, []byte(name))
	if i < 0 {
		return ""
	}
	b = bytes.TrimLeft(b[i+len(name):], " \t\r\n=")
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return ""
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return ""
	}
	return string(b[1 : 1+end])
}

// cdata reads <![CDATA[...]]> as text.
func (x *xmlReader) cdata() (xmlToken, bool, error) {
	n, err := x.index("]]>", 9)
	switch {
	case err != nil:
		return xmlToken{}, false, err
	case n < 0:
		return xmlToken{}, false, x.fail("CDATA without end")
	}
	raw := x.buf[x.at+9 : x.at+n]
	if !validChars(raw) {
		return xmlToken{}, false, x.fail("CDATA with a character that XML does not allow")
	}
	if len(x.marks) == 0 {
		return xmlToken{}, false, x.strict("text outside the root element")
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	x.at += n + 3
	return xmlToken{kind: xmlText, text: raw}, false, nil
}
