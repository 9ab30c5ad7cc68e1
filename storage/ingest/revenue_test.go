package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

// TestRevenueColumns proves that columns are read as a whole: what one cell
// shows counts for the others.
func TestRevenueColumns(t *testing.T) {
	many := func(line string, n int) string { return strings.Repeat(line, n) }
	tests := []struct {
		name, text string
		o          Options
		want       []string // number day cents
	}{
		{"Dutch", "Klantnummer;Factuurdatum;Bedrag\n007;1-2-2026;1.234\n8;31-12-2025;12,50-\n", Options{},
			[]string{"007 2026-02-01 123400", "8 2025-12-31 -1250"}},
		{"English", "Customer number,Invoice date,Amount\n7,1/2/2026,\"1,234\"\n8,12/31/2025,12.50\n", Options{},
			[]string{"7 2026-01-02 123400", "8 2025-12-31 1250"}},
		{"proof far below the sample", "klantnr;datum;bedrag\n" + many("1;2-1-2026;1.234\n", sampleRows+100) + "1;2-1-2026;0.5\n", Options{},
			[]string{"1 2026-01-02 123", "1 2026-01-02 50"}},
		{"first doubt far below the sample", "klantnr;datum;bedrag\n" + many("1;2026-01-02;5\n", sampleRows+100) + "1;1/2/2026;1.234\n1;1/13/2026;12,00\n", Options{},
			[]string{"1 2026-01-02 500", "1 2026-01-02 123400", "1 2026-01-13 1200"}},
		{"pandas", "klantnr,datum,bedrag,boekjaar\n17850.0,2026-01-02,5.0,2025.0\n,2026-01-02,5.0,\n", Options{},
			[]string{"17850 2026-01-02 500", " 2026-01-02 500"}},
		{"not pandas", "klantnr,datum,bedrag\n10.0,2026-01-02,5.0\n10.1,2026-01-02,5.0\n", Options{},
			[]string{"10.0 2026-01-02 500", "10.1 2026-01-02 500"}},
		{"another column tells", "klantnr;datum;aantal;prijs\n1;2026-01-02;2;1.250\n1;2026-01-02;1,5;3.000\n", Options{},
			[]string{"1 2026-01-02 250000", "1 2026-01-02 450000"}},
		{"mapped by number and letter", "a|b|c\n1|2026-01-02|3\n", Options{Map: map[string]string{"number": "1", "date": "B", "amount": "c"}},
			[]string{"1 2026-01-02 300"}},
		{"second header and repeated header", "klantnr;datum;bedrag\n(code);(dag);(euro)\n1;2026-01-02;3\nklantnr;datum;bedrag\n2;2026-01-02;4\n", Options{},
			[]string{"1 2026-01-02 300", "2 2026-01-02 400"}},
		{"lines that end in \\r", "klantnr;datum;bedrag\r1;2026-01-02;3\r", Options{}, []string{"1 2026-01-02 300"}},
		{"zeros kept by a formula", "sep=;\nklantnr;datum;bedrag\n=\"0017\";2026-01-02;3\n'0018;2026-01-02;3\n", Options{}, []string{"0017 2026-01-02 300", "0018 2026-01-02 300"}},
		{"with a client's details", "klantnr;klantnaam;kvk;e-mail;soort;sbi;vennoot;relatiemanager;factuurnummer;datum;bedrag\n1;Jansen;;;;;;;F1;2026-01-02;3\n", Options{}, []string{"1 2026-01-02 300"}},
		{"totals without a word", "klantnr;datum;bedrag\n1;2026-01-02;3\n2;2026-01-02;4\n;;7\n", Options{},
			[]string{"1 2026-01-02 300", "2 2026-01-02 400"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, got, _, err := take(t, "omzet.csv", []byte(tt.text), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, l := range got.lines {
				lines = append(lines, fmt.Sprintf("%s %s %d", l.Number, l.Day, l.Amount))
			}
			if lines = slices.Compact(lines); !slices.Equal(lines, tt.want) || s.RefusedCount != 0 {
				t.Errorf("%q, refused %d; want %q", lines, s.RefusedCount, tt.want)
			}
		})
	}
}

func TestRevenueRefusals(t *testing.T) {
	text := "klantnr;datum;bedrag;boekjaar\n1;2026-01-02;12,50;2025\n1;;12,50;\n1;gisteren;12,50;\n1;2026-01-02;;\n1;2026-01-02;veel;\n1;2026-01-02;12.50;\n1;2026-01-02;999999999999999;\n1;2026-01-02;1;20x5\n" +
		"1;2026-01-02;\"1\n\";2025/2026\n"
	s, got, _, err := take(t, "omzet.csv", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"3 import.date_missing", "4 import.date_invalid", "5 import.amount_missing", "6 import.amount_invalid", "7 import.amount_invalid", "8 import.amount_too_large", "9 import.year_invalid"}
	var refused []string
	for _, r := range s.Refused {
		worded(t, r.Reason)
		refused = append(refused, fmt.Sprintf("%d %s", r.Line, r.Reason.Key))
	}
	if !slices.Equal(refused, want) {
		t.Errorf("%q, want %q", refused, want)
	}
	if s.Read != 9 || s.Total != 1350 || len(got.lines) != 2 || got.lines[1].ServiceYear != 2025 || s.TotalExact != "" {
		t.Errorf("read %d, total %d %s, %+v", s.Read, s.Total, s.TotalExact, got.lines)
	}
}

// TestBadFiles proves that what can not be imported is said in one sentence.
func TestBadFiles(t *testing.T) {
	clients := "klantnummer;naam\n1;Jansen\n"
	tests := []struct {
		name, text string
		o          Options
		want       string
	}{
		{"empty", "", Options{}, "import.empty"},
		{"blank", " \r\n\r\n", Options{}, "import.empty"},
		{"header only", "klantnummer;naam\n", Options{}, "import.header_only"},
		{"unknown columns", "foo;bar\n1;2\n", Options{}, "import.column_missing"},
		{"no amount", "klantnummer;datum;kleur\n1;2026-01-01;rood\n", Options{Kind: analysis.ImportRevenue}, "import.column_missing"},
		{"wrong delimiter", clients, Options{Delimiter: ','}, "import.delimiter_wrong"},
		{"no delimiter", clients, Options{Delimiter: '"'}, "import.delimiter_unknown"},
		{"unknown encoding", clients, Options{Encoding: "ebcdic"}, "import.encoding_unknown"},
		{"map of an unknown field", clients, Options{Map: map[string]string{"colour": "naam"}}, "import.map_field"},
		{"map to an unknown column", clients, Options{Map: map[string]string{"name": "namen"}}, "import.map_column"},
		{"a table as audit file", clients, Options{Kind: analysis.ImportXAF}, "import.not_xaf"},
		{"0x00", "klantnummer;naam\n1;Jan\x00sen\n", Options{}, "import.nul"},
		{"one long line", "klantnummer;naam\n1;" + strings.Repeat("x", 2*maxRecord) + "\n", Options{}, "import.line_too_long"},
		{"open quote", "klantnummer;naam\n1;\"Jansen\n" + strings.Repeat("2;Pietersen\n", maxRecord/10), Options{}, "import.quote_open"},
		{"pdf", "%PDF-1.7\n", Options{}, "import.is_pdf"},
		{"html as xls", "\ufeff<!DOCTYPE html><html><table></table></html>", Options{}, "import.is_html"},
		{"image", "\x89PNG\r\n\x1a\n", Options{}, "import.is_other"},
		{"damaged gz", "\x1f\x8b\x08\x00garbage", Options{}, "import.gzip_broken"},
		{"other xml", "<?xml version='1.0'?><invoice/>", Options{}, "import.not_auditfile"},
		{"billion laughs", `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><auditfile>&lol;</auditfile>`, Options{}, "import.xml_dtd"},
		{"truncated xml", "<auditfile><header><fiscalYear>2025</fiscalYear>", Options{}, "import.xml_broken"},
		{"audit file as clients", "<auditfile/>", Options{Kind: analysis.ImportClients}, "import.not_table"},
		{"empty audit file", "<auditfile/>", Options{}, "import.xaf_empty"},
		{"old audit file", "<auditfile><header><auditfileVersion>CLAIR2.00.00</auditfileVersion></header></auditfile>", Options{}, "import.xaf_version"},
		{"bad account range", "<auditfile/>", Options{RevenueAccounts: "9000-8000"}, "import.revenue_accounts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, _, err := take(t, "uitvoer", []byte(tt.text), tt.o) // a name that promises nothing
			var e *analysis.Error
			if !errors.As(err, &e) || e.Key != tt.want || e.Kind != analysis.Invalid {
				t.Fatalf("%v, want %s", err, tt.want)
			}
			worded(t, e)
		})
	}
	for name, text := range map[string]string{"x.xaf": clients, "x.xlsx": clients, "X.CSV": "<auditfile/>", "x.xml": "PK\x03\x04"} {
		if _, _, _, err := take(t, name, []byte(text), Options{}); key(err) != "import.misnamed" {
			t.Errorf("%s: %v, want import.misnamed", name, err)
		}
	}
	if _, err := Open("there-is-no-such-file.csv", Options{}); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Open(t.TempDir(), Options{}); key(err) != "import.file_unreadable" {
		t.Errorf("a folder: %v", err)
	}
}

func TestMissingColumnSaysWhatWasSeen(t *testing.T) {
	_, _, _, err := take(t, "x.csv", []byte("klantnummer;factuurdatum;totaalbedrag;kleur\n1;2026-01-01;5;rood\n"), Options{})
	var e *analysis.Error
	if !errors.As(err, &e) || e.Args["missing"] != "amount" || e.Args["example"] != `--map amount="totaalbedrag"` || !strings.Contains(fmt.Sprint(e.Args["seen"]), "kleur") {
		t.Errorf("%+v", e)
	}
	_, _, _, err = take(t, "x.csv", []byte("klantnummer;naam\n1;Jansen\n"), Options{Map: map[string]string{"number": "klantnumer"}})
	if !errors.As(err, &e) || e.Args["near"] != "klantnummer" {
		t.Errorf("%+v", e)
	}
}

// TestBombIsStopped proves that a file that unpacks without end is refused
// after ratioAfter, and one with an ordinary ratio is not.
func TestBombIsStopped(t *testing.T) {
	read := func(packed int64) (n int64, err error) {
		g := &guarded{r: &endless{}, packed: &counted{n: packed}}
		buf := make([]byte, 1<<20)
		for n < ratioAfter+8<<20 && err == nil {
			var m int
			m, err = g.Read(buf)
			n += int64(m)
		}
		return n, err
	}
	if n, err := read(ratioAfter / 1000); key(err) != "import.bomb" || n > ratioAfter+1<<20 {
		t.Errorf("a bomb: %v after %d bytes", err, n)
	}
	if _, err := read(ratioAfter / 100); err != nil {
		t.Errorf("a ratio of a hundred: %v", err)
	}
}

// failing is a sink that stops.
type failing struct{ after int }

var errFull = errors.New("disk full")

func (f *failing) AddClients(context.Context, []analysis.StagedClient) error { return nil }
func (f *failing) AddLines(context.Context, []analysis.StagedLine) error {
	if f.after--; f.after < 0 {
		return errFull
	}
	return nil
}

func TestReadStops(t *testing.T) {
	text := "klantnr;datum;bedrag\n" + strings.Repeat("1;2026-01-02;5\n", 20*batchRows)
	open := func(report func(done, total int64)) *File {
		f, err := OpenReaderAt("omzet.csv", strings.NewReader(text), int64(len(text)), Options{Progress: report})
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if _, err := open(nil).Read(t.Context(), &failing{after: 2}); !errors.Is(err, errFull) {
		t.Errorf("a failing sink: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(nil).Read(ctx, &failing{after: 1000}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled import: %v", err)
	}
	last := int64(0)
	s, err := open(func(done, total int64) {
		if done < last || total != int64(len(text)) {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}).Read(t.Context(), &collect{})
	if err != nil || last != int64(len(text)) || s.Read != 20*batchRows {
		t.Errorf("%v, progress to %d of %d", err, last, len(text))
	}
}

// TestRefusalsAreBounded proves that a wrong file of many rows does not become
// as many sentences.
func TestRefusalsAreBounded(t *testing.T) {
	text := "klantnr;datum;bedrag\n" + strings.Repeat("1;gisteren;5\n", 3*RefusedShown)
	s, _, _, err := take(t, "x.csv", []byte(text), Options{})
	if err != nil || s.RefusedCount != 3*RefusedShown || len(s.Refused) != RefusedShown {
		t.Errorf("%d refused, %d listed, %v", s.RefusedCount, len(s.Refused), err)
	}
}
