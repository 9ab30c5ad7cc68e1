package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"

	"klantbot/analysis"
)

// Bounds of a workbook. Its sheets are unpacked while they are read.
const (
	maxWorkbook     = 256 << 20 // of the file itself
	maxSheets       = 2 << 30   // of all its parts unpacked
	workbookRatioAt = 64 << 20  // unpacked bytes that any workbook may have
)

// workbook is an XLSX or XLSM file.
type workbook struct {
	c     *container
	file  *spreadsheet
	sheet string
	table table
}

func openWorkbook(c *container, o Options, d *Detected) (source, error) {
	if o.Kind == analysis.ImportXAF {
		return nil, fileError("import.not_xaf", nil, nil)
	}
	at, size, err := c.seekable()
	if err != nil {
		return nil, err
	}
	file, err := openParts(at, size)
	if err != nil {
		return nil, err
	}
	w := &workbook{c: c, file: file}
	if err := w.choose(o); err != nil {
		return nil, err
	}
	d.Sheet = w.sheet
	d.describe(&w.table)
	return w, nil
}

// openParts is openSpreadsheet with errors that a person can read.
func openParts(at io.ReaderAt, size int64) (*spreadsheet, error) {
	if err := checkZip(at, size); err != nil {
		return nil, err
	}
	file, err := openSpreadsheet(at, size)
	if err != nil {
		var worded *analysis.Error
		if errors.As(err, &worded) {
			return nil, worded
		}
		return nil, fileError("import.workbook_broken", nil, err)
	}
	return file, nil
}

// seekable returns the contents as a ReaderAt; a workbook inside a .gz is
// unpacked in memory.
func (c *container) seekable() (io.ReaderAt, int64, error) {
	if c.size > maxWorkbook {
		return nil, 0, fileError("import.workbook_large", nil, nil)
	}
	if !c.gzip {
		return c.at, c.size, nil
	}
	r, err := c.open(quiet)
	if err != nil {
		return nil, 0, err
	}
	b, err := io.ReadAll(io.LimitReader(r, maxWorkbook+1))
	if err != nil {
		return nil, 0, err
	}
	if len(b) > maxWorkbook {
		return nil, 0, fileError("import.workbook_large", nil, nil)
	}
	return bytes.NewReader(b), int64(len(b)), nil
}

// checkZip tells a workbook from other things in a zip, and refuses bombs by
// what their directory admits; archive/zip stops those that lie.
func checkZip(at io.ReaderAt, size int64) error {
	z, err := zip.NewReader(at, size)
	if err != nil {
		return fileError("import.workbook_broken", nil, err)
	}
	var unpacked uint64
	key := "import.is_zip"
	for _, f := range z.File {
		unpacked += f.UncompressedSize64
		switch name := partName(f.Name); {
		case name == "xl/workbook.bin", name == "content.xml":
			key = "import.workbook_other"
		case strings.HasPrefix(name, "xl/workbook") && strings.HasSuffix(name, ".xml"):
			key = ""
		}
		if unpacked > maxSheets || unpacked > workbookRatioAt && unpacked/maxRatio > uint64(size) {
			return fileError("import.bomb", nil, nil)
		}
	}
	if key != "" {
		return fileError(key, nil, nil)
	}
	return nil
}

// oleError tells an old .xls from a workbook with a password: the directory of
// the latter has an EncryptedPackage.
func oleError(c *container) error {
	r, err := c.open(quiet)
	if err != nil {
		return err
	}
	var mark []byte
	for _, b := range []byte("EncryptedPackage") {
		mark = append(mark, b, 0)
	}
	buf, kept := make([]byte, 256<<10), 0
	for read := 0; read < 64<<20; {
		n, err := r.Read(buf[kept:])
		read += n
		if bytes.Contains(buf[:kept+n], mark) {
			return fileError("import.password", nil, nil)
		}
		if err != nil {
			break
		}
		tail := min(kept+n, len(mark)-1)
		copy(buf, buf[kept+n-tail:kept+n])
		kept = tail
	}
	return fileError("import.is_xls", nil, nil)
}

// choose opens the sheet that was asked for, or the first visible one with a
// complete heading.
func (w *workbook) choose(o Options) error {
	strict := o
	strict.Tolerant = false
	err := w.chooseSheet(strict)
	var worded *analysis.Error
	if err != nil && o.Tolerant && errors.As(err, &worded) {
		return w.chooseSheet(o)
	}
	return err
}

func (w *workbook) chooseSheet(o Options) error {
	var first error
	for _, sheet := range w.file.sheets {
		if o.Sheet != "" && !strings.EqualFold(trimSpace(o.Sheet), trimSpace(sheet.name)) {
			continue
		}
		if sheet.part == "" || o.Sheet == "" && !sheet.visible {
			continue
		}
		w.sheet = sheet.name
		w.table = table{workbook: true, date1904: w.file.date1904, rows: func(pass) (rowReader, error) { return w.file.rows(sheet.part) }}
		err := openTable(&w.table, o)
		if err == nil {
			return nil
		}
		var e *analysis.Error
		if first == nil || errors.As(first, &e) && e.Key == "import.empty" {
			first = err // an empty sheet before the others is not what is wrong
		}
	}
	if first != nil {
		return first
	}
	if o.Sheet != "" {
		return fileError("import.sheet_missing", analysis.Args{"sheet": clip(o.Sheet), "seen": seen(w.file.names())}, nil)
	}
	return fileError("import.empty", nil, nil)
}

// read reports progress once, at the end: opening the workbook took the file in.
func (w *workbook) read(out *batches, s *Summary) error {
	err := w.table.readRows(out, s)
	if err == nil && w.c.progress != nil {
		w.c.progress(w.c.size, w.c.size)
	}
	return err
}

func (w *workbook) close() error { return nil }
