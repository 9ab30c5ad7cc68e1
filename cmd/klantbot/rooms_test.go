package main

import (
	"flag"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms is the house: each package with what it may import beside the standard
// library. Ours are named by their folder, others by their module. Test files
// may import more: they play the other side.
var rooms = map[string][]string{
	"analysis":           {},
	"analysis/value":     {"analysis", "analysis/stats"},
	"analysis/match":     {"golang.org/x/text"},
	"analysis/attention": {"analysis"},
	"analysis/stats":     {"gonum.org/v1/gonum"},
	"analysis/survey":    {"analysis"},
	"analysis/session":   {"analysis"},
	"analysis/ask":       {"analysis"},
	"analysis/lifetime":  {"analysis/stats"},
	"storage":            {"analysis", "analysis/attention", "analysis/survey", "analysis/session"},
	"storage/sqlstore":   {"storage", "analysis", "analysis/attention", "analysis/survey", "analysis/session", "golang.org/x/text"},
	"storage/sqlite":     {"storage/sqlstore", "analysis", "github.com/mattn/go-sqlite3", "github.com/pressly/goose/v3"},
	"storage/postgres":   {"storage/sqlstore", "analysis", "github.com/jackc/pgx/v5", "github.com/pressly/goose/v3"},
	// Only tests import it, see TestPropertiesDrawTheSameEveryRun.
	"analysis/rapidseed": {"pgregory.net/rapid"},
	// The cluster that tests of several rooms start; nothing else imports it.
	"storage/postgres/pgtest": {"github.com/jackc/pgx/v5"},
	"storage/storetest":       {"storage", "analysis", "analysis/attention", "analysis/survey", "analysis/session", "analysis/rapidseed", "pgregory.net/rapid"},
	"storage/ingest":          {"analysis", "golang.org/x/text"},
	"storage/sample":          {"analysis", "storage", "storage/ingest"},
	"prompts":                 {"analysis"},
	"prompts/mask":            {"prompts"},
	"prompts/openai":          {"prompts", "prompts/mask", "github.com/sashabaranov/go-openai", "github.com/hashicorp/go-retryablehttp"},
	// The endpoint that tests of several rooms start; nothing else imports it.
	"prompts/openai/openaitest": {},
	"prompts/offline":           {"prompts", "prompts/mask", "github.com/clipperhouse/uax29/v2", "github.com/blevesearch/snowballstem"},
	"commands": {"analysis", "analysis/ask", "analysis/survey", "analysis/session", "prompts", "analysis/lifetime", "analysis/value", "analysis/attention", "analysis/match", "storage", "storage/ingest",
		"commands/view", "commands/chart", "commands/locale"},
	"commands/view":   {"analysis", "analysis/survey", "analysis/session", "analysis/value", "analysis/attention", "commands/locale", "github.com/slack-go/slack"},
	"commands/chart":  {"analysis", "analysis/session", "commands/locale", "golang.org/x/image"},
	"commands/locale": {"analysis", "golang.org/x/text"},
	"bot":             {"analysis", "storage", "commands", "commands/view", "commands/locale", "golang.org/x/sync"},
	"bot/slackapi":    {"bot", "analysis", "commands/view", "github.com/slack-go/slack", "golang.org/x/sync"},
	"bot/socket":      {"bot", "analysis", "github.com/slack-go/slack", "golang.org/x/sync"},
	"bot/health":      {"storage"},
	"bot/slackhttp":   {"bot", "analysis", "github.com/slack-go/slack", "golang.org/x/sync"},
	"bot/delivery":    {"bot", "storage", "analysis"},
	"bot/schedule":    {"commands", "storage", "analysis", "analysis/attention", "analysis/session"},
	"bot/workspace":   {"github.com/coder/websocket"},
}

// byName are packages that find methods by a name which the linker does not know,
// so that it keeps every exported method of every type: 10 MB of the program, all
// of it resident (TestWeight measures it and names others of the kind).
var byName = map[string]string{
	"text/template": "fill sentences with strings.NewReplacer, or build them",
	"html/template": "escape with html.EscapeString",
}

const module = "klantbot/"

// wiring may import every room.
func wiring(room string) bool { return room == "cmd/klantbot" }

func TestRoomsImportOnlyWhatTheHouseAllows(t *testing.T) {
	root := repository(t)
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		room, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		room = filepath.ToSlash(room)
		seen[room] = true
		checkFile(t, room, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room := range rooms {
		if !seen[room] {
			t.Errorf("the table names %s, which has no code", room)
		}
	}
}

func checkFile(t *testing.T, room, path string) {
	t.Helper()
	allowed, known := rooms[room]
	if !known && !wiring(room) {
		t.Errorf("%s is in no room of the house", path)
		return
	}
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if why := byName[name]; why != "" {
			t.Errorf("%s imports %s: %s", path, name, why)
		}
		if !wiring(room) && !mayImport(name, allowed) {
			t.Errorf("%s imports %s, which %s may not", path, name, room)
		}
	}
}

func mayImport(name string, allowed []string) bool {
	if ours, ok := strings.CutPrefix(name, module); ok {
		return slices.Contains(allowed, ours)
	}
	first, _, _ := strings.Cut(name, "/")
	if !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(allowed, func(a string) bool {
		return name == a || strings.HasPrefix(name, a+"/")
	})
}

// TestPropertiesDrawTheSameEveryRun: a test program with properties in it has
// analysis/rapidseed in it as well.
func TestPropertiesDrawTheSameEveryRun(t *testing.T) {
	root := repository(t)
	draws, seeded := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			switch spec.Path.Value {
			case `"pgregory.net/rapid"`:
				draws[filepath.Dir(path)] = true
			case `"klantbot/analysis/rapidseed"`:
				seeded[filepath.Dir(path)] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(draws, filepath.Join(root, "analysis", "rapidseed"))
	for dir := range draws {
		if !seeded[dir] {
			t.Errorf("%s has properties and does not import klantbot/analysis/rapidseed", dir)
		}
	}
	if len(draws) < 10 {
		t.Errorf("found properties in %d packages, want ten or more", len(draws))
	}
	if f := flag.Lookup("rapid.seed"); f == nil || f.DefValue == "0" {
		t.Errorf("flag rapid.seed is %+v, want a default that is not another number every run", f)
	}
}

// The rules themselves can fail: a table that allows everything proves nothing.
func TestRoomRulesRefuse(t *testing.T) {
	for _, c := range []struct {
		name    string
		allowed []string
		want    bool
	}{
		{"fmt", nil, true},
		{"klantbot/storage", []string{"analysis"}, false},
		{"klantbot/storage/sqlite", []string{"storage"}, false},
		{"github.com/slack-go/slack/socketmode", []string{"github.com/slack-go/slack"}, true},
		{"github.com/slack-go/slackline", []string{"github.com/slack-go/slack"}, false},
	} {
		if got := mayImport(c.name, c.allowed); got != c.want {
			t.Errorf("mayImport(%s, %v) = %v", c.name, c.allowed, got)
		}
	}
}

// repository is the folder with go.mod above the test's own.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}
