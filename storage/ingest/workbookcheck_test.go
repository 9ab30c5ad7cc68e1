package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
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

// cut is a sink that cuts the file short once it has its first rows.
type cut struct {
	collect
	cut func() error
}

func (c *cut) AddLines(ctx context.Context, rows []analysis.StagedLine) error {
	if c.cut != nil {
		if err := c.cut(); err != nil {
			return err
		}
		c.cut = nil
	}
	return c.collect.AddLines(ctx, rows)
}

// TestFileChanges proves that a file which is written to meanwhile is refused:
// half a list must not pass for all of it.
func TestFileChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "omzet.csv")
	text := "klantnr;datum;bedrag\n" + strings.Repeat("1;2026-04-13;1,00\n", 300_000)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = f.Read(context.Background(), &cut{cut: func() error { return os.Truncate(path, int64(len(text)*3/4)) }})
	var e *analysis.Error
	if !errors.As(err, &e) || e.Key != "import.file_changed" {
		t.Errorf("error %v, want import.file_changed", err)
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
