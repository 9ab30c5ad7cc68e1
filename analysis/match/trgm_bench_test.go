package match

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"klantbot/storage/postgres/pgtest"
)

// similar is how an office without an index of its own would look a name up.
const similar = `SELECT key FROM name WHERE text % $1 ORDER BY similarity(text, $1) DESC, key LIMIT 10`

// BenchmarkTrgm asks the index and PostgreSQL's pg_trgm, with its GIN index on the same
// names, the same names with one typo, in turns. The metrics that begin with trgm_ are
// PostgreSQL's; x-p99 is our 99th percentile divided by its; hit_rate is as in
// BenchmarkFind.
//
// KLANTBOT_BENCH_NAMES is how many names there are, 20,000 if it is not set:
//
//	KLANTBOT_BENCH_NAMES=1000000 go test ./analysis/match -run xxx -bench Trgm -benchtime 300x
func BenchmarkTrgm(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("KLANTBOT_BENCH_NAMES"), "20000"))
	if err != nil || n < 4 {
		b.Fatalf("KLANTBOT_BENCH_NAMES: %v", err)
	}
	server := pgtest.NewServer(b, nil, "shared_buffers=512MB", "work_mem=64MB", "max_wal_size=4GB")
	conn, err := pgx.Connect(b.Context(), server.URL("postgres", "postgres"))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(b.Context(), `CREATE EXTENSION pg_trgm`); err != nil {
		b.Skipf("pg_trgm is not here (Debian: postgresql-contrib): %v", err)
	}
	entries := newGenerator(n / 4).entries(n)
	fillTrgm(b, conn, entries)
	ix := build(entries)
	r := rand.New(rand.NewPCG(5, 6))
	var ours, theirs []time.Duration
	hits, theirHits := 0, 0
	for b.Loop() {
		e := pick(r, entries)
		query := withTypo(r, e.text)
		began := time.Now()
		found := ix.Find(query, 10)
		ours = append(ours, time.Since(began))
		began = time.Now()
		keys := askTrgm(b, conn, query)
		theirs = append(theirs, time.Since(began))
		if slices.ContainsFunc(found[:min(3, len(found))], func(h Hit) bool { return h.Key == e.key || sameName(h.Text, e.text) }) {
			hits++
		}
		if slices.ContainsFunc(keys[:min(3, len(keys))], func(k int64) bool { return entries[k].key == e.key || sameName(entries[k].text, e.text) }) {
			theirHits++
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(atMS(ours, .5), "p50_ms")
	b.ReportMetric(atMS(ours, .99), "p99_ms")
	b.ReportMetric(atMS(theirs, .5), "trgm_p50_ms")
	b.ReportMetric(atMS(theirs, .99), "trgm_p99_ms")
	b.ReportMetric(atMS(ours, .99)/atMS(theirs, .99), "x-p99")
	b.ReportMetric(float64(hits)/float64(b.N), "hit_rate")
	b.ReportMetric(float64(theirHits)/float64(b.N), "trgm_hit_rate")
}

// fillTrgm gives PostgreSQL the names by their place, and time to know them.
func fillTrgm(b *testing.B, conn *pgx.Conn, entries []entry) {
	b.Helper()
	if _, err := conn.Exec(b.Context(), `CREATE TABLE name (key BIGINT NOT NULL, text TEXT NOT NULL)`); err != nil {
		b.Fatal(err)
	}
	_, err := conn.CopyFrom(b.Context(), pgx.Identifier{"name"}, []string{"key", "text"}, pgx.CopyFromSlice(len(entries), func(i int) ([]any, error) {
		return []any{int64(i), entries[i].text}, nil
	}))
	if err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{`CREATE INDEX name_text ON name USING gin (text gin_trgm_ops)`, `VACUUM ANALYZE name`} {
		if _, err := conn.Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

func askTrgm(b *testing.B, conn *pgx.Conn, query string) []int64 {
	b.Helper()
	rows, err := conn.Query(b.Context(), similar, query)
	if err != nil {
		b.Fatal(err)
	}
	keys, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		b.Fatal(err)
	}
	return keys
}

// atMS is the q-th part of all in milliseconds.
func atMS(all []time.Duration, q float64) float64 {
	slices.Sort(all)
	return float64(all[int(q*float64(len(all)-1))].Microseconds()) / 1000
}
