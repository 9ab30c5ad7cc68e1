package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
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
	most                      float64 // of the ratio, or of ours where there is none; 0: nothing was promised, or none, where it is counted
	also                      float64 // at most of ours, beside the ratio; 0: nothing
}

// suite is what is measured, in the order of the table.
var suite = []suiteBench{
	{"./analysis/match", "Trgm", "200x", []string{"KLANTBOT_BENCH_NAMES=1000000"}, []suiteRow{
		{what: "a name with a typo looked up among 1,000,000, median, beside PostgreSQL's pg_trgm", ours: "p50_ms", theirs: "trgm_p50_ms"},
		{what: "the same, 99%", ours: "p99_ms", theirs: "trgm_p99_ms", ratio: "x-p99", most: .01, also: 2}}},
	{"./storage/sqlite", "Import$", "1x", []string{"KLANTBOT_BENCH_CLIENTS=1000000"}, []suiteRow{
		{what: "1,000,000 clients and 5,000,000 lines imported, beside the sqlite3 shell's .import", ours: "s/import", theirs: "s/shell", ratio: "x-shell", most: .8}}},
	{"./storage/sqlite", "ImportPostgres", "1x", []string{"KLANTBOT_BENCH_CLIENTS=1000000"}, []suiteRow{
		{what: "the same into PostgreSQL, beside psql's \\copy", ours: "s/import", theirs: "s/copy", ratio: "x-copy"}}},
	{"./storage/sqlite", "Ranking", "3x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{what: "scores and segments of 1,000,000 groups, beside SQL window functions", ours: "ms/go", theirs: "ms/sql", ratio: "x-sql"}}},
	{"./storage/sqlite", "DuckDB", "5x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{what: "the same, beside DuckDB in memory with two threads", ours: "ms/go", theirs: "ms/duckdb", ratio: "x-duckdb", most: .5}}},
	{"./cmd/klantbot", "Segment", "1x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{what: "a segmentation of 1,000,000 groups from end to end, beside the same in SQL", ours: "ms/draft", theirs: "ms/sql", ratio: "x-sql"}}},
	{"./cmd/klantbot", "Week$", "1x", []string{"KLANTBOT_BENCH_GROUPS=1000000"}, []suiteRow{
		{what: "a week planned for 2,000 managers of 1,000,000 groups", ours: "ms/cold", most: 5000}}},
	{"./storage/ingest", "AuditFile", "1x", []string{"KLANTBOT_XAF_MB=1024"}, []suiteRow{
		{what: "an audit file of 1 GB read, beside xmllint --stream", ours: "MB/s", ratio: "x-xmllint"}}},
	{"./cmd/klantbot", "Bolt", "5x", nil, []suiteRow{
		{what: "start to first answer, 5,000 clients, beside Bolt's hello world", ours: "start_ms", theirs: "bolt_start_ms", ratio: "x-start_ms", most: .125},
		{what: "acknowledgement, median", ours: "ack_p50_ms", theirs: "bolt_ack_p50_ms", ratio: "x-ack_p50_ms"},
		{what: "acknowledgement, 99%", ours: "ack_p99_ms", theirs: "bolt_ack_p99_ms", ratio: "x-ack_p99_ms", most: .6},
		{what: "memory", ours: "rss_MB", theirs: "bolt_rss_MB", ratio: "x-rss_MB", most: .334}}},
	{"./cmd/klantbot", "Killed/one", "1x", []string{"KLANTBOT_KILLS=30", "KLANTBOT_SHARES=300"}, []suiteRow{
		{what: "cards lost, one process on SQLite killed 30 times while six people share 300; 10% of Slack's answers dropped", ours: "lost"},
		{what: "the same, sent twice", ours: "twice"},
		{what: "the same, the longest wait for an answer", ours: "s/wait"}}},
	{"./cmd/klantbot", "Killed/three", "1x", []string{"KLANTBOT_KILLS=30", "KLANTBOT_SHARES=300"}, []suiteRow{
		{what: "cards lost, three replicas on PostgreSQL killed 30 times likewise", ours: "lost"},
		{what: "the same, sent twice", ours: "twice"},
		{what: "the same, the longest wait for an answer", ours: "s/wait"}}},
}

// TestSuite measures everything beside what others would use, and prints one table,
// each row as soon as it is known. With KLANTBOT_SUITE=small it takes some minutes and
// shows that everything works; with full, about a quarter of an hour, the table goes into the
// README between its marks, after each part, so that what was measured stays when a
// later part fails or the time that -timeout gives is up. What is not installed is
// named and left out. Nothing else should run meanwhile.
//
//	KLANTBOT_BOLT=/tmp/bolt KLANTBOT_DUCKDB=/tmp/duckdb KLANTBOT_SUITE=full go test ./cmd/klantbot -run 'TestSuite$' -v -timeout 1h
func TestSuite(t *testing.T) {
	size := os.Getenv("KLANTBOT_SUITE")
	if size == "" {
		return // nobody asks for it
	}
	ctx := t.Context()
	if end, ok := t.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, end.Add(-toEnd))
		defer cancel()
	}
	scratch := scratchFolder(t)
	if size != "full" {
		t.Log("the sizes are small: the table names those of the full suite")
	}
	rows := make([]string, len(suite))
	for i, m := range suite {
		rows[i] = m.rows("", "it was not its turn")
	}
	t.Logf("\n%s", suiteHead)
	for i, m := range suite {
		began := time.Now()
		said, err := m.run(ctx, t, scratch, size)
		missing := "it did not run"
		switch {
		case ctx.Err() != nil:
			missing = "the time was up"
		case err != nil:
			missing = "it failed"
			t.Errorf("%s of %s: %v\n%s", m.bench, m.of, err, said)
		}
		rows[i] = m.rows(said, missing)
		t.Logf("%s of %s in %s\n%s", m.bench, m.of, time.Since(began).Round(time.Second), rows[i])
		table := suiteHead + strings.Join(rows, "")
		if size == "full" {
			writeSuite(t, table)
		}
		if i == len(suite)-1 {
			t.Logf("\n%s", table)
		}
	}
}

const (
	suiteHead = "| what | ours | beside it | ratio | promised |\n|---|---|---|---|---|\n"
	// toEnd is left of the time for what a benchmark started to end.
	toEnd = 30 * time.Second
)

// run measures m and returns what was printed. The program with the benchmarks of a
// package is made once, in scratch.
func (m suiteBench) run(ctx context.Context, t *testing.T, scratch, size string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	program := filepath.Join(scratch, filepath.Base(m.of)+".test")
	if _, err := os.Stat(program); err != nil {
		build := exec.CommandContext(ctx, "go", "test", "-c", "-o", program, m.of)
		build.Dir = repository(t)
		if said, err := build.CombinedOutput(); err != nil {
			return string(said), err
		}
	}
	cmd := exec.CommandContext(ctx, program, "-test.run", "^$", "-test.bench", m.bench, "-test.benchtime", m.times, "-test.v", "-test.timeout", "0")
	cmd.Dir, cmd.WaitDelay = filepath.Join(repository(t), m.of), toEnd/3
	cmd.Env = append(os.Environ(), "TMPDIR="+scratch)
	if size == "full" {
		cmd.Env = append(cmd.Env, m.full...)
	}
	said, err := cmd.CombinedOutput()
	return string(said), err
}

// scratchFolder is where benchmarks keep what they make, which goes also when one is
// stopped. PostgreSQL, which is another user, may look into it.
func scratchFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "klantbot-suite-")
	if err == nil {
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// writeSuite puts the table into the README.
func writeSuite(t *testing.T, table string) {
	t.Helper()
	path := filepath.Join(repository(t), "README.md")
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed, ok := between(string(readme), table)
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

// rows are what m prints of said, the output of its benchmark; missing is why there is
// nothing in it, unless it says so itself.
func (m suiteBench) rows(said, missing string) string {
	line := readOff.FindStringSubmatch(said)
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
		case counted[f.ours]:
			cells[3] = "0"
		}
		if f.also > 0 {
			cells[3] += " and " + withUnit(f.also, f.ours)
		}
		fmt.Fprintf(&rows, "| %s | %s |\n", f.what, strings.Join(cells, " | "))
	}
	return rows.String()
}

// counted are the metrics that are a number of mishaps.
var counted = map[string]bool{"lost": true, "twice": true}

// withUnit writes n with the unit in which metric is, as its name says.
func withUnit(n float64, metric string) string {
	if rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 3, 64), 64); err == nil {
		n = rounded
	}
	number := strconv.FormatFloat(n, 'f', -1, 64)
	switch {
	case counted[metric]:
		return number
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
	return betweenMarks(readme, suiteBegins, suiteEnds, table)
}

// TestSuiteTable holds what the suite makes of what benchmarks print, and where it
// goes.
func TestSuiteTable(t *testing.T) {
	t.Parallel()
	m := suiteBench{table: []suiteRow{{what: "looked up", ours: "p99_ms", theirs: "trgm_p99_ms", ratio: "x-p99", most: .01, also: 2},
		{what: "imported", ours: "s/import", theirs: "s/shell", ratio: "x-shell", most: .8}, {what: "lost", ours: "lost"}}}
	got := m.rows("goos: linux\nBenchmarkTrgm-2   \t 200\t 0.2120 p99_ms\t 21.55 trgm_p99_ms\t 0.009838 x-p99\t 5123.4 s/import\t 0 lost\nPASS\n", "the time was up")
	want := "| looked up | 0.212 ms | 21.6 ms | 0.0098 × | at most 0.01 × and 2 ms |\n| imported | 5120 s | not measured: the time was up |  | at most 0.8 × |\n" +
		"| lost | 0 |  |  | 0 |\n"
	if got != want {
		t.Errorf("it makes\n%s", got)
	}
	got = m.rows("BenchmarkTrgm\n    trgm_bench_test.go:40: psql is not here\n--- SKIP: BenchmarkTrgm\nPASS\n", "it did not run")
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
