package ingest

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings a text file may have. A byte-order mark is never part of the
// text.
const (
	encodingUTF8    = "utf-8"
	encodingUTF16LE = "utf-16le"
	encodingUTF16BE = "utf-16be"
	encodingWestern = "windows-1252"
)

// encodingNames are the names people give them. ISO-8859-1 is read as
// Windows-1252, which differs only where ISO-8859-1 has control characters.
var encodingNames = map[string]string{
	"utf-8": encodingUTF8, "utf8": encodingUTF8, "utf-8-sig": encodingUTF8,
	"utf-16": encodingUTF16LE, "utf16": encodingUTF16LE, "utf-16le": encodingUTF16LE, "utf-16be": encodingUTF16BE,
	"windows-1252": encodingWestern, "cp1252": encodingWestern, "ansi": encodingWestern,
	"iso-8859-1": encodingWestern, "iso-8859-15": encodingWestern, "latin1": encodingWestern, "latin-1": encodingWestern,
	"us-ascii": encodingUTF8, "ascii": encodingUTF8,
}

// detectEncoding says how the text is encoded: by its byte-order mark, else
// UTF-8 unless more lines are broken UTF-8 than valid. Text of plain ASCII is
// UTF-8.
func detectEncoding(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return encodingUTF8
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return encodingUTF16LE
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return encodingUTF16BE
	}
	valid, broken := 0, 0
	for len(head) > 0 {
		line, rest, found := bytes.Cut(head, []byte("\n"))
		if !found && broken+valid > 0 {
			break // may be cut in the middle of a character
		}
		head = rest
		if isASCII(line) {
			continue
		}
		if utf8.Valid(line) {
			valid++
		} else {
			broken++
		}
	}
	if broken > valid {
		return encodingWestern
	}
	return encodingUTF8
}

// decodeStream wraps r so that UTF-16 becomes UTF-8; the encodings that keep
// ASCII pass unchanged, for the reader decodes them line by line.
func decodeStream(r io.Reader, encoding string) io.Reader {
	switch encoding {
	case encodingUTF16LE:
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case encodingUTF16BE:
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	}
	return r
}

// lineDecoder turns the bytes of lines into text. Files pasted together from
// two systems have lines of two encodings, so each line is judged by itself:
// what is not valid UTF-8 is Windows-1252.
type lineDecoder struct {
	western      bool // the whole file is said to be Windows-1252
	utf8, broken int  // lines with characters outside ASCII, by encoding
	firstBroken  int
	out          []byte
}

// decode appends the text of raw, whose first line is number line, to the
// decoder's own buffer, valid until the next call.
func (d *lineDecoder) decode(raw []byte, line int) []byte {
	if isASCII(raw) {
		return raw
	}
	if !d.western && utf8.Valid(raw) {
		d.utf8++
		return raw
	}
	d.out = d.out[:0]
	for len(raw) > 0 {
		end := bytes.IndexByte(raw, '\n') + 1
		if end == 0 {
			end = len(raw)
		}
		d.out = d.line(d.out, raw[:end], line)
		raw, line = raw[end:], line+1
	}
	return d.out
}

func (d *lineDecoder) line(out, raw []byte, line int) []byte {
	switch {
	case isASCII(raw):
		return append(out, raw...)
	case !d.western && utf8.Valid(raw):
		d.utf8++
		return append(out, raw...)
	}
	if d.broken == 0 {
		d.firstBroken = line
	}
	d.broken++
	for _, b := range raw {
		out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b))
	}
	return out
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if (b[0]|b[1]|b[2]|b[3]|b[4]|b[5]|b[6]|b[7])&0x80 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// encodingByName resolves what a person or an XML declaration calls an
// encoding.
func encodingByName(name string) (string, bool) {
	e, ok := encodingNames[strings.ToLower(strings.TrimSpace(name))]
	return e, ok
}
