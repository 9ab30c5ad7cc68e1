package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"klantbot/analysis"
)

// rewritten returns workbook b with its first sheet as edit makes it.
func rewritten(t *testing.T, b []byte, edit func(sheet string) string) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "xl/worksheets/sheet1.xml" {
			part = []byte(edit(string(part)))
		}
		w, err := to.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestDamagedSheet proves that a sheet which can not be read to its end is
// refused as a whole, not imported as far as it goes.
func TestDamagedSheet(t *testing.T) {
	whole := book(t, func(f *excelize.File) {
		fill(t, f, "Sheet1", []any{"Klantnummer", "Naam"}, []any{"0017", "Jansen"}, []any{"0018", "Pietersen"})
	})
	for _, tt := range []struct {
		name string
		edit func(string) string
		ok   bool
	}{
		{"as it was", func(s string) string { return s }, true},
		{"with a byte-order mark", func(s string) string { return "\xef\xbb\xbf" + s }, true},
		{"cut off", func(s string) string { return s[:strings.LastIndex(s, "<row ")] }, false},
		{"an entity", func(s string) string { return strings.Replace(s, `<row r="3"`, `&lol;<row r="3"`, 1) }, false},
		{"billion laughs", func(s string) string {
			return strings.Replace(s, "<worksheet", `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet`, 1)
		}, false},
		{"a tag not closed", func(s string) string { return strings.Replace(s, "</row>", "", 1) }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, got, _, err := take(t, "klanten.xlsx", rewritten(t, whole, tt.edit), Options{})
			var e *analysis.Error
			switch {
			case tt.ok && (err != nil || len(got.clients) != 2):
				t.Errorf("%d clients, error %v", s.Read, err)
			case !tt.ok && (!errors.As(err, &e) || e.Key != "import.workbook_broken"):
				t.Errorf("read %d, error %v; want import.workbook_broken", s.Read, err)
			}
		})
	}
}

// TestPipe proves that what is no file is refused at once, though nobody ever
// writes to it.
func TestPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "klanten.csv")
	if err := exec.Command("mkfifo", path).Run(); err != nil {
		t.Skip("no pipe can be made here: ", err)
	}
	opened := make(chan error, 1)
	go func() {
		_, err := Open(path, Options{})
		opened <- err
	}()
	select {
	case err := <-opened:
		var e *analysis.Error
		if !errors.As(err, &e) || e.Key != "import.file_unreadable" {
			t.Errorf("error %v, want import.file_unreadable", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Open waits for a pipe that nobody writes to")
	}
}

// TestProve proves that looking at a whole column is reported as half of the
// work, and ends with its context.
func TestProve(t *testing.T) {
	const rows = 200_000
	text := "klantnr;datum;bedrag\n" + strings.Repeat("1;03-04-2026;1.234\n", rows)
	read := func(ctx context.Context) (last, calls, steps int64, err error) {
		f, err := OpenReaderAt("omzet.csv", strings.NewReader(text), int64(len(text)), Options{Progress: func(done, total int64) {
			if calls++; done < last {
				t.Errorf("progress goes back from %d to %d", last, done)
			}
			last, steps = done, total
		}})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		_, err = f.Read(ctx, &collect{})
		return last, calls, steps, err
	}
	size := int64(len(text))
	if last, calls, total, err := read(context.Background()); err != nil || last != 2*size || total != 2*size || calls < 20 {
		t.Errorf("%d of %d in %d reports, error %v; want %d", last, total, calls, err, 2*size)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if last, _, _, err := read(ctx); !errors.Is(err, context.Canceled) || last > size/2 {
		t.Errorf("stopped at %d of %d with %v, want the end of the context at once", last, 2*size, err)
	}
}
