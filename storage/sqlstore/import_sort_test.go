package sqlstore

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
)

// TestSorter: whatever is added comes out in order, however small the runs are
// and however often it is asked for.
func TestSorter(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		s := newSorter(dir, rapid.IntRange(1, 200).Draw(rt, "size"))
		defer s.close()
		want := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 12)).Draw(rt, "records")
		for _, rec := range want {
			if err := s.add(rec); err != nil {
				rt.Fatal(err)
			}
		}
		if err := s.finish(); err != nil {
			rt.Fatal(err)
		}
		slices.SortFunc(want, bytes.Compare)
		for range 2 {
			var got [][]byte
			for rec, err := range s.all() {
				if err != nil {
					rt.Fatal(err)
				}
				got = append(got, bytes.Clone(rec))
			}
			if !slices.EqualFunc(got, want, bytes.Equal) {
				rt.Fatalf("got %v, want %v", got, want)
			}
		}
	})
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

// TestSweepScratch: what a killed process left goes, and nothing else does.
func TestSweepScratch(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"klantbot-import-1.tmp", "klantbot-import-.tmp", "office.db", "klantbot-import.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sweepScratch(dir)
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 || left[0].Name() != "klantbot-import.csv" || left[1].Name() != "office.db" {
		t.Errorf("left %v (%v), want the files that are not ours to remove", left, err)
	}
}

// TestRecordOrder: the bytes of a record compare as its values do.
func TestRecordOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		type key struct {
			n int64
			d int32
			s string
		}
		draw := func(name string) (key, []byte) {
			k := key{rapid.Int64().Draw(rt, name), rapid.Int32().Draw(rt, name), text(rapid.String().Draw(rt, name))}
			b := putText(putInt32(putInt(nil, k.n), k.d), k.s)
			r := record(putInt32(b, 7))
			if got := (key{r.int(), r.int32(), r.text()}); got != k || r.int32() != 7 {
				rt.Fatalf("read back %+v, want %+v", got, k)
			}
			return k, b
		}
		a, x := draw("a")
		b, y := draw("b")
		less := a.n < b.n || a.n == b.n && (a.d < b.d || a.d == b.d && a.s < b.s)
		if got := bytes.Compare(x, y) < 0; got != less {
			rt.Errorf("%+v before %+v: %t, want %t", a, b, got, less)
		}
	})
}
