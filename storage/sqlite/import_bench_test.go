package sqlite_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlite"
)

// BenchmarkImport imports a client list and an export of invoice lines, in order
// of date, into an empty database, and has the sqlite3 shell .import the same rows
// into the same schema with the same pragmas. The shell gets them normalised:
// ids instead of numbers and names, days and cents instead of texts, the
// occurrence of equal lines counted. x-shell is our time divided by the
// shell's, each from opening a database that has the schema until all is committed,
// ours with what an import does beside writing rows: proposing relatiegroepen and
// keeping what an undo needs. x-shell-cpu is the same of processor time, which says more where
// others keep the machine busy.
//
// KLANTBOT_BENCH_CLIENTS is the number of clients, 20,000 if it is not set;
// there are five invoice lines for each. The full size is 1000000.
// KLANTBOT_BENCH_CACHE is the shell's cache_size where it is not to be ours.
func BenchmarkImport(b *testing.B) {
	clients, err := strconv.Atoi(cmp.Or(os.Getenv("KLANTBOT_BENCH_CLIENTS"), "20000"))
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	writeExport(b, dir, clients, 5*clients)
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Log("x-shell is not measured: the sqlite3 shell is not here")
	}
	var ours, theirs, oursCPU, theirsCPU, total float64
	for b.Loop() {
		db := filepath.Join(dir, "ours.db")
		newDatabase(b, db)
		resetPeak()
		began, cpu := time.Now(), cpuTime()
		importExport(b, dir, db, 6*clients)
		ours += time.Since(began).Seconds()
		oursCPU += cpuTime() - cpu
		b.ReportMetric(peakMB(), "peak-RSS-MB")
		if shell != "" {
			wall, cpu := shellImport(b, shell, dir)
			theirs, theirsCPU = theirs+wall, theirsCPU+cpu
		}
		total++
	}
	b.ReportMetric(ours/total, "s/import")
	b.ReportMetric(float64(6*clients)*total/ours, "rows/s")
	if shell != "" {
		b.ReportMetric(theirs/total, "s/shell")
		b.ReportMetric(ours/theirs, "x-shell")
		if oursCPU > 0 {
			b.ReportMetric(oursCPU/theirsCPU, "x-shell-cpu")
		}
	}
}

// writeExport writes what an office exports, clients.csv and revenue.csv, and
// what the shell imports, client_group.csv, client.csv and invoice_line.csv.
func writeExport(b *testing.B, dir string, clients, lines int) {
	create := func(name string) *bufio.Writer {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriterSize(f, 1<<20)
		b.Cleanup(func() { f.Close() })
		return w
	}
	list, groups, rows := create("clients.csv"), create("client_group.csv"), create("client.csv")
	for i := range clients {
		id := i + 1
		number, name := fmt.Sprintf("%07d", id), "Klant "+strconv.Itoa(id*7919%clients)+" B.V."
		kvk, email := fmt.Sprintf("%08d", id), fmt.Sprintf("info@klant%d.example", id)
		fmt.Fprintf(list, "%s,%s,%s,%s,mkb,62,3.5,100000,14610\n", number, name, kvk, email)
		fmt.Fprintf(groups, "%d,%s,%s,0,0,1,1\n", id, number, name)
		fmt.Fprintf(rows, "%d,%d,%s,,%s,%s,,%s,mkb,62,,klant,3.5,100000,14610,99999,,,0,0,0,1\n", id, id, number, name, kvk, email)
	}
	revenue, normalised := create("revenue.csv"), create("invoice_line.csv")
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]int{}
	for i := range lines {
		id, service, cents := r.IntN(clients)+1, r.IntN(8)+1, 5000+r.IntN(500_000)
		day := analysis.Date(2020, 1, 1) + analysis.Day(i*2190/lines)
		invoice := strconv.Itoa(20_000_000 + i/2)
		key := fmt.Sprint(id, service, cents, invoice)
		seen[key]++
		fmt.Fprintf(revenue, "%07d,%d,%s,Dienst %d,%d,%d\n", id, day, invoice, service, day.Year(), cents)
		fmt.Fprintf(normalised, "%d,%d,%d,%s,%d,1,%d,%d,2\n", id, day, service, invoice, cents, seen[key], day.Year())
		if i%2 == 1 {
			clear(seen) // equal lines stand on one invoice
		}
	}
	for _, w := range []*bufio.Writer{list, groups, rows, revenue, normalised} {
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
}

// importExport imports both files of an office into an empty database.
func importExport(b *testing.B, dir, path string, rows int) {
	db, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	importInto(b, dir, db, rows)
}

// importInto imports both files of an office, one after the other.
func importInto(b *testing.B, dir string, db storage.Imports, rows int) {
	added := 0
	for _, o := range []storage.ImportOptions{
		{Kind: analysis.ImportClients, File: "clients.csv"},
		{Kind: analysis.ImportRevenue, File: "revenue.csv", Source: "boek"},
	} {
		staging, err := db.Stage(b.Context(), o)
		if err != nil {
			b.Fatal(err)
		}
		defer staging.Close()
		if o.Kind == analysis.ImportClients {
			err = feed(filepath.Join(dir, o.File), benchClient, func(c []analysis.StagedClient) error {
				return staging.AddClients(b.Context(), c)
			})
		} else {
			err = feed(filepath.Join(dir, o.File), benchLine, func(l []analysis.StagedLine) error {
				return staging.AddLines(b.Context(), l)
			})
		}
		if err != nil {
			b.Fatal(err)
		}
		out, err := staging.Apply(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		added += out.Added
	}
	if added != rows {
		b.Fatalf("%d rows added, want %d", added, rows)
	}
}

// feed parses a CSV file in a goroutine and adds its rows in batches.
func feed[T any](path string, parse func(line int, record []string) T, add func([]T) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	batches, failed := make(chan []T, 4), make(chan error, 1)
	go func() {
		defer close(batches)
		r := csv.NewReader(bufio.NewReaderSize(f, 1<<18))
		r.ReuseRecord = true
		batch := make([]T, 0, 500)
		for line := 1; ; line++ {
			record, err := r.Read()
			if err != nil {
				batches <- batch
				if !errors.Is(err, io.EOF) {
					failed <- err
				}
				return
			}
			if batch = append(batch, parse(line, record)); len(batch) == cap(batch) {
				batches <- batch
				batch = make([]T, 0, 500)
			}
		}
	}()
	for batch := range batches {
		if err := add(batch); err != nil {
			return err
		}
	}
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func benchClient(line int, r []string) analysis.StagedClient {
	fte, _ := strconv.ParseFloat(r[6], 64)
	return analysis.StagedClient{Line: line, Client: analysis.Client{Number: r[0], Name: r[1], KVK: r[2], Email: r[3], Kind: r[4],
		SBI: r[5], FTE: fte, Balance: benchInt[analysis.Cents](r[7]), Since: benchInt[analysis.Day](r[8]), Until: 99999}}
}

func benchLine(line int, r []string) analysis.StagedLine {
	return analysis.StagedLine{Line: line, Number: r[0], Day: benchInt[analysis.Day](r[1]), Invoice: r[2], Service: r[3],
		ServiceYear: benchInt[int](r[4]), Amount: benchInt[analysis.Cents](r[5])}
}

func benchInt[T ~int | ~int32 | ~int64](s string) T {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return T(n)
}

// shellImport has the sqlite3 shell import the normalised files into a new
// database of the same schema, and returns how many seconds that took, and how
// many of the processor.
func shellImport(b *testing.B, shell, dir string) (wall, cpu float64) {
	path := filepath.Join(dir, "theirs.db")
	newDatabase(b, path)
	script := "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\nPRAGMA foreign_keys = ON;\n"
	if cache := os.Getenv("KLANTBOT_BENCH_CACHE"); cache != "" {
		script += "PRAGMA cache_size = " + cache + ";\n"
	}
	script += ".mode csv\n"
	for _, table := range []string{"client_group", "client", "invoice_line"} {
		script += fmt.Sprintf(".import %s %s\n", filepath.Join(dir, table+".csv"), table)
	}
	cmd := exec.Command(shell, "-bail", path)
	cmd.Stdin = strings.NewReader(script)
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "rror") || strings.Contains(string(out), "failed") {
		b.Fatalf("sqlite3: %v\n%s", err, out)
	}
	state := cmd.ProcessState
	return time.Since(began).Seconds(), (state.UserTime() + state.SystemTime()).Seconds()
}

// cpuTime returns the processor time of this process so far, in seconds, and 0
// where the system does not say. Linux counts it in hundredths.
func cpuTime() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0
	}
	// The name, in brackets, may hold anything; user and system time are the
	// 12th and 13th field behind it.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100
}

// newDatabase makes an empty database at path with the schema of an office.
func newDatabase(b *testing.B, path string) {
	b.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(path + suffix) // not there yet the first time
	}
	db, err := sqlite.Open(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// resetPeak begins a new peak of this process's memory, where the system can.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMB returns the peak of this process's memory, 0 where the system does not
// say.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1024
		}
	}
	return 0
}
