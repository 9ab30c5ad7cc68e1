package ask

import (
	"bytes"
	"compress/gzip"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "pack examples.tsv")

// TestPacked holds that the program has the examples that stand in examples.tsv. After a
// change there: go test ./analysis/ask -run Packed -update.
func TestPacked(t *testing.T) {
	text, err := os.ReadFile("examples.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := z.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("examples.tsv.gz", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if examplesFile() != string(text) {
		t.Error("examples.tsv.gz is not examples.tsv: go test ./analysis/ask -run Packed -update")
	}
}
