package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// suiteBench is one command of the suite and what is read from what it prints.
type suiteBench struct {
	of    string // package
	bench string
	times string   // benchtime
	full  []string // environment of the full size
	table []suiteRow
}

// suiteRow is a row of the table: a metric of ours, the same of what stands beside it,
// and one divided by the other, by the names that the benchmark gives them.
type suiteRow struct {
	what, ours, theirs, ratio string
	most                      float64 // of the ratio, or of ours where there is none; 0: nothing was promised
}

// suite is what is measured, in the order of the table.
var suite = []suiteBench{
	{"./analysis/match", "Trgm", "300x", []string{"KLANTBOT_BENCH_NAMES=1000000"}, []suiteRow{
		{"a name with a typo looked up, median, beside PostgreSQL's pg_trgm", "p50_ms", "trgm_p50_ms", "", 0},
		{"the same, 99%", "p99_ms", "trgm_p99_ms", "x-p99", .01}}},
	{"./storage/sqlite", "Import$", "1x", []string{"KLANTBOT_BENCH_CLIENTS=1000000"}, []suiteRow{
		{"clients and lines imported, beside the sqlite3 shell's .import", "s/import", "s/shell", "x-shell", .8}}},
	{"./storage/sqlite", "ImportPostgres", "1x", []string{"KLANTBOT_BENCH_CLIENTS=1000000"}, []suiteRow{
		{"the same into PostgreSQL, beside psql's \\copy", "s/import", "s/copy", "x-copy", 0}}},
	{"./storage/sqlite", "Ranking", "3x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{"scores and segments, beside SQL window functions", "ms/go", "ms/sql", "x-sql", 0}}},
	{"./storage/sqlite", "DuckDB", "5x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{"the same, beside DuckDB in memory with two threads", "ms/go", "ms/duckdb", "x-duckdb", .5}}},
	{"./cmd/klantbot", "Segment", "1x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{"a segmentation from end to end, beside the same in SQL", "ms/draft", "ms/sql", "x-sql", 0}}},
	{"./cmd/klantbot", "Week$", "1x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{"a week planned for everybody", "ms/cold", "", "", 5000}}},
	{"./storage/ingest", "AuditFile", "1x", []string{"KLANTBOT_XAF_MB=1024"}, []suiteRow{
		{"an audit file read, beside xmllint --stream", "MB/s", "", "x-xmllint", 0}}},
	{"./cmd/klantbot", "Bolt", "3x", nil, []suiteRow{
		{"start to first answer, 5,000 clients, beside Bolt's hello world", "start_ms", "bolt_start_ms", "x-start_ms", .125},
		{"acknowledgement, median", "ack_p50_ms", "bolt_ack_p50_ms", "x-ack_p50_ms", 0},
		{"acknowledgement, 99%", "ack_p99_ms", "bolt_ack_p99_ms", "x-ack_p99_ms", .6},
		{"memory", "rss_MB", "bolt_rss_MB", "x-rss_MB", .334}}},
}

// TestSuite measures everything beside what others would use, and prints one table.
// With KLANTBOT_SUITE=small it takes some minutes and shows that everything works;
// with full, which takes an hour, the table goes into the README between its marks.
// What is not installed is named and left out. Nothing else should run meanwhile.
//
//	KLANTBOT_BOLT=/tmp/bolt KLANTBOT_DUCKDB=/tmp/duckdb KLANTBOT_SUITE=full go test ./cmd/klantbot -run 'TestSuite$' -v -timeout 3h
func TestSuite(t *testing.T) {
	size := os.Getenv("KLANTBOT_SUITE")
	if size == "" {
		return // nobody asks for it
	}
	var table strings.Builder
	table.WriteString("| what | ours | beside it | ratio | promised |\n|---|---|---|---|---|\n")
	for _, m := range suite {
		args := []string{"test", m.of, "-run", "^$", "-bench", m.bench, "-benchtime", m.times, "-timeout", "2h"}
		cmd := exec.Command("go", args...)
		cmd.Dir, cmd.Env = repository(t), os.Environ()
		if size == "full" {
			cmd.Env = append(cmd.Env, m.full...)
		}
		said, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, said)
		}
		rows := m.rows(string(said))
		t.Logf("go %s\n%s", strings.Join(args, " "), rows)
		table.WriteString(rows)
	}
	t.Logf("\n%s", &table)
	if size != "full" || t.Failed() {
		return
	}
	path := filepath.Join(repository(t), "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed, ok := between(string(readme), table.String())
	if !ok {
		t.Fatal("the README has no marks for the table")
	}
	if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}

var (
	why     = regexp.MustCompile(`(?m)^\s+\S+_test\.go:\d+: (.* is not (?:here|measured|installed).*)$`)
	readOff = regexp.MustCompile(`(?m)^Benchmark\S+\s+\d+\s+(.*)$`)
)

// rows are what m prints of said, the output of its benchmark.
func (m suiteBench) rows(said string) string {
	line := readOff.FindStringSubmatch(said)
	missing := "it did not run"
	if reason := why.FindStringSubmatch(said); reason != nil {
		missing = reason[1]
	}
	metrics := map[string]float64{}
	if line != nil {
		fields := strings.Fields(line[1])
		for i := 0; i+1 < len(fields); i += 2 {
			if n, err := strconv.ParseFloat(fields[i], 64); err == nil {
				metrics[fields[i+1]] = n
			}
		}
	}
	var rows strings.Builder
	for _, f := range m.table {
		ours, ok := metrics[f.ours]
		theirs, beside := metrics[f.theirs]
		ratio, compared := metrics[f.ratio]
		cells := []string{"not measured: " + missing, "", "", ""}
		if ok {
			cells[0] = withUnit(ours, f.ours)
		}
		if beside {
			cells[1] = withUnit(theirs, f.ours)
		} else if ok && f.theirs != "" {
			cells[1] = "not measured: " + missing
		}
		if compared {
			cells[2] = strconv.FormatFloat(ratio, 'g', 2, 64) + " ×"
		}
		switch {
		case f.most > 0 && f.ratio != "":
			cells[3] = "at most " + strconv.FormatFloat(f.most, 'g', 2, 64) + " ×"
		case f.most > 0:
			cells[3] = "at most " + withUnit(f.most, f.ours)
		}
		fmt.Fprintf(&rows, "| %s | %s |\n", f.what, strings.Join(cells, " | "))
	}
	return rows.String()
}

// withUnit writes n with the unit in which metric is, as its name says.
func withUnit(n float64, metric string) string {
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 3, 64), 64); err == nil {
		n = rounded
	}
	number := strconv.FormatFloat(n, 'f', -1, 64)
	switch {
	case metric == "MB/s":
		return number + " MB/s"
	case strings.HasPrefix(metric, "s/"):
		return number + " s"
	case strings.HasSuffix(metric, "_MB"):
		return number + " MB"
	}
	return number + " ms"
}

// The marks between which the README has the table of the suite.
const (
	suiteBegins = "<!-- suite -->\n"
	suiteEnds   = "<!-- end of suite -->"
)

// between puts table between the marks of readme.
func between(readme, table string) (string, bool) {
	before, rest, ok := strings.Cut(readme, suiteBegins)
	_, after, ok2 := strings.Cut(rest, suiteEnds)
	return before + suiteBegins + table + suiteEnds + after, ok && ok2
}

// TestSuiteTable holds what the suite makes of what benchmarks print, and where it
// goes.
func TestSuiteTable(t *testing.T) {
	t.Parallel()
	m := suiteBench{table: []suiteRow{{"looked up", "p99_ms", "trgm_p99_ms", "x-p99", .01}, {"imported", "s/import", "s/shell", "x-shell", .8}}}
	got := m.rows("goos: linux\nBenchmarkTrgm-2   \t 200\t 0.2120 p99_ms\t 21.55 trgm_p99_ms\t 0.009838 x-p99\t 5123.4 s/import\nPASS\n")
	want := "| looked up | 0.212 ms | 21.6 ms | 0.0098 × | at most 0.01 × |\n| imported | 5120 s | not measured: it did not run |  | at most 0.8 × |\n"
	if got != want {
		t.Errorf("it makes\n%s", got)
	}
	got = m.rows("BenchmarkTrgm\n    trgm_bench_test.go:40: psql is not here\n--- SKIP: BenchmarkTrgm\nPASS\n")
	if !strings.Contains(got, "| looked up | not measured: psql is not here |") {
		t.Errorf("of what is not installed it says\n%s", got)
	}
	if readme, ok := between("a\n"+suiteBegins+"old\n"+suiteEnds+"\nb\n", "new\n"); !ok || readme != "a\n"+suiteBegins+"new\n"+suiteEnds+"\nb\n" {
		t.Errorf("the README becomes %q", readme)
	}
	if _, ok := between("nothing", "new"); ok {
		t.Error("a README without marks is changed")
	}
	raw, err := os.ReadFile(filepath.Join(repository(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := between(string(raw), ""); !ok {
		t.Error("the README has no marks for the table")
	}
}
