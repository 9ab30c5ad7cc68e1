package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/chart"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// grown is what was measured in an office of one size. Times are in milliseconds.
type grown struct {
	Clients  int `json:"clients"`
	Lines    int `json:"lines"`
	Groups   int `json:"groups"`
	Managers int `json:"managers"`

	LookUp  float64 `json:"look_up_p99_ms"` // a name with a letter left out, those of a search that follow are not in it
	Index   float64 `json:"index_MB"`
	Ack     float64 `json:"ack_p99_ms"`
	Answer  float64 `json:"answer_p99_ms"`
	BoltAck float64 `json:"bolt_ack_p99_ms,omitempty"` // of the hello world, on the same load; 0: not here
	Import  float64 `json:"import_ms"`                 // of clients and lines
	Draft   float64 `json:"segmentation_ms"`
	Week    float64 `json:"week_ms"` // of everybody, nothing known beforehand
}

// groupsOf are the sizes of the growth: of 5,000, 50,000, 500,000 and 1,000,000
// clients. The small ones show that everything works.
var groupsOf = map[string][]int{"full": {4_400, 44_200, 442_000, 884_000}, "small": {560, 1_120}}

// What the growth leaves behind.
const (
	growthFigures = "cmd/klantbot/testdata/growth.json"
	growthPicture = ".github/growth.png"
)

// TestGrowth measures offices of rising size, each made by the sample office and
// measured on the one database that it is. With KLANTBOT_GROWTH=small it takes a minute
// and writes nothing; full, some ten minutes, writes the figures, the picture of them
// and the README's table, after each size. Nothing else should run meanwhile.
//
//	KLANTBOT_BOLT=/tmp/bolt KLANTBOT_GROWTH=full go test ./cmd/klantbot -run 'TestGrowth$' -v -timeout 1h
func TestGrowth(t *testing.T) {
	size := os.Getenv("KLANTBOT_GROWTH")
	if size == "" {
		return // nobody asks for it
	}
	binary, _ := built(t)
	var all []grown
	for _, groups := range groupsOf[size] {
		began := time.Now()
		g := growOne(t, binary, groups)
		all = append(all, g)
		t.Logf("%d clients in %s: %+v", g.Clients, time.Since(began).Round(time.Second), g)
		if size != "full" || len(all) < 2 {
			continue
		}
		written, err := json.MarshalIndent(all, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		writeIn(t, growthFigures, append(written, '\n'))
		writeIn(t, growthPicture, drawnGrowth(t, all))
		readme, err := os.ReadFile(filepath.Join(repository(t), "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		changed, ok := betweenMarks(string(readme), growthBegins, growthEnds, growthTable(all)+growthShown)
		if !ok {
			t.Fatal("the README has no marks for the growth")
		}
		writeIn(t, "README.md", []byte(changed))
	}
	t.Logf("\n%s", growthTable(all))
}

func writeIn(t *testing.T, path string, written []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(repository(t), path), written, 0o644); err != nil {
		t.Fatal(err)
	}
}

// growOne makes an office and measures it. The database goes with the test.
func growOne(t *testing.T, binary string, groups int) grown {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	t.Setenv("TMPDIR", dir) // what imports stage goes too
	path := filepath.Join(dir, "office.db")
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	size := theSize()
	size.Groups, size.Years = groups, 2
	timed := &timedImports{Imports: db, took: map[analysis.ImportKind]time.Duration{}}
	if err := sample.Load(ctx, timed, size, asOf); err != nil {
		t.Fatal(err)
	}
	g := grown{Import: milliseconds(timed.took[analysis.ImportClients] + timed.took[analysis.ImportRevenue])}
	side, err := countsOf(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	g.Clients, g.Lines, g.Groups, g.Managers = side[0], side[1], side[2], side[3]
	g.Draft, g.Week = planned(t, db)
	g.LookUp, g.Index = lookedUp(t, db)
	if err := db.Close(); err != nil { // and with it what a log of gigabytes holds goes into the file
		t.Fatal(err)
	}
	if err := exec.Command("sync").Run(); err != nil { // who is acknowledged would wait for what making it left to write
		t.Log(err)
	}
	cards := grownCards(t, path, binary, "serve", "--connections=1")
	g.Ack, g.Answer = milliseconds(quantile(cards.acks, .99)), milliseconds(quantile(cards.answers, .99))
	if bolt, script, ok := boltHere(t); ok {
		g.BoltAck = milliseconds(quantile(grownCards(t, path, bolt, script).acks, .99))
	}
	return g
}

// timedImports notes how long each kind of file took, from reading its first row until
// it was taken over.
type timedImports struct {
	storage.Imports
	took map[analysis.ImportKind]time.Duration
}

func (i *timedImports) Stage(ctx context.Context, o storage.ImportOptions) (storage.Staging, error) {
	began := time.Now()
	staging, err := i.Imports.Stage(ctx, o)
	return timedStaging{staging, func() { i.took[o.Kind] += time.Since(began) }}, err
}

type timedStaging struct {
	storage.Staging
	ended func()
}

func (s timedStaging) Close() error {
	defer s.ended()
	return s.Staging.Close()
}

// countsOf counts clients, lines, groups and managers.
func countsOf(ctx context.Context, path string) (n [4]int, err error) {
	content, err := sqlite.Inspect(ctx, path)
	if err != nil {
		return n, err
	}
	for i, table := range []string{"client", "invoice_line", "client_group", "manager"} {
		n[i] = int(content.Rows[table])
	}
	return n, nil
}

// planned makes a segmentation, final, and plans a week by it.
func planned(t *testing.T, db *sqlstore.DB) (draft, week float64) {
	t.Helper()
	use, s := commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}, &session{ctx: t.Context(), at: asOf}
	began := time.Now()
	if _, err := use.Draft(t.Context(), s.asOperator()); err != nil {
		t.Fatal(err)
	}
	draft = milliseconds(time.Since(began))
	if _, err := use.Finalize(t.Context(), s.asOperator()); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	got, err := attentionOf(db).Plan(t.Context(), commands.AttentionAsk{Day: analysis.DayOf(asOf)})
	if err != nil || len(got.People) == 0 {
		t.Fatal(len(got.People), err)
	}
	return draft, milliseconds(time.Since(began))
}

// lookedUp asks for clients by their name without one of its letters.
func lookedUp(t *testing.T, db *sqlstore.DB) (p99, indexMB float64) {
	t.Helper()
	const queries = 1000
	var names []string
	r, seen := rand.New(rand.NewPCG(7, 8)), 0
	for e, err := range db.Names(t.Context()) { // a thousand of all, each as likely
		if err != nil {
			t.Fatal(err)
		}
		if seen++; len(names) < queries {
			names = append(names, e.Name)
		} else if at := r.IntN(seen); at < queries {
			names[at] = e.Name
		}
	}
	before := inUse()
	directory := commands.NewDirectory(db)
	if err := directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	indexMB = inUse() - before
	var took []time.Duration
	for _, name := range names {
		letters := []rune(name)
		out := r.IntN(len(letters))
		query := string(letters[:out]) + string(letters[out+1:])
		began := time.Now()
		directory.Find(t.Context(), query, 10)
		took = append(took, time.Since(began))
	}
	runtime.KeepAlive(directory)
	return milliseconds(quantile(took, .99)), indexMB
}

// inUse is what is on the heap, in MB.
func inUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// grownCards are those of three starts together.
func grownCards(t *testing.T, path string, bot string, args ...string) (all measured) {
	t.Helper()
	for range 3 {
		m := undisturbed(t, path, bot, args...)
		all.acks, all.answers = append(all.acks, m.acks...), append(all.answers, m.answers...)
	}
	return all
}

// boltHere is the hello world of BenchmarkBolt, where it is.
func boltHere(t *testing.T) (node, script string, ok bool) {
	t.Helper()
	modules := filepath.Join(os.Getenv("KLANTBOT_BOLT"), "node_modules")
	if _, err := os.Stat(filepath.Join(modules, "@slack", "bolt")); err != nil {
		return "", "", false
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return "", "", false
	}
	t.Setenv("NODE_PATH", modules)
	script = filepath.Join(t.TempDir(), "hello.js")
	if err := os.WriteFile(script, []byte(helloWorld), 0o600); err != nil {
		t.Fatal(err)
	}
	return node, script, true
}

// The marks between which the README has the table of the growth.
const (
	growthBegins = "<!-- growth -->\n"
	growthEnds   = "<!-- end of growth -->"
	growthShown  = "\n![How long a look-up, an acknowledgement, a card, an import, a segmentation and a week for everybody take, by the number of clients](" + growthPicture + ")\n"
)

// betweenMarks puts table between two marks of readme.
func betweenMarks(readme, begins, ends, table string) (string, bool) {
	before, rest, ok := strings.Cut(readme, begins)
	_, after, ok2 := strings.Cut(rest, ends)
	return before + begins + table + ends + after, ok && ok2
}

// growthTable is what was measured as the README has it.
func growthTable(all []grown) string {
	var s strings.Builder
	s.WriteString("| clients; lines; managers | look-up, 99% | acknowledgement, 99% (Bolt's hello world) | whole answer, 99% | index | import | segmentation | a week for everybody |\n|---|---|---|---|---|---|---|---|\n")
	for _, g := range all {
		bolt := ""
		if g.BoltAck > 0 {
			bolt = fmt.Sprintf(" (%s)", withUnit(g.BoltAck, "ms"))
		}
		fmt.Fprintf(&s, "| %s; %s; %s | %s | %s%s | %s | %s | %s | %s | %s |\n", thousands(g.Clients), thousands(g.Lines), thousands(g.Managers),
			withUnit(g.LookUp, "ms"), withUnit(g.Ack, "ms"), bolt, withUnit(g.Answer, "ms"), withUnit(g.Index, "_MB"),
			withUnit(g.Import/1000, "s/"), withUnit(g.Draft/1000, "s/"), withUnit(g.Week/1000, "s/"))
	}
	return s.String()
}

// thousands writes n with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// drawnGrowth is the picture of what was measured.
func drawnGrowth(t *testing.T, all []grown) []byte {
	t.Helper()
	lines := []chart.GrowingLine{{Name: "name looked up, 99%"}, {Name: "acknowledged, 99%"}, {Name: "card on the screen, 99%"},
		{Name: "import", Grows: true}, {Name: "segmentation", Grows: true}, {Name: "a week for everybody", Grows: true}}
	least, most := all[0], all[len(all)-1]
	pic := chart.Growing{Title: fmt.Sprintf("Klantbot from %s to %s clients", thousands(least.Clients), thousands(most.Clients)),
		Sentence: fmt.Sprintf("A card within %s of the smallest office, within %s of the largest", withUnit(least.Answer, "ms"), withUnit(most.Answer, "ms")),
		Source:   "go test ./cmd/klantbot -run TestGrowth: SQLite, two cores, one run; under each size the name index in memory",
		Marks:    []chart.GrowingMark{{Name: "0.01 ms", Value: .01}, {Name: "0.1 ms", Value: .1}, {Name: "1 ms", Value: 1}, {Name: "10 ms", Value: 10}, {Name: "0.1 s", Value: 100}, {Name: "1 s", Value: 1000}, {Name: "10 s", Value: 10_000}, {Name: "100 s", Value: 100_000}}}
	for _, g := range all {
		pic.Sizes, pic.Names = append(pic.Sizes, float64(g.Clients)), append(pic.Names, thousands(g.Clients))
		pic.Below = append(pic.Below, fmt.Sprintf("%.1f MB", g.Index))
		for i, v := range []float64{g.LookUp, g.Ack, g.Answer, g.Import, g.Draft, g.Week} {
			lines[i].Values = append(lines[i].Values, v)
		}
	}
	pic.Lines = lines
	var drawn bytes.Buffer
	if err := chart.Growth(&drawn, pic); err != nil {
		t.Fatal(err)
	}
	return drawn.Bytes()
}

// TestGrowthTable holds what becomes of figures, and where it goes.
func TestGrowthTable(t *testing.T) {
	t.Parallel()
	all := []grown{{Clients: 4936, Lines: 37_000, Groups: 4350, Managers: 29, LookUp: .1234, Index: 1.5, Ack: 1.5, BoltAck: 2.25, Answer: 12.3, Import: 500, Draft: 60, Week: 25},
		{Clients: 1_000_123, Lines: 7_000_000, LookUp: .2, Index: 60, Ack: 1.6, Answer: 12.4, Import: 40_000, Draft: 11_000, Week: 4_700}}
	table := growthTable(all)
	for _, want := range []string{"| 4,936; 37,000; 29 | 0.123 ms | 1.5 ms (2.25 ms) | 12.3 ms | 1.5 MB | 0.5 s | 0.06 s | 0.025 s |", "| 1,000,123; 7,000,000; 0 | 0.2 ms | 1.6 ms | 12.4 ms | 60 MB | 40 s | 11 s | 4.7 s |"} {
		if !strings.Contains(table, want) {
			t.Errorf("the table has no row %s:\n%s", want, table)
		}
	}
	if drawn := drawnGrowth(t, all); len(drawn) < 10_000 {
		t.Errorf("a picture of %d bytes", len(drawn))
	}
	raw, err := os.ReadFile(filepath.Join(repository(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := betweenMarks(string(raw), growthBegins, growthEnds, ""); !ok {
		t.Error("the README has no marks for the growth")
	}
}
