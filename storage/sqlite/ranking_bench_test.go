package sqlite_test

import (
	"cmp"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// rankingBySQL is what value.Valuate and Rules.Segments do, over groups of which
// all six criteria are known: percentile ranks within the kind of both criteria
// that are money, the weighted sum, the order and the quota. Equal scores stand
// together, where their middle lies.
const rankingBySQL = `
	WITH ranked AS (
		SELECT *, COUNT(*) OVER (PARTITION BY kind) AS n,
			rank() OVER revenues - 1 AS revenue_below, COUNT(*) OVER revenues AS revenue_upto,
			rank() OVER margins - 1 AS margin_below, COUNT(*) OVER margins AS margin_upto
		FROM office
		WINDOW revenues AS (PARTITION BY kind ORDER BY revenue), margins AS (PARTITION BY kind ORDER BY margin)
	), scored AS (
		SELECT id, CAST(round(10 * ((30 * ((revenue_below + (revenue_upto - revenue_below) / 2.) / n * 100)
			+ 20 * ((margin_below + (margin_upto - margin_below) / 2.) / n * 100)
			+ 20 * (strategic * 25.) + 15 * loyalty + 10 * (stability * 25.) + 5 * (creation * 25.)) / 100)) AS INTEGER) AS score
		FROM ranked
	), ordered AS (
		SELECT id, score, rank() OVER scores - 1 + (COUNT(*) OVER scores - rank() OVER scores + 2) / 2 AS middle, COUNT(*) OVER () AS n
		FROM scored
		WINDOW scores AS (ORDER BY score DESC)
	)
	SELECT id, score, CASE WHEN middle <= max(1, round(.05 * n)) THEN 'A' WHEN middle <= round(.2 * n) THEN 'B'
		WHEN middle <= round(.5 * n) THEN 'C' ELSE 'D' END AS segment
	FROM ordered`

// BenchmarkRanking ranks the same groups in Go and by SQLite's window functions,
// turn by turn: everything is in memory on both sides before the clock starts,
// and SQLite only counts what it found, so that handing it over costs it
// nothing. Every score and segment must be the same. x-sql is our time divided
// by SQLite's.
//
// KLANTBOT_BENCH_GROUPS is the number of groups, 20,000 if it is not set.
//
//	KLANTBOT_BENCH_GROUPS=1000000 go test ./storage/sqlite -run xxx -bench Ranking -benchtime 3x
func BenchmarkRanking(b *testing.B) {
	groups, err := strconv.Atoi(cmp.Or(os.Getenv("KLANTBOT_BENCH_GROUPS"), "20000"))
	if err != nil {
		b.Fatal(err)
	}
	table := rankingTable(groups)
	db := rankingOffice(b, table)
	var ours, theirs time.Duration
	for b.Loop() {
		began := time.Now()
		scores, err := value.Valuate(table, nil)
		if err != nil {
			b.Fatal(err)
		}
		segments, err := value.DefaultRules().Segments(scores.Value)
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)

		began = time.Now()
		var n, sum int
		if err := db.QueryRow(`SELECT COUNT(segment), SUM(score) FROM (`+rankingBySQL+`)`).Scan(&n, &sum); err != nil || n != groups {
			b.Fatal(n, err)
		}
		theirs += time.Since(began)
		wantSameRanking(b, db, scores.Value, segments)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ms/go")
	b.ReportMetric(theirs.Seconds()*1000/float64(b.N), "ms/sql")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "x-sql")
}

// rankingTable makes n groups of four kinds whose six criteria are known.
func rankingTable(n int) *value.Table {
	r := rand.New(rand.NewPCG(1, 2))
	t := &value.Table{Kinds: []string{"mkb", "zzp", "stichting", "particulier"}, Columns: map[string][]float64{}}
	for range n {
		t.Kind = append(t.Kind, uint16(min(3, r.IntN(6))))
		t.Revenue = append(t.Revenue, analysis.Cents(1+500_000*r.ExpFloat64()))
		for key, v := range map[string]float64{value.KeyMargin: float64(r.IntN(3_000_000) - 500_000), value.KeyLoyalty: float64(20 * r.IntN(6))} {
			t.Columns[key] = append(t.Columns[key], v)
		}
		for _, key := range []string{value.KeyStrategic, value.KeyStability, value.KeyCreation} {
			t.Columns[key] = append(t.Columns[key], float64(r.IntN(value.Levels)))
		}
	}
	return t
}

// rankingOffice puts t into a database that is small enough to stay in its cache.
func rankingOffice(b *testing.B, t *value.Table) *sql.DB {
	b.Helper()
	const create = `CREATE TABLE office (id INTEGER PRIMARY KEY, kind INTEGER, revenue INTEGER, margin INTEGER, strategic INTEGER,
		loyalty INTEGER, stability INTEGER, creation INTEGER)`
	const insert = `INSERT INTO office VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(b.TempDir(), "ranking.db")+"?_cache_size=-500000&_synchronous=OFF")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`PRAGMA temp_store = MEMORY`); err != nil {
		b.Fatal(err)
	}
	if _, err := db.Exec(create); err != nil {
		b.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	stmt, err := tx.Prepare(insert)
	if err != nil {
		b.Fatal(err)
	}
	column := func(key string, row int) int64 { return int64(t.Columns[key][row]) }
	for row, kind := range t.Kind {
		if _, err := stmt.Exec(row, int64(kind), int64(t.Revenue[row]), column(value.KeyMargin, row), column(value.KeyStrategic, row),
			column(value.KeyLoyalty, row), column(value.KeyStability, row), column(value.KeyCreation, row)); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return db
}

// wantSameRanking compares every row.
func wantSameRanking(b *testing.B, db *sql.DB, scores []value.Score, segments []analysis.Segment) {
	b.Helper()
	rows, err := db.Query(rankingBySQL)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var row, score int
		var segment string
		if err := rows.Scan(&row, &score, &segment); err != nil {
			b.Fatal(err)
		}
		if int(scores[row]) != score || string(segments[row]) != segment {
			b.Fatalf("group %d is %d, %s; SQL says %d, %s", row, scores[row], segments[row], score, segment)
		}
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}
