package ingest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// spreadsheet is what a workbook is made of: parts of XML in a zip. A cell is
// what the file holds, not what a screen shows, but for the zeros that a format
// puts before a number. Source: ECMA-376 part 1, 18.2 (workbook), 18.3 (sheets),
// 18.4 (texts), 18.8 (styles).
type spreadsheet struct {
	parts    map[string]*zip.File // by their path in lower case
	main     string               // the part that lists the sheets
	sheets   []sheetPart
	date1904 bool
	texts    texts
	styles   styles
}

// sheetPart is a sheet as the workbook lists it.
type sheetPart struct {
	name, id string // id: of the relation that leads to the part
	part     string // empty for one without cells: a chart, a macro
	visible  bool
}

const workbookPart = "xl/workbook.xml"

// maxSheetParts bounds the sheets that a workbook lists.
const maxSheetParts = 10_000

// openSpreadsheet reads everything but the sheets themselves.
func openSpreadsheet(at io.ReaderAt, size int64) (*spreadsheet, error) {
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, err
	}
	s := &spreadsheet{parts: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		s.parts[partName(f.Name)] = f
	}
	if s.main = workbookPart; s.parts[s.main] == nil {
		if err := s.each("_rels/.rels", s.mainPart); err != nil {
			return nil, err
		}
	}
	if err := s.each(s.main, s.workbookElement); err != nil {
		return nil, err
	}
	folder, file := path.Split(s.main)
	return s, s.each(folder+"_rels/"+file+".rels", s.relation)
}

// mainPart finds the workbook where it is not called as usual: online editors
// write xl/workbook2.xml.
func (s *spreadsheet) mainPart(t xmlToken) error {
	if string(t.local) == "Relationship" && strings.HasSuffix(attribute(t, "Type"), "/officeDocument") {
		s.main = partName(path.Clean(attribute(t, "Target")))
	}
	return nil
}

// partName is what the parts of a workbook are compared by.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// each hands the opening tags of a part to take, to its end.
func (s *spreadsheet) each(part string, take func(xmlToken) error) error {
	x, done, err := s.open(part)
	if err != nil {
		return err
	}
	defer done()
	for {
		t, err := x.next()
		if err == nil && t.kind == xmlStart {
			err = take(t)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", part, err)
		}
	}
}

// open reads a part as XML, whatever it is encoded in.
func (s *spreadsheet) open(part string) (x *xmlReader, done func() error, err error) {
	f := s.parts[part]
	if f == nil {
		return nil, nil, fmt.Errorf("%s is not there", part)
	}
	r, err := f.Open()
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", part, err)
	}
	text := bufio.NewReaderSize(r, 64<<10)
	head, err := text.Peek(256)
	if err != nil && !errors.Is(err, io.EOF) {
		_ = r.Close()
		return nil, nil, fmt.Errorf("%s: %w", part, err)
	}
	encoding := encodingUTF8
	if byMark := detectEncoding(head); byMark != encodingWestern {
		encoding = byMark
	}
	x = newXMLReader(&unmarked{r: decodeStream(text, encoding)})
	if named, ok := encodingByName(declared(head, "encoding")); ok {
		x.lenient = named == encodingWestern
	}
	return x, r.Close, nil
}

func (s *spreadsheet) workbookElement(t xmlToken) error {
	switch string(t.local) {
	case "workbookPr":
		since := attribute(t, "date1904")
		s.date1904 = since == "1" || since == "true"
	case "sheet":
		state := attribute(t, "state")
		if len(s.sheets) == maxSheetParts {
			return fileError("import.workbook_large", nil, nil)
		}
		s.sheets = append(s.sheets, sheetPart{name: attribute(t, "name"), id: attribute(t, "id"), visible: state == "" || state == "visible"})
	}
	return nil
}

// relation finds the parts that the workbook's sheets and texts stand in.
func (s *spreadsheet) relation(t xmlToken) error {
	if string(t.local) != "Relationship" {
		return nil
	}
	target := attribute(t, "Target")
	if !strings.HasPrefix(target, "/") {
		target = path.Join(path.Dir(s.main), target)
	}
	target = partName(target)
	switch kind := attribute(t, "Type"); {
	case strings.HasSuffix(kind, "/styles") && s.parts[target] != nil:
		return s.each(target, s.styles.element)
	case strings.HasSuffix(kind, "/sharedStrings") && s.parts[target] != nil && s.texts.ends == nil:
		x, done, err := s.open(target)
		if err != nil {
			return err
		}
		defer done()
		return s.texts.read(x)
	case strings.HasSuffix(kind, "/worksheet"):
		for i, sheet := range s.sheets {
			if sheet.id == attribute(t, "Id") {
				s.sheets[i].part = target
			}
		}
	}
	return nil
}

// names are the sheets as the workbook orders them.
func (s *spreadsheet) names() (names []string) {
	for _, sheet := range s.sheets {
		names = append(names, sheet.name)
	}
	return names
}

// attribute is the value of t's attribute of that local name; empty for none.
func attribute(t xmlToken, name string) string {
	for _, a := range t.attrs {
		if string(local(a.name)) == name {
			return string(a.value)
		}
	}
	return ""
}

// Bounds of the texts of a workbook. A cell of Excel holds 32,767 characters.
const (
	maxTexts = 256 << 20 // that cells share, which are kept, with where they end
	maxCell  = 1 << 20   // of one cell
)

var errLongText = errors.New("the text of a cell is longer than a mebibyte")

// texts are the shared texts of a workbook, one behind the other.
type texts struct {
	all  []byte
	ends []int // where each ends in all
}

func (t *texts) read(x *xmlReader) error {
	for {
		token, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if token.kind != xmlStart || string(token.local) != "si" {
			continue
		}
		if t.all, err = richText(x, t.all); err != nil {
			return err
		}
		if t.ends = append(t.ends, len(t.all)); len(t.all)+8*len(t.ends) > maxTexts {
			return fileError("import.workbook_large", nil, nil)
		}
	}
}

// at returns the text that a cell names by its place.
func (t *texts) at(place string) (string, error) {
	i, err := strconv.Atoi(strings.TrimSpace(place))
	if err != nil || i < 0 || i >= len(t.ends) {
		return "", errors.New("a cell names a shared text that is not there")
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), nil
}

// richText appends the text of the element that was just opened, which may
// stand in several runs; how it is pronounced is left out.
func richText(x *xmlReader, out []byte) ([]byte, error) {
	from, depth, spoken, written := len(out), 1, 0, false
	for depth > 0 {
		t, err := x.next()
		if err != nil {
			return out, err
		}
		switch t.kind {
		case xmlStart:
			depth++
			if string(t.local) == "rPh" && spoken == 0 {
				spoken = depth
			}
			written = string(t.local) == "t" && spoken == 0
		case xmlEnd:
			if depth == spoken {
				spoken = 0
			}
			depth, written = depth-1, false
		case xmlText:
			if written {
				out = append(out, t.text...)
			}
			if len(out)-from > maxCell {
				return out, errLongText
			}
		}
	}
	return append(out[:from], unescaped(out[from:])...), nil
}

// unescaped puts back the characters that a workbook writes as _x000D_.
// Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
func unescaped(s []byte) []byte {
	const length = len("_x000D_")
	if !bytes.Contains(s, []byte("_x")) {
		return s
	}
	var out []byte
	for len(s) > 0 {
		if len(s) >= length && s[0] == '_' && s[1] == 'x' && s[length-1] == '_' {
			if r, err := strconv.ParseUint(string(s[2:length-1]), 16, 16); err == nil {
				out = append(out, string(rune(r))...)
				s = s[length:]
				continue
			}
		}
		out, s = append(out, s[0]), s[1:]
	}
	return out
}
