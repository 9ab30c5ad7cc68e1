package ingest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"klantbot/analysis"
)

// RefusedShown bounds the list of refusals in a Summary; RefusedCount counts
// them all.
const RefusedShown = 1000

// Options say how to read a file. The zero value detects everything.
type Options struct {
	Kind analysis.ImportKind
	// Map names the column a field is read from: its name in the file, its
	// number from 1, or its letters as in a spreadsheet. It goes before
	// recognition.
	Map map[string]string
	// Only leaves every column alone that Map does not name, where Map names any:
	// what a person chose is then the whole of it.
	Only bool
	// Tolerant opens also a table of which too little is recognised: Detected says
	// what is the matter, and Read refuses with it.
	Tolerant bool
	// Delimiter of a CSV file; 0 detects it.
	Delimiter rune
	// Encoding of a text file; empty detects it.
	Encoding string
	// Sheet of a workbook; empty is the first visible one with a known heading.
	Sheet string
	// RevenueAccounts of an audit file: "8000-8999,8500" counts these ledger
	// accounts, "WOmz*" those with such an RGS code, in every journal but the
	// opening balance. Empty counts profit-and-loss accounts in sales journals.
	RevenueAccounts string
	// Progress hears how many bytes of the file, compressed as it lies there,
	// were read. It is called from another goroutine than Read's, and may be nil.
	Progress func(done, total int64)
}

// Detected is what was found out about a file, to show before anything is taken
// over.
type Detected struct {
	Kind       analysis.ImportKind
	Encoding   string // of CSV and XAF: utf-8, utf-16le, utf-16be, windows-1252
	Delimiter  rune   // of CSV
	Sheet      string // of XLSX
	HeaderLine int    // physical line or row of the header
	Header     []string
	Columns    map[string]string // field -> column as the file names it
	Found      []FoundColumn     // the same in the order of the file
	Problem    *analysis.Error   // of a table opened by Tolerant: why it can not be read; nil: it can
	Compressed bool
	Tool       string // of a survey: the program that wrote the export, where its header tells
	Version    string // of XAF: 3.1, 3.2, 4.0; empty when it does not say
}

// FoundColumn is a column that was recognised or chosen.
type FoundColumn struct {
	Field   string
	Column  int    // of Header, from 0
	Example string // the first cell that is filled in, cut at 60 characters; empty: none was seen
}

// Sink takes the records over, in batches, in the order of the file. It is
// called by Read's own goroutine and must not keep the slices.
type Sink interface {
	AddClients(ctx context.Context, rows []analysis.StagedClient) error
	AddLines(ctx context.Context, rows []analysis.StagedLine) error
}

// ValueSink is a Sink that also takes what clients cost and are judged at. Files
// of kind hours and judgements need one.
type ValueSink interface {
	Sink
	AddHours(ctx context.Context, rows []analysis.StagedHours) error
	AddJudgements(ctx context.Context, rows []analysis.StagedJudgement) error
}

// TouchSink is a Sink that also takes moments with clients. Files of kind touches
// need one.
type TouchSink interface {
	Sink
	AddTouches(ctx context.Context, rows []analysis.StagedTouch) error
}

// ResponseSink is a Sink that also takes the answers of a survey. Files of kind
// survey need one.
type ResponseSink interface {
	Sink
	AddResponses(ctx context.Context, rows []analysis.StagedResponse) error
}

// Summary is what Read did.
type Summary struct {
	Read         int // rows that hold a record, refused ones too; lines of an audit file
	Skipped      int // blank rows, totals, repeated headers
	Refused      []analysis.Refusal
	RefusedCount int
	Warnings     []*analysis.Error
	Total        analysis.Cents // of the lines handed over
	TotalExact   string         // the unrounded sum when some line had a fraction of a cent, as 1234.567; else empty
	From, To     analysis.Day   // first and last date of the lines; NoDay without lines
	AuditFile    *AuditFile     // only of an audit file
}

func (s *Summary) refuse(line int, reason *analysis.Error) {
	s.RefusedCount++
	if len(s.Refused) < RefusedShown {
		s.Refused = append(s.Refused, analysis.Refusal{Line: line, Reason: reason})
	}
}

// File is an opened file. It is used by one goroutine.
type File struct {
	detected Detected
	source   source
	closer   io.Closer
	changed  func() error // says so when the file is not what it was; may be nil
}

// source is one of the things a file can be.
type source interface {
	// read hands all records to out, which blocks while the sink is busy.
	read(out *batches, s *Summary) error
	close() error
}

// Open opens the file at path and detects what it holds. A failure the person
// can mend is an *analysis.Error.
func Open(path string, o Options) (*File, error) {
	// Looked at before it is opened: opening a pipe waits for who writes to it.
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil, &analysis.Error{Kind: analysis.NotFound, Key: "import.file_missing", Args: analysis.Args{"file": path}, Cause: err}
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil, fileError("import.file_unreadable", analysis.Args{"file": path}, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError("import.file_unreadable", analysis.Args{"file": path}, err)
	}
	if info, err = f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, fileError("import.file_unreadable", analysis.Args{"file": path}, err)
	}
	file, err := OpenReaderAt(filepath.Base(path), f, info.Size(), o)
	if err != nil {
		f.Close()
		return nil, err
	}
	file.closer = f
	file.changed = func() error {
		now, err := f.Stat()
		if err != nil || now.Size() != info.Size() || !now.ModTime().Equal(info.ModTime()) {
			return fileError("import.file_changed", analysis.Args{"file": path}, err)
		}
		return nil
	}
	return file, nil
}

// OpenReaderAt is Open for a file that lies elsewhere: at holds size bytes and
// is called name.
func OpenReaderAt(name string, at io.ReaderAt, size int64, o Options) (*File, error) {
	c := &container{name: name, at: at, size: size, progress: o.Progress}
	head, err := c.head()
	if err != nil {
		return nil, err
	}
	if sniff(head) == formatGzip {
		c.gzip = true
		if head, err = c.head(); err != nil {
			return nil, err
		}
	}
	if err := misnamed(name, sniff(head)); err != nil {
		return nil, err
	}
	f := &File{}
	switch sniff(head) {
	case formatText:
		f.source, err = openCSV(c, head, o, &f.detected)
	case formatXML:
		f.source, err = openAudit(c, head, o, &f.detected)
	case formatZip:
		f.source, err = openWorkbook(c, o, &f.detected)
	case formatOLE:
		err = oleError(c)
	case formatEmpty:
		err = fileError("import.empty", nil, nil)
	case formatPDF:
		err = fileError("import.is_pdf", nil, nil)
	case formatHTML:
		err = fileError("import.is_html", nil, nil)
	default:
		err = fileError("import.is_other", nil, nil)
	}
	if err != nil {
		return nil, err
	}
	f.detected.Compressed = c.gzip
	return f, nil
}

// Detected returns what Open found out.
func (f *File) Detected() Detected { return f.detected }

// Close releases the file and what was unpacked of it.
func (f *File) Close() error {
	err := f.source.close()
	if f.closer != nil {
		if e := f.closer.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fmt.Errorf("close import: %w", err)
	}
	return nil
}

// describe fills in what a table was recognised as.
func (d *Detected) describe(t *table) {
	d.Kind, d.HeaderLine, d.Header, d.Tool = t.kind.name, t.line, t.header, t.tool
	d.Problem = t.problem
	d.Columns = make(map[string]string, len(t.columns))
	for _, c := range t.columns {
		d.Columns[c.field.name] = c.header
		d.Found = append(d.Found, FoundColumn{Field: c.field.name, Column: c.index, Example: c.example})
	}
	analysis.Sort(d.Found, func(a, b FoundColumn) int { return a.Column - b.Column })
}

// Fields returns the names of the fields of a kind of table that have one column
// each, in their order; none for a kind that is no table.
func Fields(of analysis.ImportKind) []string {
	var names []string
	for i := range kinds {
		for _, f := range kinds[i].fields {
			if kinds[i].name == of && f.name != "comment" {
				names = append(names, f.name)
			}
		}
	}
	return names
}
