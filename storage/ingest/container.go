package ingest

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"klantbot/analysis"
)

// Bounds of what a compressed file may become. A bomb of zeros grows a
// thousandfold; a bookkeeping's text ten- to fortyfold, and a generated file
// perhaps a hundredfold.
const (
	maxRatio    = 250
	ratioAfter  = 256 << 20 // bytes that any file may become, whatever the ratio
	maxUnpacked = 16 << 30
	headSize    = 256 << 10 // what is looked at to know what a file is
)

// format is what the bytes of a file are. Where its name says another, it is
// refused.
type format byte

const (
	formatText format = iota
	formatXML
	formatZip
	formatOLE // old .xls, or a workbook with a password
	formatPDF
	formatHTML
	formatGzip
	formatEmpty
	formatOther // an image, a program, another archive
)

// container is the file as it lies there: possibly compressed, and readable
// from the start as often as needed.
type container struct {
	name     string
	at       io.ReaderAt
	size     int64
	gzip     bool
	progress func(done, total int64)
	twice    bool // the contents are proven before they are read
}

// pass says what the contents are read for, and so how it is reported.
type pass byte

const (
	quiet   pass = iota // a look at them that takes no time
	proving             // a look at all of them, before the reading: half of the work
	reading             // the reading that counts
)

// open returns the contents from the start, uncompressed.
func (c *container) open(p pass) (io.Reader, error) {
	packed := &counted{r: io.NewSectionReader(c.at, 0, c.size)}
	if p == proving {
		c.twice = true
	}
	if before := int64(0); p != quiet && c.progress != nil {
		total := c.size
		if c.twice {
			total *= 2
		}
		if p == reading {
			before = total - c.size
		}
		packed.report = func(n int64) { c.progress(before+n, total) }
	}
	if !c.gzip {
		return packed, nil
	}
	unpacked, err := gzip.NewReader(bufio.NewReaderSize(packed, 64<<10))
	if err != nil {
		return nil, fileError("import.gzip_broken", nil, err)
	}
	return &guarded{r: unpacked, packed: packed}, nil
}

// head returns the first bytes of the contents.
func (c *container) head() ([]byte, error) {
	r, err := c.open(quiet)
	if err != nil {
		return nil, err
	}
	size := int64(headSize)
	if !c.gzip {
		size = min(size, c.size)
	}
	buf := make([]byte, size)
	n, err := io.ReadFull(r, buf)
	// Not errors.Is: a damaged file has these as the cause of its own error.
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	return buf[:n], nil
}

// counted counts the bytes read of the file itself.
type counted struct {
	r      io.Reader
	n      int64
	report func(n int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.report != nil && n > 0 {
		c.report(c.n)
	}
	return n, err
}

// guarded stops a decompression bomb and words what is wrong with a damaged
// file.
type guarded struct {
	r      io.Reader
	packed *counted
	n      int64
}

func (g *guarded) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	if g.n > maxUnpacked || g.n > ratioAfter && g.n/maxRatio > g.packed.n {
		return 0, fileError("import.bomb", nil, nil)
	}
	if err != nil && err != io.EOF {
		err = fileError("import.gzip_broken", nil, err)
	}
	return n, err
}

// sniff says what a file is by its first bytes.
func sniff(head []byte) format {
	switch {
	case len(head) == 0:
		return formatEmpty
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return formatGzip
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return formatZip
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return formatOLE
	case bytes.HasPrefix(head, []byte("%PDF-")):
		return formatPDF
	}
	for _, magic := range []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "Rar!", "7z\xbc\xaf", "\x7fELF", "MZ\x90", "BZh", "\xfd7zXZ", "SQLite format 3", "(\xb5\x2f\xfd"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return formatOther
		}
	}
	return sniffMarkup(head)
}

// sniffMarkup tells XML, HTML and plain text apart.
func sniffMarkup(head []byte) format {
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		text = bytes.ReplaceAll(text[2:min(len(text), 4096)], []byte{0}, nil)
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) == 0 {
		return formatEmpty
	}
	start := bytes.ToLower(text[:min(len(text), 1024)])
	switch {
	case start[0] != '<':
		return formatText
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.Contains(start, []byte("<html")), bytes.HasPrefix(start, []byte("<table")):
		return formatHTML
	}
	return formatXML
}

// endings are what files are called by what is in them; what else a file may be
// has a sentence of its own.
var endings = map[format][]string{
	formatText: {".csv", ".tsv", ".txt"},
	formatXML:  {".xaf", ".xml"},
	formatZip:  {".xlsx", ".xlsm"},
}

// misnamed refuses a file whose name promises another kind than it is: then it
// is the wrong file, or its export went wrong, and who gave it should look.
func misnamed(name string, is format) error {
	named := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(name), ".gz")))
	right, known := endings[is]
	if !known || slices.Contains(right, named) {
		return nil
	}
	for _, others := range endings {
		if slices.Contains(others, named) {
			return fileError("import.misnamed", analysis.Args{"named": named, "right": right[0]}, nil)
		}
	}
	return nil
}

// fileError is a failure of the whole file that the person can mend.
func fileError(key string, args analysis.Args, cause error) *analysis.Error {
	e := analysis.Fail(analysis.Invalid, key, args)
	e.Cause = cause
	return e
}
