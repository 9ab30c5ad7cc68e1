package sample

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
)

// asOf is the last day of the offices in these tests.
var asOf = analysis.Date(2026, time.November, 21)

// written returns what write writes of s.
func written(t *testing.T, write func(io.Writer, Size) error, s Size) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// row is a row of a CSV file by column.
type row map[string]string

// rows reads a file as a Dutch spreadsheet would, with a reader that is not ours.
func rows(t *testing.T, file []byte) []row {
	t.Helper()
	text, marked := strings.CutPrefix(string(file), "\ufeff")
	if !marked {
		t.Error("no byte order mark")
	}
	if n := strings.Count(text, "\n"); n != strings.Count(text, "\r\n") {
		t.Error("lines do not all end in CRLF")
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]row, len(records)-1)
	for i, record := range records[1:] {
		all[i] = row{}
		for j, cell := range record {
			all[i][records[0][j]] = cell
		}
	}
	return all
}

// clientList is the client list, a row a client, by number.
func clientList(t *testing.T, s Size) map[string]row {
	t.Helper()
	all := map[string]row{}
	for _, r := range rows(t, written(t, WriteClients, s)) {
		if all[r["Klantnummer"]] == nil {
			all[r["Klantnummer"]] = r
		}
	}
	return all
}

// invoice is an invoice line as read back.
type invoice struct {
	day             analysis.Day
	invoice, client string
	service, year   string
	cents           int64
}

// invoices reads the invoice lines of s back.
func invoices(t *testing.T, s Size) []invoice {
	t.Helper()
	var all []invoice
	for _, r := range rows(t, written(t, WriteInvoices, s)) {
		d, err := time.Parse("02-01-2006", r["Factuurdatum"])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, invoice{
			day: analysis.DayOf(d), invoice: r["Factuurnummer"], client: r["Klantnummer"], service: r["Dienst"],
			year: r["Boekjaar"], cents: cents(t, r["Bedrag excl. btw"]),
		})
	}
	return all
}

// cents reads an amount written as 1.234,56.
func cents(t *testing.T, s string) int64 {
	t.Helper()
	euros, rest, found := strings.Cut(s, ",")
	if !found || len(rest) != 2 {
		t.Fatalf("amount %q has no two decimals", s)
	}
	for i, part := range strings.Split(strings.TrimPrefix(euros, "-"), ".") {
		if i > 0 && len(part) != 3 {
			t.Fatalf("amount %q is not grouped in thousands", s)
		}
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(euros, ".", "")+rest, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSheetQuotesOnlyWhereNeeded(t *testing.T) {
	var b bytes.Buffer
	s := newSheet(&b, "a", "b")
	s.text(`plain 't`)
	s.text("x;y")
	s.end()
	s.text(`say "no"`)
	s.money(-123_456_789)
	s.end()
	s.day(analysis.Date(2026, time.March, 5))
	s.day(analysis.NoDay)
	s.end()
	s.tenths(145)
	s.money(5)
	s.end()
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	const want = "\ufeffa;b\r\nplain 't;\"x;y\"\r\n\"say \"\"no\"\"\";-1.234.567,89\r\n05-03-2026;\r\n14,5;0,05\r\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// full refuses to take anything.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWriteReportsAFullDisk(t *testing.T) {
	for _, write := range []func(io.Writer, Size) error{WriteClients, WriteInvoices} {
		if err := write(full{}, Default(asOf)); err == nil {
			t.Error("nothing was written and nothing said")
		}
	}
}
