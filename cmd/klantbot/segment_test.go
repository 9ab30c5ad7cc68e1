package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestSegmentExport: the table of a segmentation is a file of its own, that is
// never written over another one.
func TestSegmentExport(t *testing.T) {
	t.Parallel()
	db, file := "--db="+sampleDB(t), filepath.Join(t.TempDir(), "segmenten.csv")
	got, status := verb(t, "segment", "show", "--csv="+file, db)
	if status != done || len(got["items"].([]any)) < 500 {
		t.Fatalf("status %d, %v", status, got["error"])
	}
	raw, err := os.ReadFile(file)
	if err != nil || bytes.Count(raw, []byte("\r\n")) != len(got["items"].([]any))+1 {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if got, status := verb(t, "segment", "show", "--csv="+file, db); status != failed {
		t.Errorf("it writes over a file: %v", got)
	}
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(raw, again) {
		t.Errorf("the file changed: %v", err)
	}
}
