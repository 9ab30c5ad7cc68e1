package argv

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

type runner interface{ run() string }

type program struct {
	JSON bool   `name:"json" help:"Print JSON."`
	DB   string `name:"db" env:"TEST_DB" placeholder:"PATH" help:"The database."`
	Lang string `name:"lang" enum:"nl,en" default:"nl" help:"The language."`

	Local  local `cmd:"" default:"withargs" help:"Start."`
	Import group `cmd:"" help:"Read."`
	Look   look  `cmd:"" help:"Look somebody up, which takes so many words to say that it does not fit on one line."`
	Fit    fit   `cmd:"" help:"Fit."`
}

type group struct {
	File file `cmd:"" default:"withargs" help:"Read a file."`
	Undo undo `cmd:"" help:"Take it out."`
}

type (
	local struct {
		Addr string `name:"addr" default:"here" help:"Where."`
	}
	file struct {
		File string   `arg:"" help:"What."`
		Kind string   `name:"kind" enum:",clients,revenue" help:"Which."`
		Map  []string `name:"map" help:"Columns."`
		Dry  bool     `name:"dry-run" help:"Only say."`
	}
	undo struct {
		ID int64 `arg:"" help:"Which."`
	}
	look struct {
		Query []string `arg:"" name:"query" help:"Words."`
	}
	fit struct {
		From    int64   `arg:"" optional:"" help:"From."`
		To      uint32  `arg:"" optional:"" help:"To."`
		Model   string  `name:"model" required:"" enum:"a,b" help:"Which."`
		Predict *int    `name:"predict" placeholder:"N" help:"How far."`
		Share   float64 `name:"share" help:"How much."`
	}
)

func (v *local) run() string { return fmt.Sprintf("local %+v", *v) }
func (v *file) run() string  { return fmt.Sprintf("file %+v", *v) }
func (v *undo) run() string  { return fmt.Sprintf("undo %+v", *v) }
func (v *look) run() string  { return fmt.Sprintf("look %q", v.Query) }
func (v *fit) run() string {
	predict := "none"
	if v.Predict != nil {
		predict = fmt.Sprint(*v.Predict)
	}
	return fmt.Sprintf("fit %d %d %s %s %v", v.From, v.To, v.Model, predict, v.Share)
}

// parsed reads a line, its words parted by spaces, with TEST_DB=env.db.
func parsed(t *testing.T, args string) (program, string, error) {
	t.Helper()
	var p program
	v, err := Parse[runner](Program{Name: "test", About: "A test."}, &p, strings.Fields(args),
		func(name string) string { return map[string]string{"TEST_DB": "env.db"}[name] })
	if err != nil {
		return p, "", err
	}
	return p, v.run(), nil
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"", "local {Addr:here}"},
		{"--addr there", "local {Addr:there}"},
		{"--json --addr=a=b", "local {Addr:a=b}"},
		{"local --addr=", "local {Addr:}"},
		{"import x.csv", "file {File:x.csv Kind: Map:[] Dry:false}"},
		{"import --dry-run x.csv --map a=b --map c=d,e --kind=clients", "file {File:x.csv Kind:clients Map:[a=b c=d,e] Dry:true}"},
		{"import file undo --dry-run=false", "file {File:undo Kind: Map:[] Dry:false}"},
		{"import -- --json", "file {File:--json Kind: Map:[] Dry:false}"},
		{"import undo 7", "undo {ID:7}"},
		{"look van den Berg --json", `look ["van" "den" "Berg"]`},
		{"look import undo", `look ["import" "undo"]`},
		{"fit --model=a", "fit 0 0 a none 0"},
		{"fit 3 4 --model b --predict 5 --share -.5", "fit 3 4 b 5 -0.5"},
		{"fit --predict -1 --model a", "fit 0 0 a -1 0"},
	} {
		if _, got, err := parsed(t, tt.args); got != tt.want || err != nil {
			t.Errorf("%q: %q, %v, want %q", tt.args, got, err, tt.want)
		}
	}
}

// Flags of the program may stand before and behind the verb; what is given wins
// over the environment, and that over the default.
func TestWhereAValueComesFrom(t *testing.T) {
	for args, want := range map[string]program{
		"import undo 1":             {DB: "env.db", Lang: "nl"},
		"--db a import --json x":    {JSON: true, DB: "a", Lang: "nl"},
		"import x --db=b --lang=en": {DB: "b", Lang: "en"},
	} {
		got, _, err := parsed(t, args)
		if err != nil || got.JSON != want.JSON || got.DB != want.DB || got.Lang != want.Lang {
			t.Errorf("%q: %+v, %v", args, got, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for args, want := range map[string]string{
		"serve":                            "unexpected argument serve",
		"imprt x":                          "unexpected argument imprt, did you mean import",
		"--jsn":                            "unknown flag --jsn, did you mean --json",
		"import x --drr-run":               "unknown flag --drr-run, did you mean --dry-run",
		"-j":                               "unknown flag -j",
		"-db x":                            "unknown flag -db, did you mean --db",
		"import":                           "expected <file>",
		"import x y":                       "unexpected argument y",
		"import x --kind":                  "--kind needs a value",
		"import x --db --json":             "--db needs a value",
		"import x --kind bills":            `--kind must be one of clients, revenue, not "bills"`,
		"import undo x":                    `<id> takes a whole number, not "x"`,
		"import undo 99999999999999999999": `<id> takes a whole number, not "99999999999999999999"`,
		"look":                             "expected <query>",
		"fit":                              "missing flag --model=a|b",
		"fit 1 4294967296 --model a":       `<to> takes a whole number from 0, not "4294967296"`,
		"fit --model a --predict x":        `--predict takes a whole number, not "x"`,
		"fit --model a --share x":          `--share takes a number, not "x"`,
		"--json=perhaps":                   `--json takes true or false, not "perhaps"`,
		strings.Repeat("x", 100):           "unexpected argument " + strings.Repeat("x", 60) + "...",
	} {
		if _, got, err := parsed(t, args); err == nil || err.Error() != want {
			t.Errorf("%q: %q, %v, want %s", args, got, err, want)
		}
	}
}

func TestHelp(t *testing.T) {
	for args, want := range map[string][]string{
		"--help":          {"Usage: test <verb> [flags]\n", "A test.\n", "--db=PATH", "The database. ($TEST_DB)", "import file <file>", "import undo <id>", "fit --model=a|b [<from>] [<to>]"},
		"-h":              {"Usage: test <verb> [flags]\n"},
		"import --help":   {"Usage: test import <verb> [flags]\n", "\n  undo <id>"},
		"import x --help": {"Usage: test import file <file> [flags]\n", "--kind=clients|revenue", "Flags of every verb:", "--json"},
		"look --help":     {"Usage: test look <query> ... [flags]\n", "<query> ..."},
		"fit --help":      {"--predict=N", "--share=N"},
	} {
		var help Help
		if _, _, err := parsed(t, args); !errors.As(err, &help) {
			t.Errorf("%q: %v", args, err)
		}
		for _, w := range want {
			if !strings.Contains(help.Text, w) {
				t.Errorf("%q: the help does not say %q:\n%s", args, w, help.Text)
			}
		}
		for line := range strings.Lines(help.Text) {
			if utf8.RuneCountInString(line) > helpWidth+1 || strings.HasSuffix(line, " \n") {
				t.Errorf("%q: too wide, or ends in a space: %q", args, line)
			}
		}
	}
}

// What is wrong with a struct is found by the first line that is read.
func TestWrongStructs(t *testing.T) {
	for name, into := range map[string]any{
		"no tag": &struct{ A string }{},
		"no help": &struct {
			A string `name:"a"`
		}{},
		"kind": &struct {
			A map[string]string `name:"a" help:"A."`
		}{},
		"unexported": &struct {
			a string `name:"a" help:"A."`
		}{},
		"both": &struct {
			A string `arg:"" help:"A."`
			B local  `cmd:"" help:"B."`
		}{},
		"no runner": &struct {
			B struct{} `cmd:"" help:"B."`
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p, _ := recover().(string); !strings.HasPrefix(p, "argv: ") {
					t.Errorf("%v was taken: %s", reflect.TypeOf(into), p)
				}
			}()
			_, _ = Parse[runner](Program{}, into, nil, func(string) string { return "" })
		})
	}
}

// FuzzParse: no line of words makes it panic, and what is taken is run.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"import\nx.csv\n--map=a=b", "--", "-", "--=", "--json=\n-h", "fit\n--model\na\n3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var p program
		v, err := Parse[runner](Program{Name: "test"}, &p, strings.Split(s, "\n"), func(string) string { return "" })
		if err == nil && v.run() == "" {
			t.Error("nothing was run")
		}
	})
}
