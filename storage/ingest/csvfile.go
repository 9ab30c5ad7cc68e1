package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"klantbot/analysis"
)

// delimiters that are tried, in the order in which a tie is decided.
var delimiters = []rune{';', ',', '\t', '|'}

// csvFile is a CSV file, perhaps compressed.
type csvFile struct {
	c         *container
	encoding  string
	delimiter byte
	macintosh bool // lines end in \r alone
	table     table
}

func openCSV(c *container, head []byte, o Options, d *Detected) (source, error) {
	f := &csvFile{c: c, encoding: detectEncoding(head)}
	if o.Encoding != "" {
		named, ok := encodingByName(o.Encoding)
		if !ok {
			return nil, fileError("import.encoding_unknown", analysis.Args{"encoding": o.Encoding}, nil)
		}
		f.encoding = named
	}
	f.macintosh = bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0
	if o.Kind == analysis.ImportXAF {
		return nil, fileError("import.not_xaf", nil, nil)
	}
	delimiter := o.Delimiter
	if delimiter == 0 {
		delimiter = f.detectDelimiter(head, o)
	}
	if delimiter <= 0 || delimiter >= 0x80 || delimiter == '"' || delimiter == '\n' || delimiter == '\r' {
		return nil, fileError("import.delimiter_unknown", analysis.Args{"delimiter": string(delimiter)}, nil)
	}
	f.delimiter = byte(delimiter)
	f.table.rows = f.rows
	if err := openTable(&f.table, o); err != nil {
		return nil, f.blameDelimiter(err, head, o)
	}
	d.Encoding, d.Delimiter = f.encoding, delimiter
	d.describe(&f.table)
	return f, nil
}

// rows opens the file from the start, without its byte-order mark.
func (f *csvFile) rows(p pass) (rowReader, error) {
	r, err := f.c.open(p)
	if err != nil {
		return nil, err
	}
	return f.reader(r), nil
}

func (f *csvFile) reader(r io.Reader) *csvReader {
	b := bufio.NewReaderSize(decodeStream(r, f.encoding), 64<<10)
	if mark, _ := b.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(3)
	}
	if f.macintosh {
		return newCSVReader(returns{b}, f.delimiter, f.encoding == encodingWestern)
	}
	return newCSVReader(b, f.delimiter, f.encoding == encodingWestern)
}

// returns makes \n of the \r that old Macintosh exports end their lines with.
type returns struct{ r io.Reader }

func (r returns) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// detectDelimiter chooses the delimiter under which the first rows have a known
// heading, or else the most rows of the same width.
func (f *csvFile) detectDelimiter(head []byte, o Options) rune {
	best, most := delimiters[0], -1
	for _, d := range delimiters {
		f.delimiter = byte(d)
		rows, _ := peek(f.reader(bytes.NewReader(head)), headerRows)
		score := 0
		widths := map[int]int{}
		for _, r := range rows {
			widths[len(r.cells)]++
		}
		if h, err := findHeading(rows, o); err == nil && len(h.header) > 1 {
			score = 10_000 * h.score
			// A sentence with a comma in it looks like a question; most rows are not cut
			// there.
			if 2*widths[len(h.header)] < len(rows) {
				score -= 10_000 * h.asked
			}
		}
		for width, n := range widths {
			if width > 1 {
				score = max(score, score/10_000*10_000+n*100+min(width, 99))
			}
		}
		if score > most {
			best, most = d, score
		}
	}
	return best
}

// blameDelimiter explains a table that was not recognised by a delimiter that
// was asked for and does not fit.
func (f *csvFile) blameDelimiter(err error, head []byte, o Options) error {
	var e *analysis.Error
	if o.Delimiter == 0 || !errors.As(err, &e) || e.Key != "import.column_missing" && e.Key != "import.map_column" {
		return err
	}
	o.Delimiter = 0
	better := f.detectDelimiter(head, o)
	f.delimiter = byte(better)
	rows, _ := peek(f.reader(bytes.NewReader(head)), headerRows)
	if h, err := findHeading(rows, o); err != nil || len(h.missing) > 0 {
		return e
	}
	return fileError("import.delimiter_wrong", analysis.Args{"better": string(better)}, nil)
}

func (f *csvFile) read(out *batches, s *Summary) error { return f.table.readRows(out, s) }

func (f *csvFile) close() error { return nil }

// warnings tells that lines of the file were encoded in two ways.
func (r *csvReader) warnings(t *table) {
	d := &r.decoder
	if d.utf8 > 0 && d.broken > 0 {
		t.warned["import.mixed_encoding"] = &warning{first: d.firstBroken, count: d.broken}
	}
}
