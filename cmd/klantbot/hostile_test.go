package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"klantbot/commands/locale"
)

// hostileFile is a file that must not get in. Its content comes from write, so that a
// long one need not be held in memory; nil: it is a folder.
type hostileFile struct {
	name  string
	flags []string
	write func(io.Writer) error
}

// hostile are such files, each for a reason of its own.
var hostile = []hostileFile{
	{"empty.csv", nil, says("")},
	{"blank.csv", nil, says(" \r\n\r\n")},
	{"header-only.csv", nil, says("Klantnummer;Naam\n")},
	{"totals-only.csv", nil, says("Klantnummer;Datum;Bedrag\nTotaal;;100,00\n")},
	{"unknown-columns.csv", nil, says("foo;bar\n1;2\n")},
	{"wrong-delimiter.csv", []string{"--delimiter=,"}, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"unknown-encoding.csv", []string{"--encoding=ebcdic"}, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"mapped-to-nothing.csv", []string{"--map", "name=Namen"}, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"nul.csv", nil, says("Klantnummer;Naam\n9;Ni\x00euw\n")},
	{"nul-late.csv", nil, says("Klantnummer;Naam\n" + strings.Repeat("9;Nieuw\n", 200_000) + "10;L\x00aat\n")},
	{"endless-line.csv", nil, func(w io.Writer) error {
		_, err := io.Copy(w, io.MultiReader(strings.NewReader("Klantnummer;Naam\n9;"), io.LimitReader(&endless{text: "x"}, 100<<20)))
		return err
	}},
	{"open-quote.csv", nil, says("Klantnummer;Naam\n9;\"Nieuw\n" + strings.Repeat("10;Verder\n", 300_000))},
	{"bomb.xaf.gz", nil, func(w io.Writer) error {
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		_, err := io.Copy(z, io.MultiReader(strings.NewReader("<auditfile>"), io.LimitReader(&endless{text: " "}, 260<<20)))
		return firstError(err, z.Close())
	}},
	{"damaged.csv.gz", nil, says("\x1f\x8b\x08\x00garbage")},
	{"pdf.csv", nil, says("%PDF-1.7\n")},
	{"page.xlsx", nil, says("<!DOCTYPE html><html><table></table></html>")},
	{"picture.xlsx", nil, says("\x89PNG\r\n\x1a\n")},
	{"old.xls", nil, says("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 4096))},
	{"letter.xlsx", nil, func(w io.Writer) error { return zipped(w, "brief.txt", strings.NewReader("hallo")) }},
	{"bomb.xlsx", nil, func(w io.Writer) error {
		return zipped(w, "xl/worksheets/sheet1.xml", io.LimitReader(&endless{text: " "}, 100<<20))
	}},
	{"password.xlsx", nil, workbook(0, excelize.Options{Password: "geheim"})},
	{"truncated.xlsx", nil, workbook(700)},
	{"invoice.xml", nil, says("<?xml version='1.0'?><invoice/>")},
	{"laughs.xaf", nil, says(`<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><auditfile>&b;</auditfile>`)},
	{"outside.xaf", nil, says(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><auditfile>&x;</auditfile>`)},
	{"elsewhere.xaf", nil, says(`<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd"><auditfile/>`)},
	{"parameter.xaf", nil, says(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname">%p;]><auditfile/>`)},
	{"slip.xlsx", nil, func(w io.Writer) error {
		return zipped(w, "xl/../../../../../../tmp/klantbot-slip", strings.NewReader("x"))
	}},
	{"truncated.xaf", nil, says("<auditfile><header><fiscalYear>2025</fiscalYear>")},
	{"csv-as-audit.csv", []string{"--kind=xaf"}, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"audit-as-clients.xaf", []string{"--kind=clients"}, says("<auditfile/>")},
	{"clients.xaf", nil, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"clients.xlsx", nil, says("Klantnummer;Naam\n9;Nieuw\n")},
	{"workbook.csv", nil, workbook(0)},
	{"audit.csv.gz", nil, func(w io.Writer) error {
		z := gzip.NewWriter(w)
		_, err := io.WriteString(z, "<auditfile></auditfile>")
		return firstError(err, z.Close())
	}},
	{"folder.csv", nil, nil},
}

// large are those of them that take their time; they are refused before a
// database is asked anything, so one engine is enough.
var large = []string{"endless-line.csv", "bomb.xaf.gz", "bomb.xlsx"}

// TestHostileFiles gives an office's database every file that must not get in:
// each ends with status 1 and one sentence that says what is wrong, and after
// all of them the database is, byte for byte, what it was. On SQLite TestAttacks does.
func TestHostileFiles(t *testing.T) {
	t.Parallel()
	refuseAll(t, samplePostgres(t), large...)
}

func refuseAll(t *testing.T, dsn string, without ...string) {
	before := dump(t, dsn)
	if strings.Count(before, "\n") < 10_000 {
		t.Fatalf("the dump has %d lines: the office is not in it", strings.Count(before, "\n"))
	}
	said := map[string]bool{}
	for _, h := range hostile {
		if slices.Contains(without, h.name) {
			continue
		}
		path, sentence := refuseFile(t, dsn, h)
		said[strings.NewReplacer(path, "", h.name, "").Replace(sentence)] = true
	}
	if files := len(hostile) - len(without); len(said) < files*3/4 {
		t.Errorf("%d files were told %d different sentences", files, len(said))
	}
	if after := dump(t, dsn); after != before {
		t.Errorf("the database changed: %s", firstDifference(before, after))
	}
	if dir := filepath.Dir(dsn); filepath.IsAbs(dir) {
		if left, _ := filepath.Glob(filepath.Join(dir, "klantbot-import-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// refuseFile has a hostile file imported, which ends in status 1 and one sentence.
func refuseFile(t *testing.T, dsn string, h hostileFile) (path, sentence string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), h.name)
	h.make(t, path)
	var out, errs bytes.Buffer
	status := run(context.Background(), append([]string{"import", "--db=" + dsn, path}, h.flags...), &out, &errs)
	sentence = errs.String()
	if status != failed || strings.Count(sentence, "\n") != 1 || out.Len() > 0 {
		t.Errorf("%s: status %d, printed %q and %q; want status 1 and one sentence", h.name, status, &out, sentence)
	}
	if internal := strings.Split(locale.New(locale.Dutch, nil).T("error.internal", nil), "{")[0]; strings.Contains(sentence, internal) {
		t.Errorf("%s: it says only that something went wrong: %s", h.name, sentence)
	}
	return path, sentence
}

// TestFlawedFilesAreToldAndChangeNothingDry: what is only flawed - two
// encodings in one file, a totals row, a number twice - is read and told, and
// with --dry-run leaves the database byte for byte as it was.
func TestFlawedFilesAreToldAndChangeNothingDry(t *testing.T) {
	t.Parallel()
	dsn := sampleDB(t)
	before := dump(t, dsn)
	for name, c := range map[string]struct{ content, told string }{
		"mixed.csv":  {"Klantnummer;Naam\n90001;Café\n90002;Caf\xe9 Twee\n", "twee tekencoderingen"},
		"totals.csv": {"Klantnummer;Datum;Factuur;Bedrag\n1001;05-01-2026;F1;100,00\nTotaal;;;100,00\n", "1 gelezen: 1 "},
		"twice.csv":  {"Klantnummer;Naam\n90001;A\n90001;B\n", "Klantnummer 90001 stond al op regel 2"},
	} {
		var out, errs bytes.Buffer
		status := run(context.Background(), []string{"import", "--dry-run", "--source=proef", "--db=" + dsn, write(t, name, c.content)}, &out, &errs)
		if status != done || !strings.Contains(out.String(), c.told) {
			t.Errorf("%s: status %d; %q is missing in\n%s%s", name, status, c.told, &out, &errs)
		}
	}
	if after := dump(t, dsn); after != before {
		t.Errorf("the database changed: %s", firstDifference(before, after))
	}
}

// dump writes out every row of every table of dsn, in an order of its own.
func dump(t *testing.T, dsn string) string {
	t.Helper()
	tables := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	if strings.HasPrefix(dsn, "postgres") {
		tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`
	}
	var names []string
	each(t, dsn, tables, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		names = append(names, name)
		return err
	})
	var all strings.Builder
	for _, name := range names {
		var rows []string
		read(t, dsn, `SELECT * FROM "`+name+`"`, func(r *sql.Rows) error {
			columns, err := r.Columns()
			if err != nil {
				return err
			}
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			err = r.Scan(into...)
			rows = append(rows, fmt.Sprintf("%q", values))
			return err
		})
		slices.Sort(rows)
		fmt.Fprintf(&all, "%s: %d rows\n%s\n", name, len(rows), strings.Join(rows, "\n"))
	}
	return all.String()
}

func firstDifference(before, after string) string {
	b, a := strings.Split(before, "\n"), strings.Split(after, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d was %s and is %s", i+1, b[i], a[i])
		}
	}
	return fmt.Sprintf("%d lines became %d", len(b), len(a))
}

func (h hostileFile) make(t *testing.T, path string) {
	t.Helper()
	if h.write == nil {
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		return
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := firstError(h.write(f), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func says(content string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, content); return err }
}

// endless is one text, over and over, at least a kibibyte of it at a time.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (n int, err error) {
	for len(e.text) < 1024 {
		e.text += e.text
	}
	for n < len(p) {
		m := copy(p[n:], e.text[e.at:])
		n, e.at = n+m, (e.at+m)%len(e.text)
	}
	return n, nil
}

func zipped(w io.Writer, name string, content io.Reader) error {
	z := zip.NewWriter(w)
	for _, part := range []string{"[Content_Types].xml", "xl/workbook.xml"} {
		if strings.HasPrefix(name, "xl/") {
			if _, err := z.Create(part); err != nil {
				return err
			}
		}
	}
	p, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(p, content)
	return firstError(err, z.Close())
}

// workbook writes a client list, cut to so many bytes unless that is 0.
func workbook(size int, o ...excelize.Options) func(io.Writer) error {
	return func(w io.Writer) error {
		f := excelize.NewFile()
		defer f.Close()
		for i, row := range [][]any{{"Klantnummer", "Naam"}, {"9", "Nieuw"}} {
			if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
				return err
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b, o...); err != nil {
			return err
		}
		whole := b.Bytes()
		if size > 0 {
			whole = whole[:size]
		}
		_, err := w.Write(whole)
		return err
	}
}
