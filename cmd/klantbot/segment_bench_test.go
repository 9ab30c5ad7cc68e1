package main

import (
	"database/sql"
	_ "embed"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

//go:embed testdata/bench_office.sql
var benchOffice string

//go:embed testdata/bench_segment.sql
var benchSegment string

// BenchmarkSegment measures a segmentation from end to end on SQLite: read every
// history and judgement, score six criteria, cut the segments and write the
// items, as /portefeuille's *Maak concept* does it, beside the same in SQL with
// window functions, turn by turn on the same database; both must write the same
// items. x-sql is our time divided by SQL's, x-sql-cpu that of the
// processors, which says more where others keep the machine busy. peak_MB is the most memory that
// the program `klantbot segment draft` held in a process of its own (VmHWM), the
// showing of it included.
//
// KLANTBOT_BENCH_GROUPS=1000000 asks for the largest office.
//
//	go test ./cmd/klantbot -run xxx -bench Segment -benchtime 3x
func BenchmarkSegment(b *testing.B) {
	sizes := []int{2_000, 20_000}
	if n, err := strconv.Atoi(os.Getenv("KLANTBOT_BENCH_GROUPS")); err == nil {
		sizes = []int{n}
	}
	for _, groups := range sizes {
		b.Run(fmt.Sprint(groups), func(b *testing.B) { benchmarkSegment(b, groups) })
	}
}

func benchmarkSegment(b *testing.B, groups int) {
	path := filepath.Join(b.TempDir(), "office.db")
	store, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	side := beside(b, path)
	if _, err := side.ExecContext(b.Context(), strings.ReplaceAll(benchOffice, ":groups", strconv.Itoa(groups))); err != nil {
		b.Fatal(err)
	}
	var ours, theirs spent
	for version := 1; b.Loop(); version += 2 {
		ours.add(drafted(b, store))
		theirs.add(draftedBySQL(b, side, version+1))
		wantSameItems(b, store, version)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(milliseconds(ours.wall)/float64(b.N), "ms/draft")
	b.ReportMetric(milliseconds(theirs.wall)/float64(b.N), "ms/sql")
	b.ReportMetric(float64(ours.wall)/float64(theirs.wall), "x-sql")
	b.ReportMetric(float64(ours.cpu)/float64(theirs.cpu), "x-sql-cpu")
	b.ReportMetric(peakOf(b, "segment", "draft", "--db", path, "--as-of", asOf.Format(time.DateOnly)), "peak_MB")
}

// spent is what some work took.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(more spent) { s.wall, s.cpu = s.wall+more.wall, s.cpu+more.cpu }

// spending starts a clock, and returns what stops it.
func spending() func() spent {
	began, before := time.Now(), processorTime()
	return func() spent { return spent{time.Since(began), processorTime() - before} }
}

// processorTime is what this process took of the processors so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// beside opens the database for SQL by hand, with a large cache and everything
// temporary in memory: SQLite at its best.
func beside(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_synchronous=FULL&_busy_timeout=30000&_cache_size=-200000")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	if _, err := db.ExecContext(b.Context(), `PRAGMA temp_store = MEMORY`); err != nil {
		b.Fatal(err)
	}
	return db
}

// drafted makes a draft and makes it final, so that the next one is another
// version; only the draft counts.
func drafted(b *testing.B, db *sqlstore.DB) spent {
	b.Helper()
	use := commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	s := &session{ctx: b.Context(), at: asOf}
	debug.FreeOSMemory()
	stop := spending()
	if _, err := use.Draft(b.Context(), s.asOperator()); err != nil {
		b.Fatal(err)
	}
	took := stop()
	if _, err := use.Finalize(b.Context(), s.asOperator()); err != nil {
		b.Fatal(err)
	}
	return took
}

// draftedBySQL does the same in one transaction of SQL.
func draftedBySQL(b *testing.B, db *sql.DB, version int) spent {
	b.Helper()
	stop := spending()
	tx, err := db.BeginTx(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := tx.ExecContext(b.Context(), strings.ReplaceAll(benchSegment, ":version", strconv.Itoa(version))); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	took := stop()
	if _, err := db.ExecContext(b.Context(), `UPDATE segment_version SET state = 'definitief' WHERE id = ?1`, version); err != nil {
		b.Fatal(err)
	}
	return took
}

// wantSameItems compares version with the next, which SQL made.
func wantSameItems(b *testing.B, db *sqlstore.DB, version int) {
	b.Helper()
	ours, err := db.Items(b.Context(), analysis.VersionID(version))
	if err != nil {
		b.Fatal(err)
	}
	theirs, err := db.Items(b.Context(), analysis.VersionID(version+1))
	if err != nil || len(ours) != len(theirs) || len(ours) == 0 {
		b.Fatal(len(ours), len(theirs), err)
	}
	for i, o := range ours {
		t := theirs[i]
		t.Coverage = float64(float32(t.Coverage)) // SQL has no short numbers
		if math.Abs(o.Score-t.Score) > 1e-9 || o.Group != t.Group || o.Coverage != t.Coverage || o.Segment != t.Segment || o.Yearly != t.Yearly || o.Known != t.Known {
			b.Fatalf("we wrote %+v, SQL %+v", o, t)
		}
	}
}

// peakOf runs the program with args and returns the most memory it held, in MB. It
// asks the system every few milliseconds until the program ends: what a process
// is said to have held once it is gone counts the parent it was forked from.
func peakOf(b *testing.B, args ...string) (peak float64) {
	b.Helper()
	cmd := program(b, nil, args...)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil {
				b.Fatal(err)
			}
			return peak
		case <-time.After(5 * time.Millisecond):
			peak = max(peak, highWater(cmd.Process.Pid))
		}
	}
}

// highWater is the peak of a running process's resident memory in MB, 0 where
// the system does not say.
func highWater(pid int) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.SplitN(after, "kB", 2)[0]), 64)
	return kb / 1024
}
