package match

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedFile returns the path of a file of the shared test data, or skips.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	roots := []string{os.Getenv("KLANTBOT_SHARED")}
	if dir, err := os.Getwd(); err == nil {
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				roots = append(roots, filepath.Join(dir, "..", "shared"))
				break
			}
		}
	}
	for _, root := range roots {
		path := filepath.Join(root, "data", name)
		if _, err := os.Stat(path); root != "" && err == nil {
			return path
		}
	}
	t.Skipf("shared/data/%s is not here", name)
	return ""
}

// dutchSurnames returns the 1,000 most frequent surnames of 2007, natural
// ("de Jong") and as lists sort them ("Jong, de").
func dutchSurnames(t *testing.T) (natural, listed []string) {
	t.Helper()
	f, err := os.Open(sharedFile(t, "dutch-names/top_1000_last_names_in_the_netherlands_2007.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		natural, listed = append(natural, row[0]), append(listed, row[1])
	}
	if len(natural) != 1000 {
		t.Fatalf("%d surnames, want 1000", len(natural))
	}
	return natural, listed
}

// TestSurnames finds each of the 1,000 surnames among 100,000 other names. No
// other name has one of these surnames: which of two clients called de Jong
// comes first has no right answer. The others do have surnames of every
// length that differ from these in a letter.
func TestSurnames(t *testing.T) {
	natural, listed := dutchSurnames(t)
	const others = 100_000
	g := newGenerator(60_000)
	g.skip = map[string]bool{}
	for _, name := range natural {
		for _, f := range readQuery(name) {
			g.skip[f.text] = true
		}
	}
	entries := g.entries(others)
	first := entries[others-1].key + 1
	for i, name := range natural {
		entries = append(entries, entry{first + Key(i), Name, name})
	}
	ix := build(entries)

	for i := range natural {
		for _, query := range []string{natural[i], listed[i]} {
			hits := ix.Find(query, 5)
			if len(hits) == 0 || hits[0].Key != first+Key(i) || hits[0].Grade != Whole {
				t.Errorf("Find(%q) = %v, want %q first", query, hits, natural[i])
			}
		}
	}

	r := rand.New(rand.NewPCG(7, 8))
	const rounds = 5
	found, missed := 0, []string(nil)
	for range rounds {
		for i, name := range natural {
			query := withTypo(r, name)
			if rank(ix.Find(query, 3), first+Key(i)) >= 0 {
				found++
			} else {
				missed = append(missed, query+" for "+name+fmt.Sprint(ix.Find(query, 3)))
			}
		}
	}
	share := float64(found) / rounds / float64(len(natural))
	t.Logf("one typo: %.2f%% in the top 3; missed: %s", 100*share, strings.Join(missed[:min(len(missed), 40)], "; "))
	if share < .97 {
		t.Errorf("one typo: %.2f%% in the top 3, want 97%%", 100*share)
	}
}

// rank returns the place of key among hits, or -1.
func rank(hits []Hit, key Key) int {
	for i, h := range hits {
		if h.Key == key {
			return i
		}
	}
	return -1
}
