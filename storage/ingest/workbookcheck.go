package ingest

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// checkSheets reads the sheets and shared texts of a workbook as XML, because
// excelize takes whatever it can not read for the end of the sheet: half a list
// would be imported as if it were all of it.
func checkSheets(at io.ReaderAt, size int64) error {
	z, err := zip.NewReader(at, size)
	if err != nil {
		return fileError("import.workbook_broken", nil, err)
	}
	for _, f := range z.File {
		name := strings.ToLower(f.Name)
		if name != "xl/sharedstrings.xml" && !(strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")) {
			continue
		}
		if err := checkPart(f); err != nil {
			return fileError("import.workbook_broken", nil, fmt.Errorf("%s: %w", f.Name, err))
		}
	}
	return nil
}

// checkPart reads one part to its end. Parts that are not UTF-8 are left to
// excelize, which knows how to convert them.
func checkPart(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	text := bufio.NewReaderSize(r, 64<<10)
	head, err := text.Peek(256)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = text.Discard(3) // it was peeked at
		head = head[3:]
	}
	if e := declared(head, "encoding"); len(head) > 0 && head[0] != '<' || e != "" && !strings.EqualFold(e, "utf-8") {
		return nil
	}
	x := newXMLReader(text)
	for {
		if _, err := x.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
