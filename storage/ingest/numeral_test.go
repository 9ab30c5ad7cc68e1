package ingest

import (
	"bytes"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"klantbot/analysis"
)

func TestNumeral(t *testing.T) {
	for in, want := range map[string]string{
		"1001": "1001", "0017": "0017", "1001.0": "1001", "1.2345678E7": "12345678", "4.5e4": "45000", "1.50": "1.5", "1.234": "1.2340",
		"-1.234": "-1.2340", "-0.5": "-0.5", ".5": "0.5", "1E-3": "0.0010", "1.0E-2": "0.01", "-0": "0", "-0.0": "0", " 12.5\n": "12.5",
		"0.30000000000000004": "0.30000000000000004", "": "", "#N/A": "#N/A", "1E+99": "1E+99", "NaN": "NaN", "12345678901234567890": "12345678901234567890", "1,5": "1,5",
	} {
		if got := numeral(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	random := rand.New(rand.NewPCG(2, 7))
	for range 20_000 {
		f := float64(random.Int64N(1<<40)-1<<39) / []float64{1, 10, 100, 1000, 8}[random.IntN(5)]
		for _, form := range []byte{'f', 'g', 'E'} {
			written := strconv.FormatFloat(f, form, -1, 64)
			if back, err := strconv.ParseFloat(numeral(written), 64); err != nil || back != f {
				t.Fatalf("%q became %q: %v, want %v", written, numeral(written), back, f)
			}
			if _, unclear := proves(strings.TrimPrefix(numeral(written), "-")); unclear {
				t.Fatalf("%q became %q, which can be read in two ways", written, numeral(written))
			}
		}
	}
}

// cellsOf writes rows of cells: a text, or a number behind =, or an element.
func cellsOf(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for _, cells := range rows {
		b.WriteString("<row>")
		for _, c := range cells {
			switch number, isNumber := strings.CutPrefix(c, "="); {
			case strings.HasPrefix(c, "<"):
				b.WriteString(c)
			case isNumber:
				b.WriteString("<c><v>" + number + "</v></c>")
			default:
				b.WriteString(`<c t="inlineStr"><is><t>` + c + `</t></is></c>`)
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>"
}

// What libraries that are not Excel write: numbers with a fraction of nothing or
// an exponent beside numbers that are text, in the columns of numbers, years and
// amounts.
func TestWorkbookNumbers(t *testing.T) {
	b := parts(t, cellsOf(
		[]string{"Klantnummer", "Factuurdatum", "Factuurnummer", "Bedrag", "Dienstjaar"},
		[]string{"=1001.0", "=45838.0", "=2.025001E7", "=1.234", "=2025.0"},
		[]string{"00012", "=45838.75", "F-1", "1.250,50", "2025"},
		[]string{"=1.2345678E7", "=4.5838E4", "", "1.234", "2025"},
		[]string{"=7", "30-06-2025", "", "=1250.5", ""},
		[]string{"12E4", "2025-06-30", "", "=-0.1", ""},
		[]string{"=8", "2025-06-30", "", "=19.989999999999998", ""},
	))
	s, got, _, err := take(t, "poi.xlsx", b, Options{})
	if err != nil || len(s.Refused) > 0 {
		t.Fatalf("%v, refused %+v", err, s.Refused)
	}
	day := analysis.Date(2025, 6, 30)
	want := []analysis.StagedLine{
		{Line: 2, Number: "1001", Invoice: "20250010", Day: day, Amount: 123, ServiceYear: 2025},
		{Line: 3, Number: "00012", Invoice: "F-1", Day: day, Amount: 125050, ServiceYear: 2025},
		{Line: 4, Number: "12345678", Day: day, Amount: 123400, ServiceYear: 2025},
		{Line: 5, Number: "7", Day: day, Amount: 125050},
		{Line: 6, Number: "12E4", Day: day, Amount: -10},
		{Line: 7, Number: "8", Day: day, Amount: 1999},
	}
	for i, w := range want {
		if i >= len(got.lines) || got.lines[i] != w {
			t.Errorf("line %d: %+v, want %+v", w.Line, got.lines[min(i, len(got.lines)-1)], w)
		}
	}
}

// A text like 1.234 is twelve hundred where nothing tells, with a warning, and a
// number of a cell is what it is.
func TestWorkbookUnclearText(t *testing.T) {
	b := parts(t, cellsOf([]string{"Klantnummer", "Datum", "Bedrag"}, []string{"1", "30-06-2025", "1.234"}, []string{"2", "30-06-2025", "=1.234"}, []string{"3", "30-06-2025", "=2.5"}))
	s, got, _, err := take(t, "x.xlsx", b, Options{})
	if err != nil || len(got.lines) != 3 || got.lines[0].Amount != 123400 || got.lines[1].Amount != 123 || got.lines[2].Amount != 250 {
		t.Fatalf("%+v, %v", got, err)
	}
	if len(s.Warnings) != 1 || s.Warnings[0].Key != "import.amount_unclear" {
		t.Errorf("warned of %v", s.Warnings)
	}
}

// Zeros that a format puts before a client number belong to it.
func TestWorkbookLeadingZeros(t *testing.T) {
	styles := `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="165"/><xf numFmtId="164"><alignment/></xf></cellXfs><cellStyles><cellStyle/></cellStyles></styleSheet>`
	rels := `<Relationships><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
	cell := func(style, v string) string { return `<c s="` + style + `"><v>` + v + `</v></c>` }
	b := parts(t, cellsOf([]string{"Klantnummer", "Naam"},
		[]string{cell("2", "1001"), "A"}, []string{cell("2", "123456"), "B"}, []string{cell("0", "1001"), "C"}, []string{cell("1", "12"), "D"},
		[]string{cell("9", "13"), "E"}, []string{cell("x", "14"), "F"}, []string{cell("2", "-15"), "G"}, []string{cell("2", "1.5"), "H"}),
		"xl/styles.xml", styles, "xl/_rels/workbook.xml.rels", rels)
	_, got, _, err := take(t, "x.xlsx", b, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, c := range got.clients {
		numbers = append(numbers, c.Number)
	}
	if s := strings.Join(numbers, " "); s != "01001 123456 1001 12 13 14 -15 1.5" {
		t.Errorf("read %s", s)
	}
}

// A formula that failed is neither a client's name nor a number; elsewhere the
// field stays empty.
func TestFormulaErrors(t *testing.T) {
	wrong := func(what string) string { return `<c t="e"><f>VLOOKUP(A1,B:C,2,0)</f><v>` + what + `</v></c>` }
	b := parts(t, cellsOf([]string{"Klantnummer", "Naam", "Soort", "Sinds"},
		[]string{wrong("#REF!"), "A", "mkb", ""}, []string{"2", wrong("#N/A"), "mkb", ""}, []string{"3", "C", wrong("#N/A"), ""}, []string{"4", "D", wrong("#NAME?"), ""}, []string{"5", "#1 Schoonmaak", "mkb", wrong("#VALUE!")}, []string{"6", "#1 Schoonmaak", "#mkb", ""}, []string{"7", wrong("#mkb"), "", ""}))
	s, got, _, err := take(t, "x.xlsx", b, Options{})
	if err != nil || len(got.clients) != 4 || got.clients[0].Kind != "" || got.clients[3].Name != "#mkb" || got.clients[2].Name != "#1 Schoonmaak" {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []string{"2 import.formula_error", "3 import.formula_error", "6 import.date_invalid"} {
		if r := s.Refused[i]; strconv.Itoa(r.Line)+" "+r.Reason.Key != want {
			t.Errorf("refused %d %s, want %s", r.Line, r.Reason.Key, want)
		}
	}
	if len(s.Warnings) != 1 || s.Warnings[0].Key != "import.formula_errors" || s.Warnings[0].Args["count"] != 2 {
		t.Errorf("warned of %+v", s.Warnings)
	}
	_, csv, _, err := take(t, "x.csv", []byte("Klantnummer;Naam;Soort\n1;#N/B;\n2;B;#WAARDE!\n"), Options{})
	if err != nil || len(csv.clients) != 1 || csv.clients[0].Kind != "" {
		t.Errorf("%+v, %v", csv, err)
	}
}

// The workbook need not be called xl/workbook.xml, and zips of Windows programs
// write paths with \.
func TestWorkbookElsewhere(t *testing.T) {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	sheet := cellsOf([]string{"Klantnummer", "Naam"}, []string{"1", "Jansen"})
	b := parts(t, sheet,
		"_rels/.rels", `<Relationships><Relationship Id="x" Type="`+office+`/extended-properties" Target="docProps/app.xml"/><Relationship Id="r" Type="`+office+`/officeDocument" Target="/xl/workbook22.xml"/></Relationships>`,
		"xl/workbook22.xml", `<workbook><sheets><sheet name="K" r:id="a"/></sheets></workbook>`,
		"xl/_rels/workbook22.xml.rels", `<Relationships><Relationship Id="a" Type="`+office+`/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
	for _, b := range [][]byte{renamed(t, b, map[string]string{"xl/workbook.xml": ""}), renamed(t, parts(t, sheet), map[string]string{"xl/workbook.xml": `xl\workbook.xml`, "xl/worksheets/sheet1.xml": `xl\worksheets\sheet1.xml`})} {
		if _, got, _, err := take(t, "x.xlsx", b, Options{}); err != nil || len(got.clients) != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	nowhere := parts(t, sheet, "_rels/.rels", `<Relationships/>`, "xl/workbook22.xml", `<workbook/>`)
	if _, _, _, err := take(t, "x.xlsx", renamed(t, nowhere, map[string]string{"xl/workbook.xml": ""}), Options{}); key(err) != "import.workbook_broken" {
		t.Errorf("without a workbook: %v", err)
	}
}

// A workbook can not make the program hold more than its texts: places of texts
// without text count, a second table of texts is not read, sheets are counted.
func TestWorkbookIsBounded(t *testing.T) {
	many := strings.Repeat(`<sheet name="s" r:id="a"/>`, maxSheetParts+1)
	b := parts(t, "<sheetData/>", "xl/workbook.xml", `<workbook><sheets>`+many+`</sheets></workbook>`)
	if _, _, _, err := take(t, "x.xlsx", b, Options{}); key(err) != "import.workbook_large" {
		t.Errorf("%d sheets: %v", maxSheetParts+1, err)
	}
	rel := `<Relationship Id="b" Type="x/sharedStrings" Target="sharedStrings.xml"/>`
	s, err := openSpreadsheet(readerOf(parts(t, "<sheetData/>", "xl/_rels/workbook.xml.rels", `<Relationships>`+rel+rel+rel+`</Relationships>`)))
	if err != nil || len(s.texts.ends) != 4 {
		t.Errorf("%d texts, %v", len(s.texts.ends), err)
	}
	x := newXMLReader(strings.NewReader(`<sst>` + strings.Repeat("<si/>", 9) + `</sst>`))
	full := texts{all: make([]byte, maxTexts-64)}
	if err := full.read(x); key(err) != "import.workbook_large" {
		t.Errorf("places of texts: %v", err)
	}
}

func readerOf(b []byte) (*bytes.Reader, int64) { return bytes.NewReader(b), int64(len(b)) }
