package ingest

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"klantbot/analysis"
)

// AuditFile is what an XML Auditfile Financieel holds, and how it reconciles.
type AuditFile struct {
	Version      string // 3.1, 3.2, 4.0; empty when the file does not say
	FiscalYear   string
	Currency     string
	Start, End   analysis.Day // of the fiscal year; NoDay when the file does not say
	Accounts     int
	Relations    int
	Transactions int
	Lines        int
	Debit        analysis.Cents // sums of the lines as read
	Credit       analysis.Cents
	// StatedLines, StatedDebit and StatedCredit are what the file itself says
	// its lines come to; -1 lines when it does not say.
	StatedLines  int
	StatedDebit  analysis.Cents
	StatedCredit analysis.Cents

	SalesJournals int
	Revenue       analysis.Cents // Attributed + Unattributed
	Attributed    analysis.Cents // of which with a client
	Unattributed  analysis.Cents
	ByClient      []ClientRevenue // largest first
}

// ClientRevenue is the revenue of one relation of an audit file.
type ClientRevenue struct {
	Number, Name string
	Revenue      analysis.Cents
}

// auditSource is an audit file, perhaps compressed.
type auditSource struct {
	c        *container
	encoding string
	version  string
	accounts *accountFilter
}

// versionAtEnd finds the version in a namespace: .../XAF/3.2, ...Financieel3.2.1
// and ...XAF_4.0 are all in use.
var versionAtEnd = regexp.MustCompile(`(\d\.\d)(\.\d)*/?$`)

func openAudit(c *container, head []byte, o Options, d *Detected) (source, error) {
	if o.Kind != "" && o.Kind != analysis.ImportXAF && o.Kind != analysis.ImportRevenue {
		return nil, fileError("import.not_table", nil, nil)
	}
	a := &auditSource{c: c}
	var err error
	if a.accounts, err = parseAccounts(o.RevenueAccounts); err != nil {
		return nil, err
	}
	if a.encoding, err = auditEncoding(head, o.Encoding); err != nil {
		return nil, err
	}
	root, err := a.root(head)
	if err != nil {
		return nil, err
	}
	for _, attr := range root.attrs {
		if bytes.HasPrefix(attr.name, []byte("xmlns")) {
			if m := versionAtEnd.FindSubmatch(attr.value); m != nil {
				a.version = string(m[1])
			}
		}
	}
	if bytes.Contains(head, []byte("CLAIR2.")) {
		return nil, fileError("import.xaf_version", analysis.Args{"version": "2.0"}, nil)
	}
	d.Kind, d.Encoding, d.Version = analysis.ImportXAF, a.encoding, a.version
	return a, nil
}

// auditEncoding is what the person says, else the byte-order mark, else the
// XML declaration, else UTF-8.
func auditEncoding(head []byte, given string) (string, error) {
	if e := detectEncoding(head); given == "" && (e == encodingUTF16LE || e == encodingUTF16BE) {
		return e, nil
	}
	start := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if given == "" && bytes.HasPrefix(start, []byte("<?xml")) && len(start) == len(head) {
		if end := bytes.Index(start, []byte("?>")); end > 0 {
			given = declared(start[:end], "encoding")
		}
	}
	if given == "" {
		return encodingUTF8, nil
	}
	e, ok := encodingByName(given)
	if !ok {
		return "", fileError("import.encoding_unknown", analysis.Args{"encoding": given}, nil)
	}
	if strings.HasPrefix(e, "utf-16") && detectEncoding(head) == encodingUTF8 {
		e = encodingUTF8 // says UTF-16 and is not
	}
	return e, nil
}

// reader returns the document as UTF-8 from the start.
func (a *auditSource) reader(r io.Reader) *xmlReader {
	if a.encoding == encodingWestern {
		r = transform.NewReader(r, charmap.Windows1252.NewDecoder())
	} else {
		r = decodeStream(r, a.encoding)
	}
	x := newXMLReader(&unmarked{r: r})
	x.lenient = true
	return x
}

// unmarked takes a UTF-8 byte-order mark off.
type unmarked struct {
	r    io.Reader
	past bool
}

func (u *unmarked) Read(p []byte) (int, error) {
	if u.past || len(p) < 3 {
		return u.r.Read(p)
	}
	u.past = true
	n, err := io.ReadFull(u.r, p[:3])
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	if n == 3 && bytes.Equal(p[:3], []byte("\xef\xbb\xbf")) {
		return u.r.Read(p)
	}
	return n, err
}

// root returns the root element, which must be that of an audit file.
func (a *auditSource) root(head []byte) (xmlToken, error) {
	t, err := a.reader(bytes.NewReader(head)).next()
	if err != nil {
		return t, xmlFailure(err)
	}
	if !strings.EqualFold(string(t.local), "auditfile") {
		return t, fileError("import.not_auditfile", analysis.Args{"root": clip(string(t.local))}, nil)
	}
	return t, nil
}

// xmlFailure words a broken document; failures of reading stay what they are.
func xmlFailure(err error) error {
	var e *errXML
	if errors.As(err, &e) {
		if e.what == dtdRefused {
			return fileError("import.xml_dtd", analysis.Args{"line": e.line}, err)
		}
		return fileError("import.xml_broken", analysis.Args{"line": e.line}, err)
	}
	if errors.Is(err, io.EOF) {
		return fileError("import.empty", nil, nil)
	}
	return err
}

func (a *auditSource) read(out *batches, s *Summary) error {
	r, err := a.c.open(reading)
	if err != nil {
		return err
	}
	w := newAuditReader(a, out, s)
	if err := w.walk(a.reader(r)); err != nil {
		return xmlFailure(err)
	}
	return w.finish()
}

func (a *auditSource) close() error { return nil }
