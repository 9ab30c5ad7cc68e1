package ingest

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klantbot/analysis"
)

type sentence struct{ NL, EN string }

func sentences(t testing.TB) map[string]sentence {
	t.Helper()
	b, err := os.ReadFile("testdata/sentences.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]sentence
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSentences proves that every key in the source has a sentence in both
// languages with the same placeholders, and that no sentence is left over.
func TestSentences(t *testing.T) {
	all := sentences(t)
	used := map[string]bool{}
	for _, name := range sources(t) {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, _ := strconv.Unquote(lit.Value); strings.HasPrefix(s, "import.") && s != "import." {
					used[s] = true
				}
			}
			return true
		})
	}
	if len(used) < 50 {
		t.Fatalf("only %d keys found in the source", len(used))
	}
	for k := range used {
		if s := all[k]; s.NL == "" || s.EN == "" {
			t.Errorf("%s has no sentence", k)
		}
	}
	for k, s := range all {
		if !used[k] {
			t.Errorf("%s is used nowhere", k)
		}
		if !slices.Equal(placeholders(s.NL), placeholders(s.EN)) {
			t.Errorf("%s names other values in Dutch than in English", k)
		}
	}
}

func sources(t testing.TB) (names []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			names = append(names, f.Name())
		}
	}
	return names
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

func placeholders(s string) (names []string) {
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// worded fails unless e has a sentence that all its placeholders are given for.
func worded(t testing.TB, e *analysis.Error) {
	t.Helper()
	s, ok := sentences(t)[e.Key]
	if !ok {
		t.Errorf("%s has no sentence", e.Key)
	}
	for _, name := range placeholders(s.NL) {
		if _, given := e.Args[name]; !given {
			t.Errorf("%s names {%s}, given are %v", e.Key, name, slices.Sorted(maps.Keys(e.Args)))
		}
	}
}
