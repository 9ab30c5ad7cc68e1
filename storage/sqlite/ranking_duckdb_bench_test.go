package sqlite_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis/value"
)

// duckDB reads the office into memory and then, for every line it is sent, runs the
// query and prints how long that took.
const duckDB = `
const { DuckDBInstance } = require('@duckdb/node-api');
(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const db = await instance.connect();
  await db.run("CREATE TABLE office AS SELECT * FROM read_csv('" + process.argv[2] + "')");
  console.log(JSON.stringify({ ready: true }));
  for await (const _ of require('readline').createInterface({ input: process.stdin })) {
    const began = process.hrtime.bigint();
    const row = (await (await db.run(process.argv[3])).getRows())[0];
    console.log(JSON.stringify({ ms: Number(process.hrtime.bigint() - began) / 1e6, n: Number(row[0]), sum: Number(row[1]) }));
  }
})().catch((e) => { console.error(e); process.exit(1); });
`

// inDuckDB are the words that DuckDB has for what rankingBySQL says: numbers with a
// point are decimals there, and a slash always divides to the end.
var inDuckDB = strings.NewReplacer("max(1,", "greatest(1,", "+ 2) / 2 AS middle", "+ 2) // 2 AS middle", "25.", "25e0", "/ 2.)", "/ 2e0)")

// BenchmarkDuckDB is BenchmarkRanking beside DuckDB in memory with two threads. The
// number of segments and the sum of scores must be the same.
//
//	mkdir /tmp/duckdb && (cd /tmp/duckdb && npm install @duckdb/node-api)
//	KLANTBOT_DUCKDB=/tmp/duckdb KLANTBOT_BENCH_GROUPS=1000000 go test ./storage/sqlite -run xxx -bench DuckDB -benchtime 5x
func BenchmarkDuckDB(b *testing.B) {
	groups, err := strconv.Atoi(cmp.Or(os.Getenv("KLANTBOT_BENCH_GROUPS"), "20000"))
	if err != nil {
		b.Fatal(err)
	}
	table := rankingTable(groups)
	ask := startDuckDB(b, table)
	var ours, theirs time.Duration
	for b.Loop() {
		began := time.Now()
		scores, err := value.Valuate(table, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := value.DefaultRules().Segments(scores.Value); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
		sum := 0
		for _, s := range scores.Value {
			sum += int(s)
		}
		took, n, their := ask()
		theirs += took
		if n != groups || their != sum {
			b.Fatalf("%d groups with scores of %d together; DuckDB says %d and %d", groups, sum, n, their)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ms/go")
	b.ReportMetric(theirs.Seconds()*1000/float64(b.N), "ms/duckdb")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "x-duckdb")
}

// startDuckDB gives DuckDB the groups of t and returns what has it rank them.
func startDuckDB(b *testing.B, t *value.Table) (ask func() (took time.Duration, n, sum int)) {
	b.Helper()
	modules := filepath.Join(os.Getenv("KLANTBOT_DUCKDB"), "node_modules")
	node, err := exec.LookPath("node")
	if _, missing := os.Stat(filepath.Join(modules, "@duckdb", "node-api")); missing != nil || err != nil {
		b.Skip("@duckdb/node-api is not here: set KLANTBOT_DUCKDB to a folder in which npm installed it")
	}
	script, office := filepath.Join(b.TempDir(), "rank.js"), filepath.Join(b.TempDir(), "office.csv")
	var rows strings.Builder
	rows.WriteString("id,kind,revenue,margin,strategic,loyalty,stability,creation\n")
	for row, kind := range t.Kind {
		fmt.Fprintf(&rows, "%d,%d,%d", row, kind, t.Revenue[row])
		for _, key := range []string{value.KeyMargin, value.KeyStrategic, value.KeyLoyalty, value.KeyStability, value.KeyCreation} {
			fmt.Fprintf(&rows, ",%d", int64(t.Columns[key][row]))
		}
		rows.WriteString("\n")
	}
	for path, content := range map[string]string{script: duckDB, office: rows.String()} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	cmd := exec.Command(node, script, office, `SELECT COUNT(segment), SUM(score) FROM (`+inDuckDB.Replace(rankingBySQL)+`)`)
	cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	hear := func() (said struct {
		MS     float64
		N, Sum int
	}) {
		if !lines.Scan() {
			b.Fatal("DuckDB ended")
		}
		if err := json.Unmarshal(lines.Bytes(), &said); err != nil {
			b.Fatal(err)
		}
		return said
	}
	hear() // that it is ready
	return func() (time.Duration, int, int) {
		fmt.Fprintln(in, "go")
		said := hear()
		return time.Duration(said.MS * float64(time.Millisecond)), said.N, said.Sum
	}
}
