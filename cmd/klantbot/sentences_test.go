package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"klantbot/commands/locale"
)

// keyed matches what looks like a catalogue key of ours.
var keyed = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)+$`)

// TestEverySentenceExists reads the whole program and holds every key that is
// handed to T, N or Fail, or set as an Error's Key, against the catalogue: a
// person must never read "client.gone".
func TestEverySentenceExists(t *testing.T) {
	root := repository(t)
	checked := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.Contains(path, "/workspace/") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, key := range keysIn(n) {
				checked++
				for _, lang := range locale.Langs() {
					if !locale.Has(lang, key) && !(locale.Has(lang, key+".one") && locale.Has(lang, key+".other")) {
						t.Errorf("%s: %q has no %s sentence", path, key, lang)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if checked < 80 {
		t.Errorf("only %d keys were found: the test does not see them any more", checked)
	}
}

// worded are the prefixes that only sentences have: such a literal is a key
// wherever it stands.
var worded = regexp.MustCompile(`^(import|storage|slack|error|bot|local|config|lifetime)\.`)

// keysIn returns the literal keys that n hands over.
func keysIn(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.BasicLit:
		for _, key := range literalKey(n) {
			if worded.MatchString(key) && !strings.HasPrefix(key, "import.apply") {
				return []string{key}
			}
		}
	case *ast.CallExpr:
		name := ""
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			name = f.Sel.Name
		case *ast.Ident:
			name = f.Name
		}
		switch name {
		case "T", "N", "Fail", "refusal", "invalid", "warn", "say", "fail":
			var keys []string
			for _, arg := range n.Args {
				keys = append(keys, literalKey(arg)...)
			}
			return keys
		}
	case *ast.KeyValueExpr:
		if field, ok := n.Key.(*ast.Ident); ok && field.Name == "Key" {
			return literalKey(n.Value)
		}
	}
	return nil
}

func literalKey(e ast.Expr) []string {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return nil
	}
	s, err := strconv.Unquote(lit.Value)
	if err != nil || !keyed.MatchString(s) || strings.HasSuffix(s, ".json") || strings.HasSuffix(s, ".db") {
		return nil
	}
	return []string{s}
}
