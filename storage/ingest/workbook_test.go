package ingest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"klantbot/analysis"
)

// book writes a workbook; sheets are rows of cells from A1.
func book(t testing.TB, edit func(f *excelize.File), o ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	edit(f)
	var b bytes.Buffer
	if err := f.Write(&b, o...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func fill(t testing.TB, f *excelize.File, sheet string, rows ...[]any) {
	t.Helper()
	for i, r := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow(sheet, cell, &r); err != nil {
			t.Fatal(err)
		}
	}
}

// take opens and reads bytes as a file called name.
func take(t testing.TB, name string, b []byte, o Options) (Summary, *collect, Detected, error) {
	t.Helper()
	f, err := OpenReaderAt(name, bytes.NewReader(b), int64(len(b)), o)
	if err != nil {
		return Summary{}, nil, Detected{}, err
	}
	defer f.Close()
	got := &collect{}
	s, err := f.Read(context.Background(), got)
	return s, got, f.Detected(), err
}

func TestWorkbookRevenue(t *testing.T) {
	day := time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)
	for _, date1904 := range []bool{false, true} {
		b := book(t, func(f *excelize.File) {
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
				t.Fatal(err)
			}
			f.SetSheetName("Sheet1", "Oud")
			fill(t, f, "Oud", []any{"Klantnummer", "Factuurdatum", "Bedrag"}, []any{"999", day, 1})
			if _, err := f.NewSheet("Omzet"); err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetVisible("Oud", false); err == nil {
				f.SetActiveSheet(1)
				_ = f.SetSheetVisible("Oud", false)
			}
			fill(t, f, "Omzet",
				[]any{"Omzet 2025"},
				[]any{},
				[]any{"Klant", nil, "Factuur", nil, "Bedrag excl. BTW"},
				[]any{"nummer", "naam", "nummer", "datum", nil},
				[]any{"00123", "Jansen", "F1", day, 1250.5},
				[]any{456, "Pietersen", "F2", "01-07-2025", "1.250,50"},
				[]any{789, "De Vries", "F3", day.Add(36 * time.Hour), "€ 12,34-"},
				[]any{789, "De Vries", "F4", day, 1.234},
				[]any{},
				[]any{"Totaal", nil, nil, nil, 2489.89},
			)
			if err := f.MergeCell("Omzet", "A3", "B3"); err != nil {
				t.Fatal(err)
			}
		})
		s, got, d, err := take(t, "omzet.xlsx", b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d.Sheet != "Omzet" || d.HeaderLine != 4 || d.Kind != analysis.ImportRevenue {
			t.Errorf("detected %+v", d)
		}
		want := []analysis.StagedLine{
			{Line: 5, Number: "00123", Name: "Jansen", Invoice: "F1", Day: analysis.Date(2025, 6, 30), Amount: 125050},
			{Line: 6, Number: "456", Name: "Pietersen", Invoice: "F2", Day: analysis.Date(2025, 7, 1), Amount: 125050},
			{Line: 7, Number: "789", Name: "De Vries", Invoice: "F3", Day: analysis.Date(2025, 7, 1), Amount: -1234},
			{Line: 8, Number: "789", Name: "De Vries", Invoice: "F4", Day: analysis.Date(2025, 6, 30), Amount: 123},
		}
		if len(got.lines) != len(want) {
			t.Fatalf("read %+v, refused %+v", got.lines, s.Refused)
		}
		for i, w := range want {
			if got.lines[i] != w {
				t.Errorf("1904 %v: %+v, want %+v", date1904, got.lines[i], w)
			}
		}
		if s.Skipped != 1 {
			t.Errorf("skipped %d", s.Skipped)
		}
	}
}

func TestWorkbookFormulaAndXLSM(t *testing.T) {
	b := book(t, func(f *excelize.File) {
		fill(t, f, "Sheet1", []any{"Klantnummer", "Datum", "Bedrag"}, []any{"1", 45838, nil})
	})
	// A formula with its cached value, as Excel writes it; excelize leaves the
	// value out.
	b = rezip(t, b, "xl/worksheets/sheet1.xml", func(s string) string {
		return strings.Replace(s, `</row></sheetData>`, `<c r="C2"><f>A2*5</f><v>5.5</v></c></row></sheetData>`, 1)
	})
	_, got, _, err := take(t, "macro.xlsm", b, Options{})
	if err != nil || len(got.lines) != 1 || got.lines[0].Amount != 550 || got.lines[0].Day != analysis.Date(2025, 6, 30) {
		t.Errorf("%+v %v", got, err)
	}
}

// rezip rewrites one part of a workbook.
func rezip(t testing.TB, b []byte, part string, edit func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			text = []byte(edit(string(text)))
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWorkbookRefused(t *testing.T) {
	clients := func(f *excelize.File) {
		fill(t, f, "Sheet1", []any{"Klantnummer", "Naam"}, []any{"1", "Jansen"})
	}
	plain := book(t, clients)
	tests := []struct {
		name string
		b    []byte
		o    Options
		want string
	}{
		{"password", book(t, clients, excelize.Options{Password: "geheim"}), Options{}, "import.password"},
		{"old", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...), Options{}, "import.is_xls"},
		{"truncated", plain[:len(plain)/2], Options{}, "import.workbook_broken"},
		{"no such sheet", plain, Options{Sheet: "Klanten"}, "import.sheet_missing"},
		{"empty", book(t, func(*excelize.File) {}), Options{}, "import.empty"},
		{"header only", book(t, func(f *excelize.File) { fill(t, f, "Sheet1", []any{"Klantnummer", "Naam"}) }), Options{}, "import.header_only"},
		{"not a workbook", zipOf(t, "brief.txt", []byte("hallo")), Options{}, "import.is_zip"},
		{"ods", zipOf(t, "content.xml", []byte("<x/>")), Options{}, "import.workbook_other"},
		{"bomb", zipBomb(t, 100<<20), Options{}, "import.bomb"},
		{"bomb that lies", zipBomb(t, 10), Options{}, "import.workbook_broken"},
		{"broken part", rezip(t, plain, "xl/workbook.xml", func(string) string { return "<workbook" }), Options{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, _, err := take(t, "x.xlsx", tt.b, tt.o)
			if err == nil || tt.want != "" && key(err) != tt.want {
				t.Errorf("%v, want %s", err, tt.want)
			}
			if key(err) == "" {
				t.Errorf("not a sentence: %v", err)
			}
		})
	}
}

func zipOf(t testing.TB, name string, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	p, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipBomb is a workbook whose sheet unpacks to 32 MiB and says it does to
// stated bytes.
func zipBomb(t testing.TB, stated uint64) []byte {
	t.Helper()
	var packed, b bytes.Buffer
	d, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write(make([]byte, 32<<20)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(&b)
	if _, err := w.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	p, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(packed.Len()), UncompressedSize64: stated})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// FuzzXLSX puts any text into a sheet: it is read or refused with a sentence.
func FuzzXLSX(f *testing.F) {
	good := book(f, func(x *excelize.File) { fill(f, x, "Sheet1", []any{"Klantnummer", "Naam"}, []any{"1", "Jansen"}) })
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Klantnummer</t></is></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="9999999"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet`)
	f.Fuzz(func(t *testing.T, sheet string) {
		b := rezip(t, good, "xl/worksheets/sheet1.xml", func(string) string { return sheet })
		if _, _, _, err := take(t, "x.xlsx", b, Options{}); err != nil && key(err) == "" {
			t.Fatalf("not a sentence: %v", err)
		}
	})
}

// renamed gives parts of a workbook another name; an empty one leaves it out.
func renamed(t testing.TB, b []byte, names map[string]string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		name, changes := names[f.Name]
		if !changes {
			name = f.Name
		}
		if name == "" {
			continue
		}
		header := f.FileHeader
		header.Name = name
		raw, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		p, err := w.CreateRaw(&header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(p, raw); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
