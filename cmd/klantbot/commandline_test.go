package main

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// verbRead is the verb of a line, its words parted by spaces, with the fields that
// are set.
func verbRead(t *testing.T, line string) (c cli, verb, help string, err error) {
	t.Helper()
	t.Setenv("KLANTBOT_DB", "env.db")
	var out bytes.Buffer
	v, err := c.read(strings.Fields(line), &out)
	if v != nil {
		verb = fmt.Sprintf("%T", v)
		for f, value := range reflect.ValueOf(v).Elem().Fields() {
			if !value.IsZero() {
				verb += fmt.Sprintf(" %s:%v", f.Name, value)
			}
		}
	}
	return c, strings.TrimPrefix(verb, "*main."), out.String(), err
}

func TestCommandLine(t *testing.T) {
	for line, want := range map[string]string{
		"":                                   "localCmd Addr:127.0.0.1:8484",
		"--addr there --fresh":               "localCmd Addr:there Fresh:true",
		"--json --db=a --lang en --addr=b":   "localCmd Addr:b",
		"local --db import":                  "localCmd Addr:127.0.0.1:8484",
		"--db import":                        "localCmd Addr:127.0.0.1:8484",
		"import x.csv":                       "importCmd File:x.csv",
		"--as-of 2026-11-21 import --json x": "importCmd File:x",
		"import --dry-run x --map a=b --map c=d,e --kind=clients": "importCmd File:x Kind:clients Map:[a=b c=d,e] DryRun:true",
		"import --db undo undo.csv":                               "importCmd File:undo.csv",
		"import file undo":                                        "importCmd File:undo",
		"import -- --json":                                        "importCmd File:--json",
		"import undo 7":                                           "importUndoCmd ID:7",
		"import --lang en undo 7":                                 "importUndoCmd ID:7",
		"client van den Berg --json":                              "clientCmd Query:[van den Berg]",
		"client import undo":                                      "clientCmd Query:[import undo]",
		"segment diff 3":                                          "segmentDiffCmd From:3",
		"config export":                                           "configExportCmd",
		"sample x --seed 5":                                       "sampleCmd File:x Groups:560 Seed:5",
	} {
		if _, got, _, err := verbRead(t, line); got != want || err != nil {
			t.Errorf("%q: %s, %v, want %s", line, got, err, want)
		}
	}
	if c, _, _, err := verbRead(t, "lifetime fit x.csv --model gg --predict 5"); err != nil || *c.Lifetime.Fit.Predict != 5 {
		t.Errorf("lifetime fit: %v", err)
	}
}

// Flags of the program may stand before and behind the verb, and what is given
// wins over the environment.
func TestFlagsOfEveryVerb(t *testing.T) {
	for line, want := range map[string]cli{
		"import undo 1":                        {DB: "env.db", Lang: "nl"},
		"--db a import --json x":               {DB: "a", Lang: "nl", JSON: true},
		"import x --db=b --as-of 2026-11-21":   {DB: "b", Lang: "nl", AsOf: "2026-11-21"},
		"--lang=en segment --db c draft":       {DB: "c", Lang: "en"},
		"segment --as-of=2026-11-21 show --db": {},
	} {
		c, _, _, err := verbRead(t, line)
		if want == (cli{}) {
			if err == nil {
				t.Errorf("%q was taken", line)
			}
			continue
		}
		if got := (cli{JSON: c.JSON, DB: c.DB, AsOf: c.AsOf, Lang: c.Lang}); got != want || err != nil {
			t.Errorf("%q: %+v, %v", line, got, err)
		}
	}
}

// One line says what was wrong and where to read on.
func TestCommandLineRefused(t *testing.T) {
	for line, want := range map[string]string{
		"nosuchverb":                      "invalid subcommand: nosuchverb; see klantbot --help",
		"--jsn":                           "unknown argument --jsn; see klantbot local --help",
		"serve --addr x":                  "unknown argument --addr; see klantbot serve --help",
		"import":                          "FILE is required; see klantbot import file --help",
		"import x y":                      "too many positional arguments at 'y'; see klantbot import file --help",
		"import x --kind":                 "missing value for --kind; see klantbot import file --help",
		"import x --db --json":            "missing value for --db; see klantbot import file --help",
		"import x --kind bills":           "it must be one of clients, revenue, xaf, hours, judgements, touches, survey; see klantbot import file --help",
		"import undo x":                   "see klantbot import undo --help",
		"import undo 9999999999999999999": "value out of range; see klantbot import undo --help",
		"client":                          "QUERY is required; see klantbot client --help",
		"segment":                         "segment needs one of its own verbs; see klantbot segment --help",
		"summarize x.csv":                 "TEXT-COLUMN is required; see klantbot summarize --help",
		"lifetime fit --model a":          "it must be one of bgnbd, gg, sbg; see klantbot lifetime fit --help",
		"--lang de migrate":               "it must be one of nl, en; see klantbot --help",
		"migrate --json=perhaps":          "see klantbot migrate --help",
	} {
		_, verb, _, err := verbRead(t, line)
		if err == nil || !strings.HasSuffix(err.Error(), want) || verb != "" || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %s, %v, want %s", line, verb, err, want)
		}
	}
}

func TestCommandLineHelp(t *testing.T) {
	for line, want := range map[string][]string{
		"--help":              {"Without a verb it starts", "Usage: klantbot ", "--db PATH", "env: KLANTBOT_DB", "\n  import "},
		"-h":                  {"Usage: klantbot "},
		"--json --help":       {"Usage: klantbot "},
		"import --help":       {"Usage: klantbot import ", "\n  undo "},
		"import x --help":     {"Usage: klantbot import file ", "--dry-run", "Global options:", "--json"},
		"local --help":        {"--fresh"},
		"lifetime fit -h":     {"--model bgnbd|gg|sbg", "[FILE]"},
		"client --help":       {"QUERY [QUERY ...]"},
		"segment diff --help": {"Usage: klantbot segment diff "},
	} {
		_, verb, help, err := verbRead(t, line)
		if err != nil || verb != "" {
			t.Errorf("%q: %s, %v", line, verb, err)
		}
		for _, w := range want {
			if !strings.Contains(help, w) {
				t.Errorf("%q: the help does not say %q:\n%s", line, w, help)
			}
		}
	}
	var out, errs bytes.Buffer
	if status := run(t.Context(), []string{"import", "--help"}, &out, &errs); status != done || out.Len() == 0 || errs.Len() > 0 {
		t.Errorf("status %d, printed %q and %q", status, &out, &errs)
	}
}

// TestVerbs holds of every verb what the compiler does not: that it can be run,
// and that its tags are those that go-arg reads.
func TestVerbs(t *testing.T) {
	checkVerb(t, reflect.TypeFor[cli](), called)
	for f := range reflect.TypeFor[cli]().Fields() {
		if flag, ok := strings.CutPrefix(f.Tag.Get("arg"), "--"); ok {
			flag, _, _ = strings.Cut(flag, ",")
			if valued := f.Type.Kind() != reflect.Bool; isOfAll("--"+flag) != valued || pastFlags([]string{"--" + flag, "x", "y"}, 0) == 0 {
				t.Errorf("pastFlags does not know --%s", flag)
			}
		}
	}
}

func checkVerb(t *testing.T, verb reflect.Type, path string) {
	verbs := 0
	for f := range verb.Fields() {
		at := path + " " + strings.ToLower(f.Name)
		checkTag(t, f, at)
		if !strings.HasPrefix(f.Tag.Get("arg"), "subcommand") {
			continue
		}
		verbs++
		if f.Type.Kind() != reflect.Pointer || f.Type.Elem().Kind() != reflect.Struct {
			t.Errorf("%s: a verb is a pointer to a struct, not %s", at, f.Type)
			continue
		}
		checkVerb(t, f.Type.Elem(), at)
	}
	if runs := reflect.PointerTo(verb).Implements(reflect.TypeFor[runner]()); runs == (verbs > 0) {
		t.Errorf("%s: has %d verbs under it, and Run: %v", path, verbs, runs)
	}
}

// known are the tags of a field that go-arg reads.
var known = []string{"arg", "default", "placeholder", "help"}

func checkTag(t *testing.T, f reflect.StructField, at string) {
	t.Helper()
	tag := string(f.Tag)
	if f.Tag.Get("arg") == "" || f.Tag.Get("help") == "" {
		t.Errorf("%s: it needs the tags arg and help, as the comment of cli says: %s", at, tag)
	}
	for len(tag) > 0 {
		key, behind, _ := strings.Cut(tag, `:"`)
		if !slices.Contains(known, key) {
			t.Errorf("%s: go-arg does not read the tag %s", at, key)
		}
		_, tag, _ = strings.Cut(behind, `"`)
		tag = strings.TrimLeft(tag, " ")
	}
}

// FuzzCommandLine: no line of words makes it panic, and each gives a verb, the
// help or an error.
func FuzzCommandLine(f *testing.F) {
	for _, s := range []string{"import\nx.csv\n--map=a=b", "--", "-", "--=", "", "--json=\n-h", "--db\nimport\nundo", "lifetime\nfit\n--model\nsbg\n3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var c cli
		var out bytes.Buffer
		if verb, err := c.read(strings.Split(s, "\n"), &out); verb == nil && err == nil && out.Len() == 0 {
			t.Error("nothing came of it")
		}
	})
}
