package ingest

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"klantbot/analysis"
)

// readAll returns all records and their lines.
func readAll(r *csvReader) (records [][]string, lines []int, err error) {
	for {
		row, err := r.next()
		if errors.Is(err, io.EOF) {
			return records, lines, nil
		}
		if err != nil {
			return records, lines, err
		}
		records = append(records, slices.Clone(row.cells))
		lines = append(lines, row.line)
	}
}

// standard reads text as the standard library does.
func standard(text string, delimiter byte) (records [][]string, lines []int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = rune(delimiter), true, -1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return records, lines, nil
		}
		if err != nil {
			return nil, nil, err
		}
		line, _ := r.FieldPos(0)
		records, lines = append(records, record), append(lines, line)
	}
}

var csvSeeds = []string{
	"a;b;c\n1;2;3\n", "a;b\r\n1;2\r\n", "\"a;b\";c\n", "\"a\"\"b\";c", "\"two\nlines\";x\n", "\"two\r\nlines\";x\r\n",
	"a;\"b", "a\"b;c\n", "\"a\"b;c\n", "\n\n\r\na\n", ";;\n;\n", "a;\n", "\"\"\n", "\"\";\"\"", "a\r", "\"a\"\r\n", "\"a;b\nc;d\n", "a\rb\n", "\"a\" ;b\n", "\r\r\n", "\"\r\n\"", "\"a\";", ";\"a\"",
}

func TestCSVReaderAgreesWithEncodingCSV(t *testing.T) {
	for _, text := range csvSeeds {
		agree(t, text, ';')
	}
	rng := rand.New(rand.NewPCG(1, 2))
	alphabet := []byte("ab;;\"\"\"\n\n\r ,é")
	for range 20_000 {
		text := make([]byte, rng.IntN(24))
		for i := range text {
			text[i] = alphabet[rng.IntN(len(alphabet))]
		}
		agree(t, strings.ToValidUTF8(string(text), "?"), ';')
	}
}

func agree(t *testing.T, text string, delimiter byte) {
	t.Helper()
	want, wantLines, err := standard(text, delimiter)
	if err != nil {
		t.Fatalf("%q: encoding/csv: %v", text, err)
	}
	got, gotLines, err := readAll(newCSVReader(iotest.OneByteReader(strings.NewReader(text)), delimiter, false))
	if err != nil || !reflect.DeepEqual(got, want) || !slices.Equal(gotLines, wantLines) {
		t.Fatalf("%q: %q on lines %v (%v), want %q on %v", text, got, gotLines, err, want, wantLines)
	}
}

// FuzzCSV holds the reader against encoding/csv, and the whole of an import
// against panics.
func FuzzCSV(f *testing.F) {
	for _, s := range csvSeeds {
		f.Add(s)
	}
	f.Add("klantnummer;naam\r\n001;Jansen\r\n")
	f.Add("klantnr,datum,bedrag\n1,01-02-2026,\"1.234,56\"\nTotaal,,1\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, _, err := readAll(newCSVReader(strings.NewReader(text), ';', false))
		if err == nil && strings.IndexByte(text, 0) < 0 && strings.ToValidUTF8(text, "") == text {
			want, _, werr := standard(text, ';')
			if werr != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("%q, want %q (%v)", got, want, werr)
			}
		}
		if len(text) > 1 && text[0] < 0x80 {
			file, err := OpenReaderAt("fuzz.csv", strings.NewReader(text), int64(len(text)), Options{})
			if err == nil {
				_, err = file.Read(t.Context(), &collect{})
			}
			var e *analysis.Error
			if err != nil && !errors.As(err, &e) {
				t.Fatalf("not a sentence: %v", err)
			}
		}
	})
}

var exes = bytes.Repeat([]byte("x"), 1<<16)

// endless is a line that never ends.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	for i := 0; i < len(p); {
		i += copy(p[i:], exes)
	}
	e.n += len(p)
	return len(p), nil
}

func TestCSVBounds(t *testing.T) {
	line := &endless{}
	_, err := newCSVReader(line, ';', false).next()
	if key(err) != "import.line_too_long" || line.n > 4*maxRecord {
		t.Errorf("an endless line: %v after %d bytes", err, line.n)
	}
	open := io.MultiReader(strings.NewReader("a;\""), &endlessLines{})
	if _, err := newCSVReader(open, ';', false).next(); key(err) != "import.quote_open" {
		t.Errorf("an open quote: %v", err)
	}
	if _, err := newCSVReader(bytes.NewReader([]byte("a\x00b\n")), ';', false).next(); key(err) != "import.nul" {
		t.Errorf("a 0x00 byte: %v", err)
	}
}

type endlessLines struct{}

func (endlessLines) Read(p []byte) (int, error) { return copy(p, "a;b;c;d;e\n"), nil }

// key returns the sentence of err.
func key(err error) string {
	var e *analysis.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}
