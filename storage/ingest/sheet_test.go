package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
)

// rowsOf reads all rows of the n-th sheet of workbook b.
func rowsOf(b []byte, n int) ([]row, error) {
	s, err := openSpreadsheet(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	if n >= len(s.sheets) {
		return nil, fmt.Errorf("%d sheets", len(s.sheets))
	}
	rows, err := s.rows(s.sheets[n].part)
	if err != nil {
		return nil, err
	}
	var all []row
	for {
		r, err := rows.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
}

// sameAsExcelize compares what is read of b's first sheet with what excelize,
// which wrote it and knows the format from years of files, reads of it.
func sameAsExcelize(t interface {
	Helper()
	Fatal(args ...any)
	Errorf(format string, args ...any)
}, b []byte) {
	t.Helper()
	raw := excelize.Options{RawCellValue: true}
	f, err := excelize.OpenReader(bytes.NewReader(b), raw)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := f.GetRows(f.GetSheetList()[0], raw)
	if err != nil {
		t.Fatal(err)
	}
	got, err := rowsOf(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got {
		if r.line > len(want) || !slices.EqualFunc(r.cells, want[r.line-1], func(ours, raw string) bool { return ours == raw || ours == numeral(raw) }) {
			t.Errorf("line %d: %q, excelize has %q", r.line, r.cells, want[min(r.line, len(want))-1])
		}
		want[r.line-1] = nil
	}
	for i, cells := range want {
		if slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
			t.Errorf("line %d was not read: %q", i+1, cells)
		}
	}
}

// Whatever excelize writes is read as excelize reads it.
func TestSheetAsExcelizeReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		for range rapid.IntRange(0, 30).Draw(t, "cells") {
			name, err := excelize.CoordinatesToCellName(rapid.IntRange(1, 40).Draw(t, "column"), rapid.IntRange(1, 20).Draw(t, "row"))
			if err != nil {
				t.Fatal(err)
			}
			var value any
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				value = rapid.Float64Range(-1e12, 1e12).Draw(t, "number")
			case 1:
				value = rapid.Int64().Draw(t, "whole")
			case 2:
				value = rapid.Bool().Draw(t, "yes")
			case 3:
				value = time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "when"), 0).UTC()
			case 4:
				value = rapid.StringMatching(`[ \t\n<>&"'a-z_éß€\]]{0,12}(_x000D_|_x005F_)?[A-Z]?`).Draw(t, "text")
			default:
				runs := []excelize.RichTextRun{{Text: rapid.StringMatching(`[a-z ]{1,5}`).Draw(t, "run")}, {Text: "vet", Font: &excelize.Font{Bold: true}}}
				if err := f.SetCellRichText("Sheet1", name, runs); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if err := f.SetCellValue("Sheet1", name, value); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		sameAsExcelize(t, b.Bytes())
	})
}

// parts is a workbook written by hand: its sheet, and what differs otherwise.
func parts(t testing.TB, sheet string, others ...string) []byte {
	t.Helper()
	files := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Eén &amp; twee" sheetId="7" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>nul</t></si><si><r><t>e</t></r><r><rPr><b/></rPr><t xml:space="preserve">en </t></r><rPh sb="0" eb="1"><t>ichi</t></rPh></si><si><t/></si><si><t>a_x000D__x005F_x0041_</t></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + sheet + `</worksheet>`,
	}
	for i := 0; i < len(others); i += 2 {
		files[others[i]] = others[i+1]
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What other programs write: each cell of the specification, also where
// excelize never writes it so.
func TestSheetCells(t *testing.T) {
	for _, tt := range []struct {
		sheet, want string
		excelize    bool // reads it alike
	}{
		{`<sheetData/>`, ``, true},
		{`<cols><col min="1" max="2"/></cols><sheetData><row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3"><v>1.5</v></c></row></sheetData>`, `3:|nul||1.5`, true},
		{`<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c r="C2"><v>3</v></c><c><v>4</v></c></row></sheetData>`, `1:1|2 2:||3|4`, true},
		{`<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="s"><v>3</v></c></row></sheetData>`, "1:een ||a\r_x0041_", true},
		{`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>in</t><rPh><t>x</t></rPh></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row></sheetData>`, `1:in|ab`, true},
		{`<sheetData><row r="1"><c r="A1" t="str"><f>A2&amp;"x"</f><v>5 &lt; 6</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c><c r="D1" t="d"><v>2026-11-21</v></c><c r="E1" t="n"><v>4.5E4</v></c></row></sheetData>`, `1:5 < 6|1|#N/A|2026-11-21|45000`, true},
		{`<sheetData><row r="1" spans="1:3"><c r="A1" s="4"/><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><v></v></c></row><row r="2"/></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`, `1:|2`, true},
		{`<sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[<b>]]></v></c><c r="b1"><v>2</v></c></row></sheetData><ext><row r="9"><c r="A9"><v>9</v></c></row></ext>`, `1:<b>|2`, false},
		{`<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>`, `1048576:` + strings.Repeat("|", 16383) + `1`, false},
	} {
		b := parts(t, tt.sheet)
		got, err := rowsOf(b, 0)
		var lines []string
		for _, r := range got {
			lines = append(lines, fmt.Sprintf("%d:%s", r.line, strings.Join(r.cells, "|")))
		}
		if s := strings.Join(lines, " "); err != nil || s != tt.want {
			t.Errorf("%.80s: %.200q, %v", tt.sheet, s, err)
		}
		if tt.excelize {
			sameAsExcelize(t, b)
		}
	}
}

// What does not say which cell, or names a text that is not there, is damage.
func TestSheetRefused(t *testing.T) {
	long := strings.Repeat("x", 1<<19)
	for _, sheet := range []string{
		`<sheetData><row r="0"><c r="A1"/></row></sheetData>`,
		`<sheetData><row r="1048577"/></sheetData>`,
		`<sheetData><row r="1"><c r="XFE1"/></row></sheetData>`,
		`<sheetData><row r="1"><c r="A"><v>1</v></c><c r="1"/></row></sheetData>`,
		`<sheetData><row r="1"><c r="A-1"/></row></sheetData>`,
		`<sheetData><row r="1"><c r="A1" t="s"><v>4</v></c></row></sheetData>`,
		`<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>`,
		`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><broken>`,
		`<sheetData><row r="1"><c r="A1" t="inlineStr"><is>` + strings.Repeat("<r><t>"+long+"</t></r>", 3) + `</is></c></row></sheetData>`,
		`<sheetData><row r="1"><c r="A1"><v>` + long + "<!-- -->" + long + "<!-- -->" + long + `</v></c></row></sheetData>`,
		`<sheetData><row r="1">` + strings.Repeat("<c><v>"+long+"</v></c>", 33) + `</row></sheetData>`,
	} {
		if got, err := rowsOf(parts(t, sheet), 0); err == nil || key(err) != "import.workbook_broken" {
			t.Errorf("%.80s: %d rows, %v", sheet, len(got), err)
		}
	}
}

// Parts are found by their relations, wherever they stand and whatever they are
// encoded in.
func TestSpreadsheetParts(t *testing.T) {
	const main, office = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	b := parts(t, `<sheetData/>`,
		"xl/workbook.xml", `<x:workbook xmlns:x="m" xmlns:q="r"><x:workbookPr date1904="true"/><x:sheets><x:sheet name="Grafiek" sheetId="1" q:id="c"/><x:sheet name="Omzet" sheetId="2" state="veryHidden" q:id="d"/><x:sheet name="UTF-16" sheetId="3" q:id="e"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="c" Type="`+office+`/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="d" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/XL/Elsewhere/Omzet.xml"/><Relationship Id="e" Type="`+office+`/worksheet" Target="../xl/worksheets/wide.xml"/><Relationship Id="f" Type="`+office+`/sharedStrings" Target="not/there.xml"/></Relationships>`,
		"xl/elsewhere/omzet.xml", "\xef\xbb\xbf"+`<?xml version="1.0" encoding="windows-1252"?><x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>Caf`+"\xe9"+`</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		"xl/worksheets/wide.xml", wide(`<?xml version="1.0" encoding="UTF-16"?><worksheet `+main+`><sheetData><row><c t="str"><v>Café</v></c></row></sheetData></worksheet>`))
	s, err := openSpreadsheet(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	want := []sheetPart{{"Grafiek", "c", "", true}, {"Omzet", "d", "xl/elsewhere/omzet.xml", false}, {"UTF-16", "e", "xl/worksheets/wide.xml", true}}
	if !s.date1904 || !slices.Equal(s.sheets, want) {
		t.Errorf("1904 %v, sheets %+v", s.date1904, s.sheets)
	}
	for _, n := range []int{1, 2} {
		if rows, err := rowsOf(b, n); err != nil || len(rows) != 1 || rows[0].cells[0] != "Café" {
			t.Errorf("sheet %d: %+v, %v", n, rows, err)
		}
	}
}

// SheetRows reads the first sheet with rows that can be seen.
func TestSheetRows(t *testing.T) {
	b := book(t, func(f *excelize.File) {
		if _, err := f.NewSheet("Antwoorden"); err != nil {
			t.Fatal(err)
		}
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Sheet1", false); err != nil {
			t.Fatal(err)
		}
		fill(t, f, "Antwoorden", []any{"Nr", "Toelichting"}, []any{}, []any{1, "Prima"}, []any{nil, "Traag"})
	})
	read := func(b []byte, most int) (got []string, last error) {
		for row, err := range SheetRows(bytes.NewReader(b), int64(len(b))) {
			if err != nil {
				return got, err
			}
			if got = append(got, strings.Join(row, "|")); len(got) == most {
				break
			}
		}
		return got, nil
	}
	if got, err := read(b, 9); err != nil || strings.Join(got, " ") != "Nr|Toelichting 1|Prima |Traag" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := read(b, 1); err != nil || len(got) != 1 {
		t.Errorf("after a stop: %q, %v", got, err)
	}
	cutOff := parts(t, `<sheetData><row><c><v>1</v></c></row><row>`)
	if got, err := read(cutOff, 9); len(got) != 1 || key(err) != "import.workbook_broken" {
		t.Errorf("cut off: %q, %v", got, err)
	}
	hidden := parts(t, "", "xl/workbook.xml", `<workbook><sheets><sheet name="a" state="hidden" id="a"/></sheets></workbook>`)
	if _, err := read(hidden, 9); key(err) != "import.empty" {
		t.Errorf("nothing to see: %v", err)
	}
	if _, err := read(zipOf(t, "brief.txt", []byte("hallo")), 9); key(err) != "import.is_zip" {
		t.Errorf("no workbook: %v", err)
	}
}

// wide is s as UTF-16 with a byte-order mark.
func wide(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}
