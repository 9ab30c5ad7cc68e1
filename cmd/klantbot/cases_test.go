package main

import (
	"path/filepath"
	"testing"
)

// TestSampleListsEveryCase: the sample office's segmentation has each reason to
// look at somebody first, and the cast those that documents name.
func TestSampleListsEveryCase(t *testing.T) {
	t.Parallel()
	got, _ := verb(t, "segment", "show", "--db="+sampleDB(t))
	reasons, of := map[string]int{}, map[string]string{}
	for _, a := range got["attention"].([]any) {
		first := a.(map[string]any)
		for _, why := range first["why"].([]any) {
			reasons[why.(string)]++
			of[first["number"].(string)] += why.(string)
		}
	}
	for _, why := range []string{"top_low", "border", "coverage", "override"} {
		if reasons[why] == 0 {
			t.Errorf("nobody is looked at because of %s: %v", why, reasons)
		}
	}
	if of["1012"] != "top_low" || of["1026"] != "override" {
		t.Errorf("the cast is looked at because of %v", of)
	}
	segments, silent := map[string]int{}, 0
	for _, i := range got["items"].([]any) {
		if segment, ok := i.(map[string]any)["segment"].(string); ok {
			segments[segment]++
		} else {
			silent++
		}
	}
	if len(segments) != 4 || segments["A"] < 10 || silent == 0 {
		t.Errorf("segments %v, %d groups in none", segments, silent)
	}
}

// TestSampleIsForetold: whatever day a sample office is made, how long its
// clients stay and how often its one-off jobs come back is foretold better than
// by the naive guess.
func TestSampleIsForetold(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2026-01-01", "2026-05-30", "2026-12-31", "2028-02-29"} {
		db := "--db=" + filepath.Join(t.TempDir(), "office.db")
		if got, status := verb(t, "sample", db[len("--db="):], "--as-of="+day); status != done {
			t.Fatal(got)
		}
		got, _ := verb(t, "lifetime", "fit", db, "--as-of="+day)
		for _, f := range got["fits"].([]any) {
			fit := f.(map[string]any)
			held := fit["model"] == "sbg" || fit["model"] == "bgnbd"
			if fit["reason"] != "" || fit["n"].(float64) < 100 || fit["better"] != held {
				t.Errorf("%s: %v", day, fit)
			}
			if fit["model"] == "sbg" && fit["cohorts"].(float64) < 3 {
				t.Errorf("%s: %v cohorts", day, fit["cohorts"])
			}
		}
	}
}
